/**
 * Usage reports of site servers, from whoever carries them: each proves itself. [US3]
 *
 * @module
 */
import { eq, sql } from 'drizzle-orm';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { DAY_SECONDS } from '#lib/domain/time.ts';
import { HOUR_SECONDS, isQuiet } from '#lib/domain/site/usage.ts';
import { readFile } from '#lib/formats/file.ts';
import { verifyUsage, type VerifiedUsage } from '#lib/signing/usage.ts';
import type { Transaction } from '#server/db/database.ts';
import { directory } from '#server/db/schema/catalog.ts';
import { writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { hearMachine } from '#server/ledger/hear-machine.ts';

export type RecordedUsage = { number: string; site: string; product: string; isNew: boolean };

/**
 * Of an hour that was reported before, the higher numbers stay: a site server counts on after a report,
 * and reports may come in any order.
 *
 * @param actor - Who brings it, for the audit. [AU1]
 */
export async function recordUsage(
	hub: Hub,
	text: string,
	actor = 'carrier'
): Promise<RecordedUsage | Refusal> {
	const file = readFile(text);
	const report = isRefusal(file) ? file : await verifyUsage(file, hub);
	if (isRefusal(report)) return report;
	const { claims, activation, jkt } = report;
	const { sub: licenseId, num: number } = activation;
	const lastHour = claims.hour + claims.peak.length - 1;
	// A clock may be a day off. An hour that is still to come would hide the true ones behind it.
	if (lastHour * HOUR_SECONDS > hub.now() + DAY_SECONDS)
		return refuse('CLAIMS_INVALID', { type: 'usage', path: 'hour', reason: 'future' });
	const [license] = await hub.db.select().from(directory).where(eq(directory.key, licenseId));
	if (license?.licenseId !== licenseId) return refuse('LICENSE_NOT_FOUND', { number });
	const { customerId } = license;
	const { site, prd: product } = claims;
	const isNew = await writing(hub.db, customerId, async (shell) => {
		const { tx, audit } = shell;
		const saved = await saveReport(tx, report, { customerId, lastHour, now: hub.now() });
		if (!saved) return false;
		await hearMachine(shell, { customerId, licenseId, act: activation.act }, hub.now());
		const note = { at: hub.now(), actor, subject: licenseId };
		const facts = { license: licenseId, server: site, product, report: claims.jti, machine: jkt };
		audit({ ...note, action: 'site-server.reported', facts });
		return true;
	});
	return { number, site, product, isNew };
}

/** @returns Whether anything of it was news. */
async function saveReport(
	tx: Transaction,
	{ claims, activation, jkt, hours }: VerifiedUsage,
	{ customerId, lastHour, now }: { customerId: string; lastHour: number; now: number }
): Promise<boolean> {
	const signedAt = Math.min(claims.iat, now);
	const product = claims.prd;
	const named: unknown = await tx.execute(sql`
		insert into usage_site as known
			(customer_id, jkt, product, license_id, site, clients, signed_at, last_hour)
		values (${customerId}, ${jkt}, ${product}, ${activation.sub}, ${claims.site},
			${claims.clients}, ${signedAt}, ${lastHour})
		on conflict (customer_id, jkt, product) do update set
			license_id = excluded.license_id, site = excluded.site, clients = excluded.clients,
			signed_at = excluded.signed_at, last_hour = greatest(known.last_hour, excluded.last_hour)
		where excluded.signed_at > known.signed_at
		returning 1`);
	const rows = hours.filter((each) => !isQuiet(each)).map((each) => ({ jkt, product, ...each }));
	const counted: unknown = await tx.execute(sql`
		insert into usage_hour as known (customer_id, jkt, product, hour, peak, denied, waiting)
		select ${customerId}, reported.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as reported (
			jkt text, product text, hour int, peak int, denied int, waiting int
		)
		on conflict (customer_id, jkt, product, hour) do update set
			peak = greatest(known.peak, excluded.peak),
			denied = greatest(known.denied, excluded.denied),
			waiting = greatest(known.waiting, excluded.waiting)
		where excluded.peak > known.peak or excluded.denied > known.denied
			or excluded.waiting > known.waiting
		returning 1`);
	// Sound: both drivers answer with the rows returned.
	return [named, counted].some((done) => (done as { rows: unknown[] }).rows.length > 0);
}
