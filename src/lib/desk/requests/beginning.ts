/**
 * Whether anything has begun on this desk.
 *
 * @module
 */
import { strict } from '#lib/desk/store/database.ts';
import { mirroredLicenses } from '#lib/desk/mirror/mirrored.ts';
import { readState } from '#lib/desk/store/state.ts';

/** Nobody is signed in, and nothing lies here that somebody made, imported or was sent. */
export async function isUntouched(): Promise<boolean> {
	if (await readState('identity')) return false;
	const { requests, files, keys } = strict;
	const [isMirrorEmpty, ...counts] = await Promise.all([
		mirroredLicenses.isEmpty(),
		...[requests, files, keys].map((table) => table.limit(1).count())
	]);
	return isMirrorEmpty && counts.every((count) => count === 0);
}
