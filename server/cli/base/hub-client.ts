/**
 * Talking to a hub: plain HTTP with JSON, refusals as values, anything else as a fault.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import * as http from 'node:http';
import * as tls from 'node:tls';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { UsageError } from './outcome.ts';

export type HubAddress = { url: string; token?: string };

const TIMEOUT_MS = 30_000;

/** `--hub`, `--token` and `--ca`, else `KEYFERRY_HUB`, `KEYFERRY_TOKEN` and `KEYFERRY_CA`. */
export function findHub({
	hub,
	token,
	ca
}: {
	hub?: string;
	token?: string;
	ca?: string;
}): HubAddress {
	const url = hub ?? process.env.KEYFERRY_HUB;
	if (!url) throw new UsageError('Name the hub by --hub URL or KEYFERRY_HUB.');
	if (!/^https?:\/\/[^/]/.test(url)) throw new UsageError(`${url} is no address of a hub.`);
	useProxyOfEnvironment();
	const authority = ca ?? process.env.KEYFERRY_CA;
	if (authority) trustAuthority(authority);
	return { url: url.replace(/\/+$/, ''), token: token ?? process.env.KEYFERRY_TOKEN };
}

/** `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, as other commands take them. */
function useProxyOfEnvironment(): void {
	// Absent in the first releases of Node 24, where NODE_USE_ENV_PROXY=1 does the same.
	const { setGlobalProxyFromEnv } = http as { setGlobalProxyFromEnv?: () => void };
	setGlobalProxyFromEnv?.();
}

/** Beside those of the system: a hub may have moved to a public certificate meanwhile. */
function trustAuthority(file: string): void {
	tls.setDefaultCACertificates([...tls.getCACertificates('default'), readFileSync(file, 'utf8')]);
}

/** What `/v1` answers. A refusal may bring the file that carries it inside. [O11] */
export type HubAnswer = {
	file?: string;
	/** Of the returns that a request carried. [MA4] */
	receipts?: string[];
	notices?: { code: string; title: string; next: string }[];
	refusal?: Refusal;
};

const routes = {
	request: { path: '/v1/activations', member: 'request' },
	return: { path: '/v1/returns', member: 'return' },
	fact: { path: '/v1/facts', member: 'file' }
} as const;

/** `POST /v1/activations`, `/v1/returns` or `/v1/facts`. */
export async function submitParcel(
	hub: HubAddress,
	{ kind, text }: { kind: keyof typeof routes; text: string }
): Promise<HubAnswer> {
	const { path, member } = routes[kind];
	const response = await sendPatiently(hub, path, { [member]: text });
	if (isRefusal(response)) return { refusal: response };
	const { ok, body } = response;
	if (typeof body !== 'object' || body === null) throw strange(hub, response.status);
	if (ok) return body;
	const problem = body as { code?: string; facts?: unknown } & Pick<HubAnswer, 'file' | 'receipts'>;
	if (typeof problem.code !== 'string') throw strange(hub, response.status);
	// Sound: explained by its code, whatever a newer hub puts into the facts.
	const refusal = { refused: problem.code, facts: problem.facts ?? {} } as Refusal;
	return { refusal, file: problem.file, receipts: problem.receipts };
}

/** One tRPC procedure over plain HTTP. @see https://trpc.io/docs/rpc */
export async function callHub<T>(
	hub: HubAddress,
	{ procedure, input, query = false }: { procedure: string; input?: unknown; query?: boolean }
): Promise<T | Refusal> {
	const asked =
		query && input !== undefined ? `?input=${encodeURIComponent(JSON.stringify(input))}` : '';
	const response = await send(hub, `/rpc/${procedure}${asked}`, {
		method: query ? 'GET' : 'POST',
		body: query ? undefined : (input ?? {})
	});
	if (isRefusal(response)) return response;
	const answer = response.body as {
		result?: { data: T };
		error?: { message?: string; data?: { refusal?: Refusal } };
	} | null;
	if (response.ok && answer?.result) return answer.result.data;
	const refusal = answer?.error?.data?.refusal;
	if (isRefusal(refusal)) return refusal;
	throw strange(hub, response.status, answer?.error?.message);
}

