import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isolated, isolatedIn, isolating, showMarks } from './words/typed.ts';
import { machineEn } from './en/machine.ts';

const marks = [
	...['\u061c', '\u200e', '\u200f', '\u202a', '\u202b', '\u202c', '\u202d'],
	...['\u202e', '\u2066', '\u2067', '\u2068', '\u2069']
];

test('[NM1] every mark of direction is shown by its code point', () => {
	for (const mark of marks) {
		const hex = mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
		expect(showMarks(`rack${mark}07`)).toBe(`rack⟨U+${hex}⟩07`);
	}
});

test('[NM1] in a sentence nothing that somebody typed reaches beyond its place', () => {
	const text = fc.string({
		unit: fc.oneof(fc.constantFrom(...marks, 'א', 'ب', 'a', '7', ' '), fc.string())
	});
	fc.assert(
		fc.property(text, (label) => {
			const said = isolating(machineEn).retireTitle(label);
			const inside = said.slice('Retire '.length, -1);
			const bare = inside.replace(/^\u2068|\u2069$/g, '');
			expect(said.startsWith('Retire ') && said.endsWith('?')).toBe(true);
			expect(bare).not.toMatch(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/);
			if (/[\u0590-\u08FF]/.test(bare)) expect(inside).toBe(`\u2068${bare}\u2069`);
		})
	);
});

test('[NM1] what needs no isolation stays as it is, deep inside too', () => {
	for (const label of ['rack-07', 'Büro 机器', '']) expect(isolated(label)).toBe(label);
	const facts = { labels: ['rack-07', 'שרת'], at: 7, last: { name: 'א' }, none: undefined };
	expect(isolatedIn(facts)).toEqual({
		labels: ['rack-07', '\u2068שרת\u2069'],
		at: 7,
		last: { name: '\u2068א\u2069' },
		none: undefined
	});
	expect(isolating(machineEn)).toBe(isolating(machineEn));
	expect(isolating(machineEn).giveBack).toBe(machineEn.giveBack);
});
