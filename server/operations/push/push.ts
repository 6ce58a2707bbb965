/**
 * Push: commands of one outbox, each settled once: those of a customer together, in its transaction. [DB1]
 * Results are stored with their effects, so the same command again gets the stored result. [SY1, SY2]
 *
 * @module
 */
import { VENDOR_ID } from '#lib/domain/access.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { Command, CommandResult } from '#lib/protocol/commands.ts';
import type { PushReply } from '#lib/protocol/push.ts';
import { among } from '#server/db/among.ts';
import { customers } from '#server/db/schema/catalog.ts';
import type { PlacedReturn } from '#server/ledger/ask.ts';
import { decideEach } from '#server/ledger/decide.ts';
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
	const repeated = new Set<string>();
	let left = await prepareEach(hub, sound, { asker, desk: pushed.desk });
	// Facts, whatever becomes of the requests that carry them. [SY10]
	const { receipts: told } = await decideEach(hub, carriedFor(left));
	const pushing = { push: pushed, asker, places: new Set(sound.map(({ n }) => n)), told };
	// A copy shows before anything of it is done, whichever customer's command tells.
	let whole: readonly Command[] | undefined = sound;
	let forked: Refusal | undefined;
	while (left.length > 0) {
		const later: Prepared[] = [];
		for (const part of turnsOf(left)) {
			const customerId = customerOf(part[0]!);
			const turn = await takeTurn(hub, { ...pushing, customerId, whole }, part);
			whole = undefined;
			forked ??= forkOf(turn);
			if (isRefusal(turn)) {
				if (!forked) return turn;
				// Facts of other customers are taken all the same. [SY10]
				for (const { command } of part) results.set(command.n, held(command, turn));
				continue;
			}
			for (const result of turn.results) results.set(result.n, result);
			if (turn.head) heads[customerId] = turn.head;
			for (const each of turn.repeated) repeated.add(each);
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
	if (forked) await freezeOutbox(hub, pushed.outbox, { by: 'hub', reason: 'forked' });
	const taken = [...results.values()].some(({ refusal }) => refusal?.refused !== 'OUTBOX_FORKED');
	if (forked && !taken) return forked;
	const inOrder = sound.flatMap(({ n }) => results.get(n) ?? []);
	const all = [...inOrder, ...damaged];
	for (const { refusal } of all) if (refusal) hub.onRefusal?.(refusal.refused);
	for (const id of Object.keys(heads)) repeated.delete(id);
	return { results: all, heads: { ...heads, ...(await headsOf(hub, [...repeated])) } };
}

/**
 * What is of one customer is one transaction [DB1]; what renews a license is one of its own, after all
 * that is asked of it as it is. [P7]
 */
function turnsOf(prepared: readonly Prepared[]): Prepared[][] {
	const turns = Map.groupBy(prepared, (each) =>
		each.asked.kind === 'switch' ? `${customerOf(each)} ${each.asked.licenseId}` : customerOf(each)
	);
	return [...turns.keys()].sort().map((of) => turns.get(of)!);
}

/** What is no customer's is the vendor's own. */
function customerOf({ asked }: Prepared): string {
	if (asked.kind !== 'declined') return asked.customerId;
	return asked.returns[0]?.customerId ?? VENDOR_ID;
}

/** Returns of others than whose turn a command has. */
function carriedFor(prepared: readonly Prepared[]): PlacedReturn[] {
	return prepared.flatMap((each) => {
		const { asked } = each;
		const returns = asked.kind === 'request' || asked.kind === 'declined' ? asked.returns : [];
		return returns.filter(({ customerId }) => customerId !== customerOf(each));
	});
}

async function headsOf({ db }: Hub, customerIds: readonly string[]): Promise<PushReply['heads']> {
	if (customerIds.length === 0) return {};
	const { customerId: id, auditN: n, auditHash: hash } = customers;
	const rows = await db.select({ id, n, hash }).from(customers).where(among(id, customerIds));
	return Object.fromEntries(rows.map((row) => [row.id, { n: row.n, hash: row.hash }]));
}

function forkOf(turn: Turn | Refusal): Refusal | undefined {
	const refusals = isRefusal(turn) ? [turn] : turn.results.map(({ refusal }) => refusal);
	return refusals.find((refusal) => refusal?.refused === 'OUTBOX_FORKED');
}

function held({ id, n }: Command, refusal: Refusal): CommandResult {
	return { id, n, refusal };
}
