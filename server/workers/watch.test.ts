import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { processorTicks } from './processor-ticks.ts';
import { isLost } from './watch.ts';

test('[DB3] a worker that stands still is given up after four questions, one that works after sixty', () => {
	expect(isLost({ unanswered: 3, isWorking: false })).toBe(false);
	expect(isLost({ unanswered: 4, isWorking: false })).toBe(true);
	expect(isLost({ unanswered: 59, isWorking: true })).toBe(false);
	expect(isLost({ unanswered: 60, isWorking: true })).toBe(true);
});

test.runIf(process.platform === 'linux')(
	'[DB3] a process that is busy uses the processor, one that was stopped does not',
	async () => {
		const child = spawn(process.execPath, ['-e', 'console.log(1); for (;;);']);
		try {
			await once(child.stdout, 'data');
			const { pid } = child;
			const begun = processorTicks(pid!)!;
			await expect.poll(() => processorTicks(pid!)!).toBeGreaterThan(begun);
			child.kill('SIGSTOP');
			// What it had begun counts; then two readings are the same.
			await expect
				.poll(async () => {
					const before = processorTicks(pid!);
					await new Promise((done) => setTimeout(done, 100));
					return processorTicks(pid!)! - before!;
				})
				.toBe(0);
		} finally {
			child.kill('SIGKILL');
		}
		await once(child, 'exit');
		expect(processorTicks(child.pid!)).toBeUndefined();
	}
);
