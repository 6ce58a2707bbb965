/**
 * What time alone changes: seats cool and requests stop waiting, now and then, for as long as the hub
 * runs. [SE5, RE1]
 *
 * @module
 */
import { coolSeats } from '#server/operations/cool-seats.ts';
import { endWaiting } from '#server/operations/end-waiting.ts';
import type { Hub } from '#server/operations/hub.ts';
import { moveFreedSeats } from '#server/operations/move-freed-seats.ts';

const EVERY_MS = 60_000;

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
	const run = () => {
		running ??= passTime(hub)
			.catch(onFault)
			.finally(() => (running = undefined));
	};
	const timer = setInterval(run, everyMs).unref();
	return async () => {
		clearInterval(timer);
		await running;
	};
}
