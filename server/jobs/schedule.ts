/**
 * What the hub does by itself for as long as it runs, and how often. Each job commits what it has
 * found, so that cursors see it; what it comes too late for, decisions look after themselves. [CL3]
 *
 * @module
 */
import type { Hub } from '#server/hub/hub.ts';
import { coolSeats } from './cool-seats.ts';
import { endWaiting } from './end-waiting.ts';
import { expireAllotments } from './expire-allotments.ts';
import { expireResults } from './expire-results.ts';
import { moveFreedSeats } from './move-freed-seats.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** What time alone changes: each minute, in this order, for a seat that is free may move on. */
export async function passTime(hub: Hub): Promise<void> {
	await coolSeats(hub);
	await expireAllotments(hub);
	await endWaiting(hub);
	await moveFreedSeats(hub);
}

/** @returns Stops it, and waits for the run that is under way. */
export function startJobs(
	hub: Hub,
	{ onFault, everyMs = MINUTE_MS }: { onFault: (error: unknown) => void; everyMs?: number }
): () => Promise<void> {
	let running: Promise<unknown> | undefined;
	let nextDaily = 0;
	const daily = async () => {
		if (performance.now() < nextDaily) return;
		await expireResults(hub);
		nextDaily = performance.now() + DAY_MS;
	};
	const run = () => {
		running ??= passTime(hub)
			.then(daily)
			.catch(onFault)
			.finally(() => (running = undefined));
	};
	const timer = setInterval(run, everyMs).unref();
	return async () => {
		clearInterval(timer);
		await running;
	};
}
