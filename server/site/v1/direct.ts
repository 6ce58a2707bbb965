/**
 * Leases as they come off the line: what hundreds of clients ask all day is answered without the objects
 * that a page needs. The same endpoints, and the same words. [LE1, LE4]
 *
 * @module
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { MAC_HEADER } from '#lib/protocol/lease.ts';
import type { SiteEdge, SiteEndpoint } from './endpoint.ts';
import { decline, type Answered, type ClientCall } from './exchange.ts';
import { releaseLease, renewLease } from './lease.ts';
import { postLeases } from './leases.ts';

export type DirectParts = {
	/** Whether the site goes by the name that was asked. */
	isOwn: (host: string) => boolean;
	/** Of the caller; nothing where that takes a look at more than the line. */
	addressOf: (asked: IncomingMessage) => string | undefined;
	/** Something broke, and was written down under this number. */
	faultOf: (error: unknown, call: ClientCall) => Answered;
};

/** Bytes: no claim has more. */
export const CLAIM_LIMIT = 16 * 1024;

const LEASES = '/v1/leases';
/** An id, and nothing after it. */
const LEASE = /^\/v1\/leases\/([0-9a-f-]{36})$/;

/** @returns Whether it takes the call; what it does not take is asked in the long way. */
export function answerDirectly(
	edge: SiteEdge,
	{ isOwn, addressOf, faultOf }: DirectParts
): (asked: IncomingMessage, answered: ServerResponse) => boolean {
	return (asked, answered) => {
		const { method = '', url: path = '', headers } = asked;
		const [endpoint, id] = endpointOf(method, path);
		const length = Number(headers['content-length'] ?? 0);
		if (!endpoint || length > CLAIM_LIMIT || headers['transfer-encoding'] !== undefined)
			return false;
		const address = addressOf(asked);
		if (address === undefined || !isOwn(headers.host ?? '')) return false;
		const get = (name: string) => {
			const value = headers[name];
			return typeof value === 'string' ? value : null;
		};
		const call = { method, path, headers: { get }, body: '', address };
		const reply = async () => {
			try {
				call.body = length > 0 ? await read(asked) : '';
				write(answered, limited(edge, call, await endpoint.answer(edge, call, id)));
			} catch (error) {
				// Whoever has gone is told nothing.
				if (!answered.destroyed) write(answered, faultOf(error, call));
			}
		};
		void reply();
		return true;
	};
}

function endpointOf(method: string, path: string): [SiteEndpoint | undefined, string] {
	if (path === LEASES) return [method === 'POST' ? postLeases : undefined, ''];
	if (method !== 'PUT' && method !== 'DELETE') return [undefined, ''];
	const id = LEASE.exec(path)?.[1];
	if (id === undefined) return [undefined, ''];
	return [method === 'PUT' ? renewLease : releaseLease, id];
}

/** At most as long as was announced: Node reads no further. */
function read(asked: IncomingMessage): Promise<string> {
	return new Promise((resolve, reject) => {
		const pieces: Buffer[] = [];
		asked.on('data', (piece: Buffer) => pieces.push(piece));
		asked.on('end', () =>
			resolve((pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)).toString())
		);
		asked.on('error', reject);
	});
}

function write(answered: ServerResponse, { status, headers, body }: Answered): void {
	answered.writeHead(status, {
		...headers,
		'content-length': Buffer.byteLength(body),
		'x-content-type-options': 'nosniff'
	});
	answered.end(body);
}

/** What is not proven to its caller is told only so often to one address. */
export function limited({ counter }: SiteEdge, call: ClientCall, answered: Answered): Answered {
	if (answered.headers[MAC_HEADER] !== undefined) return answered;
	const refusal = counter.unproven(call.address);
	return refusal ? decline(refusal, call) : answered;
}
