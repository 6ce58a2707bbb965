/**
 * What pages ask of the hub, call by call, and the desk keeps nothing of.
 *
 * @module
 */
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { hubClient, judgeFailure } from './hub.ts';

/** @returns The answer, the hub's "no", or `HUB_UNREACHABLE` where there was no usable answer. */
export async function askHub<T>(call: (hub: typeof hubClient) => Promise<T>): Promise<T | Refusal> {
	try {
		return await call(hubClient);
	} catch (error) {
		const failure = judgeFailure(error);
		if ('refusal' in failure) return failure.refusal;
		return refuse('HUB_UNREACHABLE', { hub: location.origin });
	}
}
