import type { Reporter } from 'vitest/node';
import { writeTally, type Tally } from './tally.ts';

/** Counts vitest's results. A file that cannot be loaded, and an error outside of any test, failed. */
export const tallyReporter: Reporter = {
	onTestRunEnd(modules, errors) {
		const tally: Tally = { passed: 0, failed: errors.length, skipped: [], again: [] };
		for (const module of modules) {
			if (module.errors().length > 0) tally.failed++;
			for (const test of module.children.allTests()) {
				const result = test.result();
				if (result.state === 'passed') {
					tally.passed++;
					if (test.diagnostic()?.flaky) tally.again.push(test.fullName);
				} else if (result.state === 'skipped') {
					tally.skipped.push({
						test: test.fullName,
						why: result.note ?? 'its name says when it runs'
					});
				} else tally.failed++;
			}
		}
		writeTally(tally);
	}
};
