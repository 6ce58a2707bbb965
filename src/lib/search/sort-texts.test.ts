import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldText } from './search-text.ts';
import { sortByTexts } from './sort-texts.ts';

const piece = fc.oneof(
	fc.constantFrom(
		'rack',
		'Rack',
		'é',
		'ß',
		'ﷺ',
		'Ω',
		'東',
		'-',
		'–',
		' ',
		'.',
		'~',
		'\uFFFF',
		'007',
		'7'
	),
	fc.nat(2 ** 31).map(String),
	fc.string({ minLength: 1, maxLength: 9 })
);
const named = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
// What comes before a text that ends is no character that a name has.
const text = named.map((name) => name.replaceAll('\0', ''));
const asked = fc.array(text, { maxLength: 60 }).chain((texts) =>
	fc.record({
		texts: fc.constant(texts),
		slots: fc.shuffledSubarray([...texts.keys()], { minLength: texts.length })
	})
);

/** A number counts by how many digits it has, then by these; anything else letter by letter. */
function compareNumbered(one: string, other: string): number {
	const [ones, others] = [piecesOf(one), piecesOf(other)];
	for (let at = 0; at < Math.min(ones.length, others.length); at++) {
		const [a, b] = [ones[at]!, others[at]!];
		const by =
			/^[0-9]/.test(a) && /^[0-9]/.test(b)
				? Number(BigInt(a) - BigInt(b))
				: compare(first(a), first(b));
		if (by !== 0) return by;
	}
	return ones.length - others.length;
}

function piecesOf(text: string): string[] {
	return text.match(/[0-9]+|[^-]/g) ?? [];
}

/** As it is searched, but that a dash ends a number. */
const fold = (name: string) => name.split(/\p{Pd}/u).map(foldText);

/** Any number stands where the digit 0 stands. */
const first = (piece: string) => (/^[0-9]/.test(piece) ? '0' : piece);
const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

test('[P11] rows are in the order of their texts, and equal ones stay as they were, either way', () => {
	fc.assert(
		fc.property(asked, fc.boolean(), fc.boolean(), ({ texts, slots }, descending, isNumeric) => {
			const sorted = sortByTexts(Uint32Array.from(slots), (slot) => texts[slot]!, {
				descending,
				isNumeric
			});
			const by = (one: string, other: string) =>
				isNumeric
					? compareNumbered(fold(one).join('-'), fold(other).join('-'))
					: compare(fold(one).join(''), fold(other).join(''));
			const way = descending ? -1 : 1;
			const plain = slots.toSorted((one, other) => way * by(texts[one]!, texts[other]!));
			expect([...sorted]).toEqual(plain);
		})
	);
});

test('[P11] a number ends at a dash, whichever dash it is', () => {
	const texts = ['bay 2-1', 'bay 1-10', 'bay 1–9', 'bay 11'];
	const sorted = sortByTexts(Uint32Array.of(0, 1, 2, 3), (slot) => texts[slot]!, {
		isNumeric: true
	});
	expect([...sorted]).toEqual([2, 1, 0, 3]);
});
