/**
 * Storing in one round trip what was decided on licenses as they were seen: the database compares and
 * writes all of it or nothing, by the function `store_grants`. [SE1, SE2]
 *
 * @module
 */
import { sql } from 'drizzle-orm';
import { appendEntries, type AuditHead } from '#lib/domain/audit/audit.ts';
import { seatCeiling } from '#lib/domain/seat.ts';
import { atOnce } from '#server/db/connection.ts';
import type { Database } from '#server/db/database.ts';
import { rowsFrom, rowsText } from '#server/db/rows.ts';
import {
	activationComponents,
	activationFiles,
	activations,
	licenses
} from '#server/db/schema/ledger.ts';
import { requests } from '#server/db/schema/requests.ts';
import { sha256 } from '#server/db/sha256.ts';
import { auditText, eventsText } from '#server/db/writing.ts';
import { hashesOf } from '#server/ledger/held/held-activations.ts';
import type { Ledger } from '#server/ledger/held/ledger.ts';
import type { SeenCustomer } from './seen-licenses.ts';

/** What the hub must not have known, for it was not read. */
export type Unread = { requests: readonly string[]; hashes: readonly string[] };

/** What is known all the same, and where the customer stood then. */
export type KnownRows = {
	is: 'known';
	revision: number;
	hash: string;
	requests: (typeof requests.$inferSelect)[];
	activations: (typeof activations.$inferSelect)[];
};

/** `stored`: where the customer stands now. Otherwise why nothing was stored. */
export type Stored =
	{ is: 'stored'; revision: number; head: AuditHead } | { is: 'changed' } | KnownRows;

/**
 * @param seen - What the ledger was decided on.
 * @param unread - Whatever of it is known, nothing is stored.
 */
export async function storeGrants(
	db: Database,
	ledger: Ledger,
	{ seen, unread }: { seen: SeenCustomer; unread: Unread }
): Promise<Stored> {
	const { customerId, licenses: meant, changed, notes, held } = ledger;
	const revision = seen.revision + 1;
	const { entries, head } = appendEntries({ customerId, head: seen.head }, notes, sha256);
	const counted = [...changed.licenses].map((id) => {
		const row = meant.get(id)!;
		return { ...row, ceiling: seatCeiling(row.seats, row), revision };
	});
	const acts = [...changed.activations].map((act) => ({ ...held.get(act)!, revision }));
	const answered = [...changed.requests].map((id) => ({ ...ledger.requests.get(id)!, revision }));
	const components = acts.flatMap(({ licenseId, act, fp }) =>
		hashesOf(fp).map((hash) => ({ customerId, licenseId, hash, act }))
	);
	const known = acts.filter(({ gen }) => gen > 1).map(({ act }) => act);
	const text = (values: readonly string[]) => sql`${sql.param([...values])}::text[]`;
	const storing = sql`select store_grants(${customerId}::text,
		${seen.revision}::bigint, ${seen.head.hash}::text, ${head.n}::bigint, ${head.hash}::text,
		${text([...meant.keys()])}, ${text(unread.requests)}, ${text(unread.hashes)}, ${text(known)},
		${rowsText(licenses, counted)}::json, ${rowsText(activations, acts)}::json,
		${rowsText(activationComponents, components)}::json,
		${rowsText(activationFiles, changed.files)}::json, ${rowsText(requests, answered)}::json,
		${auditText(entries)}::json, ${eventsText(entries)}::json) as said`;
	const result = await db.transaction((tx) => tx.execute(storing), atOnce(customerId));
	const [{ said }] = (result as { rows: [{ said: Said }] }).rows;
	if (said === null) return { is: 'stored', revision, head };
	if (said.revision === undefined) return { is: 'changed' };
	return {
		is: 'known',
		revision: said.revision,
		hash: said.hash,
		requests: rowsFrom(requests, said.requests ?? []),
		activations: rowsFrom(activations, said.activations ?? [])
	};
}

type Rows = Record<string, unknown>[] | null;

/** Nothing where it is stored, nothing in it where the customer was changed. */
type Said =
	| null
	| { revision?: undefined }
	| { revision: number; hash: string; requests: Rows; activations: Rows };
