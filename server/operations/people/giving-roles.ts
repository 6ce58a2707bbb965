/**
 * Whether somebody may give or take a role at a customer or at the vendor. [PE1]
 *
 * @module
 */
import { isRankAt, mayGive, rankAt, type Rank } from '#lib/domain/access.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Asker } from '#server/hub/hub.ts';

/** Whoever does not belong there is answered as if it were not there. [RE2] */
export function refuseStranger(
	asker: Asker,
	organizationId: string
): Refusal<'NOT_FOUND'> | undefined {
	if (rankAt(asker, organizationId) !== undefined) return undefined;
	return refuse('NOT_FOUND', { what: `customer ${organizationId}` });
}

/** What speaks against it, if anything does. */
export function refuseGiving(
	asker: Asker,
	organizationId: string,
	role: Rank
): Refusal<'NOT_FOUND' | 'NOT_PERMITTED' | 'BODY_INVALID'> | undefined {
	const stranger = refuseStranger(asker, organizationId);
	if (stranger) return stranger;
	if (!isRankAt(organizationId, role))
		return refuse('BODY_INVALID', { path: 'role', reason: 'not a role there' });
	const isTheirs = mayGive(rankAt(asker, organizationId), role);
	return isTheirs ? undefined : refuse('NOT_PERMITTED', { action: `role ${role}` });
}
