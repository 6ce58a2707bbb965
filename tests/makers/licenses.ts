/**
 * Licenses by the thousand, put into the ledger with set-based SQL.
 *
 * @module
 */
import { sql } from 'drizzle-orm';
import type { Database } from '#server/db/store.ts';

/** Copies a license, as one transaction would that issues many: all under one revision. */
export async function copyLicense(
	db: Database,
	{ customerId, licenseId, copies }: { customerId: string; licenseId: string; copies: number }
): Promise<void> {
	await db.transaction(async (tx) => {
		await tx.execute(sql`update customer set revision = revision + 1
			where customer_id = ${customerId}`);
		await tx.execute(sql`insert into license
			select copy.* from license l
			join customer c using (customer_id)
			cross join generate_series(1, ${copies}::int) as n
			cross join jsonb_populate_record(l, jsonb_build_object(
				'license_id', gen_random_uuid(),
				'number', 'COPY-' || n,
				'revision', c.revision
			)) as copy
			where l.customer_id = ${customerId} and l.license_id = ${licenseId}`);
	});
}
