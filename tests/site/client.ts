/**
 * A client that speaks the wire of a site server, word by word: what is sent is what a test says.
 *
 * @module
 */
import { randomBytes } from 'node:crypto';
import { isRefusal } from '#lib/domain/refusal.ts';
import { decodeToken } from '#lib/formats/jws.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import {
	answerText,
	eventText,
	MAC_HEADER,
	NONCE_HEADER,
	requestText,
	type LeaseAsk,
	type LeaseEvent,
	type SiteInfo
} from '#lib/protocol/lease.ts';
import {
	clientIdOf,
	isMacOf,
	leaseKey,
	macOf,
	makeDhKey,
	openDhKey,
	sharedKey,
	type DhKey
} from '#lib/sdk/node/lease-keys.ts';

export type Said = {
	status: number;
	body: Record<string, unknown>;
	/** Whether the answer is proven, over the nonce of the call. */
	proven: boolean;
};

/** A lease or a place, with the key that it is held by. */
export type Held = { id: string; key: Buffer; claims?: Claims['lease']; said: Said };

export class Client {
	readonly address: string;
	readonly dh: DhKey;
	readonly id: string;
	product = 'atlas-server';

	constructor(address: string, { name, dh = makeDhKey() }: { name?: string; dh?: DhKey } = {}) {
		this.address = address;
		this.dh = dh;
		this.id = name === undefined ? clientIdOf(dh.x) : `name:${name}`;
	}

	async site(): Promise<SiteInfo> {
		return (await (await fetch(`${this.address}/v1/site`)).json()) as SiteInfo;
	}

	async shared(): Promise<Buffer> {
		return sharedKey(openDhKey(this.dh), (await this.site()).dh);
	}

	/** @returns What was answered; with the key of what was granted or is waited for. */
	async claim(ask: Partial<LeaseAsk> = {}, nonce = nonceOf()): Promise<Held> {
		const shared = await this.shared();
		const who = { client: this.id, dh: this.dh.x, product: this.product, user: 'Demo Person' };
		const body = JSON.stringify({ ...who, machine: 'bench-01', ...ask });
		const said = await this.send({ method: 'POST', path: '/v1/leases', body, nonce, key: shared });
		const claims = typeof said.body.lease === 'string' ? claimsIn(said.body.lease) : undefined;
		const id = claims?.jti ?? String(said.body.id);
		return { id, key: leaseKey(shared, { id, nonce }), claims, said };
	}

	renew({ id, key }: Held): Promise<Said> {
		return this.send({ method: 'PUT', path: `/v1/leases/${id}`, key });
	}

	release({ id, key }: Held): Promise<Said> {
		return this.send({ method: 'DELETE', path: `/v1/leases/${id}`, key });
	}

	async watch({ id, key }: Held): Promise<Watch> {
		const path = `/v1/leases/${id}/events`;
		const nonce = nonceOf();
		const mac = macOf(key, requestText({ method: 'GET', path, nonce, body: '' }));
		const headers = { [NONCE_HEADER]: nonce, [MAC_HEADER]: mac };
		const response = await fetch(`${this.address}${path}`, { headers });
		const proof = response.headers.get(MAC_HEADER) ?? '';
		const { status } = response;
		if (status !== 200 || !isMacOf(key, answerText({ status, nonce, body: '' }), proof))
			throw new Error(`not proven, or refused: ${status}`);
		return new Watch(response, key);
	}

	async send({ method, path, body = '', nonce = nonceOf(), key }: Sending): Promise<Said> {
		const mac = macOf(key, requestText({ method, path, nonce, body }));
		const answered = await fetch(`${this.address}${path}`, {
			method,
			headers: { [NONCE_HEADER]: nonce, [MAC_HEADER]: mac },
			...(body !== '' && { body })
		});
		const text = await answered.text();
		const proof = answered.headers.get(MAC_HEADER) ?? '';
		const { status } = answered;
		return {
			status,
			body: JSON.parse(text) as Said['body'],
			proven: isMacOf(key, answerText({ status, nonce, body: text }), proof)
		};
	}
}

type Sending = { method: string; path: string; body?: string; nonce?: string; key: Buffer };

export function nonceOf(): string {
	return randomBytes(16).toString('base64url');
}

export function claimsIn(token: string): Claims['lease'] {
	const decoded = decodeToken(token);
	if (isRefusal(decoded)) throw new Error(decoded.refused);
	return decoded.payload as Claims['lease'];
}

/** What a client hears while it watches, each event proven and in its place. */
export class Watch {
	readonly events: LeaseEvent[] = [];
	readonly response: Response;
	readonly #over: Promise<void>;
	readonly #waiting = new Set<() => void>();

	constructor(response: Response, key: Buffer) {
		this.response = response;
		this.#over = this.#read(key);
	}

	/** The first event of this kind, once it has come. */
	async heard<K extends LeaseEvent['event']>(event: K): Promise<Extract<LeaseEvent, { event: K }>> {
		for (;;) {
			const found = this.events.find((each) => each.event === event);
			// Sound: it was found by its kind.
			if (found) return found as Extract<LeaseEvent, { event: K }>;
			await new Promise<void>((resolve) => this.#waiting.add(resolve));
		}
	}

	/** Once the server has ended it. */
	ended(): Promise<void> {
		return this.#over;
	}

	async #read(key: Buffer): Promise<void> {
		const decoder = new TextDecoder();
		let text = '';
		for await (const bytes of this.response.body!) {
			text += decoder.decode(bytes, { stream: true });
			const blocks = text.split('\n\n');
			text = blocks.pop()!;
			for (const block of blocks.filter((each) => !each.startsWith(':'))) this.#take(block, key);
		}
	}

	#take(block: string, key: Buffer): void {
		const [, seq = '', mac = '', json = ''] = /^id: (\d+)\ndata: (\S+) (.*)$/.exec(block) ?? [];
		const isNext = Number(seq) === this.events.length + 1;
		if (!isNext || !isMacOf(key, eventText(Number(seq), json), mac))
			throw new Error(`an event that is not proven: ${block}`);
		this.events.push(JSON.parse(json) as LeaseEvent);
		for (const resolve of this.#waiting) resolve();
		this.#waiting.clear();
	}
}
