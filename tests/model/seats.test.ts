/**
 * Seats of one license through random runs: a model in memory says what must happen, the hub does
 * it on a real database, and after every step the ledger is counted anew. [SE1]
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkPage, startAuditCheck } from '#lib/domain/audit/audit-check.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { usedSeats } from '#lib/domain/seat.ts';
import type { Store } from '#server/db/store.ts';
import { sha256 } from '#server/db/sha256.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { auditPage } from '#server/operations/audit/audit-pages.ts';
import { coolSeats } from '#server/jobs/cool-seats.ts';
import { seatHistory } from '#server/operations/licenses/seat-history.ts';
import { renewLicense } from '#server/operations/licenses/renew-license.ts';
import { retireMachine } from '#server/operations/activations/retire-machine.ts';
import { returnActivations } from '#server/operations/facts/return-activations.ts';
import { licenseRowOf, recount } from '../fixtures/counts.ts';
import {
	askFor,
	claimsOf,
	makeLicense,
	makeMachine,
	makeTestHub,
	returnOf,
	type TestHub,
	type TestLicense,
	type TestMachine
} from '../fixtures/hub.ts';
import { makeEmbeddedStore } from '../fixtures/stores.ts';

const DAY = 86_400;
const MACHINES = 4;
const RETURNS_PER_YEAR = 1;
const COOL_DAYS = 90;

let store: Store;
let made: TestHub;
let start: number;
beforeAll(async () => {
	store = await makeEmbeddedStore();
	made = await makeTestHub(store);
	start = made.clock.now;
});
afterAll(() => store.close());

/** A machine as the model knows it. Odd ones have their key on a desk, which proves nothing. */
type Place = {
	machine: TestMachine;
	isDesk: boolean;
	held?: { act: string; request: string; file: string };
	cools?: number;
	spent?: string;
	returned?: { text: string; receipt: string };
};

class Model {
	seats = 2;
	readonly places: Place[];
	readonly freed: Record<'return' | 'retire', number[]> = { return: [], retire: [] };
	readonly license: TestLicense;

	constructor(license: TestLicense, machines: readonly TestMachine[]) {
		this.license = license;
		this.places = machines.map((machine, at) => ({ machine, isDesk: at % 2 === 1 }));
	}

	get counts() {
		const active = this.places.filter(({ held }) => held).length;
		return { active, reserved: 0, cooling: this.places.filter(({ cools }) => cools).length };
	}

	/** Only what touches the license looks through what cools. */
	sweep(): void {
		for (const place of this.places)
			if (place.cools !== undefined && place.cools <= made.clock.now) delete place.cools;
	}

	/** @returns When the seat is free; `undefined` at once. */
	leave(place: Place, way: 'return' | 'retire'): number | undefined {
		const { now } = made.clock;
		const recent = this.freed[way].filter((at) => at > now - 365 * DAY).length;
		const allowed =
			way === 'return' ? RETURNS_PER_YEAR * this.seats : Math.max(1, Math.floor(this.seats / 10));
		const isFree = recent < allowed && !(way === 'return' && place.isDesk);
		place.spent = place.held!.request;
		delete place.held;
		if (isFree) this.freed[way].push(now);
		else place.cools = now + COOL_DAYS * DAY;
		return place.cools;
	}
}

