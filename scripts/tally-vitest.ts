import type { Reporter } from 'vitest/node';
import { addTime, emptyTally, writeTally } from './tally.ts';

/** Counts vitest's results. A file that cannot be loaded, and an error outside of any test, failed. */
export const tallyReporter: Reporter = {
	onTestRunEnd(modules, errors) {
		const tally = { ...emptyTally(), failed: errors.length };
		for (const module of modules) {
			if (module.errors().length > 0) tally.failed++;
			addTime(tally, module.relativeModuleId, module.diagnostic().duration);
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
