/**
 * Desks that go on working, whatever happens to their hub: requests are brought, seats set aside,
 * files issued on the spot, blocks closed and seats given back, with a round of sync in between.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { oneOf } from '../../fuzz/inputs.ts';
import { openDesk, type Desk } from '../../fixtures/desk.ts';
import {
	bring,
	drawFor,
	giveBackFile,
	journalOf,
	signIn,
	type DeskJournal
} from '../../fixtures/field-work.ts';
import { askFor, makeMachine, type TestMachine } from '../../fixtures/hub.ts';
import { Profile, type Line } from '../../fixtures/profile.ts';
import { ORIGIN } from '../../fixtures/served-hub.ts';
import type { Demo } from '../../fixtures/running-hub.ts';

const ROUNDS_TO_DRAIN = 40;

export type DeskTraffic = {
	desks: readonly Desk[];
	/** One thing that somebody does at a desk. */
	work: (desk: Desk) => Promise<void>;
	/** Works and syncs at every desk until it is stopped. */
	start: () => void;
	stop: () => Promise<void>;
	/** Syncs until nothing waits. @throws where something does for ever. */
	drain: () => Promise<void>;
	journals: () => Promise<DeskJournal[]>;
	counted: () => Promise<{ commands: number; activations: number }>;
};

/** A line to a hub process, wherever it listens just now. */
export function lineTo(hub: { address: string }): Line {
	return async (request) => {
		const { pathname, search } = new URL(request.url);
		const headers = new Headers(request.headers);
		headers.set('origin', hub.address);
		const body = request.method === 'GET' ? undefined : await request.arrayBuffer();
		const { method, signal } = request;
		return fetch(`${hub.address}${pathname}${search}`, { method, headers, body, signal });
	};
}

/** The people of a hub's demo data. */
export function demoPeople(data: string): Demo['users'] {
	const demo = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')) as Demo;
	return demo.users.filter(({ role }) => role !== 'staff');
}

/** Desks of these people, signed in. */
export async function makeDeskTraffic({
	lineOf,
	people,
	license,
	random
}: {
	/** The line of the next desk. */
	lineOf: () => Line;
	people: readonly { email: string; password: string }[];
	license: { number: string; sec: string };
	random: () => number;
}): Promise<DeskTraffic> {
	const machines = new Map<string, TestMachine>();
	const desks: Desk[] = [];
	for (const person of people) {
		const profile = new Profile();
		profile.line = lineOf();
		const desk = await openDesk(profile, ORIGIN);
		await signIn(desk, person);
		desks.push(desk);
	}

	async function ask(): Promise<{ jti: string; text: string }> {
		const jti = uuidv7();
		const machine = await makeMachine(`machine-${jti}`);
		machines.set(machine.name, machine);
		return { jti, text: await askFor(license, machine, { jti }) };
	}

	const works: ((desk: Desk) => Promise<unknown>)[] = [
		async (desk) => {
			const { text, jti } = await ask();
			await bring(desk, text, jti);
		},
		(desk) => desk.do((calls) => calls.reserveSeats(license.number, 5)),
		...Array.from({ length: 3 }, () => async (desk: Desk) => {
			const { text, jti } = await ask();
			await drawFor(desk, text, jti);
		}),
		async (desk) => {
			if (random() < 0.7) return;
			const open = await desk.do((calls) => calls.listOwnAllotments());
			const block = open?.find(({ state, draws }) => state === 'open' && draws.length > 0);
			if (block) await desk.do((calls) => calls.closeAllotment(block.id));
		},
		async (desk) => {
			const files = await desk.do((calls) => calls.strict.files.toArray());
			const given = files?.filter(({ kind }) => kind === 'activation') ?? [];
			const file = given.length > 0 ? oneOf(random, given) : undefined;
			const machine = machines.get(file?.summary.label ?? '');
			if (!file || !machine) return;
			machines.delete(machine.name);
			const { text, jti } = await giveBackFile(file.text, machine);
			await bring(desk, text, jti);
		}
	];
	const work = async (desk: Desk) => {
		await oneOf(random, works)(desk);
	};
	const sync = (desk: Desk) => desk.do((calls) => calls.round());

	let isRunning = false;
	let loops: Promise<void>[] = [];
	async function loop(desk: Desk): Promise<void> {
		while (isRunning) {
			for (let works = Math.floor(random() * 4); works > 0; works--) await work(desk);
			await sync(desk);
			await sleep(random() * 10);
		}
	}
	async function drain(): Promise<void> {
		for (const desk of desks)
			for (let round = 0; ; round++) {
				await sync(desk);
				if ((await desk.do((calls) => calls.countWaiting()))?.count === 0) break;
				const state = await desk.do((calls) => calls.readState('sync'));
				if (round > ROUNDS_TO_DRAIN) throw new Error(`still waiting: ${JSON.stringify(state)}`);
				await sleep(100);
			}
	}
	const journals = () => Promise.all(desks.map(journalOf));
	return {
		desks,
		work,
		start: () => {
			isRunning = true;
			loops = desks.map(loop);
		},
		stop: async () => {
			isRunning = false;
			await Promise.all(loops);
		},
		drain,
		journals,
		counted: async () => {
			const all = await journals();
			const commands = all.reduce((sum, { outbox }) => sum + outbox.length, 0);
			const activations = all.reduce((sum, { files }) => sum + files.length, 0);
			return { commands, activations };
		}
	};
}
