/**
 * Settling prepared commands: decided together, each with the result that is stored for it. [SY2]
 *
 * @module
 */
import { heldFor } from '#lib/domain/after-refusal.ts';
import { isRefusal, withoutRefusals, type Refusal } from '#lib/domain/refusal.ts';
import type { Command, CommandResult } from '#lib/protocol/commands.ts';
import type { commandResults } from '#server/db/schema/outboxes.ts';
import type { Writing } from '#server/db/writing.ts';
import {
	answerFile,
	signRefusal,
	type RequestAnswer,
	type SignedToken
} from '#server/ledger/held/answer.ts';
import { decideTogether, type Decided, type Receipts } from '#server/ledger/decide.ts';
import type { Hub } from '#server/hub/hub.ts';
import {
	switchEntitlements,
	type PlacedSwitch
} from '#server/operations/licenses/switch-entitlements.ts';
import type { CommandAsk, Declined, Prepared } from './prepare-commands.ts';

/** What is stored for a command, by whichever customer settles it. */
export type CommandRecord = Omit<typeof commandResults.$inferInsert, 'customerId'>;

/** What became of one command: `record` is to be stored, and absent where it stays unsettled. */
export type Settled = { command: Command; record?: CommandRecord; result: CommandResult };

type Together = Decided & { switched: ReadonlyMap<PlacedSwitch, Refusal | undefined> };

/**
 * Switches come in a turn of their own: those of one license.
 *
 * @param told - Receipts of what requests carry for other customers.
 */
export async function settleCommands(
	hub: Hub,
	shell: Writing,
	prepared: readonly Prepared[],
	told: Receipts
): Promise<Settled[]> {
	const placed = prepared.flatMap(({ asked }) =>
		asked.kind === 'declined' || asked.kind === 'switch' ? [] : [asked]
	);
	const switches = prepared.flatMap(({ asked }) => (asked.kind === 'switch' ? [asked] : []));
	const carried = prepared.flatMap(({ asked }) => (asked.kind === 'declined' ? asked.returns : []));
	const { refusals: switched } = await switchEntitlements(hub, shell, switches);
	const decided = {
		...(await decideTogether(hub, shell, [...placed, ...carried], told)),
		switched
	};
	const settled: Settled[] = [];
	for (const { command, asked } of prepared)
		settled.push(
			asked.kind === 'declined'
				? await settleDeclined(hub, command, { asked, decided })
				: settleDecided(hub, command, { asked, decided })
		);
	return settled;
}

async function settleDeclined(
	hub: Hub,
	command: Command,
	{ asked: { refusal, request, returns }, decided }: { asked: Declined; decided: Together }
): Promise<Settled> {
	const { id, n } = command;
	const receipts = withoutRefusals(returns.map((each) => decided.receipts.get(each)!));
	const record = heldFor(refusal.refused)
		? refusal
		: await refusedRecord(hub, { command, request }, refusal);
	if (isRefusal(record)) {
		const files = receipts.map((receipt) => answerFile(hub, receipt));
		return { command, result: { id, n, refusal: record, receipts: files } };
	}
	const riding = receipts.length > 0 ? { receipts } : {};
	return { command, record, result: resultOf(hub, command, record, riding) };
}

function settleDecided(
	hub: Hub,
	command: Command,
	{ asked, decided }: { asked: Exclude<CommandAsk, Declined>; decided: Together }
): Settled {
	const { kid, token, refusal, revocation, receipts, standing } = outcomeOf(asked, decided);
	const record: CommandRecord = {
		...recordOf(hub, command),
		request: requestOf(asked),
		// Done as it was asked: the request's own answer is told by pulling. [RE1]
		...(standing ? {} : { refusal, kid, token })
	};
	return {
		command,
		record: refusal && heldFor(refusal.refused) ? undefined : record,
		result: resultOf(hub, command, record, { revocation, receipts })
	};
}

/** `jti` of the request that a command is answered for: of a draw, the one that it was drawn for. */
export function requestOf(asked: CommandAsk): string | undefined {
	switch (asked.kind) {
		case 'request':
			return asked.request.claims.jti;
		case 'draw':
			return asked.claims.req;
		case 'declined':
			return asked.request;
		default:
			return undefined;
	}
}

/** What a command is answered by: the answer to its request, or the receipt of its return. */
type Outcome = Partial<
	SignedToken & Pick<RequestAnswer, 'refusal' | 'revocation' | 'receipts' | 'standing'>
>;

function outcomeOf(asked: Exclude<CommandAsk, Declined>, decided: Together): Outcome {
	const outcome = decidedOf(asked, decided);
	return isRefusal(outcome) ? { refusal: outcome } : outcome;
}

function decidedOf(
	asked: Exclude<CommandAsk, Declined>,
	{ answers, receipts, draws, reserved, texts, switched }: Together
): Outcome | Refusal {
	switch (asked.kind) {
		case 'request':
			return answers.get(asked)!;
		case 'return':
			return receipts.get(asked)!;
		case 'draw':
			return draws.get(asked)!;
		case 'close':
			return {};
		case 'reservation':
			return reserved.get(asked)!;
		case 'change':
			return texts.get(asked) ?? {};
		case 'switch':
			return switched.get(asked) ?? {};
	}
}

/**
 * The stored "no" of one command, as a file too where a request is answered by it. [O11]
 *
 * @returns A refusal where that file cannot be signed: the command stays unsettled. [KE1]
 */
export async function refusedRecord(
	hub: Hub,
	{ command, request }: { command: Command; request?: string },
	refusal: Refusal
): Promise<CommandRecord | Refusal<'HUB_KEY_ENDED'>> {
	const record = { ...recordOf(hub, command), refusal };
	if (request === undefined) return record;
	const ended = hub.signer.ended();
	if (ended) return ended;
	return { ...record, kid: hub.signer.kid, token: await signRefusal(hub, request, refusal) };
}

function recordOf(hub: Hub, { id }: Command): CommandRecord {
	return { id, settledAt: hub.now() };
}

/** Goes along with the first delivery; who asks again finds it by pulling. */
type Riding = Pick<RequestAnswer, 'revocation' | 'receipts'>;

export function resultOf(
	hub: Hub,
	{ id, n }: Pick<Command, 'id' | 'n'>,
	{ kid, token, refusal }: Pick<CommandRecord, 'kid' | 'token' | 'refusal'>,
	{ revocation, receipts }: Riding = {}
): CommandResult {
	const file = kid && token ? answerFile(hub, { kid, token, revocation }) : undefined;
	return {
		id,
		n,
		file,
		refusal: refusal ?? undefined,
		receipts: receipts?.map((receipt) => answerFile(hub, receipt))
	};
}
