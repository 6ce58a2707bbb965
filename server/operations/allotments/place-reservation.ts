/**
 * A desk's wish for a block of seats, before any lock is taken. [AL1]
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Command } from '#lib/protocol/commands.ts';
import { directory } from '#server/db/schema/catalog.ts';
import { actorOf, may, type Asker, type Hub } from '#server/hub/hub.ts';
import type { PlacedReservation, SigningDesk } from '#server/ledger/held/ask.ts';

const UUIDV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * Finds the license that is meant. A number that the asker may not see is unknown. [RE2]
 *
 * @param desk - Whose key signed the push: an allotment without one could not be drawn from. [SY9]
 */
export async function placeReservation(
	hub: Hub,
	{ id, outbox, args }: Command,
	{ asker, desk }: { asker: Asker | undefined; desk?: SigningDesk }
): Promise<PlacedReservation | Refusal> {
	if (!asker) return refuse('SIGN_IN_REQUIRED', {});
	const { number, seats } = args as { number?: unknown; seats?: unknown };
	if (typeof number !== 'string') return invalid('number');
	if (typeof seats !== 'number' || !Number.isSafeInteger(seats) || seats < 1)
		return invalid('seats');
	if (!UUIDV7.test(id)) return refuse('BODY_INVALID', { path: 'id', reason: 'not-uuidv7' });
	if (!desk) return refuse('PUSH_NOT_SIGNED', { outbox, reason: 'no-key' });
	const [found] = await hub.db.select().from(directory).where(eq(directory.key, number));
	if (!found || !may(asker, 'customer.read', found.customerId))
		return refuse('LICENSE_NOT_FOUND', { number });
	if (!may(asker, 'allotment.reserve', found.customerId))
		return refuse('NOT_PERMITTED', { action: 'allotment.reserve' });
	return {
		kind: 'reservation',
		id,
		seats,
		desk: { ...desk, outbox },
		userId: asker.userId,
		customerId: found.customerId,
		licenseId: found.licenseId,
		actor: actorOf(asker)
	};
}

function invalid(name: string): Refusal<'BODY_INVALID'> {
	return refuse('BODY_INVALID', { path: `args.${name}`, reason: 'missing' });
}
