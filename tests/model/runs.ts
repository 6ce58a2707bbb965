/**
 * Random runs of a small world, on either store. `MODEL_RUNS` says how many, `SEED` and
 * `MODEL_PATH` repeat one.
 *
 * @module
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { countFaults } from '../faults/rounds.ts';
import { serveHub, type Home, type ServedHub } from '../fixtures/served-hub.ts';
import { anyCommand, runCommand, type ModelCommand } from './commands.ts';
import { heal, checkAll, checkLedger } from './checks.ts';
import { DAY, World } from './world.ts';

const RUNS = Number(process.env.MODEL_RUNS ?? 5);
/** Commands of a run, at most. */
const LENGTH = Number(process.env.MODEL_LENGTH ?? 60);
const SEED = Number(process.env.SEED ?? 3);

/** One run from its first command to the last check. */
async function runOnce(hub: ServedHub, run: readonly ModelCommand[]): Promise<World> {
	const world = new World(hub);
	try {
		if (hub.isDown) await hub.start();
		await world.settle();
		for (const each of run) {
			await runCommand(world, each);
			await checkLedger(world);
		}
		await heal(world);
		await checkAll(world);
		return world;
	} finally {
		world.end();
	}
}

const request = (desk: number): ModelCommand => [
	'request',
	{ desk, machine: 0, license: 0, proven: false }
];
const sync = (desk: number): ModelCommand => ['sync', { desk, trouble: {} }];

const replaced = (part: 'board' | 'disk' | 'mac'): ModelCommand => ['part', { machine: 0, part }];

/** Runs that once went wrong, or that random ones seldom come to. */
const known: { [name: string]: ModelCommand[] } = {
	'[SY4] a role that changes and changes back': [
		['rights', { person: 0, role: 'technician' }],
		sync(0),
		['rights', { person: 0, role: 'manager' }],
		sync(0)
	],
	'[SY4] a renewed machine asks again: what answered it before is told again': [
		request(0),
		sync(0),
		['seats', { license: 0, seats: 4 }],
		sync(0),
		request(0),
		sync(0)
	],
	'[SY6] a hub is restored, and somebody else signs in before the desk has met it': [
		['back up', {}],
		request(0),
		['reserve', { desk: 0, license: 0, seats: 1, waits: true }],
		sync(0),
		['restore hub', {}],
		['sign in', { desk: 0, person: 1 }],
		sync(0)
	],
	'[SY6, SE3] a restored hub is brought the next file of a machine before its first one': [
		request(0),
		['back up', {}],
		['copy', { desk: 0 }],
		['reserve', { desk: 0, license: 0, seats: 1, waits: true }],
		['seats', { license: 0, seats: 4 }],
		['reserve', { desk: 1, license: 0, seats: 1, waits: true }],
		['restore hub', {}],
		sync(1)
	],
	'[MA5, SE6] two parts are replaced within a year: the second one changes no fingerprint': [
		request(0),
		sync(0),
		replaced('disk'),
		request(0),
		sync(0),
		replaced('mac'),
		request(0),
		sync(0)
	],
	'[MA5, AL5] a machine that has a seat is drawn for after a part was replaced': [
		request(0),
		['reserve', { desk: 0, license: 0, seats: 1, waits: true }],
		sync(0),
		replaced('disk'),
		['draw', { desk: 0, machine: 0, license: 0, withdraw: null }],
		sync(0)
	]
};

export function modelRuns(name: string, makeHome: () => Promise<Home>): void {
	describe(`desks and a hub on ${name}`, { timeout: 300_000 + RUNS * 20_000 }, () => {
		let hub: ServedHub;
		let born: number;
		const begin = async () => {
			hub = await serveHub(makeHome);
			born = hub.clock.now;
		};
		beforeAll(begin);
		afterAll(() => hub.remove());

		const runOn = async (run: readonly ModelCommand[]) => {
			// A key of the hub is good for ten thousand days, and every run takes some years.
			if (hub.clock.now - born > 3_000 * DAY) {
				await hub.remove();
				await begin();
			}
			return runOnce(hub, run);
		};

		test.for(Object.entries(known))('%s', async ([, run]) => {
			await runOn(run);
		});

		test('[SE1, SY2, SY5, AL5, MA5] random runs end with empty queues and one truth', async () => {
			const counted = { faults: 0, commands: 0, activations: 0 };
			const run = fc.array(anyCommand, { minLength: 20, maxLength: LENGTH });
			const found = await fc.check(
				fc.asyncProperty(run, async (each) => {
					const world = await runOn(each);
					for (const kind of ['faults', 'commands', 'activations'] as const)
						counted[kind] += world.counted[kind];
				}),
				{
					numRuns: RUNS,
					seed: SEED,
					path: process.env.MODEL_PATH,
					// A failing run is named by its seed and path; making it shorter takes its time.
					endOnFailure: process.env.MODEL_SHRINK === undefined
				}
			);
			countFaults(`model on ${name}`, counted);
			if (!found.failed) return;
			const { seed, counterexample, counterexamplePath, errorInstance } = found;
			console.log(`SEED=${seed} MODEL_PATH=${counterexamplePath ?? ''}`);
			console.log(JSON.stringify(counterexample?.[0]));
			throw errorInstance;
		});
	});
}
