/**
 * Everything that can be asked of a hub × everybody who may ask. Both lists come from the hub itself:
 * a procedure or route that is missing here fails, and so does one that is here and not there.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RefusalCode } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { makeApp, type AppParts } from '#server/roles/hub-app.ts';
import { openEndpoints } from '#server/auth/auth.ts';
import { hashOf } from '#server/operations/push/judge-commands.ts';
import { defaultLimits } from '#server/http/rate-limit.ts';
import { router } from '#server/rpc/router.ts';
import { askFor, claimsOf, makeMachine, type TestMachine } from '../fixtures/hub.ts';
import {
	askers,
	isReadOnly,
	keyKinds,
	limitedKeys,
	personOf,
	startAskedHub,
	strangers,
	type AskedHub,
	type AskerKind,
	type KeyKind,
	type PersonKind,
	type Property
} from './asked-hub.ts';

let hub: AskedHub;
beforeAll(async () => {
	hub = await startAskedHub();
});
afterAll(() => hub.stop());

type Code = 'ok' | RefusalCode;
/** What each person is told; keys are told what {@link personOf} them is. */
type Row = Readonly<Record<PersonKind, Code>>;
type Ask = {
	/** What is sent about the first customer's property. */
	input?: (own: Property) => unknown;
	expected: Row;
	/** Names nothing in particular: everybody gets their own. */
	own?: true;
	/** For people themselves: what keys are told, of whomever they are. [PE4] */
	keys?: Code;
	/** What keys are told that may less than their owners. */
	limited?: Code;
	/** Asks what a change would do: whoever may not make it is told nothing. */
	forecasts?: true;
};

const ranked = ['viewer', 'technician', 'manager', 'owner', 'staff', 'admin'] as const;

/** Whoever is that or more may; members who may not are told so, and strangers that there is nothing. */
function from(
	least: (typeof ranked)[number],
	{
		stranger = 'NOT_FOUND',
		lower = 'NOT_PERMITTED',
		done = 'ok'
	}: Partial<Record<'stranger' | 'lower' | 'done', Code>> = {}
): Row {
	const told = ranked.map((rank, at) => [rank, at < ranked.indexOf(least) ? lower : done] as const);
	return {
		'signed out': 'SIGN_IN_REQUIRED',
		'no customer': stranger,
		'another customer': stranger,
		...(Object.fromEntries(told) as Record<(typeof ranked)[number], Code>)
	};
}
/** For the vendor's people, who are told what everybody else is. */
const fromVendor = (least: 'staff' | 'admin', done: Code = 'ok') =>
	from(least, { stranger: 'NOT_PERMITTED', done });
const onlyStaff = fromVendor('staff');
const onlyAdmin = fromVendor('admin');
const fromManager = from('manager');
/** All who are signed in. */
const everybody = (code: Code): Row => from('viewer', { stranger: code, done: code });
const anyUser = everybody('ok');
const nobody = (code: Code): Row => ({ ...everybody(code), 'signed out': code });
const importedRow = () => ({
	reference: 'order 1',
	customer: 'Nobody',
	product: 'atlas',
	versions: { from: 8, to: 9 },
	edition: 'Standard',
	entitlements: [],
	seats: 1
});
const whichLicense = ({ licenseId }: Property) => ({ licenseId });
const ofLicense = (least: (typeof ranked)[number]) =>
	from(least, { stranger: 'LICENSE_NOT_FOUND' });
const ofAllotment = (done: Code) => from('manager', { stranger: 'ALLOTMENT_NOT_FOUND', done });

const noRelease = {
	product: 'atlas',
	version: '7.77',
	platform: 'any',
	name: 'a.zip',
	size: 1
};

