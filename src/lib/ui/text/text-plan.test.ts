import { expect, test } from 'vitest';
import type { ActivationLine } from '#lib/search/activations/activation-summary.ts';
import { planTexts } from './text-plan.ts';

const line = (id: string, said: Partial<ActivationLine> = {}): ActivationLine => ({
	id,
	customerId: 'c',
	licenseId: 'l',
	name: 'Ada Sample',
	generation: 1,
	state: 'active',
	grantedAt: 1,
	number: 'KF-7Q2M-90TK-C4X7',
	title: 'Atlas',
	customer: 'Example GmbH',
	...said
});
const rows = [line('a', { site: 'Hall 7' }), line('b'), line('c'), line('d', { label: 'press-3' })];

test('[DK3] one site for many: who stands there already and who may not be moved are left out', () => {
	const may = ({ id }: ActivationLine) => id !== 'c';
	const { todo, skipped } = planTexts(rows, { field: 'site', text: ' Hall 7 ', may });
	expect(todo.map(({ row, value }) => [row.id, value])).toEqual([
		['b', 'Hall 7'],
		['d', 'Hall 7']
	]);
	expect(skipped.map(({ row, why }) => [row.id, why])).toEqual([
		['a', 'same'],
		['c', 'mayNot']
	]);
});

test('[DK3] names count the machines in their order, and no text changes nothing', () => {
	const { todo, skipped } = planTexts(rows.toReversed(), {
		field: 'label',
		text: 'press-#',
		may: ({ id }) => id !== 'c'
	});
	expect(todo.map(({ row, value }) => [row.id, value])).toEqual([
		['d', 'press-1'],
		['b', 'press-2'],
		['a', 'press-3']
	]);
	expect(skipped.map(({ row }) => row.id)).toEqual(['c']);
	expect(planTexts(rows, { field: 'site', text: '  ', may: () => true })).toEqual({
		todo: [],
		skipped: []
	});
});
