/**
 * Commands of a push before any lock is taken: signatures are checked and licenses found.
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Command } from '#lib/domain/sync.ts';
import type { VerifiedReturn } from '#lib/signing/return.ts';
import { admit, readRequest, readWaiting, type ReadRequest } from './admit.ts';
import type { Ask, PlacedReturn } from './ask.ts';
import { actorOf, type Asker, type Hub } from './hub.ts';
import { placeReturns, readReturn } from './read-return.ts';

/** A command with what it asks for, or with the "no" that needs no license to be said. */
export type Prepared = {
	command: Command;
	request?: string;
	what: Ask | PlacedReturn | Refusal;
	/** Returns that a refused request carries: facts all the same. [SY10] */
	carried?: readonly PlacedReturn[];
};

/** @param asker - Absent for a push of an author who is not known: what proves itself is done. */
export async function prepareCommands(
	hub: Hub,
	pushed: readonly Command[],
	asker: Asker | undefined
): Promise<Prepared[]> {
	const read = await Promise.all(
		pushed.map(async (command) => ({ command, read: await readCommand(hub, command, asker) }))
	);
	const requests: ReadRequest[] = [];
	const returns: VerifiedReturn[] = [];
	for (const { read: each } of read) {
		if (isRefusal(each)) continue;
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
		if (!('request' in each)) return { command, what: placeOf.get(each)! };
		const { request, returns: carried } = each;
		if (!asker && request.claims.proof === undefined)
			return { command, what: refuse('SIGN_IN_REQUIRED', {}), carried };
		return { command, request: request.claims.jti, what: askOf.get(each)!, carried };
	});
}

/** A newer desk may send what this hub does not know. */
function readCommand(
	hub: Hub,
	{ type, version, args }: Command,
	asker: Asker | undefined
): Promise<ReadRequest | VerifiedReturn | Refusal> {
	const readers = new Map<
		string,
		(text: string) => Promise<ReadRequest | VerifiedReturn | Refusal>
	>([
		['activation.request', (text) => readRequest(hub, text, asker)],
		['activation.return', (text) => readReturn(hub, text)],
		['request.wait', (text) => readWaiting(hub, text, { asker, way: 'wait' })],
		['request.withdraw', (text) => readWaiting(hub, text, { asker, way: 'withdraw' })]
	]);
	const read = version === 1 ? readers.get(type) : undefined;
	if (!read) return Promise.resolve(refuse('COMMAND_UNKNOWN', { type, version }));
	const text: unknown = 'request' in args ? args.request : 'file' in args ? args.file : undefined;
	if (typeof text === 'string') return read(text);
	return Promise.resolve(refuse('BODY_INVALID', { path: 'args', reason: 'missing' }));
}
