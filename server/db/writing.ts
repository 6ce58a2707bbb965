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
import { and, asc, eq, inArray, sql, type SQL } from 'drizzle-orm';
import {
	appendEntries,
	type AuditEntry,
	type AuditHead,
	type AuditNote
} from '#lib/domain/audit.ts';
import { webhookKindOf } from '#lib/domain/webhook.ts';
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
};

/** Two writers that PostgreSQL let wait for each other, or whose order it could not keep. */
const RETRIED = new Set(['40001', '40P01']);
const ATTEMPTS = 5;

export async function writing<T>(db: Database, work: (writing: Writing) => Promise<T>): Promise<T> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await db.transaction(async (tx) => {
				const started = start(tx);
				const done = await work(started);
				await started.auditHeads();
				return done;
			});
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
		return done;
	});
}

function start(tx: Transaction): Writing {
	const raised = new Map<string, Promise<Raised>>();
	const notes = new Map<string, AuditNote[]>();
	const lockCustomer = (customerId: string): Promise<Raised> => {
		const known = raised.get(customerId);
		if (known) return known;
		const last = [...raised.keys()].at(-1);
		if (last !== undefined && last > customerId)
			throw new Error('customers are locked in the order of their ids');
		const locked = raise(tx, customerId);
		raised.set(customerId, locked);
		return locked;
	};
	return {
		tx,
		lockLicenses: (customerId, licenseIds) => {
			if (raised.size > 0) throw new Error('licenses are locked before a revision is raised');
			if (licenseIds.length === 0) return Promise.resolve([]);
			return tx
				.select()
				.from(licenses)
				.where(
					and(eq(licenses.customerId, customerId), inArray(licenses.licenseId, [...licenseIds]))
				)
				.orderBy(asc(licenses.licenseId))
				.for('update');
		},
		raiseRevision: async (customerId) => (await lockCustomer(customerId)).revision,
		audit: (customerId, note) => {
			const before = notes.get(customerId);
			if (before) before.push(note);
			else notes.set(customerId, [note]);
		},
		auditHeads: async () => {
			for (const customerId of [...notes.keys()].sort()) await lockCustomer(customerId);
			const heads = await appendAudit(tx, raised, notes);
			notes.clear();
			return heads;
		}
	};
}

/** A customer as this transaction has locked it. */
type Raised = { revision: number; head: AuditHead };

async function raise(tx: Transaction, customerId: string): Promise<Raised> {
	const [row] = await tx
		.update(customers)
		.set({ revision: sql`${customers.revision} + 1` })
		.where(eq(customers.customerId, customerId))
		.returning({
			revision: customers.revision,
			n: customers.auditN,
			hash: customers.auditHash
		});
	if (!row) throw new Error(`no customer ${customerId}`);
	return { revision: row.revision, head: { n: row.n, hash: row.hash } };
}

/** One statement for the entries of all customers and their new heads. */
async function appendAudit(
	tx: Transaction,
	raised: ReadonlyMap<string, Promise<Raised>>,
	notes: ReadonlyMap<string, readonly AuditNote[]>
): Promise<Record<string, AuditHead>> {
	const heads: Record<string, AuditHead> = {};
	const added = [];
	for (const [customerId, locked] of raised) {
		const row = await locked;
		const chained = appendEntries(
			{ customerId, head: row.head },
			notes.get(customerId) ?? [],
			sha256
		);
		added.push(...chained.entries);
		row.head = chained.head;
		heads[customerId] = chained.head;
	}
	if (added.length === 0) return heads;
	const entries = JSON.stringify(added.map((entry) => toRow(entry)));
	const told = added.flatMap((entry) => toEvent(entry) ?? []);
	const ends = JSON.stringify(
		[...notes.keys()].map((customerId) => ({ customer_id: customerId, ...heads[customerId] }))
	);
	await tx.execute(sql`
		with added as (
			insert into audit (customer_id, n, prev, hash, at, actor, action, subject, facts)
			select * from jsonb_to_recordset(${entries}::jsonb) as entry (
				customer_id text, n bigint, prev text, hash text, at bigint,
				actor text, action text, subject text, facts jsonb
			)
		)${told.length > 0 ? tellWebhooks(told) : sql``}
		update customer set audit_n = ends.n, audit_hash = ends.hash
		from jsonb_to_recordset(${ends}::jsonb) as ends (customer_id text, n bigint, hash text)
		where customer.customer_id = ends.customer_id`);
	return heads;
}

function toRow({ customerId, ...entry }: ReturnType<typeof appendEntries>['entries'][number]) {
	return { customer_id: customerId, ...entry };
}

/** What other servers are told of an entry, in the transaction that appends it. [WH1] */
function toEvent({ hash, customerId, action, subject, facts, at }: AuditEntry) {
	const kind = webhookKindOf(action);
	if (kind === undefined) return undefined;
	const license_id = action.startsWith('license.') ? subject : facts.license;
	return { id: `evt_${hash}`, kind, customer_id: customerId, license_id, subject, facts, at };
}

/** Only where there is something to tell: an older backup is restored into tables that had no webhooks. */
function tellWebhooks(told: readonly NonNullable<ReturnType<typeof toEvent>>[]): SQL {
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
