/**
 * Large tables of the mirror, read part by part, each in a transaction of its own.
 *
 * @module
 */
import type { ActivationRow } from '#lib/protocol/rows.ts';
import { strict } from '#lib/desk/store/database.ts';
import { countMirrored, mirrorParts } from '#lib/desk/mirror/parts.ts';
import { mirroredActivations, mirroredLicenses } from '#lib/desk/mirror/mirrored.ts';
import type { StoredLicense } from '#lib/desk/store/mirror-rows.ts';

/** After every other text that is a key. */
const LAST = '\uFFFF';

/** @param most - Rows in a part. */
export async function* licenseParts(most: number): AsyncGenerator<StoredLicense[]> {
	yield* mirrorParts(mirroredLicenses, most);
}

/** How many this desk holds, whether or not all of them are in memory. */
export function countLicenses(): Promise<number> {
	return countMirrored(mirroredLicenses);
}

/** Those that are here. */
export async function readActivations(acts: readonly string[]): Promise<ActivationRow[]> {
	return (await mirroredActivations.bulkGet(acts)).flatMap((row) => row ?? []);
}

/** @param most - Rows in a part; more only where one license has more machines. */
export async function* machineParts(most: number): AsyncGenerator<ActivationRow[]> {
	yield* mirrorParts(mirroredActivations, most, topByLicense);
}

/** Those on top by their licenses, as those of blocks mostly lie. */
async function* topByLicense(most: number): AsyncGenerator<ActivationRow[]> {
	const ofLicense = strict.activations.where('licenseId');
	let after = '';
	for (;;) {
		const rows = await ofLicense.between(after, LAST, false).limit(most).toArray();
		const last = rows.at(-1);
		if (!last) return;
		if (rows.length < most) {
			yield rows;
			return;
		}
		// Of the last license some machines may be missing: it comes whole, in the next part or in one of its own.
		const whole = rows.filter(({ licenseId }) => licenseId !== last.licenseId);
		const before = whole.at(-1);
		yield before ? whole : await ofLicense.equals(last.licenseId).toArray();
		after = (before ?? last).licenseId;
	}
}