const procedures: Record<string, Ask> = {
	'session.me': { expected: nobody('ok'), own: true },
	'session.list': { expected: anyUser, own: true, keys: 'NOT_PERMITTED' },
	'session.end': {
		input: () => ({ id: uuidv7() }),
		expected: everybody('NOT_FOUND'),
		keys: 'NOT_PERMITTED'
	},
	'session.endOthers': { expected: anyUser, own: true, keys: 'NOT_PERMITTED' },
	'key.list': { expected: anyUser, own: true, keys: 'NOT_PERMITTED' },
	'reminder.choice': { expected: anyUser, own: true, keys: 'NOT_PERMITTED' },
	'reminder.choose': {
		input: () => ({ off: [], language: 'en' }),
		expected: anyUser,
		own: true,
		keys: 'NOT_PERMITTED'
	},
	'calendar.address': { expected: anyUser, own: true, keys: 'NOT_PERMITTED' },
	'calendar.make': {
		input: () => ({ language: 'en' }),
		expected: anyUser,
		own: true,
		keys: 'NOT_PERMITTED'
	},
	'calendar.end': { expected: anyUser, own: true, keys: 'NOT_PERMITTED' },
	'device.list': {
		input: ({ customerId }) => ({ customerId }),
		expected: from('owner')
	},
	'device.show': {
		input: ({ device }) => ({ device }),
		expected: { ...from('owner', { lower: 'NOT_FOUND' }), manager: 'ok' }
	},
	// Its person is the manager.
	'device.end': {
		input: ({ device }) => ({ device }),
		expected: { ...from('owner', { lower: 'NOT_FOUND' }), manager: 'ok' }
	},
	// Whoever has its id is told that it has not ended, and no more.
	'device.ended': { input: () => ({ device: uuidv7() }), expected: nobody('ok') },
	'sync.pull': { input: () => ({}), expected: anyUser, own: true },
	'sync.keys': {
		input: ({ customerId }) => ({ customerIds: [customerId] }),
		expected: anyUser,
		own: true
	},
	// Each command of a push is answered by itself: see below.
	'sync.push': { input: pushOf, expected: anyUser, limited: 'NOT_PERMITTED' },
	'license.issue': { input: orderFor, expected: onlyStaff },
	'license.suspend': { input: whichLicense, expected: onlyStaff },
	'license.resume': { input: whichLicense, expected: onlyStaff },
	'license.unfreeze': { input: whichLicense, expected: onlyStaff },
	'license.move': {
		// To nobody: what may be asked is another question than what becomes of it.
		input: ({ number }) => ({ number, customerId: uuidv7() }),
		expected: fromVendor('staff', 'NOT_FOUND')
	},
	'license.import': {
		input: () => ({ rows: [importedRow()], dryRun: true }),
		expected: onlyStaff
	},
	'customer.import': {
		input: () => ({ rows: [{ name: 'Sample', contacts: [], note: '' }], dryRun: true }),
		expected: onlyStaff
	},
	'license.upgrade': {
		// To no newer versions: an upgrade is made once.
		input: ({ number }) => ({ number, versions: { from: 1, to: 1 } }),
		expected: fromVendor('staff', 'BODY_INVALID')
	},
	'license.allow': {
		// Of what it lacks: nothing is switched.
		input: ({ number }) => ({
			number,
			entitlement: 'nothing',
			value: 'off',
			was: 'on',
			after: ''
		}),
		expected: from('manager', { stranger: 'LICENSE_NOT_FOUND', done: 'ENTITLEMENT_MISSING' })
	},
	'license.renew': { input: ({ number }) => ({ number }), expected: onlyStaff },
	'license.allotments': {
		input: ({ number }) => ({ number, deskSeats: 2 }),
		expected: ofLicense('manager')
	},
	'allotment.list': { expected: anyUser, own: true },
	'allotment.end': {
		input: ({ allotment }) => ({ allotment, reason: 'lost' }),
		expected: ofAllotment('ok')
	},
	'allotment.writeOff': {
		input: ({ allotment }) => ({ allotment, reason: 'lost' }),
		expected: ofAllotment('ALLOTMENT_STILL_ISSUING')
	},
	'license.reports': { expected: onlyStaff },
	'license.list': { input: () => ({}), expected: anyUser, own: true },
	'license.find': { input: ({ number }) => ({ number }), expected: ofLicense('viewer') },
	'product.add': {
		input: () => ({ slug: `p-${uuidv7()}`, title: 'Beacon', contact: 'licensing@example.com' }),
		expected: onlyStaff
	},
	'product.change': { input: () => ({ slug: 'atlas', title: 'Atlas' }), expected: onlyStaff },
	'product.list': { expected: onlyStaff },
	'release.list': { input: () => ({}), expected: onlyStaff },
	'release.save': {
		input: () => ({ product: 'atlas', version: '8.1', notes: 'Faster.' }),
		expected: onlyStaff
	},
	// Of a version that nobody has added.
	'release.addLink': {
		input: () => ({ ...noRelease, sha256: 'a'.repeat(64), url: 'https://example.com/a.zip' }),
		expected: fromVendor('staff', 'NOT_FOUND')
	},
	'release.upload': { input: () => noRelease, expected: fromVendor('staff', 'NOT_FOUND') },
	'release.withdraw': {
		input: () => ({ product: 'atlas', version: '7.77', reason: 'crashes' }),
		expected: fromVendor('staff', 'NOT_FOUND')
	},
	'release.offers': { input: ({ number }) => ({ number }), expected: ofLicense('viewer') },
	'release.link': {
		input: ({ number }) => ({ number, version: '7.77', file: uuidv7() }),
		expected: from('viewer', { stranger: 'LICENSE_NOT_FOUND', done: 'NOT_FOUND' })
	},
	'customer.add': { input: () => ({ name: `Sample ${uuidv7()}` }), expected: onlyStaff },
	'customer.change': {
		input: () => ({ customerId: uuidv7(), note: 'pays late' }),
		expected: fromVendor('staff', 'NOT_FOUND')
	},
	'customer.list': { input: () => ({}), expected: onlyStaff },
	'customer.keep': {
		input: ({ customerId }) => ({ customerId, keep: true }),
		expected: onlyStaff
	},
	'adopt.files': { input: () => ({ files: ['no file'] }), expected: anyUser },
	'audit.page': { input: ({ customerId }) => ({ customerId, after: 0 }), expected: onlyStaff },
	'audit.search': { input: ({ customerId }) => ({ customerId }), expected: onlyStaff },
	'audit.rows': {
		input: ({ customerId }) => ({ customerId, kind: 'activation', after: '' }),
		expected: onlyStaff
	},
	'time.confirm': { expected: onlyStaff },
	'machine.forecast': {
		input: ({ act }) => ({ acts: [act] }),
		expected: fromManager,
		forecasts: true
	},
	'machine.retire': {
		input: ({ act }) => ({ act, reason: 'burnt' }),
		expected: fromManager
	},
	'people.list': { input: ({ customerId }) => ({ customerId }), expected: fromManager },
	'people.invite': {
		input: ({ customerId }) => ({ customerId, email: `${uuidv7()}@example.com`, role: 'viewer' }),
		expected: fromManager
	},
	'people.role': {
		// Of nobody: what may be asked is another question than what becomes of it.
		input: ({ customerId }) => ({ customerId, userId: uuidv7(), role: 'viewer' }),
		expected: from('manager', { done: 'NOT_FOUND' })
	},
	'people.remove': {
		input: ({ customerId }) => ({ customerId, userId: uuidv7() }),
		expected: everybody('NOT_FOUND')
	},
	'people.withdraw': {
		input: ({ customerId }) => ({ customerId, id: uuidv7() }),
		expected: everybody('NOT_FOUND')
	},
	// Whoever holds a code holds the mail that it was in.
	'people.invitation': { input: () => ({ code: 'x' }), expected: nobody('INVITATION_INVALID') },
	'people.accept': { input: () => ({ code: 'x' }), expected: nobody('INVITATION_INVALID') },
	'hubKey.list': { expected: onlyAdmin },
	'order.list': { input: () => ({}), expected: onlyStaff },
	'order.find': { input: () => ({ id: 'msg_x' }), expected: fromVendor('staff', 'NOT_FOUND') },
	'order.replay': { input: () => ({ id: 'msg_x' }), expected: fromVendor('staff', 'NOT_FOUND') },
	'order.changeAddress': {
		input: () => ({ purchase: 'P-0', address: 'a@example.com' }),
		expected: fromVendor('staff', 'ORDER_UNKNOWN')
	},
	'order.secrets': { expected: onlyAdmin },
	'order.addSecret': { input: () => ({ name: 'Example store' }), expected: onlyAdmin },
	'order.endSecret': {
		input: () => ({ id: uuidv7() }),
		expected: fromVendor('admin', 'NOT_FOUND')
	},
	'webhook.list': { expected: onlyAdmin },
	'webhook.add': { input: () => ({ url: 'https://hooks.example.com/in' }), expected: onlyAdmin },
	'webhook.change': {
		input: () => ({ id: uuidv7(), isOn: false }),
		expected: fromVendor('admin', 'NOT_FOUND')
	},
	'webhook.remove': {
		input: () => ({ id: uuidv7() }),
		expected: fromVendor('admin', 'NOT_FOUND')
	},
	'webhook.log': { input: () => ({}), expected: onlyAdmin },
	'webhook.replay': {
		input: () => ({ webhook: uuidv7(), event: 'evt_x' }),
		expected: fromVendor('admin', 'NOT_FOUND')
	},
	'face.read': { input: () => ({}), expected: nobody('ok'), own: true },
	'face.stored': { expected: onlyAdmin },
	'face.change': { input: () => ({ name: 'Example Software' }), expected: onlyAdmin },
	'mail.list': { expected: onlyAdmin },
	'mail.test': { input: () => ({ to: 'a@example.com' }), expected: onlyAdmin },
	'staff.list': { expected: onlyAdmin },
	'staff.secondFactor': { expected: onlyAdmin },
	'staff.requireSecondFactor': { input: () => ({ required: false }), expected: onlyAdmin },
	'staff.invite': {
		input: () => ({ email: `${uuidv7()}@example.com`, role: 'staff' }),
		expected: onlyAdmin
	},
	'staff.role': {
		input: () => ({ userId: uuidv7(), role: 'staff' }),
		expected: fromVendor('admin', 'NOT_FOUND')
	},
	'staff.remove': {
		input: () => ({ userId: uuidv7() }),
		expected: fromVendor('admin', 'NOT_FOUND')
	},
	'staff.withdraw': { input: () => ({ id: uuidv7() }), expected: fromVendor('admin', 'NOT_FOUND') },
	'siteServer.open': {
		input: () => ({ code: 'x' }),
		expected: everybody('SERVER_CODE_INVALID'),
		keys: 'NOT_PERMITTED'
	},
	// Whether one may give the license is told before whether somebody waits for it.
	'siteServer.approve': {
		input: ({ number }) => ({ code: 'x', number }),
		expected: from('technician', { stranger: 'LICENSE_NOT_FOUND', done: 'SERVER_CODE_INVALID' }),
		keys: 'NOT_PERMITTED'
	},
	'siteServer.deny': {
		input: () => ({ code: 'x' }),
		expected: everybody('SERVER_CODE_INVALID'),
		keys: 'NOT_PERMITTED'
	},
	// Neither answer says whether anything is known.
	'attach.ask': {
		input: ({ number }) => ({ things: [number, 'P-NOBODY'], language: 'en' }),
		expected: anyUser,
		keys: 'NOT_PERMITTED'
	},
	// How many tries are left is everybody's own.
	'attach.enter': {
		input: () => ({ codes: ['12345678'] }),
		expected: everybody('CODE_INVALID'),
		own: true,
		keys: 'NOT_PERMITTED'
	},
	// To the same customer: whoever may is told that it is there already.
	'attach.moveOwn': {
		input: ({ number, customerId }) => ({ number, customerId }),
		expected: from('owner', { stranger: 'LICENSE_NOT_FOUND', done: 'BODY_INVALID' }),
		keys: 'NOT_PERMITTED'
	},
	'usage.list': {
		input: ({ customerId }) => ({ customerId }),
		expected: from('viewer')
	},
	'stick.sites': { input: ({ customerId }) => ({ customerId }), expected: from('viewer') },
	// Its machines were never said to stand anywhere.
	'stick.files': {
		input: ({ customerId }) => ({ customerId, site: '' }),
		expected: from('viewer')
	},
	'license.seatHistory': {
		input: ({ customerId }) => ({ customerIds: [customerId] }),
		expected: from('viewer')
	},
	'license.history': { input: whichLicense, expected: from('viewer') },
	'activation.seats': { input: whichLicense, expected: from('viewer') }
};

