/**
 * Licenses by the thousand, put into the ledger with set-based SQL.
 *
 * @module
 */
import { eq, sql } from 'drizzle-orm';
import { makeLicenseNumber } from '#lib/domain/license-number.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { signToken } from '#lib/signing/jws.ts';
import { activations, licenses } from '#server/db/schema.ts';
import type { Database } from '#server/db/store.ts';
import { addCustomer } from '#server/operations/people/add-customer.ts';
import type { Hub } from '#server/hub/hub.ts';
import { issueLicense } from '#server/operations/licenses/issue-license.ts';
import { fingerprint } from './chain.ts';

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

/** Licenses of a customer in one transaction: an import of a vendor's old list. */
const BATCH = 500;

export type Many = {
	product: string;
	customers: number;
	/** Of each customer. */
	licenses: number;
	/** Machines of each customer, on its first licenses. */
	machines: number;
};

/**
 * Customers with licenses that have keys of their own, as if each had been issued, and machines that
 * hold seats of them (without files: nothing here verifies one).
 */
export async function issueMany(hub: Hub, many: Many): Promise<void> {
	for (let customer = 0; customer < many.customers; customer++) {
		const customerId = await addCustomer(hub, `Example Works ${String(customer).padStart(3, '0')}`);
		const issued = await issueLicense(hub, {
			customerId,
			product: many.product,
			edition: ['Standard', 'Professional', 'Enterprise'][customer % 3]!,
			entitlements: [],
			seats: 5,
			versions: { from: 8, to: 9 },
			maintainedUntil: hub.now() + 86_400 * (customer + 1),
			virtualMachines: true,
			givenFingerprints: false,
			matches: 2,
			graceMinutes: 15
		});
		if (isRefusal(issued)) throw new Error(issued.refused);
		for (let done = 1; done < many.licenses; done += BATCH) {
			const count = Math.min(BATCH, many.licenses - done);
			await issueLike(hub, { licenseId: issued.id, customerId, count, done, many });
		}
	}
}

async function issueLike(
	hub: Hub,
	at: { customerId: string; licenseId: string; count: number; done: number; many: Many }
): Promise<void> {
	const { customerId, licenseId: like, many } = at;
	const [first] = await hub.db.select().from(licenses).where(eq(licenses.licenseId, like));
	const { terms, seats } = first!;
	const patches = await Promise.all(
		Array.from({ length: at.count }, async (_, n) => {
			const licenseId = uuidv7();
			const number = makeLicenseNumber(crypto.getRandomValues(new Uint8Array(11)));
			const own = { ...terms, sub: licenseId, num: number };
			const claims = { v: 1 as const, jti: uuidv7(), iat: hub.now(), iss: hub.iss, seats };
			const token = await signToken('license', { ...claims, ...own, sec: SECRET }, hub.signer);
			return {
				license_id: licenseId,
				number,
				terms: own,
				active: at.done + n <= many.machines ? 1 : 0,
				sealed_key: hub.seal.seal(token, licenseId),
				sealed_secret: hub.seal.seal(SECRET, licenseId)
			};
		})
	);
	await hub.db.transaction(async (tx) => {
		const raised = await tx.execute(sql`update customer set revision = revision + 1
			where customer_id = ${customerId} returning revision`);
		const [{ revision }] = (raised as { rows: [{ revision: string }] }).rows;
		await tx.execute(sql`insert into license
			select copy.* from license l
			cross join jsonb_array_elements(${JSON.stringify(patches)}::jsonb) as patch
			cross join jsonb_populate_record(l, patch || jsonb_build_object('revision', ${revision}::bigint))
				as copy
			where l.customer_id = ${customerId} and l.license_id = ${like}`);
		const machines = patches.filter(({ active }) => active > 0);
		if (machines.length === 0) return;
		await tx.insert(activations).values(
			machines.map(({ license_id: licenseId, number }) => {
				const label = `rack-${number.slice(3, 12).toLowerCase()}`;
				return {
					customerId,
					act: uuidv7(),
					licenseId,
					state: 'active' as const,
					gen: 1,
					fp: fingerprint(label),
					jkt: 'x'.repeat(43),
					label,
					name: 'Demo Person',
					grantedAt: hub.now(),
					request: uuidv7(),
					revision: Number(revision)
				};
			})
		);
	});
}

/** Nothing asks for these licenses by their keys. */
const SECRET = 'AAAAAAAAAAAAAAAAAAAAAA';
