/**
 * What a site server may do with the token that it was given: send the request of its own machine for
 * the license that a person chose, in that person's name. [GL1]
 *
 * @module
 */
import { and, eq, gt } from 'drizzle-orm';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { VerifiedRequest } from '#lib/signing/request.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { serverCodes } from '#server/db/schema/people.ts';
import { sha256 } from '#server/db/sha256.ts';
import type { Hub } from '#server/hub/hub.ts';

export type GivenGrant = { userId: string; customerId: string; number: string; jkt: string };

/** @returns `undefined` for a token that is unknown or over. */
export async function findServerGrant(hub: Hub, grant: string): Promise<GivenGrant | undefined> {
	const [found] = await hub.db
		.select({
			userId: serverCodes.userId,
			customerId: licenses.customerId,
			number: licenses.number,
			jkt: serverCodes.jkt
		})
		.from(serverCodes)
		.innerJoin(
			licenses,
			and(
				eq(licenses.customerId, serverCodes.customerId),
				eq(licenses.licenseId, serverCodes.licenseId)
			)
		)
		.where(and(eq(serverCodes.grantHash, sha256(grant)), gt(serverCodes.grantUntil, hub.now())));
	if (!found || found.userId === null) return undefined;
	return { ...found, userId: found.userId };
}

/** Another machine, or another license, is not what the person was shown. */
export function judgeGranted(
	{ number, jkt }: GivenGrant,
	request: VerifiedRequest
): Refusal<'NOT_PERMITTED'> | undefined {
	if (request.claims.num === number && request.jkt === jkt) return undefined;
	return refuse('NOT_PERMITTED', { action: 'activation.request' });
}
