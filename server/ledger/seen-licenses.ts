/**
 * Licenses as this hub saw them last, each as of one revision of its customer: what is decided on them
 * counts only where the customer is still at that revision when it is stored. [SE2]
 *
 * @module
 */
import { and, eq, sql } from 'drizzle-orm';
import { FREEING_MARGIN_SECONDS } from '#lib/domain/seats/allotment.ts';
import type { AuditHead } from '#lib/domain/audit/audit.ts';
import type { Seconds } from '#lib/domain/time.ts';
import { among } from '#server/db/among.ts';
import type { Database } from '#server/db/database.ts';
import { allotments } from '#server/db/schema/allotments.ts';
import { customers, directory } from '#server/db/schema/catalog.ts';
import { activations, licenses, revocations } from '#server/db/schema/ledger.ts';
import type { LicenseRecord } from '#server/db/writing.ts';
import type { SignedToken } from '#server/ledger/held/answer.ts';
import { isUnsettled } from '#server/ledger/allotments/sweep-allotments.ts';

export type SeenLicense = {
	row: LicenseRecord;
	/** Hub time from which on time itself may have changed its counts; absent where it cannot. [CL3] */
	dueAt: Seconds | null;
	/** Rides in its files. [FI8] */
	revocation?: SignedToken;
};

export type SeenCustomer = {
	customerId: string;
	revision: number;
	head: AuditHead;
	/** By number. */
	licenses: Map<string, SeenLicense>;
};

/** A license takes about 4 kB: so many are kept of all customers together. */
const KEPT = 2_000;

export class SeenLicenses {
	/** The one that was used last comes last. */
	readonly #customers = new Map<string, SeenCustomer>();
	readonly #ofNumber = new Map<string, SeenCustomer>();

	/** The customer of the license with this number, and that license among its own. */
	find(number: string): SeenCustomer | undefined {
		const seen = this.#ofNumber.get(number);
		if (!seen) return undefined;
		this.#customers.delete(seen.customerId);
		this.#customers.set(seen.customerId, seen);
		return seen;
	}

	/** What was seen of the customer at another revision is forgotten. */
	add({ customerId, revision, head, licenses: found }: SeenCustomer): void {
		const before = this.#customers.get(customerId);
		const isSame = before?.revision === revision && before.head.hash === head.hash;
		if (before && !isSame) this.forget(before);
		const seen = isSame ? before : { customerId, revision, head, licenses: new Map() };
		this.#customers.set(customerId, seen);
		for (const [number, license] of found) {
			seen.licenses.set(number, license);
			this.#ofNumber.set(number, seen);
		}
		for (const [, oldest] of this.#customers) {
			if (this.#ofNumber.size <= KEPT) break;
			this.forget(oldest);
		}
	}

	forget({ customerId, licenses: own }: SeenCustomer): void {
		this.#customers.delete(customerId);
		for (const number of own.keys()) this.#ofNumber.delete(number);
	}
}

/** Reads licenses by their numbers, and what else decides of a machine that is new to them. */
export async function readLicenses(
	db: Database,
	numbers: readonly string[]
): Promise<SeenCustomer[]> {
	if (numbers.length === 0) return [];
	const { customerId, licenseId } = licenses;
	const mine = (table: typeof activations | typeof allotments) =>
		and(eq(table.customerId, customerId), eq(table.licenseId, licenseId));
	const cooled = sql`(select min(${activations.coolsUntil}) from ${activations}
		where ${mine(activations)} and ${activations.state} = 'cooling')`;
	const ended = sql`(select min(${allotments.filesUntil}) + ${sql.raw(String(FREEING_MARGIN_SECONDS))}
		from ${allotments} where ${and(mine(allotments), isUnsettled)})`;
	const rows = await db
		.select({
			row: licenses,
			dueAt: sql<Seconds | null>`least(${cooled}, ${ended})`.mapWith(Number),
			revocation: { kid: revocations.kid, token: revocations.token },
			revision: customers.revision,
			head: { n: customers.auditN, hash: customers.auditHash }
		})
		.from(directory)
		.innerJoin(
			licenses,
			and(eq(customerId, directory.customerId), eq(licenseId, directory.licenseId))
		)
		.innerJoin(customers, eq(customers.customerId, customerId))
		.leftJoin(
			revocations,
			and(eq(revocations.customerId, customerId), eq(revocations.licenseId, licenseId))
		)
		.where(among(directory.key, numbers));
	const byCustomer = Map.groupBy(rows, ({ row }) => row.customerId);
	return [...byCustomer].map(([id, own]) => ({
		customerId: id,
		revision: own[0]!.revision,
		head: own[0]!.head,
		licenses: new Map(
			own.map(({ row, dueAt, revocation }) => [
				row.number,
				{ row, dueAt, revocation: revocation ?? undefined }
			])
		)
	}));
}
