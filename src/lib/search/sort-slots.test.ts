import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortSlots } from './sort-slots.ts';

const value = fc.oneof(
	fc.integer({ min: 0, max: 3 }),
	fc.integer({ min: 0, max: 2 ** 20 }),
	fc.maxSafeNat(),
	fc.constantFrom(2 ** 14 - 1, 2 ** 14, 2 ** 28, 2 ** 31, 2 ** 32, 2 ** 41)
);
const rows = fc.array(value, { maxLength: 300 }).chain((values) =>
	fc.record({
		values: fc.constant(values),
		slots: fc.shuffledSubarray([...values.keys()])
	})
);

test('[P10] rows are in the order of their numbers, and equal ones stay as they were, either way', () => {
	fc.assert(
		fc.property(rows, fc.boolean(), ({ values, slots }, descending) => {
			const sorted = sortSlots(Uint32Array.from(slots), Float64Array.from(values), descending);
			const way = descending ? -1 : 1;
			const plain = slots.toSorted((one, other) => way * (values[one]! - values[other]!));
			expect([...sorted]).toEqual(plain);
		})
	);
});
