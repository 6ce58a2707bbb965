/**
 * Claims of commands: made in the catalog before anything of their push is done, each naming the customer
 * whose transaction stores its result with its effect. A push that ends in between is carried on by the
 * next that brings them. [SY2, DB1]
 *
 * @module
 */
import { and, eq, isNotNull, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { VENDOR_ID } from '#lib/domain/access.ts';
import { among } from '#server/db/among.ts';
import { ahead } from '#server/db/connection.ts';
import { commands } from '#server/db/schema/outboxes.ts';
import type { Transaction } from '#server/db/database.ts';
import { insertRows } from '#server/db/rows.ts';
import { sqlState } from '#server/db/writing.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';
import type { SigningDesk } from '#server/ledger/held/ask.ts';
import { closeForked, lockOutbox } from './outboxes.ts';
import type { Prepared } from './prepare-commands.ts';

/** A command, and whose it is as it is read now. */
export type OwnedCommand = Prepared & { customerId: string };

/** Where the result of a command is, or will be. `moves` as in the table. */
export type CommandClaim = { id: string; customerId: string; moves: number };

export type ClaimedCommand = OwnedCommand & { claim: CommandClaim };

/** A claim as it is stored, in its place. */
type Stored = CommandClaim & { outbox: string; n: number; hash: string };

export type PushClaims = {
	claims: ReadonlyMap<string, CommandClaim>;
	/** Of what is depended on and not pushed along, by place. */
	before: ReadonlyMap<number, CommandClaim>;
	/** The device was ended: what it asks for is refused. [DV1] */
	ended?: Refusal<'DESK_ENDED'>;
};

type Pushed = { outbox: string; asker: Asker; desk?: SigningDesk };

/** UNIQUE: another outbox has claimed one of them meanwhile. */
const TAKEN = '23505';

/** @returns A refusal of the push as a whole; of a copied outbox too, which it then closes. */
export async function claimCommands(
	hub: Hub,
	pushed: Pushed,
	brought: readonly OwnedCommand[]
): Promise<PushClaims | Refusal> {
	const claim = async () => {
		let storing: Promise<void> | undefined;
		const claims = await hub.db.transaction(
			(tx) =>
				claimIn(hub, tx, {
					...pushed,
					brought,
					// The commit is sent right behind: where this fails, it undoes all.
					store: (fresh) => {
						storing = insertRows(tx, commands, fresh);
						storing.catch(() => undefined);
					}
				}),
			ahead(VENDOR_ID)
		);
		await storing;
		return claims;
	};
	return claim().catch((fault: unknown) => {
		if (sqlState(fault) !== TAKEN) throw fault;
		return claim();
	});
}

type NewRow = typeof commands.$inferInsert;
type Store = (fresh: readonly NewRow[]) => void;

async function claimIn(
	hub: Hub,
	tx: Transaction,
	{ brought, store, ...pushed }: Pushed & { brought: readonly OwnedCommand[]; store: Store }
): Promise<PushClaims | Refusal> {
	const { outbox } = pushed;
	const locking = lockOutbox(hub, tx, pushed);
	const finding = findClaims(tx, outbox, brought);
	finding.catch(() => undefined);
	const closed = await locking;
	const known = await finding;
	if (closed && !isEnded(closed)) return closed;
	if (isFork(brought, known)) {
		await closeForked(hub, tx, outbox);
		return refuse('OUTBOX_FORKED', { outbox });
	}
	const claims = new Map<string, CommandClaim>(known.map((each) => [each.id, each]));
	const own = known.filter((each) => each.outbox === outbox);
	const atPlace = new Map(own.map((each) => [each.n, each]));
	const fresh: NewRow[] = [];
	for (const { command, customerId } of brought) {
		const { id, n, hash } = command;
		if (atPlace.has(n)) continue;
		// An outbox that went on under another name keeps the ids of what was unsettled.
		const first = claims.has(id) ? undefined : { id, customerId, moves: 0 };
		fresh.push({ outbox, n, id, hash, customerId: first?.customerId });
		if (first) claims.set(id, first);
	}
	store(fresh);
	const places = new Set(brought.map(({ command }) => command.n));
	const before = new Map([...atPlace].filter(([n]) => !places.has(n)));
	return { claims, before, ended: closed };
}

function isEnded(refusal: Refusal): refusal is Refusal<'DESK_ENDED'> {
	return refusal.refused === 'DESK_ENDED';
}

/** What is claimed under the ids and places of a push, and of what its commands depend on. */
function findClaims(
	tx: Transaction,
	outbox: string,
	brought: readonly Prepared[]
): Promise<Stored[]> {
	const { id, hash, n } = commands;
	const ids = brought.map(({ command }) => command.id);
	const places = new Set(brought.flatMap(({ command: { n, dependsOn = n } }) => [n, dependsOn]));
	// Whichever outbox claimed it: the first has where it stands.
	const first = alias(commands, 'first');
	const customerId = sql<string>`${first.customerId}`;
	return tx
		.select({ id, hash, n, outbox: commands.outbox, customerId, moves: first.moves })
		.from(commands)
		.innerJoin(first, and(eq(first.id, id), isNotNull(first.customerId)))
		.where(
			or(
				and(among(id, ids), isNotNull(commands.customerId)),
				and(eq(commands.outbox, outbox), among(n, [...places]))
			)
		)
		.execute();
}

/** The same id with another hash, or the same place with another id: this outbox was copied. */
function isFork(brought: readonly Prepared[], known: readonly Stored[]): boolean {
	const byId = new Map(known.map((each) => [each.id, each]));
	const atPlace = new Map(known.map((each) => [`${each.outbox} ${each.n}`, each.id]));
	return brought.some(({ command: { id, outbox, n, hash } }) => {
		const same = byId.get(id);
		const there = atPlace.get(`${outbox} ${n}`);
		return (same && same.hash !== hash) || (there !== undefined && there !== id);
	});
}

/**
 * Commands that their customers have passed on go to those whose they are by now: under the claim that
 * was passed on nothing is settled any more.
 *
 * @returns Those that went; what is missing somebody else has moved meanwhile.
 */
export async function moveClaims(
	{ db }: Hub,
	passed: readonly ClaimedCommand[]
): Promise<ClaimedCommand[]> {
	const moved: ClaimedCommand[] = [];
	for (const each of passed) {
		const { id, moves } = each.claim;
		const claim = { id, customerId: each.customerId, moves: moves + 1 };
		const rows = await db
			.update(commands)
			.set({ customerId: claim.customerId, moves: claim.moves })
			.where(and(eq(commands.id, id), eq(commands.moves, moves), isNotNull(commands.customerId)))
			.returning({ n: commands.n });
		if (rows.length > 0) moved.push({ ...each, claim });
	}
	return moved;
}
