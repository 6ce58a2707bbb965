/**
 * Return files: read, verified under the hub's own roots, and placed with their license.
 *
 * @module
 */
import { inArray } from 'drizzle-orm';
import { isRefusal, refuse, withoutRefusals, type Refusal } from '#lib/domain/refusal.ts';
import { readFile, type TokenFile } from '#lib/formats/file.ts';
import { verifyReturn, type VerifiedReturn } from '#lib/signing/return.ts';
import { directory } from '#server/db/schema.ts';
import type { PlacedReturn } from './ask.ts';
import type { Hub } from './hub.ts';

/** Reads a return file or its tokens. The chain and both signatures are checked. */
export async function readReturn(hub: Hub, text: string): Promise<VerifiedReturn | Refusal> {
	const file = readFile(text);
	return isRefusal(file) ? file : verifyReturn(file, hub);
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
 * @param actor - Who brings them, for the audit. [AU1]
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
	return returns.map((proof) => {
		const { sub: licenseId, num: number } = proof.activation;
		const customerId = customerOf.get(licenseId);
		return customerId === undefined
			? refuse('LICENSE_NOT_FOUND', { number })
			: { proof, customerId, licenseId, actor };
	});
}
