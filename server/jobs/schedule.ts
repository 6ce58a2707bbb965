/**
 * What the hub does by itself for as long as it runs, and how often. Each job commits what it has
 * found, so that cursors see it; what it comes too late for, decisions look after themselves. [CL3]
 *
 * @module
 */
import { DAY_SECONDS } from '#lib/domain/time.ts';
import type { Hub } from '#server/hub/hub.ts';
import { freezeOver } from '#server/operations/allotments/freeze-outbox.ts';
import { resumeAttaching } from '#server/operations/attach/finish-attaching.ts';
import { sendAttachCodes } from '#server/operations/attach/send-attach-codes.ts';
import { recordKept } from '#server/operations/facts/record-kept.ts';
import { resumeSteps } from '#server/ledger/take-steps.ts';
import type { MailTransport } from '#server/mail/transport.ts';
import { coolSeats } from './cool-seats.ts';
import { endWaiting } from './end-waiting.ts';
import { expireAllotments } from './expire-allotments.ts';
import { expireResults } from './expire-results.ts';
import { forgetTakenSteps } from './forget-taken-steps.ts';
import { moveFreedSeats } from './move-freed-seats.ts';
import { remind } from './remind.ts';
import { forgetMail, sendMail } from './send-mail.ts';
import { forgetWebhooks, sendWebhooks } from './send-webhooks.ts';

const MINUTE_MS = 60_000;
/** How soon an event is on its way: what tells of it is written by whoever commits, here or on another hub. */
const WEBHOOKS_MS = 5_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** What time alone changes: each minute, in this order, for a seat that is free may move on. */
export async function passTime(hub: Hub): Promise<void> {
	await hub.catchUpTime();
	await recordKept(hub);
	await coolSeats(hub);
	await freezeOver(hub);
	await expireAllotments(hub);
	await endWaiting(hub);
	await moveFreedSeats(hub);
}

/** @returns Stops it, and waits for the run that is under way. */
export function startJobs(
	hub: Hub,
	{
		onFault,
		transport,
		onDay = () => undefined,
		reminds = false,
		everyMs = MINUTE_MS
	}: {
		onFault: (error: unknown) => void;
		transport: MailTransport;
		onDay?: () => void;
		/** The transport brings letters to people. */
		reminds?: boolean;
		everyMs?: number;
	}
): () => Promise<void> {
	let nextDaily = 0;
	const daily = async () => {
		if (performance.now() < nextDaily) return;
		onDay();
		await expireResults(hub);
		await forgetTakenSteps(hub);
		await forgetMail(hub);
		await forgetWebhooks(hub);
		nextDaily = performance.now() + DAY_MS;
	};
	const passing = oneAtATime(() => passTime(hub).then(daily), onFault);
	// By itself: a mail server that does not answer holds up nothing else.
	const mailing = oneAtATime(() => sendMail(hub, transport), onFault);
	// By itself: no call waits for it, so that none can tell by its time what was found.
	const attaching = oneAtATime(
		() => sendAttachCodes(hub).then(() => resumeAttaching(hub)),
		onFault
	);
	// By itself: other servers take their time.
	const telling = oneAtATime(() => sendWebhooks(hub), onFault);
	let remindedOn: number | undefined;
	const remindToday = async () => {
		// By hub time: who sets the clock, and whoever starts again, misses no day and repeats none. [P12]
		const today = Math.floor(hub.freeingTime() / DAY_SECONDS);
		if (today === remindedOn) return;
		await remind(hub);
		remindedOn = today;
	};
	// By itself: there may be many people, and seats wait for none of them.
	const reminding = oneAtATime(remindToday, onFault);
	// By itself: one that fails holds up nothing else.
	const stepping = oneAtATime(() => resumeSteps(hub), onFault);
	const run = () => {
		passing.begin();
		stepping.begin();
		if (reminds) reminding.begin();
		attaching.begin();
		mailing.begin();
	};
	hub.sendMail = mailing.begin;
	hub.sendAttachCodes = attaching.begin;
	hub.sendWebhooks = telling.begin;
	mailing.begin();
	stepping.begin();
	const timer = setInterval(run, everyMs).unref();
	const tellingTimer = setInterval(telling.begin, Math.min(WEBHOOKS_MS, everyMs)).unref();
	return async () => {
		clearInterval(timer);
		clearInterval(tellingTimer);
		hub.sendMail = undefined;
		hub.sendAttachCodes = undefined;
		hub.sendWebhooks = undefined;
		const all = [passing, stepping, attaching, reminding, mailing, telling];
		await Promise.all(all.map((each) => each.ended()));
	};
}

/** Work that is begun again while it runs is done once more after it. */
function oneAtATime(work: () => Promise<unknown>, onFault: (error: unknown) => void) {
	let running: Promise<unknown> | undefined;
	let again = false;
	const begin = () => {
		again = running !== undefined;
		running ??= work()
			.catch(onFault)
			.finally(() => {
				running = undefined;
				if (again) begin();
			});
	};
	const ended = async () => {
		again = false;
		await running;
	};
	return { begin, ended };
}
