/**
 * A stick that a desk saves without a network is the one that the hub would give: a real desk, and a hub in
 * this process.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import type { StickFile } from '#lib/protocol/stick.ts';
import {
	activationSummaryOf,
	type ActivationLine
} from '#lib/search/activations/activation-summary.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { retireMachine } from '#server/operations/activations/retire-machine.ts';
import { returnActivations } from '#server/operations/facts/return-activations.ts';
import { renewLicense } from '#server/operations/licenses/renew-license.ts';
import { stickFiles } from '#server/operations/pull/stick-files.ts';
import { openDesk, type Desk } from '../../fixtures/desk.ts';
import { bring, signIn } from '../../fixtures/field-work.ts';
import {
	askFor,
	claimsOf,
	makeLicense,
	makeMachine,
	returnOf,
	type TestLicense,
	type TestMachine
} from '../../fixtures/hub.ts';
import { Profile } from '../../fixtures/profile.ts';
import { embeddedHome, ORIGIN, serveHub, type ServedHub } from '../../fixtures/served-hub.ts';

let hub: ServedHub;
let license: TestLicense;
let desk: Desk;
const profile = new Profile();

const ask = async (machine: TestMachine, said: Partial<Claims['activation-request']> = {}) => {
	const answer = await activate(hub.hub, await askFor(license, machine, { site: 'Quay', ...said }));
	if (isRefusal(answer)) throw new Error(answer.refused);
	return answerFile(hub.hub, answer);
};

beforeAll(async () => {
	hub = await serveHub(embeddedHome);
	license = await makeLicense(hub, { seats: 3 });
	profile.line = hub.line;
	const person = await hub.addPerson('ada');
	await hub.setRole(person, license.customerId, 'technician');
	desk = await openDesk(profile, ORIGIN);
	await signIn(desk, person);
});
afterAll(async () => {
	desk.life.end();
	await hub.remove();
});

/** What the list of activations shows, and a stick out of it. */
function stickOf(site: string): Promise<StickFile[] | undefined> {
	return desk.do(async (calls) => {
		const held = await calls.mirroredLicenses.get(license.licenseId);
		const { number, title, customer } = held!;
		const rows = await calls.nameMachines(await calls.mirroredActivations.first(1e6));
		const lines = rows.map((row): ActivationLine => {
			return { ...activationSummaryOf(row), number, title, customer };
		});
		return calls.readStick({ customerId: license.customerId, site }, lines);
	});
}

const named = (files: readonly StickFile[] = []) =>
	files.map(({ kind, machine = 'all' }) => `${kind} ${machine}`).sort();

test('[SK1] offline a desk has for a site what the hub has, and moves a machine to the site that people name', async () => {
	const [stays, leaves, gone, late] = await Promise.all(
		['q-stays', 'q-leaves', 'q-gone', 'q-late'].map((name) => makeMachine(name))
	);
	await ask(stays!);
	const given = await ask(leaves!);
	await returnActivations(hub.hub, [await returnOf(given, leaves!)]);
	const { act } = claimsOf<'activation'>(await ask(gone!));
	await retireMachine(hub.hub, { act, reason: 'burnt' }, license.manager);
	await ask(await makeMachine('q-far'), { site: 'Depot' });
	await ask(await makeMachine('q-near'), { site: 'Depot' });
	await renewLicense(hub.hub, license, { maintainedUntil: hub.clock.now + 86_400 });
	const refused = await askFor(license, late!, { site: 'Quay' });
	const { jti } = JSON.parse(
		Buffer.from(refused.split('.')[1]!, 'base64url').toString()
	) as Claims['activation-request'];
	await bring(desk, refused, jti);
	await desk.do((calls) => calls.round());
	await desk.do((calls) => calls.round());

	profile.line = () => Promise.reject(new TypeError('fetch failed'));
	const here = await stickOf('Quay');
	expect(named(here)).toEqual([
		'activation q-stays',
		'receipt q-leaves',
		'refusal q-late',
		'revocation all'
	]);
	const { customerId, manager } = license;
	const told = await stickFiles(hub.hub, { customerId, site: 'Quay' }, manager);
	if (isRefusal(told)) throw new Error(told.refused);
	// Of a machine that never had a seat the hub knows no site: the desk that brought its request does.
	const both = here!.filter(({ kind }) => kind !== 'refusal');
	const bytes = ({ kind, text, label, request }: StickFile) => ({ kind, text, label, request });
	const order = (a: StickFile, b: StickFile) => a.kind.localeCompare(b.kind);
	expect(both.sort(order).map(bytes)).toEqual(told.files.sort(order).map(bytes));

	const depot = await stickOf('Depot');
	expect(named(depot)).toEqual(['activation q-far', 'activation q-near', 'revocation all']);
	const near = claimsOf<'activation'>(depot!.find(({ machine }) => machine === 'q-near')!.text).act;
	await desk.do((calls) => calls.changeText({ field: 'site', of: near }, 'Quay'));
	expect(named(await stickOf('Depot'))).toEqual(['activation q-far', 'revocation all']);
	expect(named(await stickOf('Quay'))).toContain('activation q-near');
});
