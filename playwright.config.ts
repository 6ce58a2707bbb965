import { defineConfig, devices } from '@playwright/test';

const executablePath = process.env.KEYFERRY_CHROMIUM ?? process.env.PLAYWRIGHT_CHROMIUM;

export default defineConfig({
	testDir: 'tests/e2e',
	outputDir: 'test-results',
	fullyParallel: false,
	workers: 2,
	// A browser's hiccup is no fault of the desk: the second attempt counts, and is named in the end.
	retries: process.env.CI ? 1 : 0,
	forbidOnly: process.env.CI !== undefined,
	// A test ends by what it waits for, never by the time, however busy the machine is.
	timeout: 300_000,
	expect: { timeout: 60_000, toPass: { timeout: 60_000 } },
	reporter: [[process.env.CI ? 'dot' : 'line'], ['./scripts/tally-playwright.ts']],
	use: {
		...devices['Desktop Chrome'],
		channel: undefined,
		actionTimeout: 60_000,
		navigationTimeout: 60_000,
		screenshot: 'only-on-failure',
		// Recording takes time: in a whole run, only what is tried again is recorded; of a named file all.
		trace: 'on-first-retry',
		launchOptions: {
			...(executablePath ? { executablePath } : {}),
			args: [
				'--no-sandbox',
				'--disable-gpu',
				'--disable-quic',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync'
			]
		}
	}
});
