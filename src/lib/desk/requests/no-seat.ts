/**
 * What can be done about a request that found no free seat: who holds the seats, which of them this
 * person may free, and which other licenses of the product have room. [O5]
 *
 * @module
 */
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { freeSeats } from '#lib/domain/seat.ts';
import { isStopped } from '#lib/domain/licenses/standing.ts';
import type { ActivationRow, LicenseRow } from '#lib/protocol/rows.ts';
import { composeRequest } from './compose-request.ts';
import { readLicenseChoice } from './license-choice.ts';
import { maySignedIn } from '#lib/desk/store/identity.ts';
import { deskNow, strict } from '#lib/desk/store/database.ts';
import { hubClient } from '#lib/desk/hub/hub.ts';
import type { StoredRequest } from '#lib/desk/store/file-rows.ts';
import { mirroredActivations, mirroredLicenses } from '#lib/desk/mirror/mirrored.ts';
import type { StoredLicense } from '#lib/desk/store/mirror-rows.ts';

/** Licenses that are offered instead; more would only have to be read. */
const OTHERS = 5;

export type SeatConflict = {
	license: StoredLicense;
	/** Machines on its seats as the mirror has them, those that have had theirs longest first. */
	holders: ActivationRow[];
	/** Whoever is signed in may retire machines of this customer. [SE6] */
	mayManage: boolean;
	/** Licenses of the same product and customer with a free seat. */
	others: StoredLicense[];
	/** The request was made here, so that it can be made here again for another license. */
	isOwn: boolean;
};

/**
 * @param jti - Of the request.
 * @returns `undefined` where this desk does not mirror its license.
 */
export async function readSeatConflict(jti: string): Promise<SeatConflict | undefined> {
	const request = await strict.requests.get(jti);
	const [license] = request ? await mirroredLicenses.with('licenses.number', [request.number]) : [];
	if (!request || !license) return undefined;
	const [activations, mayManage, others, held] = await Promise.all([
		mirroredActivations.with('activations.licenseId', [license.id]),
		maySignedIn('machine.retire', license.customerId),
		mirroredLicenses.ofCustomers(
			[license.customerId],
			OTHERS,
			(row) => row.id !== license.id && row.product === license.product && hasRoom(row)
		),
		strict.machineKeys.get(request.jti)
	]);
	return {
		license,
		holders: seated(activations),
		mayManage,
		others,
		isOwn: request.origin === 'made' && held !== undefined
	};
}

/** Who holds the seats at this moment. @returns `undefined` where the hub does not say. [RE2] */
export async function fetchHolders(licenseId: string): Promise<ActivationRow[] | undefined> {
	try {
		return seated(await hubClient.activation.seats.query({ licenseId }));
	} catch {
		return undefined;
	}
}

/**
 * Makes the same request for another license and submits it. Only for a request that was made here:
 * one that a machine signed names its license for good.
 */
export async function requestInstead(
	jti: string,
	number: string
): Promise<StoredRequest | Refusal> {
	const row = await strict.requests.get(jti);
	const fp = row?.summary.fingerprint;
	if (!row || !fp) return refuse('REQUEST_UNKNOWN', { request: jti });
	const license = await readLicenseChoice(number);
	if ('refused' in license) return license;
	const { summary } = row;
	const form = {
		license,
		machine: { fp, vm: summary.virtual ?? false },
		name: summary.name ?? '',
		organization: summary.organization,
		label: summary.label,
		site: summary.site,
		version: summary.version,
		os: summary.os
	};
	return composeRequest(form, { submit: true });
}

function hasRoom(row: Omit<LicenseRow, 'key'>): boolean {
	const isOver = row.expiresAt !== undefined && row.expiresAt <= deskNow();
	return !isOver && !isStopped(row) && freeSeats(row.seats, row.counts) > 0;
}

function seated(rows: readonly ActivationRow[]): ActivationRow[] {
	return rows
		.filter(({ state }) => state === 'active' || state === 'cooling')
		.sort((one, other) => one.grantedAt - other.grantedAt);
}
