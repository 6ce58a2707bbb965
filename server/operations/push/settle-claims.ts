/**
 * Settling what a push has claimed: customer by customer, until nothing of it depends on anything else. [SY1, DB1]
 *
 * @module
 */
import { VENDOR_ID } from '#lib/domain/access.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import { isFact, type CommandResult } from '#lib/protocol/commands.ts';
import type { PushReply } from '#lib/protocol/push.ts';
import type { Receipts } from '#server/ledger/decide.ts';
import type { Hub } from '#server/hub/hub.ts';
import { freezeOver } from '#server/operations/allotments/freeze-outbox.ts';
import { moveClaims, type ClaimedCommand, type PushClaims, type OwnedCommand } from './claims.ts';
import { resultsOf } from './results.ts';
import { settleClaimed, type Pushing } from './settle-claimed.ts';
import { requestOf, type CommandRecord } from './settle-commands.ts';
import { returnsOf, takeTurn, turnsOf, type Turn } from './turn.ts';

/** What has become of a push by now. */
export type Done = {
	/** By place. */
	results: Map<number, CommandResult>;
	heads: PushReply['heads'];
	/** Customers that repeated commands have written to before. */
	repeated: Set<string>;
};

export function noteTurn(
	done: Done,
	customerId: string,
	{ results, head, isRepeated }: Pick<Turn<OwnedCommand>, 'results' | 'head' | 'isRepeated'>
): void {
	for (const result of results) done.results.set(result.n, result);
	if (head) done.heads[customerId] = head;
	if (isRepeated && customerId !== VENDOR_ID) done.repeated.add(customerId);
}

type Pushed = {
	outbox: string;
	brought: readonly OwnedCommand[];
	claims: PushClaims;
	told: Receipts;
};

/** Notes in `done` what is settled. What somebody else is settling has no result. */
export async function settleClaims(
	hub: Hub,
	done: Done,
	{ outbox, brought, claims, told }: Pushed
): Promise<void> {
	const { ended } = claims;
	const places = new Set(brought.map(({ command }) => command.n));
	const before = await settledBefore(hub, claims);
	const pushing: Pushing = { outbox, places, before, told };
	let left: ClaimedCommand[] = brought.map((each) => ({
		...(ended ? declineButFacts(each, ended) : each),
		claim: claims.claims.get(each.command.id)!
	}));
	while (left.length > 0) {
		const later: ClaimedCommand[] = [];
		let isStuck = true;
		for (const [customerId, part] of turnsOf(left, ({ claim }) => claim.customerId)) {
			const turns = await takeTurn(hub, customerId, part, (shell, some) =>
				settleClaimed(hub, shell, pushing, some)
			);
			for (const turn of turns) {
				noteTurn(done, customerId, turn);
				for (const [n, stored] of turn.stored ?? []) before.set(n, stored);
				const moved = await moveClaims(hub, turn.passed ?? []);
				later.push(...(turn.later ?? []), ...moved);
				isStuck &&= turn.results.length + moved.length === 0;
			}
		}
		// What depends on a command that stays unsettled stays so as well.
		for (const { command } of isStuck ? later : []) {
			const refusal = done.results.get(command.dependsOn!)?.refusal;
			if (refusal) done.results.set(command.n, held(command, refusal));
		}
		left = isStuck ? [] : later;
	}
	// Seats may have been set aside for it after it was found copied, or was ended.
	if (brought.some(({ asked }) => asked.kind === 'reservation')) await freezeOver(hub, outbox);
}

async function settledBefore(hub: Hub, { before }: PushClaims): Promise<Before> {
	const rows = await resultsOf(hub, [...before.values()]);
	const settled = new Map(rows.filter(({ passed }) => passed === null).map((row) => [row.id, row]));
	const places = [...before].map(([n, { id }]) => [n, settled.get(id)] as const);
	return new Map(places.flatMap(([n, row]) => (row ? [[n, row] as const] : [])));
}

type Before = Map<number, Pick<CommandRecord, 'refusal'>>;

/** What a device asked for is refused once it was ended, and stays so. What has happened counts. [DV1, SY10] */
function declineButFacts(each: OwnedCommand, refusal: Refusal): OwnedCommand {
	if (isFact(each.command.type)) return each;
	const [returns, request] = [returnsOf(each), requestOf(each.asked)];
	return { ...each, asked: { kind: 'declined', refusal, request, returns } };
}

export function held({ id, n }: Pick<CommandResult, 'id' | 'n'>, refusal: Refusal): CommandResult {
	return { id, n, refusal };
}
