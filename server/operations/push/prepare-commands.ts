/**
 * Commands of a push before any lock is taken: signatures are checked and licenses found.
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { isTextCommand, textCommands, type Command } from '#lib/protocol/commands.ts';
import type { VerifiedReturn } from '#lib/signing/return.ts';
import { actorOf, type Asker, type Hub } from '#server/hub/hub.ts';
import type {
	Placed,
	PlacedAllotment,
	PlacedRequest,
	PlacedReturn,
	RequestIntent,
	SigningDesk
} from '#server/ledger/held/ask.ts';
import { admit, readRequest, type ReadRequest } from '#server/operations/activations/admit.ts';
import { placeReservation } from '#server/operations/allotments/place-reservation.ts';
import { placeSwitch } from '#server/operations/licenses/place-switch.ts';
import type { PlacedSwitch } from '#server/operations/licenses/switch-entitlements.ts';
import { placeChange } from '#server/operations/texts/place-change.ts';
import { openFactReader, readFact, type FactReader } from '#server/operations/facts/read-fact.ts';
import { readSaid } from '#server/operations/facts/read-said.ts';
import { placeReturns, readReturn } from '#server/operations/facts/read-return.ts';
import { commandFailure, isCommandFault } from './command-fault.ts';

/** A command, and what it asks of a ledger. */
export type Prepared = { command: Command; asked: CommandAsk };

export type CommandAsk = Exclude<Placed, PlacedAllotment> | PlacedSwitch | Declined;

/** A "no" that needs no license to be said. */
export type Declined = {
	kind: 'declined';
	refusal: Refusal;
	/** `jti` of the request that it answers. */
	request?: string;
	/** Returns that the refused request carries: facts all the same. [SY10] */
	returns: readonly PlacedReturn[];
};

/** Who pushes. */
export type Author = {
	/** Absent where the author is not known: what proves itself is done. */
	asker: Asker | undefined;
	/** The desk that signed the push. [SY9] */
	desk?: SigningDesk;
};

/** Prepares all, or where one throws, each by itself: it fails alone. [SY3] */
export async function prepareEach(
	hub: Hub,
	pushed: readonly Command[],
	author: Author
): Promise<Prepared[]> {
	try {
		return await prepareCommands(hub, pushed, author);
	} catch (fault) {
		if (!isCommandFault(fault)) throw fault;
	}
	const prepared: Prepared[] = [];
	for (const command of pushed)
		try {
			prepared.push(...(await prepareCommands(hub, [command], author)));
		} catch (fault) {
			if (!isCommandFault(fault)) throw fault;
			prepared.push({ command, asked: declined(commandFailure(hub, command, fault)) });
		}
	return prepared;
}

async function prepareCommands(
	hub: Hub,
	pushed: readonly Command[],
	{ asker, desk }: Author
): Promise<Prepared[]> {
	const facts = openFactReader(hub, actorOf(asker));
	const read = await Promise.all(
		pushed.map((command) => readCommand(hub, command, { asker, desk, facts }))
	);
	const requests = read.filter((each) => each.kind === 'unplaced-request');
	const returns = read.filter((each) => each.kind === 'unplaced-return');
	const admitted = await admit(
		hub,
		requests.map((each) => ({ ...each.read, asker }))
	);
	const proofs = returns.map(({ proof }) => proof);
	const placed = await placeReturns(hub, proofs, actorOf(asker));
	const askedOf = new Map<ReadCommand, CommandAsk>([
		...requests.map((each, at) => [each, askedBy(each.read, admitted[at]!, asker)] as const),
		...returns.map((each, at) => [each, orDeclined(placed[at]!)] as const)
	]);
	return pushed.map((command, at) => {
		const each = read[at]!;
		const isPlaced = each.kind !== 'unplaced-request' && each.kind !== 'unplaced-return';
		return { command, asked: isPlaced ? each : askedOf.get(each)! };
	});
}

/** Who is not known may ask for what proves itself: the rest waits for its author. [SY8] */
function askedBy(
	{ request: { claims }, returns }: ReadRequest,
	admitted: PlacedRequest | Refusal,
	asker: Asker | undefined
): CommandAsk {
	if (!asker && claims.proof === undefined)
		return { kind: 'declined', refusal: refuse('SIGN_IN_REQUIRED', {}), returns };
	if (!isRefusal(admitted)) return admitted;
	return { kind: 'declined', refusal: admitted, request: claims.jti, returns };
}

function orDeclined<P extends CommandAsk>(placed: P | Refusal): P | Declined {
	return isRefusal(placed) ? declined(placed) : placed;
}

function declined(refusal: Refusal): Declined {
	return { kind: 'declined', refusal, returns: [] };
}

/** What a command says, placed already where that takes no look at what others say. */
type ReadCommand =
	| CommandAsk
	| { kind: 'unplaced-request'; read: ReadRequest }
	| { kind: 'unplaced-return'; proof: VerifiedReturn };

/** A newer desk may send what this hub does not know. */
async function readCommand(
	hub: Hub,
	command: Command,
	{ asker, desk, facts }: Author & { facts: FactReader }
): Promise<ReadCommand> {
	const { type, version, args } = command;
	if (version === 1 && type === 'allotment.reserve')
		return orDeclined(await placeReservation(hub, command, { asker, desk }));
	if (version === 1 && type === 'license.allow')
		return orDeclined(await placeSwitch(hub, command, asker));
	if (version === 1 && isTextCommand(type))
		return orDeclined(await placeChange(hub, { field: textCommands[type], args }, asker));
	const request = async (text: string, intent: RequestIntent): Promise<ReadCommand> => {
		const read = await readRequest(hub, text, { asker, intent });
		return isRefusal(read) ? declined(read) : { kind: 'unplaced-request', read };
	};
	const readers = new Map<string, (text: string) => Promise<ReadCommand>>([
		['activation.request', (text) => request(text, 'decide')],
		['request.wait', (text) => request(text, 'wait')],
		['request.withdraw', (text) => request(text, 'withdraw')],
		[
			'activation.draw',
			async (text) => {
				const draw = await readFact(facts, text, 'draw');
				const asked = 'asked' in args ? args.asked : undefined;
				if (isRefusal(draw) || draw.kind !== 'draw') return orDeclined(draw);
				return { ...draw, said: await readSaid(draw.claims, asked) };
			}
		],
		['allotment.close', async (text) => orDeclined(await readFact(facts, text, 'close'))],
		[
			'activation.return',
			async (text) => {
				const proof = await readReturn(hub, text);
				return isRefusal(proof) ? declined(proof) : { kind: 'unplaced-return', proof };
			}
		]
	]);
	const read = version === 1 ? readers.get(type) : undefined;
	if (!read) return declined(refuse('COMMAND_UNKNOWN', { type, version }));
	const text: unknown = 'request' in args ? args.request : 'file' in args ? args.file : undefined;
	if (typeof text === 'string') return read(text);
	return declined(refuse('BODY_INVALID', { path: 'args', reason: 'missing' }));
}
