/**
 * The one way to write: a transaction that takes its locks in a fixed order and raises the
 * customers' revisions last, so that no commit can slip behind a desk's cursor. [SE2, SY4]
 *
 * Order of locks: outbox, licenses by id, customers by id, audit. Whoever keeps to it cannot wait
 * in a circle.
 *
 * @module
 */
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { customers, licenses } from './schema.ts';
import type { Database, Transaction } from './store.ts';

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
};

/** Two writers that PostgreSQL let wait for each other, or whose order it could not keep. */
const RETRIED = new Set(['40001', '40P01']);
const ATTEMPTS = 5;

export async function writing<T>(db: Database, work: (writing: Writing) => Promise<T>): Promise<T> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await db.transaction((tx) => work(start(tx)));
		} catch (error) {
			if (attempt === ATTEMPTS || !RETRIED.has(sqlState(error) ?? '')) throw error;
		}
	}
}

function start(tx: Transaction): Writing {
	const raised = new Map<string, Promise<number>>();
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
		raiseRevision: (customerId) => {
			const known = raised.get(customerId);
			if (known) return known;
			const last = [...raised.keys()].at(-1);
			if (last !== undefined && last > customerId)
				throw new Error('customers are locked in the order of their ids');
			const revision = raise(tx, customerId);
			raised.set(customerId, revision);
			return revision;
		}
	};
}

async function raise(tx: Transaction, customerId: string): Promise<number> {
	const [row] = await tx
		.update(customers)
		.set({ revision: sql`${customers.revision} + 1` })
		.where(eq(customers.customerId, customerId))
		.returning({ revision: customers.revision });
	if (!row) throw new Error(`no customer ${customerId}`);
	return row.revision;
}

/** SQLSTATE of a database error; drizzle wraps it. */
function sqlState(error: unknown): string | undefined {
	if (!(error instanceof Error)) return undefined;
	if ('code' in error && typeof error.code === 'string' && error.code.length === 5)
		return error.code;
	return sqlState(error.cause);
}
