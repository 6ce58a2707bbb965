import type { FullResult, Reporter, Suite } from '@playwright/test/reporter';
import { relative } from 'node:path';
import { root } from './root.ts';
import { addTime, emptyTally, firstLine, writeTally } from './tally.ts';

/** Counts Playwright's results. An error outside of any test failed, and so did a run cut short. */
export default class TallyReporter implements Reporter {
	#suite: Suite | undefined;
	#errors = 0;

	onBegin(_config: unknown, suite: Suite): void {
		this.#suite = suite;
	}

	onError(): void {
		this.#errors++;
	}

	onEnd(result: FullResult): void {
		const tally = { ...emptyTally(), failed: this.#errors };
		for (const test of this.#suite?.allTests() ?? []) {
			const outcome = test.outcome();
			const file = relative(root, test.location.file);
			for (const { duration } of test.results) addTime(tally, file, duration);
			const title = test.titlePath().filter(Boolean).join(' > ');
			if (outcome === 'expected' || outcome === 'flaky') tally.passed++;
			if (outcome === 'expected') continue;
			if (outcome === 'flaky') tally.again.push(title);
			else if (outcome === 'skipped') {
				const reasons = test.annotations.filter(({ type }) => type === 'skip' || type === 'fixme');
				const why =
					reasons.map(({ description }) => description).find(Boolean) ??
					'its name says when it runs';
				tally.skipped.push({ test: title, why });
			} else {
				tally.failed++;
				const why = firstLine(test.results.at(-1)?.error?.message);
				tally.failures.push({ test: title, why });
			}
		}
		if (result.status !== 'passed' && tally.failed === 0) tally.failed = 1;
		writeTally(tally);
	}
}
