import { expect, test } from 'vitest';
import type { CountedHere } from '#server/metrics/metrics.ts';
import { gatherCounts } from './gather-counts.ts';

const never = new Promise<CountedHere>(() => undefined);
const counted = (value: number) =>
	[{ name: 'asked', values: [{ value, labels: {} }] }] as unknown as CountedHere;

test('[DB3] of a worker that does not answer, what it told last is counted; of one that has gone, nothing', async () => {
	let workers = new Map([
		[1, Promise.resolve(counted(5))],
		[2, Promise.resolve(counted(7))]
	]);
	const read = gatherCounts(() => workers);
	expect(await read()).toEqual({ counted: [counted(5), counted(7)], answering: 2 });
	workers = new Map([
		[1, Promise.resolve(counted(6))],
		[2, never],
		[3, never]
	]);
	for (let again = 0; again < 2; again++)
		expect(await read()).toEqual({ counted: [counted(6), counted(7)], answering: 1 });
	workers = new Map([
		[1, Promise.reject(new Error('it has ended'))],
		[3, Promise.resolve(counted(1))]
	]);
	expect(await read()).toEqual({ counted: [counted(1), counted(6)], answering: 1 });
});
