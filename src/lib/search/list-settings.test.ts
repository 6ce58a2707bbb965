import { expect, test } from 'vitest';
import {
	knownColumns,
	MOST_VIEWS,
	renamedView,
	toggledColumn,
	withoutView,
	withView
} from './list-settings.ts';

const views = [
	{ name: 'Full ones', query: '?is=full' },
	{ name: 'Works', query: '?q=works' }
];

test('[DK3] a question is kept under a name, and a name means one question', () => {
	const more = withView(views, { name: '  Ends   soon ', query: '?is=ends-30' });
	expect(more.at(-1)).toEqual({ name: 'Ends soon', query: '?is=ends-30' });
	expect(withView(views, { name: 'full ONES', query: '?is=full&q=a' })).toEqual([
		{ name: 'full ONES', query: '?is=full&q=a' },
		views[1]
	]);
	expect(withView(views, { name: '   ', query: '' })).toEqual(views);
});

test('[DK3] no more views than anybody reads', () => {
	let many = withView([], { name: 'v0', query: '' });
	for (let at = 1; at < 30; at++) many = withView(many, { name: `v${at}`, query: '' });
	expect(many).toHaveLength(MOST_VIEWS);
});

test('[DK3] a view is renamed where it stands, and never onto another', () => {
	expect(renamedView(views, 'Works', 'Our works')[1]).toEqual({
		name: 'Our works',
		query: '?q=works'
	});
	expect(renamedView(views, 'Works', 'full ones')).toEqual(views);
	expect(renamedView(views, 'Works', ' ')).toEqual(views);
	expect(renamedView(views, 'Works', 'WORKS')[1]!.name).toBe('WORKS');
	expect(withoutView(views, 'Works')).toEqual([views[0]]);
});

test('[DK3] columns keep the order of the list, and those of another version are left out', () => {
	const all = ['number', 'customer', 'seats'] as const;
	expect(toggledColumn(all, ['seats'], 'number')).toEqual(['number', 'seats']);
	expect(toggledColumn(all, ['number', 'seats'], 'seats')).toEqual(['number']);
	expect(knownColumns(all, undefined, ['seats'])).toEqual(['seats']);
	expect(knownColumns(all, ['seats', 'weight', 'number'], [])).toEqual(['number', 'seats']);
});
