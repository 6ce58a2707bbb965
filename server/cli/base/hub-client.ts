/**
 * Talking to a hub: plain HTTP with JSON, refusals as values, anything else as a fault.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import * as http from 'node:http';
import * as tls from 'node:tls';
import { isTemporary } from '#lib/domain/after-refusal.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { NotAHub, readHubAnswer, readProblem, readRefusal, type HubAnswer } from './hub-answer.ts';
import { UsageError } from './outcome.ts';

export type HubAddress = {
	url: string;
	token?: string;
	/** How long it may be silent, where somebody said so. */
	timeoutSeconds?: number;
};

/** A courier with forty files soon wants to know that nobody is there. */
const SUBMIT_SECONDS = 10;
const CALL_SECONDS = 30;
/** A slow line carries so much in a second more, and a hub works through it. */
const BYTES_PER_SECOND = 32 * 1024;
/** The answer to a push has a file for each of its commands. */
const ANSWER_LIMIT = 64 * 1024 * 1024;

/** `--hub`, `--token`, `--ca` and `--timeout`, else `KEYFERRY_HUB` and so on. */
export function findHub({
	hub,
	token,
	ca,
	timeout
}: {
	hub?: string;
	token?: string;
	ca?: string;
	timeout?: string;
}): HubAddress {
	const url = hub ?? process.env.KEYFERRY_HUB;
	if (!url) throw new UsageError('Name the hub by --hub URL or KEYFERRY_HUB.');
	if (!/^https?:\/\/[^/]/.test(url)) throw new UsageError(`${url} is no address of a hub.`);
	useProxyOfEnvironment();
	const authority = ca ?? process.env.KEYFERRY_CA;
	if (authority) trustAuthority(authority);
	return {
		url: url.replace(/\/+$/, ''),
		token: token ?? process.env.KEYFERRY_TOKEN,
		timeoutSeconds: secondsAsked(timeout ?? (process.env.KEYFERRY_TIMEOUT || undefined))
	};
}

