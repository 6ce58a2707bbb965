/**
 * A license goes to another customer. [SE7]
 *
 * One that was never used goes as it is, with a new key. One that was used stays where its machines
 * are: its free seats move to a successor license at once, the rest as they become free.
 *
 * @module
 */
import { randomBytes } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { termsInOrder } from '#lib/domain/license.ts';
import { makeLicenseNumber } from '#lib/domain/license-number.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { freeSeats, usedSeats } from '#lib/domain/seat.ts';
import { allowedOf } from '#lib/domain/switch.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { customers, directory } from '#server/db/schema/catalog.ts';
import { allotments } from '#server/db/schema/allotments.ts';
import { activations, licenses } from '#server/db/schema/ledger.ts';
import type { Transaction } from '#server/db/database.ts';
import { across, type LicenseRecord, type Writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { addLicense } from '#server/ledger/add-license.ts';
import { answerFile } from '#server/ledger/answer.ts';
import { writeLicense } from '#server/ledger/change-license.ts';
import { newLedger } from '#server/ledger/ledger.ts';
import { closeLedger } from '#server/ledger/close.ts';
import { makeLicenseKey } from './license-key.ts';

export type Moved = {
	/** The number to go on with: its own, or its successor's. */
	number: string;
	/** The license key of the new customer, as a `.kflic` file. */
	key: string;
	/** Seats that have moved, and those that follow as they become free. */
	moved: number;
	following: number;
};

export type NotMoved = Refusal<
	'NOT_FOUND' | 'BODY_INVALID' | 'LICENSE_MOVED' | 'LICENSE_FROZEN' | 'LICENSE_USED'
>;

type Which = { customerId: string; licenseId: string };
type Customer = typeof customers.$inferSelect;

/**
 * @param whole - Only where all of it goes, as a license that was never used does: else `LICENSE_USED`.
 * @returns `LICENSE_MOVED` where it was moved before, `LICENSE_FROZEN` where its count is not sure.
 */
export async function moveLicense(
	hub: Hub,
	{ customerId, licenseId }: Which,
	to: string,
	actor: string,
	{ whole = false } = {}
): Promise<Moved | NotMoved> {
	if (to === customerId) return refuse('BODY_INVALID', { path: 'customerId', reason: 'same' });
	const [customer] = await hub.db.select().from(customers).where(eq(customers.customerId, to));
	if (!customer) return refuse('NOT_FOUND', { what: `customer ${to}` });
	return across(hub.db, [customerId, to], async (of) => {
		const shell = of(customerId);
		const [row] = await shell.lockLicenses([licenseId]);
		if (!row) throw new Error(`license ${licenseId} is in the directory only`);
		const { number, successor } = row;
		const { contact } = row.terms;
		if (successor !== null) return refuse('LICENSE_MOVED', { number, successor, contact });
		if (row.frozenAt !== null) return refuse('LICENSE_FROZEN', { number, contact });
		const move = { from: shell, into: of(to), row, customer, actor };
		if (!(await wasUsed(shell.tx, row))) return moveWhole(hub, move);
		return whole ? refuse('LICENSE_USED', { number, contact }) : moveSeats(hub, move);
	});
}

/** Whether a machine or a desk has ever held a seat of it, or is about to. */
async function wasUsed(tx: Transaction, row: LicenseRecord): Promise<boolean> {
	if (usedSeats(row) > 0 || row.waiting > 0) return true;
	for (const table of [activations, allotments]) {
		const mine = and(eq(table.customerId, row.customerId), eq(table.licenseId, row.licenseId));
		const [found] = await tx.select({ id: table.licenseId }).from(table).where(mine).limit(1);
		if (found) return true;
	}
	return false;
}

type Move = { from: Writing; into: Writing; row: LicenseRecord; customer: Customer; actor: string };

async function moveWhole(hub: Hub, { from, into, row, customer, actor }: Move): Promise<Moved> {
	const { customerId, licenseId, number, seats } = row;
	const { customerId: to } = customer;
	const revisions = await raiseBoth(from, into);
	const { key, ...taken } = await takeOver(hub, row, { customer, seats });
	// Not a change of the license alone: everything that leads to it leads to the new customer.
	await from.tx
		.update(licenses)
		.set({ ...taken, customerId: to, revision: revisions.get(to)! })
		.where(and(eq(licenses.customerId, customerId), eq(licenses.licenseId, licenseId)));
	await from.tx
		.update(directory)
		.set({ customerId: to })
		.where(and(eq(directory.customerId, customerId), eq(directory.licenseId, licenseId)));
	// A row that is gone has no revision: who mirrors the customer reads all of it again.
	await from.tx
		.update(customers)
		.set({ resetRevision: revisions.get(customerId)! })
		.where(eq(customers.customerId, customerId));
	const note = { at: hub.now(), actor, subject: licenseId };
	const { product } = row;
	from.audit({ ...note, action: 'license.moved', facts: { number, to } });
	const facts = { number, product, seats, from: customerId };
	into.audit({ ...note, action: 'license.issued', facts });
	return { number, key: answerFile(hub, key), moved: seats, following: 0 };
}

async function moveSeats(hub: Hub, { from, into, row, customer, actor }: Move): Promise<Moved> {
	const { customerId, product } = row;
	const { customerId: to } = customer;
	const moved = freeSeats(row.seats, row);
	const seats = row.seats - moved;
	const at = hub.now();
	const [id, number] = [uuidv7(), makeLicenseNumber(randomBytes(11))];
	const terms = { ...row.terms, sub: id, num: number };
	// The key says all the seats that it will have; how many there are by now the hub counts.
	const whole = Math.max(1, row.seats);
	const { key, ...taken } = await takeOver(hub, { ...row, terms }, { customer, seats: whole });
	await raiseBoth(from, into);
	const own = { customerId: to, licenseId: id, number, seats: moved, createdAt: at };
	await addLicense(into, { ...row, ...taken, ...own });
	const left = await writeLicense(hub, from, {
		license: row,
		change: {
			set: { seats, successor: number },
			note: {
				actor,
				action: 'license.moved',
				facts: { number: row.number, to, seats, successor: number }
			}
		}
	});
	into.audit({
		at,
		actor,
		action: 'license.issued',
		subject: id,
		facts: { number, product, seats: moved, from: customerId }
	});
	// Whoever waited for one of its seats is told that it has moved. [RE1]
	await closeLedger(from, newLedger(hub, customerId, [left]));
	return { number, key: answerFile(hub, key), moved, following: seats };
}

/** Customers are locked in the order of their ids. @returns Their new revisions. */
async function raiseBoth(one: Writing, other: Writing): Promise<ReadonlyMap<string, number>> {
	const inOrder = [one, other].sort((a, b) => (a.customerId < b.customerId ? -1 : 1));
	const revisions = new Map<string, number>();
	for (const each of inOrder) revisions.set(each.customerId, await each.raiseRevision());
	return revisions;
}

/** Terms, key and secret of the new customer: whoever held the old key proves nothing by it. [RE2] */
async function takeOver(
	hub: Hub,
	{ terms: before, switches, expiresAt }: LicenseRecord,
	{ customer, seats }: { customer: Customer; seats: number }
) {
	// An upgrade and a purchase were its customer's: nobody else is told their numbers.
	const { upgrade: _, ...rest } = before.x ?? {};
	const x = Object.keys(rest).length > 0 ? rest : undefined;
	// As the vendor's list has it: what was switched was theirs. [P7]
	const ent = allowedOf(before.ent, switches ?? {});
	const terms = termsInOrder({ ...before, ent, org: customer.name, x });
	const { key, kept } = await makeLicenseKey(hub, { terms, seats, expiresAt });
	const left = {
		upgradedTo: null,
		upgradedFrom: null,
		purchase: null,
		purchaseLine: null,
		note: null,
		switches: null
	};
	return { key, terms, reissued: false, ...left, ...kept };
}
