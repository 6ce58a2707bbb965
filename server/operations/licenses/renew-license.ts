/**
 * Renewing a license: new terms, and with them the next file of every machine that holds a seat,
 * with no new request. All in one transaction, as many statements for a thousand machines as for
 * one. [O7, SE4]
 *
 * @module
 */
import {
	graceDaysOf,
	judgeLicense,
	termsInOrder,
	withGrace,
	type Terms
} from '#lib/domain/licenses/license.ts';
import type { Seconds } from '#lib/domain/time.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { applySwitches } from '#lib/domain/licenses/switch.ts';
import type { Transaction } from '#server/db/database.ts';
import { writing, type LicenseRecord, type Writing } from '#server/db/writing.ts';
import { answerFile, type SignedToken } from '#server/ledger/held/answer.ts';
import type { Hub } from '#server/hub/hub.ts';
import { writeLicense } from '#server/ledger/change-license.ts';
import { licenseOf, reopenLedger, type Ledger } from '#server/ledger/held/ledger.ts';
import { renewActivations } from '#server/ledger/renew-activations.ts';
import { findRevocations } from '#server/ledger/revocations.ts';
import { closeLedger } from '#server/ledger/close.ts';
import { signKeyAgain } from './license-key.ts';

/** What is to change; what is absent stays. `null` takes an end away. */
export type Renewal = {
	expiresAt?: Seconds | null;
	maintainedUntil?: Seconds | null;
	seats?: number;
	clients?: number;
	edition?: string;
	entitlements?: string[];
	versions?: { from: number; to: number };
	/** 0 takes the grace away. [GR1] */
	graceDays?: number;
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
	return writing(hub.db, customerId, async (shell) => {
		const [row] = await shell.lockLicenses([licenseId]);
		if (!row) throw new Error(`license ${licenseId} is in the directory only`);
		const done = await renewLocked(hub, shell, { row, renewal, actor });
		if (isRefusal(done)) return done;
		const { license, ledger, key } = done;
		return { number: row.number, ...(await renewedFiles(shell.tx, ledger, { license, key })) };
	});
}

export type RenewedLicense = { license: LicenseRecord; ledger: Ledger; key: SignedToken };

/** The same in a transaction that has locked it. */
export async function renewLocked(
	hub: Hub,
	shell: Writing,
	asked: { row: LicenseRecord; renewal: Renewal; actor: string; purchase?: string }
): Promise<RenewedLicense | Refusal> {
	const { row, renewal, actor, purchase } = asked;
	const set = renewed(row, renewal);
	const refusal = judgeLicense(licenseOf({ ...row, ...set }), hub.now());
	if (refusal) return refusal;

	const { terms, seats } = set;
	const exp = set.expiresAt ?? undefined;
	const { key, kept } = await signKeyAgain(hub, row, { ...terms, seats, exp });
	const facts = { seats, expiresAt: exp, maintainedUntil: terms.mnt, purchase };
	const license = await writeLicense(hub, shell, {
		license: row,
		change: { set: { ...set, ...kept }, note: { actor, action: 'license.renewed', facts } }
	});
	const ledger = reopenLedger(hub, license);
	await renewActivations(shell.tx, ledger, { license, actor });
	// More seats, or a later end: those who wait are served, and what desks drew is signed. [RE1]
	await closeLedger(shell, ledger);
	return { license, ledger, key };
}

/** The key with the license's revocation list, and what was signed for its machines in this ledger. */
export async function renewedFiles(
	tx: Transaction,
	ledger: Ledger,
	{ license, key }: { license: LicenseRecord; key: SignedToken }
): Promise<Pick<Renewed, 'key' | 'files'>> {
	const { hub, changed, held } = ledger;
	const revocation = (await findRevocations(tx, ledger)).get(license.licenseId);
	return {
		key: answerFile(hub, { ...key, revocation }),
		files: changed.files.map(({ act, gen, kid, token }) => ({
			act,
			label: held.get(act)?.label ?? undefined,
			generation: gen,
			file: answerFile(hub, { kid, token, revocation })
		}))
	};
}

function renewed(
	row: LicenseRecord,
	renewal: Renewal
): Pick<LicenseRecord, 'terms' | 'seats' | 'expiresAt' | 'switches'> {
	const { expiresAt, maintainedUntil, edition, entitlements, versions } = renewal;
	// The list is what is allowed: what of it is on, the customer has said. [P7]
	const { entitled, switches } = entitlements
		? applySwitches(entitlements, row.switches ?? {})
		: { entitled: row.terms.ent, switches: row.switches };
	const terms: Terms = {
		...row.terms,
		ed: edition ?? row.terms.ed,
		ent: entitled,
		clients: renewal.clients ?? row.terms.clients,
		ver: versions ?? row.terms.ver,
		mnt: maintainedUntil === undefined ? row.terms.mnt : (maintainedUntil ?? undefined)
	};
	const { graceDays = graceDaysOf(terms) } = renewal;
	return {
		terms: termsInOrder(withGrace(terms, graceDays || undefined)),
		seats: renewal.seats ?? row.seats,
		switches,
		expiresAt: expiresAt === undefined ? row.expiresAt : expiresAt
	};
}
