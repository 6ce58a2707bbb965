/** A first sync whose page is ended before each of its writes in turn, while the hub's rows change: a real desk, and a hub in this process. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cursor } from '#lib/protocol/pull.ts';
import type { ActivationRow, LicenseRow } from '#lib/protocol/rows.ts';
import { pull } from '#server/operations/pull/pull.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { suspendLicense } from '#server/operations/licenses/suspend-license.ts';
import { openDesk } from '../fixtures/desk.ts';
import { signIn } from '../fixtures/field-work.ts';
import { issueMany } from '../fixtures/licenses.ts';
import { Profile } from '../fixtures/profile.ts';
import {
	embeddedHome,
	ORIGIN,
	serveHub,
	type Person,
	type ServedHub
} from '../fixtures/served-hub.ts';

/** How often the page is ended. More: `FIRST_SYNC_KILLS`. */
const KILLS = Number(process.env['FIRST_SYNC_KILLS'] ?? 8);
/** A page ends before each of its first so many writes, and after them. */
const WRITES = 16;

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

test('[SY5] [SY4] a first sync that is ended at any of its writes goes on where it was, and comes to what the hub shows', async () => {
	const profile = new Profile();
	profile.line = hub.line;
	const first = await openDesk(profile, ORIGIN);
	await signIn(first, person);
	first.life.end();
	const { licenses: before } = await allRows();
	for (let kill = 0; kill < KILLS; kill++) {
		const desk = await openDesk(profile, ORIGIN);
		desk.life.endAfter(Math.floor((kill * WRITES) / Math.min(KILLS, WRITES)) % WRITES);
		await desk.do((calls) => calls.round());
		desk.life.end();
		// What is here already, and what is still to come.
		const { customerId, id: licenseId } = before[(kill * 331) % before.length]!;
		await suspendLicense(hub.hub, { customerId, licenseId });
	}
	const desk = await openDesk(profile, ORIGIN);
	await desk.do((calls) => calls.round());
	const there = await allRows();
	await desk.do(async (calls) => {
		const { mirroredActivations, mirroredLicenses } = calls;
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
	desk.life.end();
});
