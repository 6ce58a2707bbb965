/**
 * A piece that throws is answered alone, with the id by which the log finds the fault; its neighbors
 * are adopted. A store that is away holds everything up, and is tried again. [FI3, SE8]
 *
 * @module
 */
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Hub } from '#server/hub/hub.ts';
import { isCommandFault, reportFault } from '#server/operations/push/command-fault.ts';

export async function adoptAlone<A>(
	hub: Hub,
	work: () => Promise<A>
): Promise<A | Refusal<'FACT_FAILED'>> {
	try {
		return await work();
	} catch (fault) {
		if (!isCommandFault(fault)) throw fault;
		return refuse('FACT_FAILED', { support: reportFault(hub, fault) });
	}
}

/** All together where that can be, else in halves: their order decides nothing. [SE8] */
export async function adoptTogether<P, A>(
	hub: Hub,
	pieces: readonly P[],
	adoptAll: (some: readonly P[]) => Promise<ReadonlyMap<P, A>>
): Promise<ReadonlyMap<P, A | Refusal<'FACT_FAILED'>>> {
	const [first] = pieces;
	if (first === undefined) return new Map();
	if (pieces.length === 1) {
		const only = await adoptAlone(hub, async () => (await adoptAll(pieces)).get(first)!);
		return new Map([[first, only]]);
	}
	try {
		return await adoptAll(pieces);
	} catch (fault) {
		if (!isCommandFault(fault)) throw fault;
		const middle = Math.ceil(pieces.length / 2);
		const one = await adoptTogether(hub, pieces.slice(0, middle), adoptAll);
		return new Map([...one, ...(await adoptTogether(hub, pieces.slice(middle), adoptAll))]);
	}
}
