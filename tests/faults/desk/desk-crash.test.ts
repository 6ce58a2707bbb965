/**
 * A desk that is killed at each of its writes while it issues a file: what was shown is there
 * afterwards, and no slot goes to two machines.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { setDeskPolicy } from '#server/operations/allotments/desk-policy.ts';
import { openDesk, type Desk } from '../../fixtures/desk.ts';
import { drawFor, journalOf, signIn } from '../../fixtures/field-work.ts';
import { askFor, makeLicense, makeMachine, type TestLicense } from '../../fixtures/hub.ts';
import { Profile } from '../../fixtures/profile.ts';
import { embeddedHome, ORIGIN, serveHub, type ServedHub } from '../../fixtures/served-hub.ts';
import { findDeskDifferences, readDeskLedger } from './desk-journals.ts';
import { countFaults } from '../rounds.ts';

/** More than any step of issuing makes. */
const WRITES = 10;

let hub: ServedHub;
let license: TestLicense;
const profile = new Profile();
let desk: Desk;
beforeAll(async () => {
	hub = await serveHub(embeddedHome);
	license = await makeLicense(hub, { seats: 100 });
	const { manager: asker } = license;
	await setDeskPolicy(hub.hub, license, { policy: { deskSeats: 50, offlineShare: 50 }, asker });
	const person = await hub.addPerson('technician');
	await hub.setRole(person, license.customerId, 'technician');
	profile.line = hub.line;
	desk = await openDesk(profile, ORIGIN);
	await signIn(desk, person);
	await desk.do((calls) => calls.reserveSeats(license.number, 50));
	await desk.do((calls) => calls.round());
});
afterAll(async () => {
	desk.life.end();
	await hub.remove();
});

test('[AL2] killed at any write, it has what it has shown, and no slot twice', async () => {
	let shown = 0;
	for (let writes = 0; writes <= WRITES; writes++) {
		const jti = uuidv7();
		const text = await askFor({ number: license.number }, await makeMachine(), { jti });
		desk.life.endAfter(writes);
		const file = await drawFor(desk, text, jti);
		desk.life.end();
		desk = await openDesk(profile, ORIGIN);

		await desk.do((calls) => calls.finishDraws());
		const { files, outbox, draws } = await journalOf(desk);
		if (file && !isRefusal(file)) {
			shown++;
			expect(files.map((each) => each.text)).toContain(file.text);
			expect((await drawFor(desk, text, jti))!).toMatchObject({ text: file.text });
		}
		expect(draws.map(({ state }) => state)).not.toContain('bound');
		const slots = draws.map(({ claims }) => claims.slot);
		expect(new Set(slots).size).toBe(slots.length);
		const told = outbox.filter(({ type }) => type === 'activation.draw');
		expect(told.map(({ subject }) => subject).sort()).toEqual(
			draws.map(({ claims }) => claims.jti).sort()
		);
	}
	expect(shown).toBeGreaterThan(0);
	expect(shown).toBeLessThan(WRITES);
	await desk.do((calls) => calls.round());
	const ledger = await readDeskLedger(hub.store);
	const journal = await journalOf(desk);
	expect(findDeskDifferences([journal], ledger)).toEqual([]);
	countFaults('desk killed', { faults: WRITES, activations: journal.draws.length });
});
