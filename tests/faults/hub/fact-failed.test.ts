/**
 * A hub that throws at one fact: the desk keeps it, whoever brings it, and everything else goes on.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { setDeskPolicy } from '#server/operations/allotments/desk-policy.ts';
import { openDesk, type Desk } from '../../fixtures/desk.ts';
import { drawFor, journalOf, signIn, takeIn } from '../../fixtures/field-work.ts';
import { askFor, makeLicense, makeMachine, type TestLicense } from '../../fixtures/hub.ts';
import { withPoison } from '../../fixtures/poison.ts';
import { Profile } from '../../fixtures/profile.ts';
import { embeddedHome, ORIGIN, serveHub, type ServedHub } from '../../fixtures/served-hub.ts';
import { findDeskDifferences, readDeskLedger } from '../desk/desk-journals.ts';

let hub: ServedHub;
let license: TestLicense;
const desks: Desk[] = [];
beforeAll(async () => {
	hub = await serveHub(embeddedHome);
	license = await makeLicense(hub, { seats: 9 });
});
afterAll(async () => {
	for (const { life } of desks) life.end();
	await hub.remove();
});

async function addDesk(): Promise<Desk> {
	const profile = new Profile();
	profile.line = hub.line;
	const desk = await openDesk(profile, ORIGIN);
	desks.push(desk);
	return desk;
}

async function drawOne(desk: Desk): Promise<string> {
	const jti = uuidv7();
	const text = await askFor({ number: license.number }, await makeMachine(), { jti });
	await drawFor(desk, text, jti);
	return jti;
}

test('[SY10] a draw that the hub cannot record is kept and brought again, by its desk and by another', async () => {
	await setDeskPolicy(hub.hub, license, {
		policy: { deskSeats: 5, offlineShare: 5 },
		asker: license.manager
	});
	const person = await hub.addPerson('technician');
	await hub.setRole(person, license.customerId, 'technician');
	const [desk, carrier] = [await addDesk(), await addDesk()];
	const round = (each: Desk) => each.do((calls) => calls.round());
	await signIn(desk, person);
	await desk.do((calls) => calls.reserveSeats(license.number, 5));
	await round(desk);
	const poison = await drawOne(desk);
	await drawOne(desk);
	const exported = await desk.do((calls) => calls.exportUnsent());

	await withPoison(hub.store, { table: 'draw', column: 'request', value: poison }, async () => {
		for (const file of exported!) await takeIn(carrier, file.text);
		await round(carrier);
		const pushes = (await journalOf(carrier)).files.filter(({ kind }) => kind === 'push');
		expect(pushes.map(({ relayed }) => relayed)).toEqual([undefined]);
		await round(desk);
		await round(desk);
		const { outbox, held } = await journalOf(desk);
		const waiting = outbox.filter(({ state }) => state === 'waiting');
		expect(waiting.map(({ n, type }) => [n, type])).toEqual([[2, 'activation.draw']]);
		expect(held).toBe('hub-fault');
	});
	await round(carrier);
	const [push] = (await journalOf(carrier)).files.filter(({ kind }) => kind === 'push');
	expect(push?.relayed).toMatchObject({ answered: 2, left: 0 });
	await round(desk);
	const journal = await journalOf(desk);
	expect(journal.outbox.every(({ state }) => state === 'settled')).toBe(true);
	expect(journal.held).toBeUndefined();
	expect(findDeskDifferences([journal], await readDeskLedger(hub.store))).toEqual([]);
});
