import type { FullResult, Reporter, Suite } from '@playwright/test/reporter';
import { writeTally, type Tally } from './tally.ts';

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
		const tally: Tally = { passed: 0, failed: this.#errors, skipped: [], again: [] };
		for (const test of this.#suite?.allTests() ?? []) {
			const outcome = test.outcome();
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
			} else tally.failed++;
		}
		if (result.status !== 'passed' && tally.failed === 0) tally.failed = 1;
		writeTally(tally);
	}
}
