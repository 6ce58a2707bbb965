/**
 * What follows from a code that was entered: its person joins each customer whose address they have
 * proven, one transaction after the other. Killed in between, it is gone on with. [AT1]
 *
 * @module
 */
import { and, count, eq, isNull, lt, or } from 'drizzle-orm';
import type { Role } from '#lib/domain/access.ts';
import { among } from '#server/db/among.ts';
import { attachAsks, attachCodes } from '#server/db/schema/attach.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { member } from '#server/db/schema/people.ts';
import type { Database, Transaction } from '#server/db/database.ts';
import { writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { joinCustomer } from '#server/operations/people/join-customer.ts';
import { addressesOf, findThings, type KnownThing } from './things.ts';

export type AttachedCustomer = {
	id: string;
	name: string;
	/** What they are there. */
	role: Role;
	/** They were no member before. */
	isNew: boolean;
	/** What was asked for. */
	licenses: { number: string; title: string }[];
	/** Licenses of it in all. */
	count: number;
};

/** A hub that is answering is not overtaken. */
const LEFT_SECONDS = 60;

/** What the hub was killed in the middle of. */
export async function resumeAttaching(hub: Hub): Promise<void> {
	const isLeft = and(
		lt(attachCodes.provenAt, hub.now() - LEFT_SECONDS),
		isNull(attachCodes.doneAt)
	);
	const left = await hub.db.select({ id: attachCodes.id }).from(attachCodes).where(isLeft);
	for (const { id } of left) await finishAttaching(hub, id);
}

export async function finishAttaching(hub: Hub, codeId: string): Promise<AttachedCustomer[]> {
	const [found] = await hub.db
		.select({ email: attachCodes.email, ask: attachAsks })
		.from(attachCodes)
		.innerJoin(attachAsks, eq(attachAsks.id, attachCodes.askId))
		.where(and(eq(attachCodes.id, codeId), isNull(attachCodes.doneAt)));
	if (!found) return [];
	const { userId, things, language } = found.ask;
	const proven = await thingsOfAddress(hub.db, things, found.email);
	const attached: AttachedCustomer[] = [];
	for (const customerId of [...new Set(proven.map((thing) => thing.customerId))].sort()) {
		const theirs = proven.filter((thing) => thing.customerId === customerId);
		const by = reasonOf(theirs[0]!);
		const joined = await writing(hub.db, customerId, (shell) =>
			joinCustomer(hub, shell, { customerId, userId, by, language })
		);
		const told = await describe(hub.db, { customerId, userId, things: theirs });
		if (told) attached.push({ ...told, isNew: joined !== undefined });
	}
	await hub.db.update(attachCodes).set({ doneAt: hub.now() }).where(eq(attachCodes.id, codeId));
	hub.sendMail?.();
	return attached;
}

/** Those whose address it is now: one that was changed since proves nothing. */
export async function thingsOfAddress(
	db: Database | Transaction,
	asked: readonly string[],
	email: string
): Promise<KnownThing[]> {
	const proven: KnownThing[] = [];
	for (const thing of await findThings(db, asked))
		if ((await addressesOf(db, thing)).includes(email)) proven.push(thing);
	return proven;
}

function reasonOf(thing: KnownThing): { purchase: string } | { license: string } {
	return thing.kind === 'purchase' ? { purchase: thing.purchase } : { license: thing.number };
}

async function describe(
	db: Database,
	{ customerId, userId, things }: { customerId: string; userId: string; things: KnownThing[] }
): Promise<Omit<AttachedCustomer, 'isNew'> | undefined> {
	const [place] = await db
		.select({ name: customers.name, role: member.role })
		.from(customers)
		.innerJoin(member, eq(member.organizationId, customers.customerId))
		.where(and(eq(customers.customerId, customerId), eq(member.userId, userId)));
	// Removed again meanwhile, or one of the vendor's own people.
	if (!place || place.role === 'staff' || place.role === 'admin') return undefined;
	const bought = things.flatMap((each) => (each.kind === 'purchase' ? [each.purchase] : []));
	const numbers = things.flatMap((each) => (each.kind === 'license' ? [each.number] : []));
	const asked = or(among(licenses.purchase, bought), among(licenses.number, numbers));
	const rows = await db
		.select({ number: licenses.number, terms: licenses.terms })
		.from(licenses)
		.where(and(eq(licenses.customerId, customerId), asked))
		.orderBy(licenses.number);
	const [all] = await db
		.select({ count: count() })
		.from(licenses)
		.where(eq(licenses.customerId, customerId));
	const named = rows.map(({ number, terms: { title } }) => ({ number, title }));
	const { name, role } = place;
	return { id: customerId, name, role, licenses: named, count: all?.count ?? 0 };
}
