/**
 * Commands of a push before any lock is taken: signatures are checked and licenses found.
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Command } from '#lib/protocol/commands.ts';
import type { VerifiedReturn } from '#lib/signing/return.ts';
import {
	admit,
	readRequest,
	readWaiting,
	type ReadRequest
} from '#server/operations/activations/admit.ts';
import type {
	Ask,
	PlacedClose,
	PlacedDraw,
	PlacedReservation,
	PlacedReturn
} from '#server/ledger/ask.ts';
import { actorOf, type Asker, type Hub } from '#server/hub/hub.ts';
import type { SigningDesk } from './outboxes.ts';
import { openFactReader, readFact, type FactReader } from '#server/operations/facts/read-fact.ts';
import { placeReturns, readReturn } from '#server/operations/facts/read-return.ts';
import { placeReservation } from '#server/ledger/reserve.ts';

/** A command with what it asks for, or with the "no" that needs no license to be said. */
export type Prepared = {
	command: Command;
	request?: string;
	what: Ask | PlacedReturn | PlacedDraw | PlacedClose | PlacedReservation | Refusal;
	/** Returns that a refused request carries: facts all the same. [SY10] */
	carried?: readonly PlacedReturn[];
};

/** Who pushes. */
export type Author = {
	/** Absent where the author is not known: what proves itself is done. */
	asker: Asker | undefined;
	/** The desk that signed the push. [SY9] */
	desk?: SigningDesk;
};

export async function prepareCommands(
	hub: Hub,
	pushed: readonly Command[],
	{ asker, desk }: Author
): Promise<Prepared[]> {
	const facts = openFactReader(hub, actorOf(asker));
	const read = await Promise.all(
		pushed.map(async (command) => ({
			command,
			read: await readCommand(hub, command, { asker, desk, facts })
		}))
	);
	const requests: ReadRequest[] = [];
	const returns: VerifiedReturn[] = [];
	for (const { read: each } of read) {
		if (isRefusal(each) || isPlaced(each)) continue;
		if ('request' in each) requests.push(each);
		else returns.push(each);
	}
	const asks = await admit(
		hub,
		requests.map(({ request, returns: carried, way }) => ({
			request,
			asker,
			returns: carried,
			way
		}))
	);
	const placed = await placeReturns(hub, returns, actorOf(asker));
	const askOf = new Map(requests.map((each, at) => [each, asks[at]!]));
	const placeOf = new Map(returns.map((each, at) => [each, placed[at]!]));
	return read.map(({ command, read: each }) => {
		if (isRefusal(each)) return { command, what: each };
		if (isPlaced(each)) return { command, request: requestOf(each), what: each };
		if (!('request' in each)) return { command, what: placeOf.get(each)! };
		const { request, returns: carried } = each;
		if (!asker && request.claims.proof === undefined)
			return { command, what: refuse('SIGN_IN_REQUIRED', {}), carried };
		return { command, request: request.claims.jti, what: askOf.get(each)!, carried };
	});
}

/** Read and placed at once. */
type Placed = PlacedDraw | PlacedClose | PlacedReservation;

type Read = ReadRequest | VerifiedReturn | Placed | Refusal;

function isPlaced(read: Exclude<Read, Refusal>): read is Placed {
	return 'kind' in read || 'reserve' in read;
}

/** A draw answers the request that it was drawn for. */
function requestOf(placed: Placed): string | undefined {
	return 'kind' in placed && placed.kind === 'draw' ? placed.claims.req : undefined;
}

/** A newer desk may send what this hub does not know. */
function readCommand(
	hub: Hub,
	command: Command,
	{ asker, desk, facts }: Author & { facts: FactReader }
): Promise<Read> {
	const { type, version, args } = command;
	if (version === 1 && type === 'allotment.reserve')
		return placeReservation(hub, command, { asker, desk });
	const readers = new Map<string, (text: string) => Promise<Read>>([
		['activation.request', (text) => readRequest(hub, text, asker)],
		['activation.return', (text) => readReturn(hub, text)],
		['activation.draw', (text) => readFact(facts, text, 'draw')],
		['allotment.close', (text) => readFact(facts, text, 'close')],
		['request.wait', (text) => readWaiting(hub, text, { asker, way: 'wait' })],
		['request.withdraw', (text) => readWaiting(hub, text, { asker, way: 'withdraw' })]
	]);
	const read = version === 1 ? readers.get(type) : undefined;
	if (!read) return Promise.resolve(refuse('COMMAND_UNKNOWN', { type, version }));
	const text: unknown = 'request' in args ? args.request : 'file' in args ? args.file : undefined;
	if (typeof text === 'string') return read(text);
	return Promise.resolve(refuse('BODY_INVALID', { path: 'args', reason: 'missing' }));
}
