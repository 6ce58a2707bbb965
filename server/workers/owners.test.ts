import { expect, test } from 'vitest';
import { ownerAmong } from './owners.ts';

const customers = Array.from({ length: 3_000 }, (_, n) => `customer ${n}`);
const owned = (workers: readonly number[]) =>
	customers.map((customer) => ownerAmong(customer, workers));

test('[DB3] each worker owns about as many customers as any other', () => {
	const counts = [...Map.groupBy(owned([1, 2, 3]), (owner) => owner).values()];
	expect(counts.map(({ length }) => Math.round(length / 100))).toEqual([10, 10, 10]);
});

test('[DB3] where one comes in the place of another, only the customers of these two move', () => {
	const [before, after] = [owned([1, 2, 3]), owned([4, 1, 3])];
	const moved = customers.filter((_, at) => before[at] !== after[at]);
	expect(moved.length).toBeGreaterThan(1_000);
	expect(
		customers.every((_, at) => before[at] === after[at] || before[at] === 2 || after[at] === 4)
	).toBe(true);
});

test('where nobody works nobody owns', () => {
	expect(ownerAmong('customer', [])).toBeUndefined();
});
