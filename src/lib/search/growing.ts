/**
 * Numbers by slot, for rows that become more.
 *
 * @module
 */
type NumbersArray = Float64Array | Uint32Array | Uint16Array;

/** The same numbers with room for so many at least: twice as much as before, so that it seldom happens. */
export function withRoom<T extends NumbersArray>(numbers: T, least: number): T {
	if (numbers.length >= least) return numbers;
	const Kind = numbers.constructor as new (length: number) => T;
	const grown = new Kind(Math.max(1024, least, numbers.length * 2));
	grown.set(numbers);
	return grown;
}
