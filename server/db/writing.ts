/**
 * The one way to write: a transaction that takes its locks in a fixed order and raises the
 * customers' revisions last, so that no commit can slip behind a desk's cursor [SE2, SY4]. What was
 * done is appended to the customers' audit as it ends [AU1].
 *
 * Order of locks: outbox, licenses by id, customers by id, audit. Whoever keeps to it cannot wait
 * in a circle.
 *
 * @module
 */
import { and, asc, eq, sql, type SQL } from 'drizzle-orm';
import {
	appendEntries,
	type AuditEntry,
	type AuditHead,
	type AuditNote
} from '#lib/domain/audit.ts';
import { webhookKindOf } from '#lib/domain/webhook.ts';
import { among } from './among.ts';
import { AHEAD } from './connection.ts';
import { customers } from './schema/catalog.ts';
import { licenses } from './schema/ledger.ts';
import type { Database, Transaction } from './database.ts';
import { sha256 } from './sha256.ts';

export type LicenseRecord = typeof licenses.$inferSelect;

/** What a writer works with. Nothing else may touch the database until it is done. */
export type Writing = {
	tx: Transaction;
	/** Locks licenses of one customer and reads them as they now are. */
	lockLicenses: (customerId: string, licenseIds: readonly string[]) => Promise<LicenseRecord[]>;
	/** Locks a customer that may be written to: after every license lock, in the order of their ids. */
	lockCustomer: (customerId: string) => Promise<void>;
	/**
	 * Locks the customer and raises its revision: once per transaction, after every license lock.
	 * Rows that desks mirror are written with it.
	 */
	raiseRevision: (customerId: string) => Promise<number>;
	/**
	 * Notes what was done to a customer's licenses and seats, in the order of the calls. It costs
	 * nothing yet: all notes of a transaction are chained and inserted by one statement as it ends.
	 * Every change of a seat must be noted, or `audit verify` finds the counts differ. No secrets.
	 * See `AuditAction` for actions and their facts. [AU1]
	 */
	audit: (customerId: string, note: AuditNote) => void;
	/** Where the audits of the customers written to end, as this transaction leaves them. */
	auditHeads: () => Promise<Record<string, AuditHead>>;
	/** Writes at the end, right before the commit and sent together with it: nobody reads it before. */
	writeLast: (statement: SQL) => void;
};

/** Two writers that PostgreSQL let wait for each other, or whose order it could not keep. */
const RETRIED = new Set(['40001', '40P01']);
const ATTEMPTS = 5;

export async function writing<T>(db: Database, work: (writing: Writing) => Promise<T>): Promise<T> {
	for (let attempt = 1; ; attempt++) {
		const shell: { ending?: Promise<unknown> } = {};
		try {
			const done = await db.transaction(async (tx) => {
				const started = start(tx);
				const worked = await work(started);
				await started.auditHeads();
				// The commit is sent right behind: where one of these fails, it undoes all.
				shell.ending = started.writeRest();
				shell.ending.catch(() => undefined);
				return worked;
			}, AHEAD);
			await shell.ending;
			return done;
		} catch (error) {
			if (attempt === ATTEMPTS || !RETRIED.has(sqlState(error) ?? '')) throw error;
		}
	}
}

/** Locks several customers, in the order of their ids, and raises their revisions. [SY4] */
export async function raiseInOrder(
	{ raiseRevision }: Writing,
	customerIds: readonly string[]
): Promise<ReadonlyMap<string, number>> {
	const revisions = new Map<string, number>();
	for (const id of [...customerIds].sort()) revisions.set(id, await raiseRevision(id));
	return revisions;
}

/** The same within a transaction: what throws undoes this part of it alone. */
export function within<T>(outer: Transaction, work: (writing: Writing) => Promise<T>): Promise<T> {
	return outer.transaction(async (tx) => {
		const started = start(tx);
		const done = await work(started);
		await started.auditHeads();
		await started.writeRest();
		return done;
	});
}

type Started = Writing & {
	/** Has sent all that is left to be written when it returns, and waits for none of it. */
	writeRest: () => Promise<unknown>;
};

