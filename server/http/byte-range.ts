/**
 * The part of a file that somebody asks for.
 *
 * @see RFC 9110, 13.1.5 and 14
 * @module
 */

/** First and last byte, both included. */
export type ByteRange = { start: number; end: number };

/**
 * @param range - The header `Range`: one range of bytes. Anything else is as if it were not there.
 * @param ifRange - The header `If-Range`: with another tag than the file's the range is not meant.
 * @returns `undefined` for the whole file, `unsatisfiable` for a part that it does not have.
 */
export function rangeOf(
	{ range, ifRange }: { range: string | null; ifRange: string | null },
	{ size, tag }: { size: number; tag: string }
): ByteRange | 'unsatisfiable' | undefined {
	if (range === null || (ifRange !== null && ifRange !== tag)) return undefined;
	const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(range.trim()) ?? [];
	if (first === '' && last === '') return undefined;
	if (first === '') {
		const length = Math.min(Number(last), size);
		return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 };
	}
	const start = Number(first);
	const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
	// A last byte before the first one makes it no range at all.
	if (last !== '' && Number(last) < start) return undefined;
	return start >= size ? 'unsatisfiable' : { start, end };
}
