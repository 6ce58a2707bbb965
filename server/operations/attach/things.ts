/**
 * What people can ask to attach by: a purchase ID or a license number, and whose it is. [AT1]
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { parseLicenseNumber } from '#lib/domain/licenses/license-number.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { among } from '#server/db/among.ts';
import { customers, directory } from '#server/db/schema/catalog.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { purchases } from '#server/db/schema/orders.ts';
import type { Database, Transaction } from '#server/db/database.ts';

/** One that is known. `proven` is its purchase ID or its number as the hub has them. */
export type KnownThing = { typed: string; customerId: string } & (
	{ kind: 'purchase'; purchase: string } | { kind: 'license'; number: string; licenseId: string }
);

/** Of one customer that has so many, the first that it named. */
const CONTACTS = 5;

/** As it is kept and counted, however it was typed. */
export function foldThing(typed: string): string {
	const trimmed = typed.normalize('NFC').trim();
	const number = parseLicenseNumber(trimmed);
	return isRefusal(number) ? trimmed : number;
}

/** Whose they are: the same two statements whether or not anything is known. */
export async function findThings(
	db: Database | Transaction,
	things: readonly string[]
): Promise<KnownThing[]> {
	const bought = await db
		.select({ id: purchases.id, customerId: purchases.customerId })
		.from(purchases)
		.where(among(purchases.id, things));
	const issued = await db.select().from(directory).where(among(directory.key, things));
	return [
		...bought.map(({ id, customerId }) => ({
			typed: id,
			customerId,
			kind: 'purchase' as const,
			purchase: id
		})),
		...issued
			// The directory knows licenses by their ids as well.
			.filter(({ key, licenseId }) => key !== licenseId)
			.map(({ key, customerId, licenseId }) => ({
				typed: key,
				customerId,
				kind: 'license' as const,
				number: key,
				licenseId
			}))
	];
}

/**
 * Where its code goes: the address of the purchase; a license's that was not bought, or went to another
 * customer since, those of its customer's contacts.
 *
 * @returns In lower case, as accounts have them.
 */
export async function addressesOf(
	db: Database | Transaction,
	thing: KnownThing
): Promise<string[]> {
	const { customerId } = thing;
	const purchase =
		thing.kind === 'purchase' ? thing.purchase : await purchaseOf(db, customerId, thing.licenseId);
	if (purchase !== undefined) {
		const [found] = await db
			.select({ address: purchases.address })
			.from(purchases)
			.where(and(eq(purchases.customerId, customerId), eq(purchases.id, purchase)));
		if (found) return [found.address];
	}
	const [customer] = await db
		.select({ contacts: customers.contacts })
		.from(customers)
		.where(eq(customers.customerId, customerId));
	const contacts = customer?.contacts ?? [];
	return [...new Set(contacts.slice(0, CONTACTS).map((each) => each.toLowerCase()))];
}

async function purchaseOf(
	db: Database | Transaction,
	customerId: string,
	licenseId: string
): Promise<string | undefined> {
	const [license] = await db
		.select({ purchase: licenses.purchase })
		.from(licenses)
		.where(and(eq(licenses.customerId, customerId), eq(licenses.licenseId, licenseId)));
	return license?.purchase ?? undefined;
}
