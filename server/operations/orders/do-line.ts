/**
 * One line of an order: a license is made, extended, or has more seats. [OR1]
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { parseLicenseNumber } from '#lib/domain/licenses/license-number.ts';
import {
	contentOf,
	endsAfter,
	outcomeOf,
	termsOfLine,
	type ExtendingLine,
	type NewLicenseLine,
	type OrderLine,
	type SeatsLine
} from '#lib/domain/vendor/order.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { products } from '#server/db/schema/catalog.ts';
import { licenses as licenseTable } from '#server/db/schema/ledger.ts';
import { orderLines, type purchases } from '#server/db/schema/orders.ts';
import type { Transaction } from '#server/db/database.ts';
import type { LicenseRecord, Writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { findOrderable } from '#server/operations/licenses/find-orderable.ts';
import { addDrafted, draftLicense } from '#server/operations/licenses/issue-license.ts';
import { renewLocked, type Renewal } from '#server/operations/licenses/renew-license.ts';
import { STORE } from './store.ts';

type Purchase = typeof purchases.$inferSelect;

/** @param licenses - Locked, by id; what the line makes of one is put there. */
export async function doLine(
	hub: Hub,
	shell: Writing,
	asked: { purchase: Purchase; line: OrderLine; licenses: Map<string, LicenseRecord> }
): Promise<Refusal | undefined> {
	const { purchase, line, licenses } = asked;
	const { customerId } = purchase;
	const license =
		'product' in line
			? await make(hub, shell, { purchase, line })
			: await change(hub, shell, { purchase, line, licenses });
	if (isRefusal(license)) return license;
	licenses.set(license.licenseId, license);
	await shell.tx.insert(orderLines).values({
		customerId,
		purchaseId: purchase.id,
		lineId: line.id,
		licenseId: license.licenseId,
		outcome: outcomeOf(line),
		content: contentOf(line),
		doneAt: hub.now()
	});
	return undefined;
}

async function make(
	hub: Hub,
	shell: Writing,
	{ purchase, line }: { purchase: Purchase; line: NewLicenseLine }
): Promise<LicenseRecord | Refusal> {
	const { customerId, id } = purchase;
	const { product } = line;
	const found = await findOrderable(shell.tx, { product, customerId });
	if (isRefusal(found))
		return found.refused === 'NOT_FOUND'
			? refuse('ORDER_PRODUCT_UNKNOWN', { purchase: id, product })
			: found;
	const terms = termsOfLine(line, found.product, hub.now());
	if (isRefusal(terms)) return terms;
	const policy = { virtualMachines: true, givenFingerprints: false, matches: 2, graceMinutes: 15 };
	const order = { customerId, product, ...terms, ...policy, purchase: id, purchaseLine: line.id };
	const drafted = await draftLicense(hub, order, found);
	await addDrafted(hub, shell, { drafted, actor: STORE });
	return readLicense(shell.tx, drafted.license);
}

async function change(
	hub: Hub,
	shell: Writing,
	asked: {
		purchase: Purchase;
		line: ExtendingLine | SeatsLine;
		licenses: ReadonlyMap<string, LicenseRecord>;
	}
): Promise<LicenseRecord | Refusal> {
	const { purchase, line, licenses } = asked;
	const typed = 'to' in line ? line.to : line.extends;
	const number = parseLicenseNumber(typed);
	const row = [...licenses.values()].find((each) => each.number === number);
	if (!row) return refuse('ORDER_LICENSE_UNKNOWN', { purchase: purchase.id, number: typed });
	const renewal = await renewalOf(hub, shell, { row, line });
	const renewed = await renewLocked(hub, shell, {
		row,
		renewal,
		actor: STORE,
		purchase: purchase.id
	});
	// Whoever waited for a seat may have it now: the next line counts it.
	return isRefusal(renewed) ? renewed : readLicense(shell.tx, row);
}

async function renewalOf(
	hub: Hub,
	{ tx }: Writing,
	{ row, line }: { row: LicenseRecord; line: ExtendingLine | SeatsLine }
): Promise<Renewal> {
	if ('to' in line) return { seats: row.seats + line.addsSeats };
	const [product] = await tx.select().from(products).where(eq(products.slug, row.product));
	const defaults = product?.defaults ?? {};
	const { expiresAt, terms } = row;
	const ends = { expiresAt: expiresAt ?? undefined, maintainedUntil: terms.mnt };
	return endsAfter(line, ends, { defaults, now: hub.now() });
}

/** One that this transaction has made or locked. */
async function readLicense(
	tx: Transaction,
	{ customerId, licenseId }: { customerId: string; licenseId: string }
): Promise<LicenseRecord> {
	const own = and(eq(licenseTable.customerId, customerId), eq(licenseTable.licenseId, licenseId));
	const [row] = await tx.select().from(licenseTable).where(own);
	if (!row) throw new Error(`no license ${licenseId}`);
	return row;
}
