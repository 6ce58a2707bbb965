/**
 * Lets seats cool: now and then, for as long as the hub runs. [SE5]
 *
 * @module
 */
import { coolSeats } from '#server/operations/cool-seats.ts';
import type { Hub } from '#server/operations/hub.ts';

const EVERY_MS = 60_000;

/** @returns Stops it, and waits for the run that is under way. */
export function startCooling(
	hub: Hub,
	{ onFault, everyMs = EVERY_MS }: { onFault: (error: unknown) => void; everyMs?: number }
): () => Promise<void> {
	let running: Promise<unknown> | undefined;
	const run = () => {
		running ??= coolSeats(hub)
			.catch(onFault)
			.finally(() => (running = undefined));
	};
	const timer = setInterval(run, everyMs).unref();
	return async () => {
		clearInterval(timer);
		await running;
	};
}
