/**
 * Texts that people typed, inside texts of ours: none of their characters may turn or hide what stands
 * around them. [NM1] (Unicode Standard Annex 9; Unicode Technical Report 36)
 *
 * @module
 */

/** Characters that set a direction and have no sign of their own. */
const MARKS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** Scripts that run from right to left, and the blocks that are kept for such. */
const RIGHT_TO_LEFT =
	/[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/** `⟨U+202E⟩` where such a character stands. */
export function showMarks(text: string): string {
	return text.replace(
		MARKS,
		(mark) => `⟨U+${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`
	);
}

/** What somebody typed, for a sentence: between a first-strong isolate and its end where it needs one. */
export function isolated(text: string): string {
	const shown = showMarks(text);
	return RIGHT_TO_LEFT.test(shown) ? `\u2068${shown}\u2069` : shown;
}

/** The same texts, whose functions isolate each text that they are given, wherever it lies. */
export function isolating<T extends object>(texts: T): T {
	const known = made.get(texts);
	if (known) return known as T;
	const copy = Object.fromEntries(
		Object.entries(texts).map(([name, text]: [string, unknown]) => [name, isolatingOne(text)])
	);
	made.set(texts, copy);
	// Sound: every member is of the type that it had.
	return copy as T;
}

/** Deep inside what a text is given; codes and our own words have nothing to isolate. */
export function isolatedIn<T>(value: T): T {
	// Sound: texts stay texts, and whatever holds them keeps its members.
	if (typeof value === 'string') return isolated(value) as T;
	if (Array.isArray(value)) return value.map(isolatedIn) as T;
	if (!isPlain(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, each]: [string, unknown]) => [name, isolatedIn(each)])
	) as T;
}

const made = new WeakMap<object, object>();

function isolatingOne(text: unknown): unknown {
	if (typeof text === 'function')
		return (...facts: unknown[]): unknown =>
			(text as (...given: unknown[]) => unknown)(...facts.map(isolatedIn));
	return isPlain(text) ? isolating(text) : text;
}

function isPlain(value: unknown): value is object {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
