import { defineConfig } from 'vitest/config';
import { tallyReporter } from './scripts/tally-vitest.ts';

export default defineConfig({
	define: { __ONE_FILE__: 'false' },
	test: {
		include: ['{src,server,scripts,tests,bench,examples}/**/*.test.ts'],
		exclude: ['node_modules', 'tests/e2e'],
		testTimeout: 60_000,
		hookTimeout: 120_000,
		reporters: ['default', tallyReporter]
	}
});
