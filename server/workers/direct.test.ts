import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { openDirect } from './direct.ts';
import type { LineMessage } from './line.ts';

const folder = mkdtempSync(join(tmpdir(), 'keyferry-direct-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MIB = 2 ** 20;
const ask = (to: number, n: number, input: unknown): LineMessage => ({
	to,
	from: 1,
	n,
	said: { ask: 'decide', input }
});

test('[DB3] what one worker says to another arrives whole, however much it is, and in order', async () => {
	const received: LineMessage[] = [];
	const receive = (message: LineMessage) => received.push(message);
	await openDirect({ self: 2, folder, receive, onBroken: () => undefined });
	const say = await openDirect({ self: 1, folder, receive, onBroken: () => undefined });
	const said = Array.from({ length: 20 }, (_, n) => {
		const bytes = new Uint8Array(n % 5 === 0 ? MIB : n).fill(n);
		return ask(2, n, { bytes, nothing: undefined, of: new Map([['n', n]]) });
	});
	for (const [at, message] of said.entries()) {
		say(message);
		// Some go together, some alone.
		if (at % 3 === 0) await new Promise(setImmediate);
	}
	await expect.poll(() => received.length).toBe(said.length);
	expect(received).toEqual(said);
});

test('[DB3] whoever says something to a worker that is not there is told so', async () => {
	const onBroken = vi.fn();
	const say = await openDirect({ self: 3, folder, receive: () => undefined, onBroken });
	say(ask(4, 1, undefined));
	await expect.poll(() => onBroken.mock.calls).toEqual([[4]]);
	say(ask(4, 2, undefined));
	await expect.poll(() => onBroken.mock.calls).toEqual([[4], [4]]);
});
