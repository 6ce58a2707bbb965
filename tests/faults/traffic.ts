/**
 * Callers that keep asking a hub, whatever happens to it, and write down what they were told. What
 * got no answer is asked again, and so is, now and then, what was answered long ago.
 *
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { isRefusal } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { oneOf } from '../fuzz/inputs.ts';
import { askFor, makeMachine } from '../fixtures/hub.ts';

export type Sent = { machine: string; text: string; grants: string[] };

export type Traffic = {
	/** By the request's `jti`. */
	journal: Map<string, Sent>;
	/** Requests that were granted before, though nobody had been told: 200 as the first answer. */
	foundLater: Set<string>;
	/** Answers by status, `0` for none. */
	answers: Map<number, number>;
	/** Where the hub is now. */
	address: string;
	/** Waits until everything that has been asked for so far has an answer. */
	caughtUp: () => Promise<void>;
	/** Lets every caller finish what it is asking. */
	stop: () => Promise<void>;
	/** Asks again for everything that has had no answer, and once more for what has. */
	settle: () => Promise<void>;
};

export type TrafficOptions = {
	address: string;
	license: { number: string; sec: string };
	callers: number;
	random: () => number;
};

const PATIENCE_MS = 10_000;

export function startTraffic({ address, license, callers, random }: TrafficOptions): Traffic {
	const unanswered: string[] = [];
	let running = true;
	const traffic: Traffic = {
		journal: new Map(),
		foundLater: new Set(),
		answers: new Map(),
		address,
		caughtUp,
		stop,
		settle
	};
	const { journal, answers } = traffic;

	async function nextRequest(): Promise<string> {
		const again = unanswered.shift();
		if (again !== undefined) return again;
		if (journal.size > 20 && random() < 0.1) return oneOf(random, [...journal.keys()]);
		const jti = uuidv7();
		const machine = await makeMachine(`machine-${jti}`);
		const text = await askFor(license, machine, { jti });
		journal.set(jti, { machine: machine.name, text, grants: [] });
		return jti;
	}

	async function send(jti: string): Promise<boolean> {
		const sent = journal.get(jti)!;
		const answer = await post(traffic.address, sent.text);
		answers.set(answer.status, (answers.get(answer.status) ?? 0) + 1);
		if (answer.status !== 200 && answer.status !== 201) return false;
		if (answer.status === 200 && sent.grants.length === 0) traffic.foundLater.add(jti);
		sent.grants.push(tokenOf(answer.file));
		return true;
	}

	async function call(): Promise<void> {
		while (running) {
			const jti = await nextRequest();
			if (await send(jti)) continue;
			unanswered.push(jti);
			await sleep(20);
		}
	}
	const calls = Array.from({ length: callers }, call);

	async function stop(): Promise<void> {
		running = false;
		await Promise.all(calls);
	}

	async function caughtUp(): Promise<void> {
		const asked = [...journal.values()];
		const patience = Date.now() + 3 * PATIENCE_MS;
		while (asked.some(({ grants }) => grants.length === 0))
			if (Date.now() > patience) throw new Error('the hub does not answer any more');
			else await sleep(20);
	}

	async function settle(): Promise<void> {
		for (const jti of journal.keys())
			if (!(await send(jti))) throw new Error(`no answer to ${jti}`);
	}
	return traffic;
}

async function post(address: string, request: string): Promise<{ status: number; file: string }> {
	try {
		const body = JSON.stringify({ request });
		const signal = AbortSignal.timeout(PATIENCE_MS);
		const answer = await fetch(`${address}/v1/activations`, { method: 'POST', body, signal });
		const { file = '' } = (await answer.json()) as { file?: string };
		return { status: answer.status, file };
	} catch {
		return { status: 0, file: '' };
	}
}

/** The token that a file is about: what must never change. [SE3] */
function tokenOf(file: string): string {
	const read = readFile(file);
	if (isRefusal(read)) throw new Error(read.refused);
	return read.body.text;
}
