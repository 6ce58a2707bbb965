/**
 * What time alone changes: seats cool and requests stop waiting, now and then, for as long as the hub
 * runs; once a day old results go. [SE5, RE1, SY2]
 *
 * @module
 */
import { coolSeats } from '#server/operations/activations/cool-seats.ts';
import { endWaiting } from '#server/operations/activations/end-waiting.ts';
import { expireResults } from '#server/operations/push/expire-results.ts';
import type { Hub } from '#server/hub/hub.ts';
import { moveFreedSeats } from '#server/operations/licenses/move-freed-seats.ts';

const EVERY_MS = 60_000;
const DAY_MS = 24 * 60 * EVERY_MS;

/** Once. */
export async function passTime(hub: Hub): Promise<void> {
	await coolSeats(hub);
	await endWaiting(hub);
	await moveFreedSeats(hub);
}

/** @returns Stops it, and waits for the run that is under way. */
export function startCooling(
	hub: Hub,
	{ onFault, everyMs = EVERY_MS }: { onFault: (error: unknown) => void; everyMs?: number }
): () => Promise<void> {
	let running: Promise<unknown> | undefined;
	let expireAt = 0;
	const expire = async () => {
		if (performance.now() < expireAt) return;
		await expireResults(hub);
		expireAt = performance.now() + DAY_MS;
	};
	const run = () => {
		running ??= passTime(hub)
			.then(expire)
			.catch(onFault)
			.finally(() => (running = undefined));
	};
	const timer = setInterval(run, everyMs).unref();
	return async () => {
		clearInterval(timer);
		await running;
	};
}
