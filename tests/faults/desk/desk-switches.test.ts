/**
 * An entitlement switched on desks that cannot reach the hub, and by staff meanwhile: real desks, each with
 * a profile of its own, a hub in this process, and a machine that loads what is signed.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { addProduct } from '#server/operations/catalog/save-product.ts';
import { allowEntitlement } from '#server/operations/licenses/allow-entitlement.ts';
import { openDesk, type Desk } from '../../fixtures/desk.ts';
import { signIn } from '../../fixtures/field-work.ts';
import {
	askFor,
	claimsOf,
	makeLicense,
	makeMachine,
	type TestLicense
} from '../../fixtures/hub.ts';
import { Profile } from '../../fixtures/profile.ts';
import { embeddedHome, ORIGIN, serveHub, type ServedHub } from '../../fixtures/served-hub.ts';

const remote = 'remote-management';
let hub: ServedHub;
let license: TestLicense;
const opened: Desk[] = [];

beforeAll(async () => {
	hub = await serveHub(embeddedHome);
	const about = { slug: 'harbor', title: 'Harbor', contact: 'licensing@example.com' };
	const entitlements = [
		{ code: 'backup', title: 'Backup' },
		{ code: remote, title: 'Remote management', switch: true as const, since: '5.2' }
	];
	await addProduct(hub.hub, { ...about, entitlements }, 'hub');
	const order = { product: 'harbor', entitlements: ['backup', remote], seats: 3 };
	license = await makeLicense(hub, order);
	const answer = await activate(hub.hub, await askFor(license, await makeMachine('vault')), {});
	if (isRefusal(answer)) throw new Error(answer.refused);
});
afterAll(async () => {
	for (const desk of opened) desk.life.end();
	await hub.remove();
});

const DOWN = () => Promise.reject(new TypeError('fetch failed'));

/** A manager at a desk of their own, with the license in its mirror. */
async function deskOf(name: string) {
	const profile = new Profile();
	profile.line = hub.line;
	const person = await hub.addPerson(name);
	await hub.setRole(person, license.customerId, 'manager');
	const desk = await openDesk(profile, ORIGIN);
	opened.push(desk);
	await signIn(desk, person);
	const sync = () => desk.do((calls) => calls.round());
	await sync();
	const of = `${license.licenseId}:${remote}`;
	const text = { field: 'allow' as const, of };
	const shown = async () => {
		const row = await desk.do((calls) => calls.readLicense(license.licenseId));
		return row!.shownSwitches[0]!.shown;
	};
	const allow = (value: 'on' | 'off') => desk.do((calls) => calls.changeText(text, value));
	const decide = async (value?: string) => {
		const { conflict } = await shown();
		await desk.do((calls) => calls.decideText(text, conflict!, value));
	};
	/** What the machine's newest file says, as this desk would carry it. */
	const carried = async () => {
		const row = await desk.do((calls) => calls.readLicense(license.licenseId));
		const machine = await desk.do((calls) => calls.findMachine(row!.activations[0]!.id));
		return claimsOf<'activation'>(machine!.file!.text);
	};
	return { desk, profile, person, sync, shown, allow, decide, carried };
}

test('[P7, CH1] two desks offline and staff meanwhile: each sees both values, and whose stands is decided', async () => {
	const [ada, bob] = [await deskOf('ada'), await deskOf('bob')];
	await ada.allow('off');
	await ada.sync();
	await bob.sync();
	expect(await bob.shown()).toMatchObject({ value: 'off', held: { by: 'ada' } });
	expect(await bob.carried()).toMatchObject({ gen: 2, ent: ['backup'] });

	for (const each of [ada, bob]) each.profile.line = DOWN;
	await ada.allow('on');
	await bob.allow('on');
	await bob.allow('off');
	for (const [each, value] of [[ada, 'on'] as const, [bob, 'off'] as const])
		expect(await each.shown()).toMatchObject({ value, isUnsent: true });
	const again = await openDesk(ada.profile, ORIGIN);
	opened.push(again);
	const kept = await again.do((calls) => calls.readLicense(license.licenseId));
	expect(kept!.shownSwitches).toMatchObject([{ shown: { value: 'on', isUnsent: true } }]);

	// Staff look into it: on for an hour, then off as it was. It is not the off that the desks have seen.
	const sam = await hub.addPerson('sam');
	const staff = { userId: sam.id, vendor: 'staff' as const, roles: new Map() };
	const { licenseId } = license;
	let seen = (await ada.shown()).held!;
	for (const value of ['on', 'off'] as const) {
		const change = { value, was: seen.value, after: seen.id! };
		const done = await allowEntitlement(
			hub.hub,
			{ licenseId, entitlement: remote, ...change },
			staff
		);
		if (isRefusal(done)) throw new Error(done.refused);
		expect(done.files).toHaveLength(1);
		const eve = await deskOf(`eve-${value}`);
		seen = (await eve.shown()).held!;
	}

	ada.profile.line = hub.line;
	await ada.sync();
	expect(await ada.shown()).toMatchObject({
		value: 'off',
		conflict: { mine: 'on', theirs: { value: 'off', by: 'sam' } }
	});
	expect(await ada.desk.do((calls) => calls.listOpenTexts())).toMatchObject([
		{ field: 'allow', label: 'Remote management', number: license.number }
	]);
	await ada.decide('on');
	await ada.sync();
	expect(await ada.shown()).toMatchObject({ value: 'on', isUnsent: false });
	expect(await ada.carried()).toMatchObject({ gen: 5, ent: ['backup', remote] });

	// Bob's on is there already, by Ada; his off after it would replace hers unseen.
	bob.profile.line = hub.line;
	await bob.sync();
	expect(await bob.shown()).toMatchObject({
		value: 'on',
		conflict: { mine: 'off', theirs: { value: 'on', by: 'ada' } }
	});
	await bob.decide();
	await bob.sync();
	for (const each of [ada, bob]) {
		await each.sync();
		const shown = await each.shown();
		expect(shown).toMatchObject({ value: 'on', isUnsent: false });
		expect(shown.conflict).toBeUndefined();
		expect(await each.carried()).toMatchObject({ gen: 5, ent: ['backup', remote] });
	}
	expect(await ada.desk.do((calls) => calls.listOpenTexts())).toEqual([]);
});
