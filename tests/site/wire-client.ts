/**
 * A client of a site server that speaks the wire by itself: it shares no code with the SDK or the
 * server, only what SPEC.md says, so that both being wrong in the same way is seen. It judges nothing
 * but proofs and keeps going where a real client would stop.
 *
 * @module
 */
import {
	createHash,
	createHmac,
	createPublicKey,
	diffieHellman,
	generateKeyPairSync,
	hkdfSync,
	randomBytes,
	type KeyObject
} from 'node:crypto';
import http from 'node:http';

export type Sent = {
	address: string;
	method: string;
	path: string;
	headers?: Record<string, string>;
	body?: string;
	agent?: http.Agent;
	/** How long it may take, in milliseconds. */
	patience?: number;
};

export type Answer = { status: number; headers: http.IncomingHttpHeaders; body: string };

/** One call, and its whole answer. @throws When the line breaks or nobody answers in time. */
export function call({ address, method, path, headers, body, agent, patience }: Sent) {
	return new Promise<Answer>((resolve, reject) => {
		const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
		const type = body === undefined ? {} : { 'content-type': 'application/json' };
		const request = http.request(`${address}${path}`, {
			method,
			agent,
			headers: { ...type, ...length, ...headers },
			signal: AbortSignal.timeout(patience ?? 20_000)
		});
		request.on('error', reject);
		request.on('response', (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('error', reject);
			response.on('end', () =>
				resolve({
					status: response.statusCode ?? 0,
					headers: response.headers,
					body: Buffer.concat(chunks).toString()
				})
			);
		});
		request.end(body);
	});
}

/** What a client knows of a lease, or of a place in line. */
export type Hold = {
	id: string;
	/** Nonce of the claim. */
	nonce: string;
	key: Buffer;
	/** Seconds. */
	ttl: number;
	/** Compact JWS; absent in line. */
	token?: string;
};

export type Said<T> =
	| ({ said: 'yes'; proven: boolean; status: number; body: Record<string, unknown> } & T)
	| { said: 'no'; proven: boolean; status: number; code: string; facts: Record<string, unknown> };

export type Wishes = {
	user?: string;
	machine?: string;
	version?: string;
	needs?: string[];
	resource?: string;
	wait?: boolean;
};

const x25519 = (x: string): KeyObject =>
	createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' });

const derive = (secret: Buffer, salt: string, purpose: string): Buffer =>
	Buffer.from(hkdfSync('sha256', secret, salt, purpose, 32));

export const macOf = (key: Buffer, text: string): string =>
	createHmac('sha256', key).update(text).digest('base64url');

export const newNonce = (): string => randomBytes(16).toString('base64url');

export class WireClient {
	readonly id: string;
	readonly product: string;
	readonly dh: string;
	readonly #key: KeyObject;
	/** Where the site is; a test moves it. */
	readonly at: { address: string };
	readonly agent?: http.Agent;
	/** How long a call may take, in milliseconds. */
	readonly patience?: number;
	#shared?: { site: string; key: Buffer };

	constructor(
		at: { address: string },
		options: { product: string; name?: string; agent?: http.Agent; patience?: number }
	) {
		const { product, name, agent, patience } = options;
		this.at = at;
		this.product = product;
		this.agent = agent;
		this.patience = patience;
		const pair = generateKeyPairSync('x25519');
		this.#key = pair.privateKey;
		this.dh = pair.publicKey.export({ format: 'jwk' }).x!;
		const thumb = createHash('sha256').update(Buffer.from(this.dh, 'base64url'));
		this.id = name === undefined ? `key:${thumb.digest('base64url')}` : `name:${name}`;
	}

	/** What is shared with the site that has this X25519 key. */
	sharedWith(site: string): Buffer {
		if (this.#shared?.site !== site) {
			const secret = diffieHellman({ privateKey: this.#key, publicKey: x25519(site) });
			this.#shared = { site, key: derive(secret, '', 'keyferry client') };
		}
		return this.#shared.key;
	}

	/** The X25519 key that the site says it has. */
	async siteKey(): Promise<string> {
		const { address } = this.at;
		const { status, body } = await call({
			address,
			method: 'GET',
			path: '/v1/site',
			agent: this.agent,
			patience: this.patience
		});
		if (status !== 200) throw new Error(`/v1/site: ${status} ${body}`);
		return (JSON.parse(body) as { dh: string }).dh;
	}

	/** Claims. The same nonce claimed once more is a retry of the same claim. */
	async claim(
		wishes: Wishes = {},
		{ nonce = newNonce(), site }: { nonce?: string; site?: string } = {}
	): Promise<Said<{ hold: Hold }>> {
		const shared = this.sharedWith(site ?? this.#shared?.site ?? (await this.siteKey()));
		const ask = { client: this.id, dh: this.dh, product: this.product, user: 'wire', ...wishes };
		const said = await this.prove(shared, 'POST', '/v1/leases', {
			nonce,
			body: JSON.stringify(ask)
		});
		if (said.said === 'no') return said;
		const token = said.body.lease as string | undefined;
		const { jti: id, ttl } = token
			? claimsOf(token)
			: { jti: said.body.id as string, ttl: said.body.ttl as number };
		return {
			...said,
			hold: { id, nonce, ttl, token, key: derive(shared, `${id} ${nonce}`, 'keyferry lease') }
		};
	}

	renew({ id, key }: Hold): Promise<Said<object>> {
		return this.prove(key, 'PUT', `/v1/leases/${id}`);
	}

	release({ id, key }: Hold): Promise<Said<object>> {
		return this.prove(key, 'DELETE', `/v1/leases/${id}`);
	}

	/** A call under any key, right or wrong. */
	async prove(
		key: Buffer,
		method: string,
		path: string,
		{ body = '', nonce = newNonce() }: { body?: string; nonce?: string } = {}
	): Promise<Said<object>> {
		const { address } = this.at;
		const headers = this.headers(key, { method, path, nonce, body });
		const { agent, patience } = this;
		const sent = { address, method, path, headers, agent, patience };
		const answer = await call(body === '' ? sent : { ...sent, body });
		return readAnswer(answer, { key, nonce });
	}

	headers(
		key: Buffer,
		{ method, path, nonce, body }: { method: string; path: string; nonce: string; body: string }
	): Record<string, string> {
		const text = `keyferry-request\n${method} ${path}\n${nonce}\n${body}`;
		return { 'keyferry-nonce': nonce, 'keyferry-mac': macOf(key, text) };
	}
}

function readAnswer(
	{ status, headers, body }: Answer,
	{ key, nonce }: { key: Buffer; nonce: string }
): Said<object> {
	const proven =
		headers['keyferry-mac'] === macOf(key, `keyferry-answer\n${status}\n${nonce}\n${body}`);
	const read = (body === '' ? {} : JSON.parse(body)) as Record<string, unknown>;
	if (status >= 200 && status < 300) return { said: 'yes', proven, status, body: read };
	const { code = '', facts = {} } = read as { code?: string; facts?: Record<string, unknown> };
	return { said: 'no', proven, status, code, facts };
}

/** Claims of a `lease` token, unverified. */
export function claimsOf(token: string): {
	jti: string;
	ttl: number;
	act: string;
	nonce: string;
	[name: string]: unknown;
} {
	const [, payload = ''] = token.split('.');
	return JSON.parse(Buffer.from(payload, 'base64url').toString()) as ReturnType<typeof claimsOf>;
}
