/**
 * Push: commands of one outbox, each settled once. Results are stored with their effects in one
 * transaction, so the same command again gets the stored result. [SY1, SY2]
 *
 * @module
 */
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { CommandResult } from '#lib/protocol/commands.ts';
import type { PushReply } from '#lib/protocol/push.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';
import { freezeOutbox } from '#server/operations/allotments/freeze-outbox.ts';
import { judgeCommands, type Push } from './judge-commands.ts';
import { prepareEach, type Prepared } from './prepare-commands.ts';
import { takeTurn, type Turn } from './turn.ts';

/**
 * Commands are executed with the rights that the asker has now, whenever they were written.
 *
 * @returns A result per command, with where the audits end now that they were written to, repeated
 * commands included [AU1], or a refusal of the push as a whole: `OUTBOX_FORKED`, `OUTBOX_NOT_YOURS`,
 * `PUSH_NOT_SIGNED`. One bad command is its own refusal and holds up no other.
 */
export async function push(
	hub: Hub,
	pushed: Push,
	asker: Asker | undefined
): Promise<PushReply | Refusal> {
	const { sound, damaged } = judgeCommands(pushed);
	const results = new Map<number, CommandResult>();
	const heads: PushReply['heads'] = {};
	const pushing = { push: pushed, asker, places: new Set(sound.map(({ n }) => n)) };
	let left = await prepareEach(hub, sound, { asker, desk: pushed.desk });
	while (left.length > 0) {
		const later: Prepared[] = [];
		for (const part of turnsOf(left)) {
			const turn = await takeTurn(hub, pushing, part);
			if (isForked(turn)) await freezeOutbox(hub, pushed.outbox, { by: 'hub', reason: 'forked' });
			if (isRefusal(turn)) return turn;
			for (const result of turn.results) results.set(result.n, result);
			Object.assign(heads, turn.heads);
			later.push(...turn.later);
		}
		// What depends on a command that stays unsettled stays so as well.
		const stuck = later.length === left.length;
		for (const { command } of stuck ? later : []) {
			const { id, n, dependsOn = 0 } = command;
			results.set(n, { id, n, refusal: results.get(dependsOn)?.refusal });
		}
		left = stuck ? [] : later;
	}
	const inOrder = sound.flatMap(({ n }) => results.get(n) ?? []);
	const all = [...inOrder, ...damaged];
	for (const { refusal } of all) if (refusal) hub.onRefusal?.(refusal.refused);
	return { results: all, heads };
}

/** What renews a license is a transaction of its own, after all that is asked of it as it is. [P7] */
function turnsOf(prepared: readonly Prepared[]): Prepared[][] {
	const turns = Map.groupBy(prepared, ({ asked }) =>
		asked.kind === 'switch' ? asked.licenseId : ''
	);
	return [...turns.keys()].sort().map((of) => turns.get(of)!);
}

function isForked(turn: Turn | Refusal): boolean {
	const refusals = isRefusal(turn) ? [turn] : turn.results.map(({ refusal }) => refusal);
	return refusals.some((refusal) => refusal?.refused === 'OUTBOX_FORKED');
}
