/**
 * Issuing a license: terms, seats and the license key that carries them.
 *
 * @module
 */
import { randomBytes } from 'node:crypto';
import { makeLicenseNumber } from '#lib/domain/licenses/license-number.ts';
import { withGrace, type Terms } from '#lib/domain/licenses/license.ts';
import type { Seconds } from '#lib/domain/time.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import type { products } from '#server/db/schema/catalog.ts';
import { writing, type Writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { addLicense, trialTerms, type NewLicense } from '#server/ledger/add-license.ts';
import { answerFile, type SignedToken } from '#server/ledger/held/answer.ts';
import { findOrderable, type Orderable } from './find-orderable.ts';
import { makeLicenseKey } from './license-key.ts';

export type LicenseOrder = {
	customerId: string;
	/** Slug of a product of the catalog. */
	product: string;
	edition: string;
	entitlements: string[];
	seats: number;
	/** How many clients may connect to one site server. */
	clients?: number;
	versions: { from: number; to: number };
	maintainedUntil?: Seconds;
	expiresAt?: Seconds;
	/** A trial: it ends so many days after its first activation. It names no `expiresAt`. [TR1] */
	trialDays?: number;
	/** Days after its end in which its files still open, with a warning. [GR1] */
	graceDays?: number;
	/** Files end this many days after they are signed. */
	fileDays?: number;
	virtualMachines: boolean;
	givenFingerprints: boolean;
	/** How many components of a machine must match. [MA2] */
	matches: number;
	graceMinutes: number;
	/** What may be given back, where it is not the usual. [SE5, SE6] */
	returnsPerYear?: number;
	replacementsPerYear?: number;
	coolDays?: number;
};

export type IssuedLicense = { id: string; number: string; key: string };

/** @returns The license with its key as a `.kflic` file, or `NOT_FOUND` or `ARCHIVED` (customer or product). */
export async function issueLicense(
	hub: Hub,
	order: LicenseOrder,
	actor = 'hub'
): Promise<IssuedLicense | Refusal<'NOT_FOUND' | 'ARCHIVED'>> {
	const found = await findOrderable(hub.db, order);
	if (isRefusal(found)) return found;
	const drafted = await draftLicense(hub, order, found);
	await writing(hub.db, order.customerId, (shell) => addDrafted(hub, shell, { drafted, actor }));
	const { licenseId: id, number } = drafted.license;
	return { id, number, key: answerFile(hub, drafted.key) };
}

export type DraftedLicense = { license: NewLicense; key: SignedToken };

/** Numbered and signed, and kept nowhere yet. */
export async function draftLicense(
	hub: Hub,
	order: LicenseOrder & { purchase?: string; purchaseLine?: string },
	{ product, customer }: Orderable
): Promise<DraftedLicense> {
	const { customerId, seats, expiresAt, trialDays } = order;
	const licenseId = uuidv7();
	const number = makeLicenseNumber(randomBytes(11));
	const terms = termsOf(order, { licenseId, number, product, org: customer.name });
	const { key, kept } = await makeLicenseKey(hub, { terms, seats, expiresAt });
	const license = {
		customerId,
		licenseId,
		number,
		product: product.slug,
		terms,
		seats,
		expiresAt,
		...trialTerms(trialDays),
		fileDays: order.fileDays,
		returnsPerYear: order.returnsPerYear,
		replacementsPerYear: order.replacementsPerYear,
		coolDays: order.coolDays,
		purchase: order.purchase,
		purchaseLine: order.purchaseLine,
		...kept,
		createdAt: hub.now()
	};
	return { license, key };
}

/** In a transaction that locks no license after it. */
export async function addDrafted(
	hub: Hub,
	shell: Writing,
	{ drafted: { license }, actor }: { drafted: DraftedLicense; actor: string }
): Promise<void> {
	await addLicense(shell, license);
	const { licenseId, number, product, seats, purchase } = license;
	const expiresAt = license.expiresAt ?? undefined;
	const trialDays = license.trialDays ?? undefined;
	shell.audit({
		at: hub.now(),
		actor,
		action: 'license.issued',
		subject: licenseId,
		facts: { number, product, seats, expiresAt, trialDays, purchase: purchase ?? undefined }
	});
}

function termsOf(
	order: LicenseOrder,
	{
		licenseId,
		number,
		product,
		org
	}: {
		licenseId: string;
		number: string;
		product: typeof products.$inferSelect;
		org: string;
	}
): Terms {
	const terms: Terms = {
		sub: licenseId,
		num: number,
		prd: product.slug,
		title: product.title,
		ed: order.edition,
		ent: order.entitlements,
		clients: order.clients,
		ver: order.versions,
		mnt: order.maintainedUntil,
		org,
		contact: product.contact,
		pol: {
			k: order.matches,
			vm: order.virtualMachines,
			given: order.givenFingerprints,
			graceMinutes: order.graceMinutes
		},
		x: order.trialDays === undefined ? undefined : { trial: order.trialDays }
	};
	return withGrace(terms, order.graceDays);
}
