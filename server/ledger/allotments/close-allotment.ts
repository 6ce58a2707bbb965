/**
 * A desk says that it draws no more from an allotment, and which slots it has drawn: the others are
 * free at once, those that are named and not recorded yet stay set aside. [AL4]
 *
 * @module
 */
import { decideClosing, slotsSetAside } from '#lib/domain/seats/allotment.ts';
import { storedClaims } from '#lib/formats/stored-token.ts';
import { adoptAllotment } from './adopt-allotment.ts';
import type { PlacedClose } from '#server/ledger/held/ask.ts';
import { freeze, recordedSlots } from './allotment-blocks.ts';
import type { Ledger } from '#server/ledger/held/ledger.ts';
import { releaseSlots } from '#server/ledger/held/seats.ts';

/** What a frozen allotment says of itself when its desk was proved to be copied. */
const PROVED_BY_HUB = 'hub';

/**
 * The license must be loaded, with the allotment and its draws. [SE2]
 *
 * @returns Whether it said something new.
 */
export function recordClose(ledger: Ledger, placed: PlacedClose): boolean {
	const { hub, blocks, notes } = ledger;
	const { claims, text, actor } = placed;
	const block = blocks.allotments.get(claims.allot) ?? adoptAllotment(ledger, placed);
	const recorded = recordedSlots(ledger, block.allotment);
	const closing = decideClosing(
		{
			state: block.state,
			said: block.closeToken === null ? undefined : storedClaims('close', block.closeToken).drawn,
			isCopied: block.endedBy === PROVED_BY_HUB
		},
		claims.drawn,
		recorded
	);
	if (closing === 'known') return false;
	block.closeToken ??= text;
	blocks.changed.add(block.allotment);
	if (closing === 'copied') freeze(ledger, block, { by: PROVED_BY_HUB, reason: 'copied' });
	if (closing !== 'closes') return true;

	const drawn = claims.drawn;
	const left = slotsSetAside({ max: block.max, state: block.state, drawn }, recorded).length;
	const freed = block.reserved - left;
	releaseSlots(ledger, block, freed);
	const endedAt = hub.now();
	// What its manager has ended stays ended.
	Object.assign(block, { drawn, ...(block.state === 'open' && { state: 'closed', endedAt }) });
	notes.push({
		at: endedAt,
		actor,
		action: 'allotment.closed',
		subject: block.allotment,
		facts: { license: block.licenseId, freed, left }
	});
	return true;
}
