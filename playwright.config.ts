import { defineConfig, devices } from '@playwright/test';

const executablePath = process.env.KEYFERRY_CHROMIUM ?? process.env.PLAYWRIGHT_CHROMIUM;

export default defineConfig({
	testDir: 'tests/e2e',
	outputDir: 'test-results',
	fullyParallel: false,
	workers: 2,
	forbidOnly: process.env.CI !== undefined,
	timeout: 60_000,
	expect: { timeout: 10_000 },
	reporter: [[process.env.CI ? 'dot' : 'line'], ['./scripts/tally-playwright.ts']],
	use: {
		...devices['Desktop Chrome'],
		channel: undefined,
		actionTimeout: 10_000,
		navigationTimeout: 20_000,
		screenshot: 'only-on-failure',
		trace: 'retain-on-failure',
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
