import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JoinedTexts } from './joined-texts.ts';

const letters = fc.string({ unit: fc.constantFrom('a', 'b', '-', '0'), maxLength: 12 });
const word = fc.string({ unit: fc.constantFrom('a', 'b', '-', '0'), minLength: 1, maxLength: 6 });

test('[P10] a word is found in the texts that have it, whatever was looked for before', () => {
	fc.assert(
		fc.property(fc.array(letters, { maxLength: 20 }), fc.array(word), (texts, words) => {
			const joined = new JoinedTexts(texts);
			// Letter by letter, as somebody types them.
			const typed = words.flatMap((word) => [...word].map((_, at) => word.slice(0, at + 1)));
			for (const text of typed) {
				const flags = new Uint8Array(texts.length);
				const isAny = joined.mark(text, flags);
				expect([...flags]).toEqual(texts.map((each) => (each.includes(text) ? 1 : 0)));
				expect(isAny).toBe(flags.includes(1));
			}
		})
	);
});
