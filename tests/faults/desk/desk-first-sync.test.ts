/**
 * First syncs whose page is ended at random, while the hub's rows change: a real desk, and a hub in this process.
 * `FIRST_SYNC_KILLS` says how often (20), `FAULT_SEED` repeats a run.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cursor } from '#lib/protocol/pull.ts';
import type { ActivationRow, LicenseRow } from '#lib/protocol/rows.ts';
import { pull } from '#server/operations/pull/pull.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { suspendLicense } from '#server/operations/licenses/suspend-license.ts';
import type { DeskCalls } from '../../e2e/desk-calls.ts';
import { openDesk, type Desk } from '../../fixtures/desk.ts';
import { signIn } from '../../fixtures/field-work.ts';
import { issueMany } from '../../fixtures/licenses.ts';
import { Profile } from '../../fixtures/profile.ts';
import { randomOf } from '../../fuzz/inputs.ts';
import { countFaults, FAULT_SEED, roundsOf } from '../rounds.ts';
import {
	embeddedHome,
	ORIGIN,
	serveHub,
	type Person,
	type ServedHub
} from '../../fixtures/served-hub.ts';

const KILLS = roundsOf('FIRST_SYNC_KILLS', 20);
/** A page is ended before one of its first so many writes: none gets far. */
const WRITES = 7;

let hub: ServedHub;
let person: Person;
let customers: string[];

beforeAll(async () => {
	hub = await serveHub(embeddedHome);
	await issueMany(hub.hub, { product: 'atlas', customers: 3, licenses: 800, machines: 90 });
	const rows = await hub.hub.db.selectDistinct({ id: licenses.customerId }).from(licenses);
	customers = rows.map(({ id }) => id);
	person = await hub.addPerson('ada');
	for (const customerId of customers) await hub.setRole(person, customerId, 'manager');
});
afterAll(() => hub.remove());

const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);

/** What the hub shows them, read at once. */
async function allRows() {
	const roles = new Map(customers.map((id) => [id, 'manager' as const]));
	const shown: LicenseRow[] = [];
	const activations: ActivationRow[] = [];
	let cursor: Cursor | undefined;
	for (let isMore = true; isMore;) {
		const page = await pull(hub.hub, cursor, { userId: person.id, roles });
		shown.push(...page.licenses);
		activations.push(...page.activations);
		({ cursor, more: isMore } = page);
	}
	// A row that changed between two pages would have come twice: nothing changes meanwhile.
	return { licenses: shown.sort(byId), activations: activations.sort(byId) };
}

/** Whether rows or keys of a first sync are still to come. */
async function isUnderWay({ readState, strict }: DeskCalls): Promise<boolean> {
	if ((await readState('cursor', strict)) === undefined) return true;
	return [await readState('firstSync', strict), await readState('owedKeys', strict)].some(Boolean);
}

test('[SY5] [SY4] first syncs that are ended at random writes go on where they were, and come to what the hub shows', async () => {
	const random = randomOf(FAULT_SEED);
	const { licenses: before } = await allRows();
	let kills = 0;
	while (kills < KILLS) {
		const profile = new Profile();
		profile.line = hub.line;
		const first = await openDesk(profile, ORIGIN);
		await signIn(first, person);
		first.life.end();
		while (kills < KILLS) {
			const desk = await openDesk(profile, ORIGIN);
			if (!(await desk.do(isUnderWay))) break;
			desk.life.endAfter(Math.floor(random() * WRITES));
			await desk.do((calls) => calls.round());
			desk.life.end();
			kills += 1;
			// What is here already, and what is still to come.
			const { customerId, id: licenseId } = before[Math.floor(random() * before.length)]!;
			await suspendLicense(hub.hub, { customerId, licenseId });
		}
		const desk = await openDesk(profile, ORIGIN);
		await desk.do((calls) => calls.round());
		await expectAll(desk);
		desk.life.end();
	}
	countFaults('first syncs ended', { faults: kills });
});

async function expectAll(desk: Desk): Promise<void> {
	const there = await allRows();
	await desk.do(async (calls) => {
		const { mirroredActivations, mirroredLicenses } = calls;
		expect(await isUnderWay(calls)).toBe(false);
		const mirrored = (await mirroredLicenses.first(1e6)).sort(byId);
		const plain = mirrored.map(({ keysIn: _, key: __, ...row }) => row);
		expect(plain).toEqual(there.licenses.map(({ key: _, ...row }) => row));
		expect((await mirroredActivations.first(1e6)).sort(byId)).toEqual(there.activations);
		expect(await calls.strict.licenseBlocks.count()).toBeGreaterThan(0);
		expect(await calls.countLicenses()).toBe(there.licenses.length);
		for (const { id, number, key } of there.licenses.filter((_, at) => at % 97 === 0)) {
			expect(key).toBeDefined();
			expect(await calls.readLicense(number)).toMatchObject({ id, keyText: key });
		}
		expect(await calls.readKnowledge()).toMatchObject({ of: 'whole' });
	});
}
