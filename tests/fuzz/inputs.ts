/**
 * Hostile inputs from a seed: valid texts that were damaged, and texts made of what parsers stumble
 * over. The same seed gives the same inputs.
 *
 * @module
 */

/** Numbers from 0 to 1 that follow from the seed (mulberry32). */
export function randomOf(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

export function oneOf<T>(random: () => number, list: readonly T[]): T {
	return list[Math.floor(random() * list.length)]!;
}

const pieces = [
	'-----BEGIN KEYFERRY ACTIVATION-----\n',
	'-----END KEYFERRY ACTIVATION-----\n',
	'-----BEGIN KEYFERRY ',
	'-----',
	'KF1:',
	'KF1:1/2:',
	'KF1:99/99:',
	'KFFP1.',
	'KF-',
	'eyJ',
	'~',
	'.',
	'=',
	'\n',
	'\r\n',
	'> ',
	' ',
	'\t',
	'\u0000',
	'\uFEFF',
	'\u2028',
	'\u202E',
	'\uD800',
	'🚢',
	'é',
	'"',
	'\\',
	'{"a":',
	'[',
	'}',
	'__proto__',
	'0',
	'-1',
	'1e999',
	'null',
	'A',
	':',
	'%'
];

/** Up to 40 pieces, some of them repeated until they hurt. */
export function madeUp(random: () => number): string {
	const count = Math.floor(random() * 40);
	return Array.from({ length: count }, () => {
		const piece = random() < 0.7 ? oneOf(random, pieces) : anySign(random);
		const long = random() < 0.03;
		return piece.repeat(long ? 1 + Math.floor(random() * 20_000) : 1 + Math.floor(random() * 3));
	}).join('');
}

/** One to four wounds: a sign changed, put in or taken out, a part doubled, moved, cut or swapped. */
export function damaged(random: () => number, valid: readonly string[]): string {
	let text = oneOf(random, valid);
	for (let wounds = 1 + Math.floor(random() * 4); wounds > 0; wounds--) {
		const at = Math.floor(random() * text.length);
		const to = at + Math.floor(random() * 80);
		const [head, part, tail] = [text.slice(0, at), text.slice(at, to), text.slice(to)];
		text = oneOf(random, [
			() => head + anySign(random) + text.slice(at + 1),
			() => head + anySign(random) + text.slice(at),
			() => head + text.slice(at + 1),
			() => head + part + part + tail,
			() => part + head + tail,
			() => head,
			() => text.slice(at),
			() => head + oneOf(random, pieces) + tail,
			() => head + oneOf(random, valid).slice(at),
			() => head + part.split('').reverse().join('') + tail
		])();
	}
	return text;
}

function anySign(random: () => number): string {
	return String.fromCharCode(Math.floor(random() * (random() < 0.9 ? 0x7f : 0xffff)));
}
