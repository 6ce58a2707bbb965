/**
 * Many clients of one site server at once: they claim, renew, release, vanish without a word, and come
 * again. Whatever happens to server and line, each keeps a journal of what it was told. [LE1]
 *
 * @module
 */
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { newNonce, WireClient, type Hold } from '../../site/wire-client.ts';
import type { Held, Outage } from './lease-journal.ts';

export type LeaseTraffic = {
	/** Where the server is; a test moves it. */
	at: { address: string };
	journal: Held[];
	/** When the server was away: a test writes them down. */
	outages: Outage[];
	counts: TrafficCounts;
	/** Everybody gives up what they hold and leaves. */
	stop: () => Promise<void>;
};

export type TrafficCounts = {
	claims: number;
	granted: number;
	denied: number;
	renewed: number;
	released: number;
	/** Vanished without a release. */
	vanished: number;
	/** Calls that nobody answered. */
	cut: number;
	/** Claims that had been granted before their answer was cut, and were told so when they were repeated. */
	foundAgain: number;
	/** Renewals to which the server, or their client, came too late. */
	late: number;
	/** Claims whose answer was cut, and that were over when they were repeated. */
	over: number;
	/** Refusals other than that all is taken, by code. */
	strange: Record<string, number>;
};

export type TrafficOptions = {
	address: string;
	product: string;
	clients: number;
	/** Of all of them together, in a second. */
	claimsPerSecond: number;
	random: () => number;
	/** How long a call may take, in milliseconds. */
	patience?: number;
};

export function startLeaseTraffic(options: TrafficOptions): LeaseTraffic {
	const at = { address: options.address };
	const agent = new http.Agent({ keepAlive: true, maxSockets: options.clients });
	const journal: Held[] = [];
	const counts: TrafficCounts = {
		claims: 0,
		granted: 0,
		denied: 0,
		renewed: 0,
		released: 0,
		vanished: 0,
		cut: 0,
		foundAgain: 0,
		late: 0,
		over: 0,
		strange: {}
	};
	const life = new Life();
	const one = { at, agent, journal, counts, life, ...options };
	const all = Array.from({ length: options.clients }, () => work(one));
	return {
		at,
		journal,
		outages: [],
		counts,
		stop: async () => {
			life.end();
			await Promise.all(all);
			agent.destroy();
		}
	};
}

/** Until it is over, pauses are pauses; then they end at once. */
class Life {
	readonly #over = new AbortController();

	get isOver(): boolean {
		return this.#over.signal.aborted;
	}

	end(): void {
		this.#over.abort();
	}

	async pause(ms: number): Promise<void> {
		await sleep(Math.max(0, ms), undefined, { signal: this.#over.signal }).catch(() => undefined);
	}
}

type Worker = TrafficOptions &
	Pick<LeaseTraffic, 'at' | 'journal' | 'counts'> & { agent: http.Agent; life: Life };

async function work(worker: Worker): Promise<void> {
	const { at, agent, product, patience, clients, claimsPerSecond, random, life } = worker;
	const client = new WireClient(at, { product, agent, patience });
	/** From one claim to the next, on the whole. */
	const cycleMs = (clients / claimsPerSecond) * 1000;
	await life.pause(random() * cycleMs);
	let last: Held | undefined;
	while (!life.isOver) {
		const began = performance.now();
		// Whoever asks anew works no more under what they had.
		if (last) last.until ??= began;
		const hold = await claim(client, worker);
		last = hold?.held ?? last;
		if (hold) await keep(client, hold, { worker, untilMs: began + random() * cycleMs });
		await life.pause(began + cycleMs * (0.5 + random()) - performance.now());
	}
}

/** Goes on until somebody says yes or no: it is the same claim all the time. */
async function claim(
	client: WireClient,
	worker: Worker
): Promise<{ hold: Hold; held: Held } | undefined> {
	const { journal, counts, life } = worker;
	const [nonce, sent] = [newNonce(), performance.now()];
	counts.claims++;
	for (let tries = 1; ; tries++) {
		const said = await heard(client.claim({}, { nonce }), worker);
		if (!said) {
			if (life.isOver && tries > 20) return undefined;
			await sleep(50 + worker.random() * 250);
			continue;
		}
		if (said.said === 'no') {
			if (said.code === 'CLIENT_LIMIT_REACHED') counts.denied++;
			// What the first try was granted has come and gone while nobody could be reached.
			else if (said.code === 'REPLACED' && tries > 1) counts.over++;
			else counts.strange[said.code] = (counts.strange[said.code] ?? 0) + 1;
			return undefined;
		}
		counts.granted++;
		if (tries > 1 && said.status === 200) counts.foundAgain++;
		const { hold } = said;
		const held: Held = {
			client: client.id,
			lease: hold.id,
			from: performance.now(),
			sent,
			ttl: hold.ttl * 1000
		};
		journal.push(held);
		return { hold, held };
	}
}

async function keep(
	client: WireClient,
	{ hold, held }: { hold: Hold; held: Held },
	{ worker, untilMs }: { worker: Worker; untilMs: number }
): Promise<void> {
	const { counts, life, random } = worker;
	while (!life.isOver && performance.now() < untilMs) {
		await life.pause(
			Math.min((held.ttl / 3) * (0.7 + random() * 0.6), untilMs - performance.now())
		);
		const sent = performance.now();
		const said = await heard(client.renew(hold), worker);
		if (said?.said === 'no') {
			held.refused = { sent, at: performance.now(), code: said.code };
			if (said.code === 'LEASE_ENDED') counts.late++;
			else counts.strange[said.code] = (counts.strange[said.code] ?? 0) + 1;
			return;
		}
		if (!said) continue;
		counts.renewed++;
		held.sent = sent;
	}
	// One in five is switched off as it is, and its seat is free when its time is over.
	if (!life.isOver && random() < 0.2) {
		counts.vanished++;
		return;
	}
	held.until = performance.now();
	while (performance.now() < held.sent + held.ttl) {
		if (await heard(client.release(hold), worker)) break;
		await sleep(50 + random() * 250);
	}
	counts.released++;
}

/** Nothing where the line broke or the server was not there. */
async function heard<T>(answer: Promise<T>, { counts }: Worker): Promise<T | undefined> {
	try {
		return await answer;
	} catch {
		counts.cut++;
		return undefined;
	}
}
