/**
 * What was kept until its activation came is recorded. [FI6, SE8]
 *
 * @module
 */
import type { Hub } from '#server/hub/hub.ts';
import { findDue, forgetKept } from './kept-returns.ts';
import { returnActivations } from './return-activations.ts';

/** Recorded or found to be forged, a return is kept no longer. */
export async function recordKept(hub: Hub): Promise<void> {
	for (const kept of await findDue(hub)) {
		await returnActivations(hub, [kept.token]);
		await forgetKept(hub, kept);
	}
}