function start(tx: Transaction): Started {
	const locked = new Map<string, Promise<Locked>>();
	const notes = new Map<string, AuditNote[]>();
	const last: SQL[] = [];
	const lock = (customerId: string): Promise<Locked> => {
		const known = locked.get(customerId);
		if (known) return known;
		const before = [...locked.keys()].at(-1);
		if (before !== undefined && before > customerId)
			throw new Error('customers are locked in the order of their ids');
		const row = lockRow(tx, customerId);
		// Whoever locks it ahead may have thrown for another reason.
		row.catch(() => undefined);
		locked.set(customerId, row);
		return row;
	};
	const raised: Locked[] = [];
	const raise = async (customerId: string): Promise<number> => {
		const row = await lock(customerId);
		if (!row.isRaised) {
			Object.assign(row, { isRaised: true, revision: row.revision + 1 });
			raised.push(row);
		}
		return row.revision;
	};
	/** Chains what was noted since. */
	const chain = () => {
		for (const row of raised) {
			const { customerId, head } = row;
			const own = notes.get(customerId) ?? [];
			const chained = appendEntries({ customerId, head }, own, sha256);
			row.head = chained.head;
			row.entries.push(...chained.entries);
		}
		notes.clear();
	};
	return {
		tx,
		lockLicenses: (customerId, licenseIds) => {
			if (locked.size > 0) throw new Error('licenses are locked before a customer is');
			if (licenseIds.length === 0) return Promise.resolve([]);
			return tx
				.select()
				.from(licenses)
				.where(and(eq(licenses.customerId, customerId), among(licenses.licenseId, licenseIds)))
				.orderBy(asc(licenses.licenseId))
				.for('update')
				.execute();
		},
		lockCustomer: async (customerId) => void (await lock(customerId)),
		raiseRevision: raise,
		audit: (customerId, note) => {
			const before = notes.get(customerId);
			if (before) before.push(note);
			else notes.set(customerId, [note]);
		},
		auditHeads: async () => {
			for (const customerId of [...notes.keys()].sort()) await raise(customerId);
			chain();
			return Object.fromEntries(raised.map(({ customerId, head }) => [customerId, head]));
		},
		writeLast: (statement) => void last.push(statement),
		writeRest: () => {
			const rest = raised.length > 0 ? [...last, appendAudit(raised)] : last;
			return Promise.all(rest.map((statement) => tx.execute(statement).execute()));
		}
	};
}

/** A customer as this transaction has locked it. */
type Locked = {
	customerId: string;
	/** Where it is raised, the one that is written. */
	revision: number;
	isRaised: boolean;
	/** Where its audit ends, those `entries` included that are to be written. */
	head: AuditHead;
	entries: AuditEntry[];
};

async function lockRow(tx: Transaction, customerId: string): Promise<Locked> {
	const { revision, auditN: n, auditHash: hash } = customers;
	const [row] = await tx
		.select({ revision, n, hash })
		.from(customers)
		.where(eq(customers.customerId, customerId))
		.for('update')
		.execute();
	if (!row) throw new Error(`no customer ${customerId}`);
	const head = { n: row.n, hash: row.hash };
	return { customerId, revision: row.revision, isRaised: false, head, entries: [] };
}

/** One statement for the entries of all customers, their new heads and their revisions. */
function appendAudit(raised: readonly Locked[]): SQL {
	const added = raised.flatMap(({ entries }) => entries);
	const told = eventsOf(added);
	const ends = JSON.stringify(
		raised.map(({ customerId, revision, head }) => ({ customer_id: customerId, revision, ...head }))
	);
	return sql`
		with added as (
			insert into audit (customer_id, n, prev, hash, at, actor, action, subject, facts)
			select * from jsonb_to_recordset(${auditText(added)}::jsonb) as entry (
				customer_id text, n bigint, prev text, hash text, at bigint,
				actor text, action text, subject text, facts jsonb
			)
		)${told.length > 0 ? tellWebhooks(told) : sql``}
		update customer set revision = ends.revision, audit_n = ends.n, audit_hash = ends.hash
		from jsonb_to_recordset(${ends}::jsonb) as ends (
			customer_id text, revision bigint, n bigint, hash text
		)
		where customer.customer_id = ends.customer_id`;
}

/** Entries as rows of the audit. */
export function auditText(entries: readonly AuditEntry[]): string {
	return JSON.stringify(
		entries.map(({ customerId, ...entry }) => ({ customer_id: customerId, ...entry }))
	);
}

/** What other servers may be told of entries, before it is known whether any of them is to be. */
export function eventsText(entries: readonly AuditEntry[]): string {
	return JSON.stringify(eventsOf(entries));
}

type Event = NonNullable<ReturnType<typeof toEvent>>;

function eventsOf(entries: readonly AuditEntry[]): Event[] {
	return entries.flatMap((entry) => toEvent(entry) ?? []);
}

/** What other servers are told of an entry, in the transaction that appends it. [WH1] */
function toEvent({ hash, customerId, action, subject, facts, at }: AuditEntry) {
	const kind = webhookKindOf(action);
	if (kind === undefined) return undefined;
	const license_id = action.startsWith('license.') ? subject : facts.license;
	return { id: `evt_${hash}`, kind, customer_id: customerId, license_id, subject, facts, at };
}

/** Only where there is something to tell: an older backup is restored into tables that had no webhooks. */
function tellWebhooks(told: readonly Event[]): SQL {
	return sql`, told as (
		insert into webhook_delivery
			(endpoint_id, event_id, kind, customer_id, subject, number, facts, at, next_at)
		select endpoint.id, event.id, event.kind, event.customer_id, event.subject,
			license.number, event.facts, event.at, event.at
		from webhook_endpoint endpoint
		join jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as event (
			id text, kind text, customer_id text, license_id text, subject text, facts jsonb, at bigint
		) on endpoint.is_on and endpoint.kinds @> to_jsonb(event.kind)
		left join license
			on license.customer_id = event.customer_id and license.license_id = event.license_id
	)`;
}

/** SQLSTATE of a database error; drizzle wraps it. */
export function sqlState(error: unknown): string | undefined {
	if (!(error instanceof Error)) return undefined;
	if ('code' in error && typeof error.code === 'string' && error.code.length === 5)
		return error.code;
	return sqlState(error.cause);
}
