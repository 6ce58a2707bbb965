/**
 * A hub whose pages are told by what rows and keys have in common, and cannot be put together: the desk refuses each of
 * them, keeps what it has, and goes on with the first that is whole. A real desk, and a hub in this process.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { KeysPage, PullPage } from '#lib/protocol/pull.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { suspendLicense } from '#server/operations/licenses/suspend-license.ts';
import { openDesk, type Desk } from '../fixtures/desk.ts';
import { signIn } from '../fixtures/field-work.ts';
import { issueMany } from '../fixtures/licenses.ts';
import { Profile, type Line } from '../fixtures/profile.ts';
import {
	embeddedHome,
	ORIGIN,
	serveHub,
	type Person,
	type ServedHub
} from '../fixtures/served-hub.ts';

let hub: ServedHub;
let person: Person;
let shown: { customerId: string; licenseId: string; number: string }[];

beforeAll(async () => {
	hub = await serveHub(embeddedHome);
	await issueMany(hub.hub, { product: 'atlas', customers: 2, licenses: 120, machines: 30 });
	const { customerId, licenseId, number } = licenses;
	shown = await hub.hub.db.select({ customerId, licenseId, number }).from(licenses);
	person = await hub.addPerson('ada');
	for (const id of new Set(shown.map((row) => row.customerId)))
		await hub.setRole(person, id, 'manager');
});
afterAll(() => hub.remove());

type Spoil<P> = (page: P) => void;
type Alike = NonNullable<PullPage['alike']>;

/** Sound: what is spoilt is no page any more. */
const anything = (value: unknown) => value as never;
/** Machines, where there are any. */
const lastOf = ({ licenses: [license], activations: [machine] }: Alike) => machine ?? license!;
const rows: Record<string, Spoil<Alike>> = {
	'is no list': (alike) => (alike.licenses = anything({ length: 3 })),
	'has nothing in common': ({ licenses: [some] }) => (some!.like = anything(null)),
	'has no rows': (alike) => (lastOf(alike).rows = anything(undefined)),
	'has a text for a row': ({ licenses: [some] }) => (some!.rows[3] = anything('{}')),
	'lacks a column': ({ licenses: [some] }) => delete some!.like.title,
	'lacks a column in one row': ({ licenses: [some] }) => (some!.rows[2]!.seats = null),
	'lacks an id': (alike) => delete lastOf(alike).rows[1]!.id,
	'has a column of another kind': ({ licenses: [some] }) => (some!.like.title = anything(7)),
	'has a row twice': ({ licenses: [some] }) => some!.rows.push(some!.rows[0]!),
	'has rows of somebody else': ({ licenses: [some] }) => (some!.like.customerId = 'somebody-else'),
	'has a million rows': ({ licenses: [some] }) =>
		(some!.rows = Array.from({ length: 1e6 }, () => ({})))
};

const keys: Record<string, Spoil<KeysPage>> = {
	'is no list': (page) => (page.alike = anything('keys')),
	'has no keys': ({ alike }) => (alike![0]!.own = anything(null)),
	'has a form that is none': ({ alike }) => (alike![0]!.forms[0] = anything(null)),
	'has no forms': ({ alike }) => (alike![0]!.forms = anything(undefined)),
	'lacks a form': ({ alike }) => (alike![0]!.forms = []),
	'lacks a part': ({ alike }) => void alike![0]!.forms[0]!.parts.pop(),
	'has gaps that go back': ({ alike }) => (alike![0]!.forms[0]!.gaps[0] = -1),
	'has gaps beyond all that there is': ({ alike }) => (alike![0]!.forms[0]!.gaps[0] = 1e15),
	'has a key too short': ({ alike }) => (ownOf(alike!)[1] = ownOf(alike!)[1].slice(1)),
	'has a key of no form': ({ alike }) => (ownOf(alike!)[0] = 99),
	'has a form of no hub key': ({ alike }) => (alike![0]!.forms[0]!.kid = 'another'),
	'has tokens that are none': (page) => (page.before = anything([])),
	'has tokens too long': ({ alike }) => (alike![0]!.forms[0]!.parts[0] = 'A'.repeat(1e6)),
	'has keys of somebody else': ({ alike }) => (alike![0]!.customerId = 'somebody-else'),
	'goes on where nobody was': (page) => (page.next = { customerId: 'somebody-else', after: '' }),
	'goes on where it began': (page) => (page.next = { customerId: shown[0]!.customerId, after: '' })
};

