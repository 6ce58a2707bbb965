/**
 * Return files: read, verified under the hub's own roots, and placed with their license.
 *
 * @module
 */
import { and, eq, inArray } from 'drizzle-orm';
import { isRefusal, refuse, withoutRefusals, type Refusal } from '#lib/domain/refusal.ts';
import { readFile, type TokenFile } from '#lib/formats/file.ts';
import { parseClaims, type Claims } from '#lib/formats/tokens.ts';
import { thumbprint } from '#lib/signing/keys.ts';
import { verifyReturn, type VerifiedReturn } from '#lib/signing/return.ts';
import { directory } from '#server/db/schema/catalog.ts';
import { allotments, draws } from '#server/db/schema/allotments.ts';
import { activationFiles } from '#server/db/schema/ledger.ts';
import { keepReturn } from './kept-returns.ts';
import type { PlacedDraw, PlacedReturn, Placement } from '#server/ledger/held/ask.ts';
import { storedClaims } from '#lib/formats/stored-token.ts';
import type { Hub } from '#server/hub/hub.ts';

/**
 * Reads a return file, its tokens, or the return alone, as a QR code carries it: what it gives back is
 * in the ledger; where that has not come yet, the return is kept (`RETURN_KEPT`). The chain and both
 * signatures are checked. [FI6]
 */
export async function readReturn(hub: Hub, text: string): Promise<VerifiedReturn | Refusal> {
	const file = readFile(text);
	if (isRefusal(file)) return file;
	const whole = file.body.type === 'return' && !file.activation ? await complete(hub, file) : file;
	return isRefusal(whole) ? whole : verifyReturn(whole, hub);
}

/** Puts before a return the activation that it names. Nothing of it is verified yet. */
async function complete(hub: Hub, file: TokenFile): Promise<TokenFile | Refusal> {
	const claims = parseClaims('return', file.body.payload);
	if (isRefusal(claims)) return claims;
	const { act, gen, sub } = claims;
	const [row] = await hub.db
		.select({ kid: activationFiles.kid, token: activationFiles.token })
		.from(directory)
		.innerJoin(activationFiles, eq(activationFiles.customerId, directory.customerId))
		.where(and(eq(directory.key, sub), eq(activationFiles.act, act), eq(activationFiles.gen, gen)));
	const jkt = await thumbprint(claims.cnf.jwk);
	const isTheirs = row && storedClaims('activation', row.token).cnf.jkt === jkt;
	const drawn = isTheirs ? undefined : await findDrawn(hub, claims, jkt);
	if (drawn) return readFile([...drawn, file.body.text].join('~'));
	if (!row) return keepReturn(hub, file, claims);
	return readFile([hub.grantOf(row.kid), row.token, file.body.text].join('~'));
}

/** A draw by the name that its own file has, which two machines may share: the key tells. [AL5] */
async function findDrawn(
	hub: Hub,
	{ act, gen, sub }: Claims['return'],
	jkt: string
): Promise<string[] | undefined> {
	const [allotment = '', slot] = act.split('.');
	if (slot === undefined || !/^[1-9]\d{0,2}$/.test(slot)) return undefined;
	const mine = and(eq(draws.allotment, allotment), eq(draws.slot, Number(slot)));
	const [row] = await hub.db
		.select({ draw: draws.token, kid: allotments.kid, allotment: allotments.token })
		.from(directory)
		.innerJoin(draws, and(eq(draws.customerId, directory.customerId), mine, eq(draws.gen, gen)))
		.innerJoin(
			allotments,
			and(eq(allotments.customerId, draws.customerId), eq(allotments.allotment, draws.allotment))
		)
		.where(and(eq(directory.key, sub), eq(draws.jkt, jkt)));
	return row && [hub.grantOf(row.kid), row.allotment, row.draw];
}

/**
 * The returns that a request file carries. One that is not this hub's, or not genuine, is left out
 * and told of: the request itself may still be decided.
 */
export async function readCarried(
	hub: Hub,
	{ returns = [] }: TokenFile,
	actor: string
): Promise<{ returns: PlacedReturn[]; notices: Refusal[] }> {
	if (returns.length === 0) return { returns: [], notices: [] };
	const read = await Promise.all(returns.map((file) => verifyReturn(file, hub)));
	const placed = await placeReturns(hub, withoutRefusals(read), actor);
	return {
		returns: withoutRefusals(placed),
		notices: [...read, ...placed].filter((each) => isRefusal(each))
	};
}

/**
 * Finds the license of each; the hub's own signature names it.
 *
 * @param actor - Who submits them, for the audit. [AU1]
 */
export async function placeReturns(
	hub: Hub,
	returns: readonly VerifiedReturn[],
	actor: string
): Promise<(PlacedReturn | Refusal<'LICENSE_NOT_FOUND'>)[]> {
	const ids = [...new Set(returns.map(({ activation }) => activation.sub))];
	if (ids.length === 0) return [];
	const found = await hub.db.select().from(directory).where(inArray(directory.key, ids));
	const customerOf = new Map(found.map(({ key, customerId }) => [key, customerId]));
	return Promise.all(
		returns.map(async (proof) => {
			const { sub: licenseId, num: number } = proof.activation;
			const customerId = customerOf.get(licenseId);
			if (customerId === undefined) return refuse('LICENSE_NOT_FOUND', { number });
			const place = { customerId, licenseId, actor };
			return { kind: 'return', proof, draw: await drawOf(proof, place), ...place };
		})
	);
}

/** What is given back may have been drawn by a desk that has never told of it. [MA4] */
async function drawOf(
	{ activation: claims, activationText: text, activationKid: kid, allotment }: VerifiedReturn,
	place: Placement
): Promise<PlacedDraw | undefined> {
	if (!allotment) return undefined;
	const jkt = await thumbprint(allotment.claims.cnf.jwk);
	return { kind: 'draw', ...place, claims, text, kid, allotment: { ...allotment, jkt } };
}
