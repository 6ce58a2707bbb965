/**
 * Issuing a license: terms, seats and the license key that carries them.
 *
 * @module
 */
import { randomBytes } from 'node:crypto';
import { makeLicenseNumber } from '#lib/domain/license-number.ts';
import type { Seconds, Terms } from '#lib/domain/license.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import type { products } from '#server/db/schema/catalog.ts';
import { writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { addLicense, trialTerms } from '#server/ledger/add-license.ts';
import { answerFile } from '#server/ledger/answer.ts';
import { findOrderable } from './find-orderable.ts';
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
	const { customerId, seats, expiresAt, trialDays } = order;
	const found = await findOrderable(hub.db, order);
	if (isRefusal(found)) return found;
	const { product, customer } = found;

	const licenseId = uuidv7();
	const number = makeLicenseNumber(randomBytes(11));
	const terms = termsOf(order, { licenseId, number, product, org: customer.name });
	const { key, kept } = await makeLicenseKey(hub, { terms, seats, expiresAt });
	const now = hub.now();
	await writing(hub.db, async (shell) => {
		await addLicense(shell, {
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
			...kept,
			createdAt: now
		});
		shell.audit(customerId, {
			at: now,
			actor,
			action: 'license.issued',
			subject: licenseId,
			facts: { number, product: product.slug, seats, expiresAt, trialDays }
		});
	});
	return { id: licenseId, number, key: answerFile(hub, key) };
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
	return {
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
}