const ownOf = ([some]: NonNullable<KeysPage['alike']>) => Object.values(some!.own).at(-1)!;

/** A line on which answers of one procedure are spoilt. */
function spoiling<P>(procedure: string, spoil: Spoil<P>): Line {
	return async (request) => {
		const at = new URL(request.url).pathname.replace('/rpc/', '').split(',').indexOf(procedure);
		const response = await hub.line(request);
		if (at < 0) return response;
		const answers = (await response.json()) as { result: { data: P } }[];
		spoil(answers[at]!.result.data);
		return Response.json(answers);
	};
}

async function standing(desk: Desk) {
	return (await desk.do(async ({ mirroredLicenses, readState, readSync, strict }) => ({
		cursor: await readState('cursor', strict),
		owed: await readState('owedKeys', strict),
		keys: await strict.licenseKeys.count(),
		rows: await mirroredLicenses.first(1e6),
		fault: (await readSync()).fault
	})))!;
}

/** Whatever is spoilt, the desk stands where it stood. */
async function expectRefused<P>(
	desk: Desk,
	procedure: string,
	spoilt: Record<string, Spoil<P>>
): Promise<void> {
	const before = await standing(desk);
	for (const [how, spoil] of Object.entries(spoilt)) {
		desk.profile.line = spoiling(procedure, spoil);
		await desk.do((calls) => calls.round());
		const after = await standing(desk);
		expect({ how, fault: after.fault ?? '' }).toEqual({
			how,
			fault: expect.stringMatching(/^the hub sent /)
		});
		expect({ ...after, fault: before.fault }, how).toEqual(before);
	}
	desk.profile.line = hub.line;
}

test('[SY5] pages of a hub that cannot be put together are refused whole, and nothing that is here is lost', async () => {
	const profile = new Profile();
	profile.line = hub.line;
	const first = await openDesk(profile, ORIGIN);
	await signIn(first, person);
	first.life.end();
	const desk = await openDesk(profile, ORIGIN);
	const spoilRows = Object.fromEntries(
		Object.entries(rows).map(([how, spoil]) => [how, ({ alike }: PullPage) => spoil(alike!)])
	);
	// Before anything has come.
	expect((await standing(desk)).cursor).toBeUndefined();
	await expectRefused(desk, 'sync.pull', spoilRows);
	// All rows have come, and no keys yet.
	profile.line = spoiling('sync.keys', keys['lacks a form']!);
	await desk.do((calls) => calls.round());
	expect(await standing(desk)).toMatchObject({ keys: 0, owed: [{}, {}] });
	await expectRefused(desk, 'sync.keys', keys);
	await desk.do((calls) => calls.round());
	const whole = await standing(desk);
	expect(whole.rows).toHaveLength(shown.length);
	expect(whole).toMatchObject({ owed: undefined, fault: undefined });
	// A page that changes what is here.
	for (const row of shown) await suspendLicense(hub.hub, row);
	await expectRefused(desk, 'sync.pull', spoilRows);
	await desk.do((calls) => calls.round());
	const changed = await standing(desk);
	expect(changed.rows.filter(({ suspendedAt }) => suspendedAt !== undefined)).toHaveLength(
		shown.length
	);
	const key = await desk.do(async (calls) => (await calls.readLicense(shown[7]!.number))?.keyText);
	expect(key).toContain('BEGIN KEYFERRY LICENSE');
	desk.life.end();
});
