/**
 * What this desk knows of a license that a request asks for.
 *
 * @module
 */
import { FEWEST_COMPONENTS } from '#lib/domain/machines/machine.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import { readBody } from '#lib/desk/files/summary.ts';
import { strict } from '#lib/desk/store/database.ts';
import { mirroredLicenses } from '#lib/desk/mirror/mirrored.ts';
import type { LicenseFacts } from './foresee-refusal.ts';

/** From the mirror, else from a key that this desk holds. `undefined`: nothing but its number is known. */
export async function readLicenseFacts(number: string): Promise<LicenseFacts | undefined> {
	const [row] = await mirroredLicenses.with('licenses.number', [number]);
	if (row) {
		const { virtualMachines: vm, givenFingerprints: given } = row;
		// The row does not say how many components must match: no license asks fewer than these.
		return { ...row, policy: { k: FEWEST_COMPONENTS, vm, given } };
	}
	const held = await strict.keys.where('number').equals(number).last();
	return held && factsOfKey(held.text);
}

/** What a license key says by itself. */
export function factsOfKey(text: string): LicenseFacts | undefined {
	const file = readFile(text);
	const body = isRefusal(file) ? file : readBody(file);
	if (isRefusal(body) || body.type !== 'license') return undefined;
	return factsOfClaims(body.claims);
}

function factsOfClaims(claims: Claims['license']): LicenseFacts {
	const { num, title, ed, seats, ver, mnt, exp, org, contact, pol } = claims;
	return {
		number: num,
		title,
		edition: ed,
		seats,
		versions: ver,
		contact,
		policy: pol,
		...(mnt !== undefined && { maintainedUntil: mnt }),
		...(exp !== undefined && { expiresAt: exp }),
		...(org !== undefined && { customer: org })
	};
}
