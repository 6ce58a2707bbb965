/**
 * Versions of products, as their numbers say.
 *
 * @module
 */

/** By all numbers, as numbers: `5.10` is newer than `5.2`, and `5.2` is `5.2.0`. Negative: the first is older. */
export function compareVersions(one: string, other: string): number {
	const [a, b] = [versionNumbers(one), versionNumbers(other)];
	for (let at = 0; at < Math.max(a.length, b.length); at++) {
		const difference = (a[at] ?? 0) - (b[at] ?? 0);
		if (difference !== 0) return difference;
	}
	return 0;
}

/** `8.2.1-beta`: what follows the numbers is ignored. Of no number at all: 0. */
export function versionNumbers(version: string): number[] {
	return (/^\d+(\.\d+)*/.exec(version.trim())?.[0] ?? '').split('.').map(Number);
}

/** Numbers and points alone, as catalogs and tables name them: `5.2`. */
export function isVersion(text: string): boolean {
	return /^\d{1,9}(\.\d{1,9}){0,4}$/.test(text);
}
