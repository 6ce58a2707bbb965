/**
 * Pushing: what waits goes to the hub, signed by the key of its outbox. [SY1, SY9]
 *
 * @module
 */
import type { Refusal } from '#lib/domain/refusal.ts';
import type { PushReply } from '#lib/protocol/push.ts';
import type { SignedPush } from '#lib/formats/push.ts';
import { nextBatch, signBatch } from './batch.ts';
import { hubClient, judgeFailure } from '#lib/desk/hub/hub.ts';
import type { Hold } from '#lib/desk/store/state-rows.ts';
import { keepHeads } from './audit-heads.ts';
import { isOf, renewOutbox, waitingCommands } from '#lib/desk/store/outbox.ts';
import { freezeOwnAllotments } from '#lib/desk/files/own-allotments.ts';
import { holdFor, storeResults } from './store-results.ts';

/**
 * Sends what waits, in order, until nothing does. What somebody else queued here stays for them.
 *
 * @returns Why the rest is held, if it is.
 */
export async function pushOutbox(user: string): Promise<Hold | undefined> {
	// Answered, and not settled by it: asked again in the next round.
	const kept = new Set<string>();
	let held: Hold | undefined;
	let isRenewed = false;
	for (;;) {
		const waiting = await waitingCommands();
		const mine = waiting.filter((row) => isOf(row, user));
		const batch = nextBatch(mine.filter(({ id }) => !kept.has(id)));
		const [first] = batch;
		if (!first) return held ?? (mine.length < waiting.length ? 'other-account' : undefined);
		const reply = await send(await signBatch(batch));
		if ('refused' in reply) {
			// The outbox was enrolled for somebody else: these commands get one of their own, once.
			if (reply.refused !== 'OUTBOX_NOT_YOURS' || isRenewed) return holdFor(reply) ?? 'forked';
			await renewOutbox(user);
			isRenewed = true;
			continue;
		}
		const settled = reply.results.filter(({ refusal }) => !refusal || !holdFor(refusal));
		for (const { id, refusal } of reply.results) {
			if (!refusal || !holdFor(refusal)) continue;
			if (refusal.refused === 'OUTBOX_FORKED') await freezeOwnAllotments(first.outbox);
			held ??= holdFor(refusal);
			kept.add(id);
		}
		await storeResults(settled);
		await keepHeads(reply.heads);
		// A hub that answers without a result for anything sent would be asked for ever.
		if (reply.results.length === 0) throw new Error('the hub answered without results');
	}
}

/** @throws faults. A fork freezes what this desk may draw, before anything else. [SY2, AL5] */
async function send(signed: SignedPush): Promise<PushReply | Refusal> {
	try {
		return await hubClient.sync.push.mutate(signed);
	} catch (error) {
		const failure = judgeFailure(error);
		if ('fault' in failure) throw error;
		const { refusal } = failure;
		if (refusal.refused === 'OUTBOX_FORKED') await freezeOwnAllotments(refusal.facts.outbox);
		return refusal;
	}
}
