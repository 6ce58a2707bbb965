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
import { termsInOrder } from '#lib/domain/licenses/license.ts';
import { makeLicenseNumber } from '#lib/domain/licenses/license-number.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { freeSeats, usedSeats } from '#lib/domain/seat.ts';
import { allowedOf } from '#lib/domain/licenses/switch.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { allotments } from '#server/db/schema/allotments.ts';
import { activations } from '#server/db/schema/ledger.ts';
import type { Transaction } from '#server/db/database.ts';
import type { ArriveTask } from '#server/db/schema/steps.ts';
import { sendStep } from '#server/db/steps.ts';
import { writing, type LicenseRecord, type Writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { writeLicense } from '#server/ledger/change-license.ts';
import { newLedger } from '#server/ledger/held/ledger.ts';
import { closeLedger } from '#server/ledger/close.ts';
import { resumeSteps } from '#server/ledger/take-steps.ts';
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
	const done = await writing(hub.db, customerId, async (shell) => {
		const [row] = await shell.lockLicenses([licenseId]);
		if (!row) throw new Error(`license ${licenseId} is in the directory only`);
		const { number, successor } = row;
		const { contact } = row.terms;
		if (successor !== null) return refuse('LICENSE_MOVED', { number, successor, contact });
		if (row.frozenAt !== null) return refuse('LICENSE_FROZEN', { number, contact });
		const move = { row, customer, actor };
		if (!(await wasUsed(shell.tx, row))) return moveWhole(hub, shell, move);
		return whole ? refuse('LICENSE_USED', { number, contact }) : moveSeats(hub, shell, move);
	});
	if (isRefusal(done)) return done;
	await resumeSteps(hub, done.transfer);
	return done.moved;
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

type Sent = { moved: Moved; transfer: string };

type Move = { row: LicenseRecord; customer: Customer; actor: string };

/** It is nobody's until it has arrived: its row here, with no seats, says that it has moved. */
async function moveWhole(hub: Hub, shell: Writing, { row, customer, actor }: Move): Promise<Sent> {
	const { number, seats } = row;
	const { customerId: to } = customer;
	const { key, ...taken } = await takeOver(hub, row, { customer, seats });
	const set = { seats: 0, successor: number };
	const note = { actor, action: 'license.moved', facts: { number, to } } as const;
	await writeLicense(hub, shell, { license: row, change: { set, note } });
	const license = { ...row, ...taken, customerId: to };
	const transfer = await sendOn(hub, shell, { license, leaves: true, actor });
	return { moved: { number, key: answerFile(hub, key), moved: seats, following: 0 }, transfer };
}

async function moveSeats(hub: Hub, shell: Writing, { row, customer, actor }: Move): Promise<Sent> {
	const { customerId: to } = customer;
	const moved = freeSeats(row.seats, row);
	const seats = row.seats - moved;
	const [licenseId, number] = [uuidv7(), makeLicenseNumber(randomBytes(11))];
	const terms = { ...row.terms, sub: licenseId, num: number };
	// The key says all the seats that it will have; how many there are by now the hub counts.
	const whole = Math.max(1, row.seats);
	const { key, ...taken } = await takeOver(hub, { ...row, terms }, { customer, seats: whole });
	const facts = { number: row.number, to, seats, successor: number };
	const left = await writeLicense(hub, shell, {
		license: row,
		change: { set: { seats, successor: number }, note: { actor, action: 'license.moved', facts } }
	});
	const own = { customerId: to, licenseId, number, seats: moved };
	const license = { ...row, ...taken, ...own, createdAt: hub.now() };
	const transfer = await sendOn(hub, shell, { license, leaves: false, actor });
	// Whoever waited for one of its seats is told that it has moved. [RE1]
	await closeLedger(shell, newLedger(hub, shell.customerId, [left]));
	return { moved: { number, key: answerFile(hub, key), moved, following: seats }, transfer };
}

/** It arrives in the other customer's transaction. @returns What that is a step of. */
async function sendOn(
	hub: Hub,
	shell: Writing,
	{ license, ...sent }: Pick<ArriveTask, 'license' | 'leaves' | 'actor'>
): Promise<string> {
	const from = shell.customerId;
	const task = { kind: 'arrive', license, from, epoch: hub.epoch, ...sent } as const;
	return sendStep(shell, { customerId: license.customerId, task });
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
