import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alike, rowsOf } from './alike.ts';

type Row = { id: string; title?: string; counts?: { active: number }; parts?: string[] };

const rows = fc.array(
	fc.record<Row, 'id'>(
		{
			id: fc.uuid(),
			title: fc.constantFrom('Atlas', 'Example'),
			counts: fc.record({ active: fc.integer({ min: 0, max: 2 }) }),
			parts: fc.array(fc.constantFrom('one', 'two'), { maxLength: 2 })
		},
		{ requiredKeys: ['id'] }
	)
);

test('[SY4] rows come back from what they have in common, whatever each has, lacks or says otherwise', () => {
	fc.assert(
		fc.property(rows, (all) => {
			const told: unknown = JSON.parse(JSON.stringify(alike(all)));
			expect(rowsOf(told as ReturnType<typeof alike<Row>>)).toEqual(all);
		})
	);
});

test('[SY4] what rows share is said once, and what one of them lacks is not made up', () => {
	const counts = { active: 0 };
	const all: Row[] = [
		{ id: 'a', title: 'Atlas', counts },
		{ id: 'b', counts: { active: 1 } },
		{ id: 'c', title: 'Atlas', counts: { active: 0 } }
	];
	expect(alike(all)).toEqual({
		like: { title: 'Atlas', counts },
		rows: [{ id: 'a' }, { id: 'b', title: null, counts: { active: 1 } }, { id: 'c' }]
	});
});
