/**
 * Pushing: what waits goes to the hub, signed by the key of its outbox. [SY1, SY9]
 *
 * @module
 */
import type { Refusal } from '#lib/domain/refusal.ts';
import { heldFor } from '#lib/domain/after-refusal.ts';
import { isFact } from '#lib/protocol/commands.ts';
import type { PushReply } from '#lib/protocol/push.ts';
import type { SignedPush } from '#lib/formats/push.ts';
import { nextBatch, signBatch } from './batch.ts';
import { hubClient, judgeFailure } from '#lib/desk/hub/hub.ts';
import type { Hold } from '#lib/desk/store/state-rows.ts';
import { keepHeads } from './audit-heads.ts';
import { renewOutbox, waitingCommands } from '#lib/desk/store/outbox.ts';
import { freezeOwnAllotments } from '#lib/desk/files/own-allotments.ts';
import { readEnded } from '#lib/desk/store/ended-state.ts';
import { noteEnded } from './ended.ts';
import { storeResults } from './store-results.ts';

/**
 * Sends what waits, in order, until nothing does.
 *
 * @returns Why the rest is held, if it is.
 */
export async function pushOutbox(): Promise<Hold | undefined> {
	// Answered, and not settled by it: asked again in the next round.
	const kept = new Set<string>();
	let held: Hold | undefined;
	let isRenewed = false;
	let atMost = Infinity;
	for (;;) {
		// An ended device brings what has happened on it, and asks for nothing.
		const isEnded = (await readEnded()) !== null;
		const all = (await waitingCommands()).filter(({ id }) => !kept.has(id));
		const waiting = isEnded ? all.filter(({ type }) => isFact(type)) : all;
		if (waiting.length < all.length) held ??= 'ended';
		const batch = nextBatch(waiting).slice(0, atMost);
		const [first] = batch;
		if (!first) return held;
		const reply = await send(await signBatch(batch));
		if ('refused' in reply && isUnreadable(reply)) {
			// Halved until the one is found that nobody can judge: it is held alone, and the rest goes on.
			atMost = batch.length > 1 ? Math.floor(batch.length / 2) : Infinity;
			if (batch.length > 1) continue;
			held ??= 'hub-fault';
			kept.add(first.id);
			continue;
		}
		if ('refused' in reply) {
			// The outbox was enrolled for somebody else: these commands get one of their own, once.
			if (reply.refused !== 'OUTBOX_NOT_YOURS' || isRenewed)
				return heldFor(reply.refused) ?? 'forked';
			await renewOutbox();
			isRenewed = true;
			continue;
		}
		const settled = reply.results.filter(({ refusal }) => !refusal || !heldFor(refusal.refused));
		for (const { id, refusal } of reply.results) {
			if (!refusal || !heldFor(refusal.refused)) continue;
			if (refusal.refused === 'OUTBOX_FORKED') await freezeOwnAllotments(first.outbox);
			held ??= heldFor(refusal.refused);
			kept.add(id);
		}
		await storeResults(settled);
		for (const { refusal } of settled)
			if (refusal?.refused === 'DESK_ENDED')
				await noteEnded(refusal.facts.endedAt, refusal.facts.outbox);
		await keepHeads(reply.heads);
		// A hub that answers without a result for anything sent would be asked for ever.
		if (reply.results.length === 0) throw new Error('the hub answered without results');
	}
}

/** The hub could not take the push apart: a refusal of the whole that says nothing about the rest. */
function isUnreadable({ refused }: Refusal): boolean {
	return refused === 'BODY_INVALID' || refused === 'BODY_TOO_LARGE';
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
