import { expect, test } from 'vitest';
import { sumUp, type CountedHere } from '#server/metrics/metrics.ts';
import { gatherCounts } from './gather-counts.ts';

const never = new Promise<CountedHere>(() => undefined);
const counted = (value: number) =>
	[
		{ name: 'asked', type: 'counter', aggregator: 'sum', values: [{ value, labels: {} }] },
		{ name: 'memory', type: 'gauge', aggregator: 'sum', values: [{ value: 1, labels: {} }] }
	] as unknown as CountedHere;

test('[DB3] of a worker that does not answer, what it told last is counted; of one that has ended, what only rises', async () => {
	let workers = new Map([
		[1, Promise.resolve(counted(5))],
		[2, Promise.resolve(counted(7))]
	]);
	const read = gatherCounts(() => workers);
	const summed = async () => {
		const { counted: all, answering } = await read();
		const told = (await sumUp(all)).map(({ name, values }) => [name, values[0]?.value] as const);
		return { ...Object.fromEntries(told), answering };
	};
	expect(await summed()).toEqual({ asked: 12, memory: 2, answering: 2 });
	workers = new Map([
		[1, Promise.resolve(counted(6))],
		[2, never],
		[3, never]
	]);
	for (let again = 0; again < 2; again++)
		expect(await summed()).toEqual({ asked: 13, memory: 2, answering: 1 });
	workers = new Map([
		[1, Promise.reject(new Error('it has ended'))],
		[3, Promise.resolve(counted(1))]
	]);
	// The second has ended, the first is about to.
	for (let again = 0; again < 2; again++)
		expect(await summed()).toEqual({ asked: 14, memory: 2, answering: 1 });
	workers = new Map([[4, Promise.resolve(counted(2))]]);
	for (let again = 0; again < 2; again++)
		expect(await summed()).toEqual({ asked: 16, memory: 1, answering: 1 });
});