function secondsAsked(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	if (!/^[1-9]\d{0,4}$/.test(text)) throw new UsageError('--timeout takes seconds, such as 10.');
	return Number(text);
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

const routes = {
	request: { path: '/v1/activations', member: 'request' },
	return: { path: '/v1/returns', member: 'return' },
	fact: { path: '/v1/facts', member: 'file' },
	usage: { path: '/v1/usage', member: 'file' }
} as const;

/** `POST /v1/activations`, `/v1/returns`, `/v1/facts` or `/v1/usage`. @throws NotAHub */
export async function submitParcel(
	hub: HubAddress,
	{ kind, text }: { kind: keyof typeof routes; text: string }
): Promise<HubAnswer> {
	const { path, member } = routes[kind];
	const reply = await sendPatiently(hub, path, { [member]: text });
	if (isRefusal(reply)) return { refusal: reply };
	return readHubAnswer(reply.body, reply.ok) ?? fail(strange(hub, reply));
}

/** One tRPC procedure over plain HTTP. @see https://trpc.io/docs/rpc */
export async function callHub<T>(
	hub: HubAddress,
	{ procedure, input, query = false }: { procedure: string; input?: unknown; query?: boolean }
): Promise<T | Refusal> {
	const asked =
		query && input !== undefined ? `?input=${encodeURIComponent(JSON.stringify(input))}` : '';
	const reply = await send(hub, `/rpc/${procedure}${asked}`, {
		body: query ? undefined : (input ?? {}),
		seconds: CALL_SECONDS
	});
	if (isRefusal(reply)) return reply;
	const answer = reply.body as {
		result?: { data: T };
		error?: { message?: unknown; data?: { refusal?: unknown } };
	} | null;
	if (reply.ok && answer?.result) return answer.result.data;
	return readRefusal(answer?.error?.data?.refusal) ?? fail(strange(hub, reply, answer?.error));
}

/** `POST` of JSON to a route of `/v1`. */
export async function postToHub<T>(
	hub: HubAddress,
	path: string,
	body: unknown
): Promise<T | Refusal> {
	const reply = await sendPatiently(hub, path, body);
	if (isRefusal(reply)) return reply;
	if (reply.ok && reply.body !== null) return reply.body as T;
	return readProblem(reply.body) ?? fail(strange(hub, reply));
}

/** A whole file of the hub. It may take as long as it takes. */
export async function downloadFrom(
	hub: HubAddress,
	path: string
): Promise<ReadableStream<Uint8Array<ArrayBuffer>> | Refusal> {
	const response = await reach(hub, path, {});
	if (isRefusal(response)) return response;
	if (response.ok && response.body) return response.body;
	return readProblem(await readJson(response)) ?? fail(strange(hub, response));
}

/** A file to a path of the hub, as its body. It may take as long as it takes. */
export async function sendFile<T>(hub: HubAddress, path: string, file: Blob): Promise<T | Refusal> {
	const headers = { 'content-type': 'application/octet-stream' };
	const response = await reach(hub, path, { method: 'POST', body: file, headers });
	if (isRefusal(response)) return response;
	const answer = await readJson(response);
	if (response.ok && answer !== null) return answer as T;
	return readProblem(answer) ?? fail(strange(hub, response));
}

/**
 * A file, or a part of it, from a path of the hub or from another address, which is shown no key of the hub.
 *
 * @returns `undefined` where the line is broken or whoever is there is busy: the same may do after a while.
 */
export async function fetchFrom(
	hub: HubAddress,
	href: string,
	headers: Record<string, string>
): Promise<{ status: number; body: AsyncIterable<Uint8Array> } | Refusal | undefined> {
	const isHere = href.startsWith('/');
	const response = isHere
		? await reach(hub, href, { headers })
		: await fetch(href, { headers }).catch(() => undefined);
	if (!response || isRefusal(response)) return undefined;
	const { status, ok, body } = response;
	if (ok && body) return { status, body };
	const refusal = isHere ? readProblem(await readJson(response)) : undefined;
	if (refusal && !isTemporary(refusal.refused)) return refusal;
	if (status === 429 || status >= 500) return undefined;
	return refusal ?? fail(strange({ url: new URL(href, hub.url).origin }, response));
}

function fail(error: Error): never {
	throw error;
}

/** How long one piece waits in all for a hub that asks for patience: longer than any of its limits. */
const PATIENCE_SECONDS = 90;

/** A hub that says when to come again is waited for, within bounds. What it refused it did not do. */
async function sendPatiently(hub: HubAddress, path: string, body: unknown) {
	for (let waited = 0; ;) {
		const reply = await send(hub, path, { body, seconds: SUBMIT_SECONDS });
		if (isRefusal(reply) || reply.retryAfter === undefined) return reply;
		const seconds = Math.max(1, reply.retryAfter);
		waited += seconds;
		if (waited > PATIENCE_SECONDS) return reply;
		await new Promise((done) => setTimeout(done, seconds * 1000));
	}
}

type Reply = {
	ok: boolean;
	status: number;
	/** `null` where it is no JSON, or never ends. */
	body: unknown;
	/** Seconds, where the answer says no only for now. (RFC 9110, 10.2.3) */
	retryAfter?: number;
};

/** `POST`, or `GET` where there is no body. */
async function send(
	hub: HubAddress,
	path: string,
	{ body, seconds }: { body?: unknown; seconds: number }
): Promise<Reply | Refusal<'HUB_UNREACHABLE'>> {
	const text = body === undefined ? undefined : JSON.stringify(body);
	const patience = (hub.timeoutSeconds ?? seconds) + (text?.length ?? 0) / BYTES_PER_SECOND;
	const response = await reach(hub, path, {
		method: text === undefined ? 'GET' : 'POST',
		body: text,
		signal: AbortSignal.timeout(Math.ceil(patience * 1000))
	});
	if (isRefusal(response)) return response;
	const answer = await readJson(response);
	const { ok, status } = response;
	return { ok, status, body: answer, retryAfter: secondsToWait(response, answer) };
}

async function readJson({ body }: Response): Promise<unknown> {
	const chunks: Uint8Array[] = [];
	let total = 0;
	try {
		for await (const chunk of body ?? []) {
			chunks.push(chunk);
			total += chunk.length;
			if (total > ANSWER_LIMIT) return null;
		}
		return JSON.parse(Buffer.concat(chunks).toString());
	} catch {
		return null;
	}
}

function secondsToWait({ status, headers }: Response, answer: unknown): number | undefined {
	if (status !== 429 && status !== 503) return undefined;
	const said = headers.get('retry-after');
	if (said !== null && /^\d{1,6}$/.test(said)) return Number(said);
	const until = said === null ? Number.NaN : Date.parse(said);
	if (!Number.isNaN(until)) return Math.ceil((until - Date.now()) / 1000);
	const refusal = readProblem(answer);
	const seconds: unknown =
		refusal?.refused === 'RATE_LIMITED' ? refusal.facts.retryAfterSeconds : undefined;
	return Number.isFinite(seconds) ? Number(seconds) : undefined;
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
				...(init.headers as Record<string, string> | undefined),
				...(token ? { authorization: `Bearer ${token}` } : {})
			}
		});
	} catch (fault) {
		const { code = '' } = ((fault as Error).cause ?? {}) as NodeJS.ErrnoException;
		if (/CERT|SIGNED|UNABLE_TO/.test(code))
			throw new NotAHub(
				`The certificate of ${url} is not trusted here (${code}). ` +
					'Name the authority that signed it by --ca FILE.'
			);
		return refuse('HUB_UNREACHABLE', { hub: url });
	}
}

/** @param said - What the error of a procedure says of itself. */
function strange(
	{ url }: HubAddress,
	{ status }: { status: number },
	said?: { message?: unknown }
) {
	const message = typeof said?.message === 'string' ? said.message.slice(0, 300) : '';
	return new NotAHub(
		`${url} answered ${status}${message ? `: ${message}` : ', which is not a hub’s answer'}.`
	);
}
