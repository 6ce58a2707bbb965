/**
 * Seats given back by their machines: recorded whatever the state of the license, whoever submits
 * them, and each once. [SE5, MA4, SY10]
 *
 * @module
 */
import { isRefusal, withoutRefusals, type Refusal } from '#lib/domain/refusal.ts';
import { decideEach } from '#server/ledger/decide.ts';
import type { Receipt } from '#server/ledger/give-back.ts';
import { actorOf, type Asker, type Hub } from '#server/hub/hub.ts';
import { placeReturns, readReturn } from './read-return.ts';

/**
 * @param texts - Return files or their tokens.
 * @returns For each, in its order, the receipt, or why nothing was recorded: the file is damaged or
 * forged, or speaks of a license that this hub does not have.
 */
export async function returnActivations(
	hub: Hub,
	texts: readonly string[],
	asker?: Asker
): Promise<(Receipt | Refusal)[]> {
	const read = await Promise.all(texts.map((text) => readReturn(hub, text)));
	const genuine = withoutRefusals(read);
	const placed = await placeReturns(hub, genuine, actorOf(asker));
	const returns = withoutRefusals(placed);
	const { receipts } = await decideEach(hub, returns);
	const placeOf = new Map(genuine.map((each, at) => [each, placed[at]!]));
	return read.map((each) => {
		if (isRefusal(each)) return each;
		const place = placeOf.get(each)!;
		return isRefusal(place) ? place : receipts.get(place)!;
	});
}