const at = fc.nat({ max: MACHINES - 1 });
const step = fc.oneof(
	{ weight: 6, arbitrary: fc.record({ do: fc.constant('request' as const), at }) },
	{ weight: 4, arbitrary: fc.record({ do: fc.constant('return' as const), at }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('return again' as const), at }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('request again' as const), at }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('retire' as const), at }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('renew' as const), at }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), at }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('sweep' as const), at }) }
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const steps: Record<Step['do'], (model: Model, place: Place, at: number) => Promise<void>> = {
	async request(model, place) {
		const changes = place.isDesk ? { held: 'desk' as const } : {};
		const request = await askFor(model.license, place.machine, changes);
		const answer = await submit(request);
		model.sweep();
		const fits = place.held ?? place.cools ?? usedSeats(model.counts) < model.seats;
		expect(answer.refusal?.refused).toBe(fits ? undefined : 'SEAT_LIMIT_REACHED');
		if (!fits) return;
		const { act } = claimsOf<'activation'>(answer.file);
		if (place.held) expect(act).toBe(place.held.act);
		delete place.cools;
		place.held = { act, request, file: answer.file };
	},
	async return(model, place) {
		if (!place.held) return;
		const text = await returnOf(place.held.file, place.machine);
		const receipt = await giveBack(text);
		model.sweep();
		expect(claimsOf<'receipt'>(receipt).freed).toBe(model.leave(place, 'return') ?? true);
		place.returned = { text, receipt };
	},
	async 'return again'(model, { returned }) {
		if (!returned) return;
		expect(await giveBack(returned.text)).toBe(returned.receipt);
		model.sweep();
	},
	async 'request again'(model, { spent }) {
		if (spent === undefined) return;
		expect((await submit(spent)).refusal?.refused).toBe('REQUEST_SPENT');
		model.sweep();
	},
	async retire(model, place) {
		if (!place.held) return;
		const { act } = place.held;
		const done = await retireMachine(made.hub, { act, reason: 'lost' }, model.license.manager);
		model.sweep();
		const coolsUntil = model.leave(place, 'retire');
		expect(done).toMatchObject({ freed: coolsUntil === undefined, isNew: true });
		delete place.returned;
	},
	async renew(model, _, seats) {
		model.seats = seats + 1;
		const renewed = await renewLicense(made.hub, model.license, { seats: model.seats });
		if (isRefusal(renewed)) throw new Error(renewed.refused);
		const fileOf = new Map(renewed.files.map(({ act, file }) => [act, file]));
		for (const { held } of model.places) if (held) held.file = fileOf.get(held.act)!;
	},
	wait(_, __, days) {
		made.clock.now += [1, 45, 90, 200][days]! * DAY;
		return Promise.resolve();
	},
	async sweep(model) {
		await coolSeats(made.hub);
		model.sweep();
	}
};

async function submit(request: string) {
	const answer = await activate(made.hub, request);
	if (isRefusal(answer)) throw new Error(answer.refused);
	return { ...answer, file: answerFile(made.hub, answer) };
}

async function giveBack(text: string): Promise<string> {
	const [receipt] = await returnActivations(made.hub, [text]);
	if (!receipt || isRefusal(receipt)) throw new Error(receipt?.refused);
	return answerFile(made.hub, { kid: receipt.kid, token: receipt.token });
}

/** Lives that once went wrong. */
const known: [Step[]][] = [
	// Seats are lowered below what is used, then a machine takes its own cooling seat.
	[
		[
			{ do: 'request', at: 1 },
			{ do: 'request', at: 0 },
			{ do: 'return', at: 1 },
			{ do: 'renew', at: 0 },
			{ do: 'request', at: 1 }
		]
	]
];

test('[SE1, SE5, SE6] random runs of seats keep the counts and the quotas', async () => {
	const runs = fc.array(step, { minLength: 10, maxLength: 30 });
	await fc.assert(
		fc.asyncProperty(runs, async (run) => {
			made.clock.now = start;
			const license = await makeLicense(made, {
				seats: 2,
				returnsPerYear: RETURNS_PER_YEAR,
				coolDays: COOL_DAYS
			});
			const machines = Array.from({ length: MACHINES }, () => makeMachine());
			const model = new Model(license, await Promise.all(machines));
			for (const each of run) {
				const before = await licenseRowOf(store.db, license);
				await steps[each.do](model, model.places[each.at]!, each.at);
				const row = await licenseRowOf(store.db, license);
				const kept = { active: row.active, reserved: row.reserved, cooling: row.cooling };
				expect(kept, each.do).toEqual(await recount(store.db, license));
				expect(kept, each.do).toEqual(model.counts);
				expect(usedSeats(kept)).toBeLessThanOrEqual(Math.max(row.seats, usedSeats(before)));
			}
			const { entries, end } = await auditPage(store.db, { ...license, after: 0 });
			const check = startAuditCheck();
			expect(checkPage(check, entries, sha256), '[AU1] every prefix').toBeUndefined();
			expect(check.ledger.licenses.get(license.licenseId)?.counts).toEqual(
				end!.licenses[0]!.counts
			);
			const history = await seatHistory(made.hub, [license.customerId], license.manager);
			if (isRefusal(history)) return expect.unreachable(history.refused);
			expect(history.months.at(-1)?.used, '[DK5] months').toBe(usedSeats(model.counts));
		}),
		{
			numRuns: Number(process.env.SEAT_RUNS ?? 12),
			seed: Number(process.env.SEED ?? 7),
			examples: known
		}
	);
});
