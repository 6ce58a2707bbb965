/**
 * Whether this desk was ended: first screens read it, so it brings nothing along. [DV1]
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import { readState } from './state.ts';

/** When the present outbox was ended, if it was. */
export async function readEnded(): Promise<Seconds | null> {
	const [ended, present] = [await readState('ended'), await readState('outbox')];
	return ended && ended.outbox === present?.id ? ended.at : null;
}
