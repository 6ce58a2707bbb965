/**
 * The one way to write: a transaction of one customer, which locks its licenses, then the customer, and
 * raises the customer's revision, so that no commit can slip behind a desk's cursor [SE2, SY4]. What was
 * done is appended to the customer's audit as it ends [AU1]. What is the vendor's own, as the catalog
 * is, is a transaction of the vendor. Nothing in it reads or writes rows of another customer. [DB1]
 *
 * Order of locks: outbox, licenses by id, the customer, audit. Whoever keeps to it cannot wait in a
 * circle.
 *
 * @module
 */
import { and, asc, eq, sql, type SQL } from 'drizzle-orm';
import {
	appendEntries,
	type AuditEntry,
	type AuditHead,
	type AuditNote
} from '#lib/domain/audit/audit.ts';
import { webhookKindOf } from '#lib/domain/vendor/webhook.ts';
import { among } from './among.ts';
import { ahead } from './connection.ts';
import { customers } from './schema/catalog.ts';
import { licenses } from './schema/ledger.ts';
import type { Database, Transaction } from './database.ts';
import { sha256 } from './sha256.ts';

export type LicenseRecord = typeof licenses.$inferSelect;

/** What a writer works with. Nothing else may touch the database until it is done. */
export type Writing = {
	tx: Transaction;
	/** Whose transaction it is. */
	customerId: string;
	/** Locks licenses of the customer and reads them as they now are. */
	lockLicenses: (licenseIds: readonly string[]) => Promise<LicenseRecord[]>;
	/** Locks the customer that may be written to: after every license lock. */
	lockCustomer: () => Promise<void>;
	/**
	 * Locks the customer and raises its revision: once per transaction, after every license lock.
	 * Rows that desks mirror are written with it.
	 */
	raiseRevision: () => Promise<number>;
	/**
	 * Notes what was done to the customer's licenses and seats, in the order of the calls. It costs
	 * nothing yet: all notes of a transaction are chained and inserted by one statement as it ends.
	 * Every change of a seat must be noted, or `audit verify` finds the counts differ. No secrets.
	 * See `AuditAction` for actions and their facts. [AU1]
	 */
	audit: (note: AuditNote) => void;
	/** Where the customer's audit ends, as this transaction leaves it; nothing where it was not written to. */
	auditHead: () => Promise<AuditHead | undefined>;
	/** Writes at the end, right before the commit and sent together with it: nobody reads it before. */
	writeLast: (statement: SQL) => void;
};

/** Two writers that PostgreSQL let wait for each other, or whose order it could not keep. */
const RETRIED = new Set(['40001', '40P01']);
const ATTEMPTS = 5;

export async function writing<T>(
	db: Database,
	customerId: string,
	work: (writing: Writing) => Promise<T>
): Promise<T> {
	for (let attempt = 1; ; attempt++) {
		const shell: { ending?: Promise<unknown> } = {};
		try {
			const done = await db.transaction(async (tx) => {
				const started = start(tx, customerId);
				const worked = await work(started);
				await started.auditHead();
				// The commit is sent right behind: where one of these fails, it undoes all.
				shell.ending = started.writeRest();
				shell.ending.catch(() => undefined);
				return worked;
			}, ahead(customerId));
			await shell.ending;
			return done;
		} catch (error) {
			if (attempt === ATTEMPTS || !RETRIED.has(sqlState(error) ?? '')) throw error;
		}
	}
}

/** The same within a transaction of the customer: what throws undoes this part of it alone. */
export function within<T>(
	{ tx: outer, customerId }: Pick<Writing, 'tx' | 'customerId'>,
	work: (writing: Writing) => Promise<T>
): Promise<T> {
	return outer.transaction(async (tx) => {
		const started = start(tx, customerId);
		const done = await work(started);
		await started.auditHead();
		await started.writeRest();
		return done;
	});
}

type Started = Writing & {
	/** Has sent all that is left to be written when it returns, and waits for none of it. */
	writeRest: () => Promise<unknown>;
};

function start(tx: Transaction, customerId: string): Started {
	let locking: Promise<Locked> | undefined;
	let raised: Locked | undefined;
	const notes: AuditNote[] = [];
	const last: SQL[] = [];
	const lock = (): Promise<Locked> => {
		locking ??= lockRow(tx, customerId);
		// Whoever locks it ahead may have thrown for another reason.
		locking.catch(() => undefined);
		return locking;
	};
	const raise = async (): Promise<Locked> => {
		const row = await lock();
		if (!raised) row.revision++;
		return (raised = row);
	};
	return {
		tx,
		customerId,
		lockLicenses: (licenseIds) => {
			if (locking) throw new Error('licenses are locked before their customer is');
			if (licenseIds.length === 0) return Promise.resolve([]);
			return tx
				.select()
				.from(licenses)
				.where(and(eq(licenses.customerId, customerId), among(licenses.licenseId, licenseIds)))
				.orderBy(asc(licenses.licenseId))
				.for('update')
				.execute();
		},
		lockCustomer: async () => void (await lock()),
		raiseRevision: async () => (await raise()).revision,
		audit: (note) => void notes.push(note),
		auditHead: async () => {
			if (notes.length === 0) return raised?.head;
			const row = await raise();
			// What was noted since the last time.
			const chained = appendEntries({ customerId, head: row.head }, notes.splice(0), sha256);
			row.head = chained.head;
			row.entries.push(...chained.entries);
			return row.head;
		},
		writeLast: (statement) => void last.push(statement),
		writeRest: () => {
			const rest = raised ? [...last, appendAudit(customerId, raised)] : last;
			return Promise.all(rest.map((statement) => tx.execute(statement).execute()));
		}
	};
}

/** The customer as this transaction has locked it. */
type Locked = {
	/** Where it is raised, the one that is written. */
	revision: number;
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
	return { revision: row.revision, head: { n: row.n, hash: row.hash }, entries: [] };
}

/** One statement for the entries, where the audit then ends, and the revision. */
function appendAudit(customerId: string, { revision, head, entries }: Locked): SQL {
	const told = eventsOf(entries);
	return sql`
		with added as (
			insert into audit (customer_id, n, prev, hash, at, actor, action, subject, facts)
			select ${customerId}, entry.* from jsonb_to_recordset(${auditText(entries)}::jsonb) as entry (
				n bigint, prev text, hash text, at bigint,
				actor text, action text, subject text, facts jsonb
			)
		)${told.length > 0 ? tellWebhooks(customerId, told) : sql``}
		update customer
		set revision = ${revision}, audit_n = ${head.n}, audit_hash = ${head.hash}
		where customer_id = ${customerId}`;
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
function tellWebhooks(customerId: string, told: readonly Event[]): SQL {
	return sql`, told as (
		insert into webhook_delivery
			(endpoint_id, event_id, kind, customer_id, subject, number, facts, at, next_at)
		select endpoint.id, event.id, event.kind, ${customerId}, event.subject,
			license.number, event.facts, event.at, event.at
		from webhook_endpoint endpoint
		join jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as event (
			id text, kind text, license_id text, subject text, facts jsonb, at bigint
		) on endpoint.is_on and endpoint.kinds @> to_jsonb(event.kind)
		left join license
			on license.customer_id = ${customerId} and license.license_id = event.license_id
	)`;
}

/** SQLSTATE of a database error; drizzle wraps it. */
export function sqlState(error: unknown): string | undefined {
	if (!(error instanceof Error)) return undefined;
	if ('code' in error && typeof error.code === 'string' && error.code.length === 5)
		return error.code;
	return sqlState(error.cause);
}
