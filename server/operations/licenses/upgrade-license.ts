/**
 * Upgrading a license: its customer gets a new one for newer majors. The old one keeps working for its
 * own, and says the new number from now on: in its key, and in the next file of each of its machines,
 * so that a product which it does not cover can name it without a network. [K3, UP1]
 *
 * @module
 */
import { randomBytes } from 'node:crypto';
import { makeLicenseNumber } from '#lib/domain/licenses/license-number.ts';
import {
	graceDaysOf,
	judgeLicense,
	type Terms,
	termsInOrder,
	withGrace
} from '#lib/domain/licenses/license.ts';
import type { Seconds } from '#lib/domain/time.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { allowedOf, applySwitches } from '#lib/domain/licenses/switch.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { writing, type LicenseRecord, type Writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { addLicense } from '#server/ledger/add-license.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { writeLicense } from '#server/ledger/change-license.ts';
import { closeLedger } from '#server/ledger/close.ts';
import { licenseOf, reopenLedger } from '#server/ledger/held/ledger.ts';
import { renewActivations } from '#server/ledger/renew-activations.ts';
import { findOrderable } from './find-orderable.ts';
import type { IssuedLicense } from './issue-license.ts';
import { makeLicenseKey, signKeyAgain } from './license-key.ts';
import { renewedFiles, type RenewedFile } from './renew-license.ts';

/** What the new license says; what is absent is as in the old one. `null`: without an end. */
export type Upgrade = {
	versions: { from: number; to: number };
	seats?: number;
	clients?: number;
	edition?: string;
	entitlements?: string[];
	maintainedUntil?: Seconds | null;
	expiresAt?: Seconds | null;
	graceDays?: number;
};

export type Upgraded = IssuedLicense & {
	/** The old license: its key, which names the new number, and the next files of its machines. */
	before: { number: string; key: string; files: RenewedFile[] };
};

/**
 * @returns `LICENSE_UPGRADED` where there is a new one already; the refusal of an old license that
 * was moved, suspended or frozen. One that has expired may be upgraded: its machines get no new files.
 */
export async function upgradeLicense(
	hub: Hub,
	{ customerId, licenseId }: { customerId: string; licenseId: string },
	upgrade: Upgrade,
	actor = 'hub'
): Promise<Upgraded | Refusal> {
	return writing(hub.db, customerId, async (shell) => {
		const [row] = await shell.lockLicenses([licenseId]);
		if (!row) throw new Error(`license ${licenseId} is in the directory only`);
		const refusal = refuseUpgrade(row, upgrade, hub.now());
		if (refusal) return refusal;
		const found = await findOrderable(shell.tx, row);
		if (isRefusal(found)) return found;
		const { title, contact } = found.product;
		const terms = { ...row.terms, title, contact, org: found.customer.name };
		const issued = await issueBeside(hub, shell, { row: { ...row, terms }, upgrade, actor });
		const before = await nameIt(hub, shell, { row, number: issued.number, actor });
		return { ...issued, before: { number: row.number, ...before } };
	});
}

function refuseUpgrade(
	row: LicenseRecord,
	{ versions }: Upgrade,
	now: Seconds
): Refusal | undefined {
	const { number, upgradedTo, terms } = row;
	if (upgradedTo !== null)
		return refuse('LICENSE_UPGRADED', { number, upgrade: upgradedTo, contact: terms.contact });
	const refusal = judgeLicense(licenseOf(row), now);
	if (refusal && refusal.refused !== 'LICENSE_EXPIRED') return refusal;
	// Of a trial, the full license of the same versions is one too.
	if (row.trialDays === null && versions.to <= terms.ver.to)
		return refuse('BODY_INVALID', { path: 'versions', reason: 'not_newer' });
	return undefined;
}

type Making = { row: LicenseRecord; upgrade: Upgrade; actor: string };

async function issueBeside(
	hub: Hub,
	shell: Writing,
	{ row, upgrade, actor }: Making
): Promise<IssuedLicense> {
	const { customerId, product, number: from } = row;
	const [licenseId, number] = [uuidv7(), makeLicenseNumber(randomBytes(11))];
	// What the customer has switched off stays so in the new one, and may be switched there. [P7]
	const before = row.switches ?? {};
	const allowed = upgrade.entitlements ?? allowedOf(row.terms.ent, before);
	const { entitled, switches } = applySwitches(allowed, before);
	const own = { sub: licenseId, num: number, ent: entitled };
	const terms = upgradedTerms(row, upgrade, own);
	const seats = upgrade.seats ?? Math.max(1, row.seats);
	// A trial's end is its own.
	const end = row.trialDays === null ? row.expiresAt : null;
	const expiresAt = upgrade.expiresAt === undefined ? end : upgrade.expiresAt;
	const { key, kept } = await makeLicenseKey(hub, { terms, seats, expiresAt });
	const at = hub.now();
	await addLicense(shell, {
		customerId,
		licenseId,
		number,
		product,
		terms,
		switches,
		seats,
		expiresAt,
		...policyOf(row),
		...kept,
		upgradedFrom: from,
		createdAt: at
	});
	shell.audit({
		at,
		actor,
		action: 'license.issued',
		subject: licenseId,
		facts: { number, product, seats, expiresAt: expiresAt ?? undefined, upgradedFrom: from }
	});
	return { id: licenseId, number, key: answerFile(hub, key) };
}

function upgradedTerms(
	{ terms }: LicenseRecord,
	{ versions, edition, clients, maintainedUntil, graceDays = graceDaysOf(terms) }: Upgrade,
	own: Pick<Terms, 'sub' | 'num' | 'ent'>
): Terms {
	return termsInOrder({
		...terms,
		...own,
		ed: edition ?? terms.ed,
		clients: clients ?? terms.clients,
		ver: versions,
		mnt: maintainedUntil === undefined ? terms.mnt : (maintainedUntil ?? undefined),
		// What is said of the old license alone: that it is a trial.
		x: withGrace({ x: undefined }, graceDays || undefined).x
	});
}

/** What the vendor had agreed for the old one. */
function policyOf(row: LicenseRecord) {
	const { fileDays, returnsPerYear, replacementsPerYear, coolDays, allotmentDays, drawDays } = row;
	const usual = {
		fileDays,
		returnsPerYear,
		replacementsPerYear,
		coolDays,
		allotmentDays,
		drawDays
	};
	const { deskSeats, offlineShare } = row;
	return row.trialDays === null ? { ...usual, deskSeats, offlineShare } : usual;
}

/** From now on all that is signed of the old license names the new one. */
async function nameIt(
	hub: Hub,
	shell: Writing,
	{ row, number, actor }: { row: LicenseRecord; number: string; actor: string }
): Promise<{ key: string; files: RenewedFile[] }> {
	const terms = termsInOrder({ ...row.terms, x: { ...row.terms.x, upgrade: number } });
	const { key, kept } = await signKeyAgain(hub, row, { ...terms });
	const license = await writeLicense(hub, shell, {
		license: row,
		change: {
			set: { terms, upgradedTo: number, ...kept },
			note: { actor, action: 'license.upgraded', facts: { number: row.number, upgrade: number } }
		}
	});
	const ledger = reopenLedger(hub, license);
	if (!judgeLicense(licenseOf(license), hub.now()))
		await renewActivations(shell.tx, ledger, { license, actor });
	await closeLedger(shell, ledger);
	return renewedFiles(shell.tx, ledger, { license, key });
}