async function pushOf({ number }: Property) {
	const outbox = uuidv7();
	const args = { request: await askFor({ number }, await makeMachine()) };
	const body = { type: 'activation.request' as const, version: 1, args };
	const command = { id: uuidv7(), outbox, n: 1, ...body, hash: hashOf(body), createdAt: 1 };
	return { outbox, commands: [command] };
}

function orderFor({ customerId }: Property) {
	return {
		customerId,
		product: 'atlas',
		edition: 'Standard',
		entitlements: [],
		seats: 1,
		versions: { from: 8, to: 9 },
		virtualMachines: true,
		givenFingerprints: false,
		matches: 2,
		graceMinutes: 15
	};
}

const procedureTypes = Object.entries(
	router._def.procedures as unknown as Record<string, { _def: { type: 'query' | 'mutation' } }>
);

function call(name: string, input: unknown, headers: Record<string, string>): Promise<Response> {
	const [, { _def }] = procedureTypes.find(([each]) => each === name)!;
	const json = input === undefined ? undefined : JSON.stringify(input);
	const sent = { 'x-keyferry': '1', ...headers };
	if (_def.type === 'query') {
		const query = json === undefined ? '' : `?input=${encodeURIComponent(json)}`;
		return fetch(`${hub.url}/rpc/${name}${query}`, { headers: sent });
	}
	return fetch(`${hub.url}/rpc/${name}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...sent },
		body: json
	});
}

function codeOf(text: string): string {
	const { error } = JSON.parse(text) as {
		error?: { data: { refusal?: { refused: string } }; message: string };
	};
	return error ? (error.data.refusal?.refused ?? error.message) : 'ok';
}

/** What somebody is told: a key what its person would be, as far as its limits go. */
function expectedOf(name: string, asker: AskerKind): Code {
	const { expected, keys, limited, forecasts } = procedures[name]!;
	const told = expected[personOf(asker)];
	if (!(asker in keyKinds)) return told;
	const isQuery = procedureTypes.find(([each]) => each === name)![1]._def.type === 'query';
	if (isReadOnly(asker) && (!isQuery || forecasts)) return 'NOT_PERMITTED';
	if (keys !== undefined) return keys;
	return (limitedKeys.includes(asker as KeyKind) ? limited : undefined) ?? told;
}

/** Somebody else's property that nobody has. */
function nothing(): Property {
	return {
		customerId: uuidv7(),
		licenseId: uuidv7(),
		act: uuidv7(),
		key: '',
		allotment: uuidv7(),
		number: 'KF-0000-0000-0000',
		device: uuidv7()
	};
}

/** An answer, its signed files opened, without what the question itself named. */
const without = (text: string, named: Property) =>
	Object.values(named)
		.filter((value) => value !== '')
		.reduce((left, value) => left.replaceAll(value, '…'), opened(text));

function opened(text: string): string {
	return text.replace(/"file":("(?:[^"\\]|\\.)*")/g, (_, file: string) =>
		JSON.stringify({ file: claimsOf<'refusal'>(JSON.parse(file) as string) })
	);
}

test('every procedure of the router is in the table, and no other', () => {
	expect(procedureTypes.map(([name]) => name).sort()).toEqual(Object.keys(procedures).sort());
});

describe.for(Object.entries(procedures))('[RE2, PE1, PE4] %s', ([name, { input }]) => {
	test('answers each asker as the table says', async () => {
		const found: [AskerKind, string][] = [];
		for (const asker of askers) {
			const answer = await call(name, await input?.(hub.own), hub.as[asker]);
			found.push([asker, codeOf(await answer.text())]);
			expect(answer.headers.get('cache-control')).toBe('no-store');
		}
		expect(Object.fromEntries(found)).toEqual(
			Object.fromEntries(askers.map((asker) => [asker, expectedOf(name, asker)]))
		);
	});

	test('tells strangers what it tells of things that are not there, and nothing else', async () => {
		const absent = nothing();
		for (const asker of strangers) {
			const [real, none] = await Promise.all(
				[hub.own, absent].map(async (named) => {
					const sent = await input?.(named);
					const answer = await call(name, sent, hub.as[asker]);
					return { status: answer.status, text: without(await answer.text(), named) };
				})
			);
			const marks = [
				hub.own.customerId,
				hub.own.number,
				hub.own.act,
				hub.own.allotment,
				hub.own.device,
				'Example GmbH',
				'drawing-0'
			];
			for (const mark of marks) expect(real!.text, asker).not.toContain(mark);
			expect(real!.status, asker).toBe(none!.status);
			if (!procedures[name]!.own) expect(plain(real!.text), asker).toBe(plain(none!.text));
		}
	});
});

/** Ids that the test itself made up differ from call to call. */
function plain(text: string): string {
	return text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '#').replace(/\d{10,}/g, '#');
}

test('[RE2] a pushed request by number alone is granted to members only', async () => {
	const codes: Record<string, string> = {};
	for (const asker of askers.slice(1)) {
		if (limitedKeys.includes(asker as KeyKind)) continue;
		const answer = await call('sync.push', await pushOf(hub.own), hub.as[asker]);
		const { result } = (await answer.json()) as {
			result: { data: { results: { state: string; refusal?: { refused: string } }[] } };
		};
		const [first] = result.data.results;
		codes[asker] = first!.refusal?.refused ?? 'granted';
	}
	expect(codes).toEqual({
		'no customer': 'LICENSE_NOT_FOUND',
		'another customer': 'LICENSE_NOT_FOUND',
		viewer: 'NOT_PERMITTED',
		technician: 'granted',
		manager: 'granted',
		owner: 'granted',
		staff: 'granted',
		admin: 'granted',
		'key of viewer': 'NOT_PERMITTED',
		'key of technician': 'granted',
		'key of manager': 'granted',
		'key of owner': 'granted',
		'key of staff': 'granted',
		'key of admin': 'granted'
	});
});

test('license keys are shown to managers and staff, never to technicians', async () => {
	const shown: Record<string, boolean> = {};
	const { sec } = claimsOf<'license'>(hub.own.key);
	for (const asker of askers.slice(3)) {
		if (asker === 'key of an owner for another customer') continue;
		const texts = await Promise.all(
			(
				[
					['license.list', {}],
					['sync.pull', {}],
					['sync.keys', { customerIds: [hub.own.customerId] }]
				] as const
			).map(async ([name, input]) => (await call(name, input, hub.as[asker])).text())
		);
		const hasKey = texts.map((text) => /"(key|token)":"/.test(text));
		expect(new Set(hasKey).size, asker).toBe(1);
		shown[asker] = hasKey[0]!;
		for (const text of texts) expect(text).not.toContain(sec);
	}
	expect(Object.keys(shown).filter((asker) => !shown[asker])).toEqual([
		'viewer',
		'technician',
		'key of viewer',
		'key of technician',
		'technician’s key of an owner'
	]);
	expect(Object.values(shown).filter(Boolean).length).toBeGreaterThan(8);
});

/** One machine has one seat, whoever asks for it. */
let sameMachine: TestMachine | undefined;

type Route = { ask: () => Promise<RequestInit & { path: string }>; expected: readonly number[] };
const get =
	(path: string, headers = {}) =>
	async () => ({ path, headers });
const post = (path: string, body: () => Promise<object> | object) => async () => ({
	path,
	method: 'POST',
	headers: { 'content-type': 'application/json' },
	body: JSON.stringify(await body())
});
const all = (status: number) => askers.map(() => status);
/** A session counts for nothing there. */
const perKey = (told: Partial<Record<KeyKind, number>>, asPerson: number, asKey = asPerson) =>
	askers.map((asker) => (asker in keyKinds ? (told[asker as KeyKind] ?? asKey) : asPerson));

/** For people themselves, who have signed in. */
const inSession = (status: number) =>
	askers.map((asker) => (asker === 'signed out' || asker in keyKinds ? 401 : status));

/** By method and pattern; middleware is asked at an address where nothing else answers. */
const routes: Record<string, Route> = {
	'ALL /*': { ask: get('/nothing-here'), expected: all(404) },
	'GET /health/live': { ask: get('/health/live'), expected: all(200) },
	'GET /metrics': { ask: get('/metrics', { via: 'proxy' }), expected: all(404) },
	'GET /health/ready': { ask: get('/health/ready'), expected: all(200) },
	'GET /.well-known/jwks.json': { ask: get('/.well-known/jwks.json'), expected: all(200) },
	'GET /.well-known/keyferry-roots.json': {
		ask: get('/.well-known/keyferry-roots.json'),
		expected: all(200)
	},
	'GET /.well-known/keyferry.kftrust': {
		ask: get('/.well-known/keyferry.kftrust'),
		expected: all(200)
	},
	'GET /.well-known/keyferry-ca.crt': {
		// This hub has no authority of its own.
		ask: get('/.well-known/keyferry-ca.crt'),
		expected: all(404)
	},
	'ALL /v1/*': { ask: get('/v1/nothing'), expected: all(404) },
	'GET /v1/openapi.json': { ask: get('/v1/openapi.json'), expected: all(200) },
	'POST /v1/activations': {
		ask: post('/v1/activations', async () => ({
			request: await askFor({ number: hub.own.number }, (sameMachine ??= await makeMachine()))
		})),
		// A session counts for nothing on /v1. [HT1]
		expected: perKey(
			{
				'key of viewer': 403,
				'key of technician': 201,
				'key of manager': 201,
				'key of owner': 201,
				'key of staff': 201,
				'key of admin': 201,
				'technician’s key of an owner': 201,
				'key of an owner for another customer': 404,
				'owner’s key of staff for one customer': 201,
				'read-only key of owner': 403,
				'read-only key of admin': 403
			},
			404
		)
	},
	// A site server is nobody, until a person has answered it. [GL1]
	'POST /v1/device-authorizations': {
		ask: post('/v1/device-authorizations', () => ({})),
		expected: all(400)
	},
	'POST /v1/device-tokens': { ask: post('/v1/device-tokens', () => ({})), expected: all(400) },
	// Whoever holds such a file may bring it: the signatures decide.
	'POST /v1/returns': { ask: post('/v1/returns', () => ({ return: 'x' })), expected: all(400) },
	'POST /v1/facts': { ask: post('/v1/facts', () => ({ file: 'x' })), expected: all(400) },
	'POST /v1/usage': { ask: post('/v1/usage', () => ({ file: 'x' })), expected: all(400) },
	'POST /v1/releases': {
		ask: async () => {
			const of = { product: 'atlas', version: '8.1' };
			const file = { platform: 'any', name: 'a.zip', size: 1, sha256: 'a'.repeat(64) };
			const url = 'https://example.com/a.zip';
			const staff = hub.as['key of staff'];
			await (await call('release.save', of, staff)).text();
			await (await call('release.addLink', { ...of, ...file, url }, staff)).text();
			return post('/v1/releases', () => ({ license: hub.own.number, version: '8.1' }))();
		},
		expected: perKey({ 'key of an owner for another customer': 404 }, 404, 200)
	},
	// By a link alone, whoever has it.
	'GET /v1/calendar.ics': { ask: get('/v1/calendar.ics?of=x'), expected: all(404) },
	'GET /v1/releases/file': { ask: get('/v1/releases/file?link=x'), expected: all(410) },
	'POST /v1/releases/upload': {
		ask: post('/v1/releases/upload', () => ({})),
		expected: perKey({ 'key of staff': 400, 'key of admin': 400 }, 401, 403)
	},
	// Signed by a store, whoever sends it.
	'POST /v1/orders': { ask: post('/v1/orders', () => ({ type: 'x' })), expected: all(401) },
	// Signed by a desk, so whoever carries it may bring it.
	'POST /v1/pushes': { ask: post('/v1/pushes', () => ({ push: 'x' })), expected: all(400) },
	'POST /v1/adopt': { ask: post('/v1/adopt', () => ({ file: 'x' })), expected: all(400) },
	'GET /v1/backup': {
		ask: get('/v1/backup', { 'x-keyferry': '1' }),
		// A read-only key reads all that its owner may.
		expected: perKey(
			{ 'key of staff': 200, 'key of admin': 200, 'read-only key of admin': 200 },
			401,
			403
		)
	},
	'ALL /rpc/*': {
		ask: get('/rpc/no.such', { 'x-keyferry': '1' }),
		expected: all(404)
	},
	// Whoever is at the door: who they are is what it is about.
	'POST /auth/code/send': { ask: post('/auth/code/send', () => ({})), expected: all(400) },
	'POST /auth/code/enter': { ask: post('/auth/code/enter', () => ({})), expected: all(400) },
	'GET /auth/ways': { ask: get('/auth/ways'), expected: all(200) },
	'POST /auth/provider/start': {
		ask: post('/auth/provider/start', () => ({})),
		expected: all(400)
	},
	'GET /auth/provider/:id/callback': {
		ask: async () => ({ path: '/auth/provider/none/callback', redirect: 'manual' }),
		expected: all(303)
	},
	'GET /auth/provider/links': { ask: get('/auth/provider/links'), expected: inSession(200) },
	'POST /auth/provider/unlink': {
		ask: post('/auth/provider/unlink', () => ({})),
		expected: inSession(400)
	},
	'GET /auth/second-factor': { ask: get('/auth/second-factor'), expected: inSession(200) },
	'POST /auth/second-factor/begin': {
		ask: post('/auth/second-factor/begin', () => ({})),
		expected: inSession(200)
	},
	'POST /auth/second-factor/confirm': {
		ask: post('/auth/second-factor/confirm', () => ({})),
		expected: inSession(400)
	},
	'POST /auth/second-factor/enter': {
		ask: post('/auth/second-factor/enter', () => ({})),
		expected: inSession(400)
	},
	'POST /auth/second-factor/remove': {
		ask: post('/auth/second-factor/remove', () => ({})),
		expected: inSession(400)
	},
	// Twice: a limit of size for all, and what is not exposed. The exposed ones follow below.
	'ALL /auth/*': { ask: get('/auth/nothing'), expected: all(404) }
};

test('every route of the app is in the table, and no other', () => {
	// Exposing the routes asks nothing of the parts that answer on them.
	const app = makeApp({ limits: defaultLimits } as AppParts);
	const exposed = new Set(app.routes.map(({ method, path }) => `${method} ${path}`));
	const signIn = openEndpoints.map(([method, path]) => `${method} /auth${path}`);
	expect([...exposed].sort()).toEqual([...Object.keys(routes), ...signIn].sort());
});

describe.for(Object.entries(routes))('[RE2] %s', ([, { ask, expected }]) => {
	test('answers each asker as the table says, with every header of safety', async () => {
		const found: number[] = [];
		for (const asker of askers) {
			const { path, headers, ...init } = await ask();
			const sent = { ...(headers as Record<string, string>), ...hub.as[asker] };
			const answer = await fetch(`${hub.url}${path}`, { ...init, headers: sent });
			found.push(answer.status);
			const text = await answer.text();
			expect(text).not.toMatch(/node_modules|\.ts:\d|\n\s+at /);
			for (const [name, value] of Object.entries(safety))
				expect(answer.headers.get(name) ?? '', `${path} ${name}`).toMatch(value);
		}
		expect(found).toEqual(expected);
	});
});

const safety = {
	'content-security-policy': /default-src 'none'.*frame-ancestors 'none'/,
	'x-content-type-options': /^nosniff$/,
	'x-frame-options': /^DENY$/,
	'cross-origin-opener-policy': /^same-origin$/,
	'permissions-policy': /geolocation=\(\)/,
	'referrer-policy': /^no-referrer$/
};
