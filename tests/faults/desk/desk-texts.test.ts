/**
 * Notes, names and sites changed on desks that cannot reach the hub: real desks, each with a profile of
 * its own, and a hub in this process.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { openDesk, type Desk } from '../../fixtures/desk.ts';
import { signIn, takeIn } from '../../fixtures/field-work.ts';
import { askFor, makeLicense, makeMachine, type TestLicense } from '../../fixtures/hub.ts';
import { Profile } from '../../fixtures/profile.ts';
import { embeddedHome, ORIGIN, serveHub, type ServedHub } from '../../fixtures/served-hub.ts';

const folder = mkdtempSync(join(tmpdir(), 'keyferry-texts-'));
let hub: ServedHub;
let license: TestLicense;
const opened: Desk[] = [];

beforeAll(async () => {
	hub = await serveHub(embeddedHome);
	license = await makeLicense(hub, { seats: 3 });
});
afterAll(async () => {
	for (const desk of opened) desk.life.end();
	await hub.remove();
	rmSync(folder, { recursive: true, force: true });
});

const DOWN = () => Promise.reject(new TypeError('fetch failed'));

/** A technician at a desk of their own, with the license in its mirror. */
async function deskOf(name: string) {
	const profile = new Profile();
	profile.line = hub.line;
	const person = await hub.addPerson(name);
	await hub.setRole(person, license.customerId, 'technician');
	const desk = await openDesk(profile, ORIGIN);
	opened.push(desk);
	await signIn(desk, person);
	const sync = () => desk.do((calls) => calls.round());
	await sync();
	const note = () => desk.do((calls) => calls.readText({ field: 'note', of: license.licenseId }));
	const write = (value: string) =>
		desk.do((calls) => calls.changeText({ field: 'note', of: license.licenseId }, value));
	const decide = async (value?: string) => {
		const { conflict } = (await note())!;
		const text = { field: 'note' as const, of: license.licenseId };
		await desk.do((calls) => calls.decideText(text, conflict!, value));
	};
	return { desk, profile, person, sync, note, write, decide };
}

test('[CH1] written offline it is shown at once and survives a restart; a refused one waits for its writer', async () => {
	const [ada, bob] = [await deskOf('ada'), await deskOf('bob')];
	ada.profile.line = DOWN;
	await ada.write('Moves in May');
	await ada.write('Moves in May, ask Bob');
	expect(await ada.note()).toMatchObject({ value: 'Moves in May, ask Bob', isUnsent: true });
	const again = await openDesk(ada.profile, ORIGIN);
	opened.push(again);
	expect(
		await again.do((calls) => calls.readText({ field: 'note', of: license.licenseId }))
	).toMatchObject({ value: 'Moves in May, ask Bob', isUnsent: true });

	await bob.write('Moves in June');
	await bob.sync();
	expect(await bob.note()).toMatchObject({ value: 'Moves in June', isUnsent: false });
	ada.profile.line = hub.line;
	await ada.sync();
	expect(await ada.note()).toMatchObject({
		value: 'Moves in June',
		conflict: { mine: 'Moves in May, ask Bob', earlier: ['Moves in May'], theirs: { by: 'bob' } }
	});
	expect(await ada.desk.do((calls) => calls.listOpenTexts())).toMatchObject([
		{ field: 'note', of: license.licenseId, number: license.number }
	]);

	await ada.decide('Moves in May or June, ask Bob');
	expect(await ada.note()).toMatchObject({ value: 'Moves in May or June, ask Bob' });
	await ada.sync();
	await bob.sync();
	for (const { note } of [ada, bob])
		expect(await note()).toMatchObject({ value: 'Moves in May or June, ask Bob', isUnsent: false });
	expect(await ada.desk.do((calls) => calls.listOpenTexts())).toEqual([]);
});

test('[CH1, SY8] a machine renamed offline is called so once anybody has brought the push', async () => {
	const answer = await activate(hub.hub, await askFor(license, await makeMachine('rack-07')), {});
	if (isRefusal(answer)) throw new Error(answer.refused);
	const [eve, dan] = [await deskOf('eve'), await deskOf('dan')];
	const machine = (desk: Desk) =>
		desk.do(async (calls) => {
			const [row] = (await calls.readLicense(license.licenseId))!.activations;
			return row!;
		});
	const of = (await machine(eve.desk))!.id;
	// Its outbox is known to the hub.
	await eve.write('Of Eve');
	await eve.sync();
	eve.profile.line = DOWN;
	await eve.desk.do((calls) => calls.changeText({ field: 'label', of }, 'Rack 7, left'));
	await eve.desk.do((calls) => calls.changeText({ field: 'site', of }, 'Hamburg'));
	expect(await machine(eve.desk)).toMatchObject({
		label: 'Rack 7, left',
		site: 'Hamburg',
		isUnsent: true
	});
	for (const { text } of (await eve.desk.do((calls) => calls.exportUnsent()))!)
		await takeIn(dan.desk, text);
	await dan.sync();
	await dan.sync();
	const seen = await machine(dan.desk);
	expect(seen).toMatchObject({ label: 'Rack 7, left', requestLabel: 'rack-07', site: 'Hamburg' });
	expect(seen!.isUnsent).toBeUndefined();
	const found = await dan.desk.do((calls) => calls.findMachine(of));
	expect(found).toMatchObject({ label: { held: { by: 'eve' } }, mayChange: true });

	// What was carried is settled by its own desk as it was.
	eve.profile.line = hub.line;
	await eve.sync();
	expect((await machine(eve.desk))!.isUnsent).toBeUndefined();
});

test('[CH1, SY6] a restored hub is told what it has forgotten, by the desk that wrote it', async () => {
	const [ada, bob] = [await deskOf('ann'), await deskOf('bea')];
	await ada.write((await ada.note())!.value + ' before');
	await ada.sync();
	await hub.backUp(join(folder, 'hub.kfbackup'));
	await ada.write('after the backup');
	await ada.sync();
	await hub.restore(join(folder, 'hub.kfbackup'));
	await signIn(bob.desk, bob.person);
	await bob.sync();
	expect((await bob.note())!.value).toMatch(/before$/);
	await signIn(ada.desk, ada.person);
	for (const each of [ada, ada, bob]) await each.sync();
	for (const { note } of [ada, bob])
		expect(await note()).toMatchObject({ value: 'after the backup', isUnsent: false });
});
