import type { Reporter } from 'vitest/node';
import { addTime, emptyTally, firstLine, writeTally } from './tally.ts';

/** Counts vitest's results. A file that cannot be loaded, and an error outside of any test, failed. */
export const tallyReporter: Reporter = {
	onTestRunEnd(modules, errors) {
		const tally = { ...emptyTally(), failed: errors.length };
		for (const { message } of errors)
			tally.failures.push({ test: 'outside of any test', why: firstLine(message) });
		for (const module of modules) {
			const [broken] = module.errors();
			if (broken) {
				tally.failed++;
				tally.failures.push({ test: module.relativeModuleId, why: firstLine(broken.message) });
			}
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
				} else {
					tally.failed++;
					tally.failures.push({
						test: `${module.relativeModuleId} > ${test.fullName}`,
						why: firstLine(result.errors?.[0]?.message)
					});
				}
			}
		}
		writeTally(tally);
	}
};
