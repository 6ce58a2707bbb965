/**
 * Returns alone, as QR codes carry them, that come before the activation that they end: one that a
 * desk issued and has not told of, or that a restored hub has forgotten. They are kept, and recorded
 * once it has been brought, so that no order of what people bring loses one. [FI6, SE8]
 *
 * @module
 */
import { and, eq, exists, or, sql } from 'drizzle-orm';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { TokenFile } from '#lib/formats/file.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import { verifyToken } from '#lib/signing/jws.ts';
import { importPublicJwk } from '#lib/signing/keys.ts';
import { directory } from '#server/db/schema/catalog.ts';
import { draws } from '#server/db/schema/allotments.ts';
import { activationFiles } from '#server/db/schema/ledger.ts';
import { keptReturns } from '#server/db/schema/requests.ts';
import { writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';

/** Of one license: more than its machines would bring, and no room for whoever makes them up. */
const MOST = 100;

export type KeptReturn = typeof keptReturns.$inferSelect;

/**
 * @param claims - Of the file's body, not verified yet.
 * @returns `RETURN_KEPT`; `ACTIVATION_UNKNOWN` where its license is none of this hub's, or too many
 * are kept.
 */
export async function keepReturn(
	{ db, now }: Hub,
	{ body }: TokenFile,
	claims: Claims['return']
): Promise<Refusal> {
	const { act, gen, sub } = claims;
	const key = await importPublicJwk(claims.cnf.jwk);
	if (isRefusal(key)) return key;
	const verified = await verifyToken({ ...body, type: 'return' }, key);
	if (isRefusal(verified)) return verified;
	const unknown = refuse('ACTIVATION_UNKNOWN', { activation: act });
	const [license] = await db.select().from(directory).where(eq(directory.key, sub));
	if (license?.licenseId !== sub) return unknown;
	const { customerId, licenseId } = license;
	const ofLicense = and(
		eq(keptReturns.customerId, customerId),
		eq(keptReturns.licenseId, licenseId)
	);
	if ((await db.$count(keptReturns, ofLicense)) >= MOST) return unknown;
	const kept = { customerId, licenseId, act, gen, jkt: key.kid, token: body.text, keptAt: now() };
	await writing(db, customerId, ({ tx }) =>
		tx.insert(keptReturns).values(kept).onConflictDoNothing()
	);
	return refuse('RETURN_KEPT', { activation: act });
}

/** Those whose activation has been brought meanwhile. */
export async function findDue({ db }: Hub): Promise<KeptReturn[]> {
	const { customerId, act, gen } = keptReturns;
	const granted = db
		.select({ one: sql`1` })
		.from(activationFiles)
		.where(
			and(
				eq(activationFiles.customerId, customerId),
				eq(activationFiles.act, act),
				eq(activationFiles.gen, gen)
			)
		);
	const drawn = db
		.select({ one: sql`1` })
		.from(draws)
		.where(and(eq(draws.customerId, customerId), eq(draws.drawnAct, act), eq(draws.gen, gen)));
	return db
		.select()
		.from(keptReturns)
		.where(or(exists(granted), exists(drawn)))
		.limit(500);
}

export async function forgetKept({ db }: Hub, { customerId, act, gen, jkt }: KeptReturn) {
	const { customerId: mine } = keptReturns;
	const it = and(eq(keptReturns.act, act), eq(keptReturns.gen, gen), eq(keptReturns.jkt, jkt));
	await writing(db, customerId, ({ tx }) =>
		tx.delete(keptReturns).where(and(eq(mine, customerId), it))
	);
}