/** `POST` of JSON to a route of `/v1`. */
export async function postToHub<T>(
	hub: HubAddress,
	path: string,
	body: unknown
): Promise<T | Refusal> {
	const response = await sendPatiently(hub, path, body);
	if (isRefusal(response)) return response;
	if (response.ok && response.body !== null) return response.body as T;
	return refusalOf(response.body) ?? fail(strange(hub, response.status));
}

/** A whole file of the hub. It may take as long as it takes. */
export async function downloadFrom(
	hub: HubAddress,
	path: string
): Promise<ReadableStream<Uint8Array<ArrayBuffer>> | Refusal> {
	const response = await reach(hub, path, {});
	if (isRefusal(response)) return response;
	if (response.ok && response.body) return response.body;
	const answer: unknown = await response.json().catch(() => null);
	return refusalOf(answer) ?? fail(strange(hub, response.status));
}

/** The refusal of a problem document. */
function refusalOf(body: unknown): Refusal | undefined {
	const { code, facts } = (body ?? {}) as { code?: unknown; facts?: unknown };
	if (typeof code !== 'string') return undefined;
	// Sound: explained by its code, whatever a newer hub puts into the facts.
	return { refused: code, facts: facts ?? {} } as Refusal;
}

function fail(error: Error): never {
	throw error;
}

/** How long one piece waits in all for a hub that asks for patience. */
const PATIENCE_SECONDS = 30;

/** A hub that says when to come again is waited for, within bounds. What it refused it did not do. */
async function sendPatiently(hub: HubAddress, path: string, body: unknown) {
	for (let waited = 0; ;) {
		const response = await send(hub, path, { method: 'POST', body });
		if (isRefusal(response) || response.retryAfter === undefined) return response;
		const seconds = Math.max(1, response.retryAfter);
		waited += seconds;
		if (waited > PATIENCE_SECONDS) return response;
		await new Promise((done) => setTimeout(done, seconds * 1000));
	}
}

type Reply = {
	ok: boolean;
	status: number;
	body: unknown;
	/** Seconds, where the answer says no only for now. (RFC 9110, 10.2.3) */
	retryAfter?: number;
};

async function send(
	hub: HubAddress,
	path: string,
	{ method, body }: { method: 'GET' | 'POST'; body?: unknown }
): Promise<Reply | Refusal<'HUB_UNREACHABLE'>> {
	const response = await reach(hub, path, {
		method,
		body: body === undefined ? undefined : JSON.stringify(body),
		signal: AbortSignal.timeout(TIMEOUT_MS)
	});
	if (isRefusal(response)) return response;
	const answer: unknown = await response.json().catch(() => null);
	const { ok, status } = response;
	return { ok, status, body: answer, retryAfter: secondsToWait(response, answer) };
}

function secondsToWait({ status, headers }: Response, answer: unknown): number | undefined {
	if (status !== 429 && status !== 503) return undefined;
	const said = headers.get('retry-after');
	if (said !== null && /^\d{1,6}$/.test(said)) return Number(said);
	const until = said === null ? Number.NaN : Date.parse(said);
	if (!Number.isNaN(until)) return Math.ceil((until - Date.now()) / 1000);
	const refusal = refusalOf(answer);
	return refusal?.refused === 'RATE_LIMITED' ? refusal.facts.retryAfterSeconds : undefined;
}

async function reach(
	{ url, token }: HubAddress,
	path: string,
	init: RequestInit
): Promise<Response | Refusal<'HUB_UNREACHABLE'>> {
	try {
		return await fetch(`${url}${path}`, {
			...init,
			headers: {
				'content-type': 'application/json',
				'x-keyferry': '1',
				...(token ? { authorization: `Bearer ${token}` } : {})
			}
		});
	} catch (fault) {
		const { code = '' } = ((fault as Error).cause ?? {}) as NodeJS.ErrnoException;
		if (/CERT|SIGNED|UNABLE_TO/.test(code))
			throw new Error(
				`The certificate of ${url} is not trusted here (${code}). ` +
					'Name the authority that signed it by --ca FILE.'
			);
		return refuse('HUB_UNREACHABLE', { hub: url });
	}
}

function strange({ url }: HubAddress, status: number, message = ''): Error {
	return new Error(
		`${url} answered ${status}${message ? `: ${message}` : ', which is not a hub’s answer'}.`
	);
}
