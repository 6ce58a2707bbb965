/**
 * Settling prepared commands: decided together, each with the result that is stored for it. [SY2]
 *
 * @module
 */
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { Command, CommandResult } from '#lib/protocol/commands.ts';
import type { commands } from '#server/db/schema/ledger.ts';
import type { Writing } from '#server/db/writing.ts';
import { answerFile, signRefusal, type Answer, type Signed } from '#server/ledger/answer.ts';
import { decideTogether } from '#server/ledger/decide.ts';
import type { Hub } from '#server/hub/hub.ts';
import type { Prepared } from './prepare-commands.ts';

export type CommandRecord = typeof commands.$inferInsert;

/** What became of one command: `record` is to be stored, and absent where it stays unsettled. */
export type Settled = { command: Command; record?: CommandRecord; result: CommandResult };

/**
 * Refusals that say nothing about the command: it is not settled, because it may be understood
 * after the hub's next update, or done once its author signs in, a restored license is thawed or
 * the hub is mended.
 */
const UNSETTLED = new Set<string>([
	'COMMAND_UNKNOWN',
	'SIGN_IN_REQUIRED',
	'LICENSE_FROZEN',
	'FACT_FAILED'
]);

export async function settleCommands(
	hub: Hub,
	shell: Writing,
	prepared: readonly Prepared[]
): Promise<Settled[]> {
	const returns = prepared.flatMap(({ what }) => ('proof' in what ? [what] : []));
	const asks = prepared.flatMap(({ what }) => ('actor' in what && 'request' in what ? [what] : []));
	const carried = prepared.flatMap(({ what, carried: each = [] }) => (isRefusal(what) ? each : []));
	const facts = prepared.flatMap(({ what }) => ('kind' in what ? [what] : []));
	const draws = facts.filter((fact) => fact.kind === 'draw');
	const closes = facts.filter((fact) => fact.kind === 'close');
	const reservations = prepared.flatMap(({ what }) => ('reserve' in what ? [what] : []));
	const decided = await decideTogether(hub, shell, {
		...{ asks, returns: [...returns, ...carried], draws, closes, reservations }
	});
	const receiptOf = new Map(
		carried.map((each, at) => [each, decided.receipts[returns.length + at]!])
	);
	const saidOf = new Map<Prepared['what'], Said>([
		...asks.map((ask, at) => [ask, decided.answers[at]!] as const),
		...returns.map((each, at) => [each, decided.receipts[at]!] as const),
		...draws.map((each, at) => [each, decided.drawn[at]!] as const),
		...closes.map((each) => [each, {}] as const),
		...reservations.map((each, at) => [each, saidOfReservation(decided.reserved[at]!)] as const)
	]);
	const settled: Settled[] = [];
	for (const { command, request, what, carried: left = [] } of prepared) {
		const { id, n } = command;
		if (isRefusal(what)) {
			const receipts = left.map((each) => receiptOf.get(each)!);
			if (UNSETTLED.has(what.refused)) {
				const files = receipts.map((receipt) => answerFile(hub, receipt));
				settled.push({ command, result: { id, n, refusal: what, receipts: files } });
				continue;
			}
			const record = await refusedRecord(hub, { command, request }, what);
			const riding = receipts.length > 0 ? { receipts } : {};
			settled.push({ command, record, result: resultOf(hub, command, record, riding) });
			continue;
		}
		const { kid, token, refusal, revocation, receipts, standing } = saidOf.get(what)!;
		// Done as it was asked: the request's own answer is told by pulling. [RE1]
		const said = standing ? {} : { refusal, kid, token };
		const { customerId } = what;
		const record = { ...recordOf(hub, command), customerId, request, ...said };
		settled.push({
			command,
			record: refusal && UNSETTLED.has(refusal.refused) ? undefined : record,
			result: resultOf(hub, command, record, { revocation, receipts })
		});
	}
	return settled;
}

/** The stored "no" of one command, as a file too where a request is answered by it. [O11] */
export async function refusedRecord(
	hub: Hub,
	{ command, request }: Pick<Prepared, 'command' | 'request'>,
	refusal: Refusal
): Promise<CommandRecord> {
	const record = { ...recordOf(hub, command), refusal };
	if (request === undefined) return record;
	return { ...record, kid: hub.signer.kid, token: await signRefusal(hub, request, refusal) };
}

function recordOf(hub: Hub, { id, outbox, n, hash }: Command): CommandRecord {
	return { id, outbox, n, hash, settledAt: hub.now() };
}

/** What a command is answered by: the answer to its request, or the receipt of its return. */
type Said = Partial<Signed & Pick<Answer, 'refusal' | 'revocation' | 'receipts' | 'standing'>>;

function saidOfReservation(reserved: Signed | Refusal): Said {
	return isRefusal(reserved) ? { refusal: reserved } : reserved;
}

/** Goes along with the first delivery; who asks again finds it by pulling. */
type Riding = Pick<Answer, 'revocation' | 'receipts'>;

export function resultOf(
	hub: Hub,
	{ id, n }: Pick<Command, 'id' | 'n'>,
	{ kid, token, refusal }: Pick<CommandRecord, 'kid' | 'token' | 'refusal'>,
	{ revocation, receipts }: Riding = {}
): CommandResult {
	const file = kid && token ? answerFile(hub, { kid, token, revocation }) : undefined;
	return {
		...{ id, n, file, refusal: refusal ?? undefined },
		receipts: receipts?.map((receipt) => answerFile(hub, receipt))
	};
}
