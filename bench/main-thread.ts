/**
 * What a page's thread is busy with, in its own processor time, which other programs disturb less than
 * a clock.
 *
 * @module
 */
import type { CDPSession, Page } from '@playwright/test';

export class MainThread {
	readonly #page: Page;
	readonly #session: CDPSession;

	private constructor(page: Page, session: CDPSession) {
		this.#page = page;
		this.#session = session;
	}

	/** @param slower - How many times its processor is slowed. */
	static async of(page: Page, slower: number): Promise<MainThread> {
		const session = await page.context().newCDPSession(page);
		await session.send('Performance.enable', { timeDomain: 'threadTicks' });
		await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
		return new MainThread(page, session);
	}

	/** Milliseconds that what is done keeps the thread busy for, drawing and what follows it included. */
	async busyWith(act: () => Promise<unknown>, pauseMs: number): Promise<number> {
		const before = await this.#taskSeconds();
		await act();
		await this.#page.waitForTimeout(pauseMs);
		return ((await this.#taskSeconds()) - before) * 1000;
	}

	/** Milliseconds of the longest task while something is done: for so long a touch goes unanswered. */
	async longestTask(act: () => Promise<unknown>): Promise<number> {
		const events: TraceEvent[] = [];
		const collect = ({ value }: { value: object[] }) => events.push(...(value as TraceEvent[]));
		this.#session.on('Tracing.dataCollected', collect);
		const traceConfig = { includedCategories: ['toplevel', '__metadata'] };
		await this.#session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig });
		await act();
		const complete = new Promise((resolve) =>
			this.#session.once('Tracing.tracingComplete', resolve)
		);
		await this.#session.send('Tracing.end');
		await complete;
		this.#session.off('Tracing.dataCollected', collect);
		const mains = new Set(
			events
				.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
				.map(({ pid, tid }) => `${pid} ${tid}`)
		);
		const tasks = events.filter(({ name, pid, tid }) => {
			return name.endsWith('RunTask') && mains.has(`${pid} ${tid}`);
		});
		return Math.max(...tasks.map(({ tdur, dur }) => tdur ?? dur ?? 0)) / 1000;
	}

	async #taskSeconds(): Promise<number> {
		const { metrics } = await this.#session.send('Performance.getMetrics');
		return metrics.find(({ name }) => name === 'TaskDuration')!.value;
	}
}

/** Of Chromium's trace; times in microseconds, `tdur` of the thread's processor. */
type TraceEvent = {
	name: string;
	pid: number;
	tid: number;
	dur?: number;
	tdur?: number;
	args?: { name?: string };
};
