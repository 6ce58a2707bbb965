/**
 * Renewing a license: new terms, and with them the next file of every machine that holds a seat,
 * with no new request. All in one transaction, as many statements for a thousand machines as for
 * one. [O7, SE4]
 *
 * @module
 */
import { judgeLicense, termsInOrder, type Seconds, type Terms } from '#lib/domain/license.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import { storedClaims } from '#lib/formats/stored-token.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { signToken } from '#lib/signing/jws.ts';
import { writing, type LicenseRecord } from '#server/db/writing.ts';
import { answerFile } from '#server/ledger/answer.ts';
import type { Hub } from '#server/hub/hub.ts';
import { writeLicense } from '#server/ledger/change-license.ts';
import { licenseOf, reopenLedger } from '#server/ledger/ledger.ts';
import { renewActivations } from '#server/ledger/renew-activations.ts';
import { findRevocations } from '#server/ledger/revocations.ts';
import { closeLedger } from '#server/ledger/close.ts';

/** What is to change; what is absent stays. `null` takes an end away. */
export type Renewal = {
	expiresAt?: Seconds | null;
	maintainedUntil?: Seconds | null;
	seats?: number;
	clients?: number;
	edition?: string;
	entitlements?: string[];
	versions?: { from: number; to: number };
};

export type Renewed = {
	number: string;
	/** The license key with the new terms, as a `.kflic` file. Its secret stays. */
	key: string;
	files: RenewedFile[];
};

export type RenewedFile = {
	act: string;
	label?: string;
	generation: number;
	/** The next activation file. Its name has the stem of the newest request. [FI4] */
	file: string;
};

/** @returns A refusal of the license as it would be: suspended, or expired even so. */
export async function renewLicense(
	hub: Hub,
	{ customerId, licenseId }: { customerId: string; licenseId: string },
	renewal: Renewal,
	actor = 'hub'
): Promise<Renewed | Refusal> {
	return writing(hub.db, async (shell) => {
		const [row] = await shell.lockLicenses(customerId, [licenseId]);
		if (!row) throw new Error(`license ${licenseId} is in the directory only`);
		const set = renewed(row, renewal);
		const next = { ...row, ...set };
		const refusal = judgeLicense(licenseOf(next), hub.now());
		if (refusal) return refusal;

		const key = await signKey(hub, next);
		const { terms, seats, expiresAt } = next;
		const license = await writeLicense(hub, shell, {
			license: row,
			change: {
				set: { ...set, sealedKey: hub.seal.seal(key.token, licenseId), kid: key.kid },
				note: {
					actor,
					action: 'license.renewed',
					facts: { seats, expiresAt: expiresAt ?? undefined, maintainedUntil: terms.mnt }
				}
			}
		});
		const ledger = reopenLedger(hub, license);
		await renewActivations(shell.tx, ledger, { license, actor });
		// More seats, or a later end: those who wait are served, and what desks drew is signed. [RE1]
		await closeLedger(shell, ledger);

		const riding = await findRevocations(shell.tx, ledger);
		const revocation = riding.get(licenseId);
		return {
			number: row.number,
			key: answerFile(hub, { ...key, revocation }),
			files: ledger.changed.files.map(({ act, gen, kid, token }) => ({
				act,
				label: ledger.held.get(act)?.label ?? undefined,
				generation: gen,
				file: answerFile(hub, { kid, token, revocation })
			}))
		};
	});
}

function renewed(
	row: LicenseRecord,
	renewal: Renewal
): Pick<LicenseRecord, 'terms' | 'seats' | 'expiresAt'> {
	const { expiresAt, maintainedUntil, edition, entitlements, versions } = renewal;
	const terms: Terms = {
		...row.terms,
		ed: edition ?? row.terms.ed,
		ent: entitlements ?? row.terms.ent,
		clients: renewal.clients ?? row.terms.clients,
		ver: versions ?? row.terms.ver,
		mnt: maintainedUntil === undefined ? row.terms.mnt : (maintainedUntil ?? undefined)
	};
	return {
		terms: termsInOrder(terms),
		seats: renewal.seats ?? row.seats,
		expiresAt: expiresAt === undefined ? row.expiresAt : expiresAt
	};
}

/** Its `sec` stays, so that proofs made with the old key go on to hold. [RE2] */
async function signKey(hub: Hub, row: LicenseRecord): Promise<{ kid: string; token: string }> {
	const old = storedClaims('license', hub.seal.open(row.sealedKey, row.licenseId));
	const { seats, expiresAt } = row;
	const claims: Claims['license'] = {
		...old,
		jti: uuidv7(),
		iat: hub.now(),
		iss: hub.iss,
		...termsInOrder(row.terms),
		seats,
		exp: expiresAt ?? undefined
	};
	return { kid: hub.signer.kid, token: await signToken('license', claims, hub.signer) };
}
