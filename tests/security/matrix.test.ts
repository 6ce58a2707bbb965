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
import { askFor, claimsOf, makeMachine } from '../fixtures/hub.ts';
import { askers, startAskedHub, strangers, type AskedHub, type Property } from './asked-hub.ts';

let hub: AskedHub;
beforeAll(async () => {
	hub = await startAskedHub();
});
afterAll(() => hub.stop());

type Code = 'ok' | RefusalCode;
/** In the order of {@link askers}, with what keys say that of their owners. */
type Row = readonly [Code, Code, Code, Code, Code, Code];
type Ask = {
	/** What is sent about the first customer's property. */
	input?: (own: Property) => unknown;
	expected: Row;
	/** Names nothing in particular: everybody gets their own. */
	own?: true;
};

const onlyStaff: Row = [
	'SIGN_IN_REQUIRED',
	'NOT_PERMITTED',
	'NOT_PERMITTED',
	'NOT_PERMITTED',
	'NOT_PERMITTED',
	'ok'
];
const anyUser: Row = ['SIGN_IN_REQUIRED', 'ok', 'ok', 'ok', 'ok', 'ok'];
const anybody: Row = ['ok', 'ok', 'ok', 'ok', 'ok', 'ok'];
const whichLicense = ({ licenseId }: Property) => ({ licenseId });

const procedures: Record<string, Ask> = {
	'session.me': { expected: anybody, own: true },
	'sync.pull': { input: () => ({}), expected: anyUser, own: true },
	// Each command of a push is answered by itself: see below.
	'sync.push': { input: pushOf, expected: anyUser },
	'license.issue': { input: orderFor, expected: onlyStaff },
	'license.suspend': { input: whichLicense, expected: onlyStaff },
	'license.resume': { input: whichLicense, expected: onlyStaff },
	'license.unfreeze': { input: whichLicense, expected: onlyStaff },
	'license.move': {
		// To nobody: what may be asked is another question than what becomes of it.
		input: ({ number }) => ({ number, customerId: uuidv7() }),
		expected: [...onlyStaff.slice(0, -1), 'NOT_FOUND'] as unknown as Row
	},
	'license.renew': { input: ({ number }) => ({ number }), expected: onlyStaff },
	'license.allotments': {
		input: ({ number }) => ({ number, deskSeats: 2 }),
		expected: [
			...(['SIGN_IN_REQUIRED', 'LICENSE_NOT_FOUND', 'LICENSE_NOT_FOUND'] as const),
			...(['NOT_PERMITTED', 'ok', 'ok'] as const)
		]
	},
	'allotment.list': { expected: anyUser, own: true },
	'allotment.end': {
		input: ({ allotment }) => ({ allotment, reason: 'lost' }),
		expected: [
			...(['SIGN_IN_REQUIRED', 'ALLOTMENT_NOT_FOUND', 'ALLOTMENT_NOT_FOUND'] as const),
			...(['NOT_PERMITTED', 'ok', 'ok'] as const)
		]
	},
	'allotment.writeOff': {
		input: ({ allotment }) => ({ allotment, reason: 'lost' }),
		expected: [
			...(['SIGN_IN_REQUIRED', 'ALLOTMENT_NOT_FOUND', 'ALLOTMENT_NOT_FOUND'] as const),
			...(['NOT_PERMITTED', 'ALLOTMENT_STILL_ISSUING', 'ALLOTMENT_STILL_ISSUING'] as const)
		]
	},
	'license.reports': { expected: onlyStaff },
	'license.list': { expected: anyUser, own: true },
	'adopt.files': { input: () => ({ files: ['no file'] }), expected: anyUser },
	'audit.page': { input: ({ customerId }) => ({ customerId, after: 0 }), expected: onlyStaff },
	'time.confirm': { expected: onlyStaff },
	'machine.retire': {
		input: ({ act }) => ({ act, reason: 'burnt' }),
		expected: ['SIGN_IN_REQUIRED', 'NOT_FOUND', 'NOT_FOUND', 'NOT_PERMITTED', 'ok', 'ok']
	},
	'activation.seats': {
		input: whichLicense,
		expected: ['SIGN_IN_REQUIRED', 'NOT_FOUND', 'NOT_FOUND', 'ok', 'ok', 'ok']
	}
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

/** The key of somebody may do what they may. */
const expectedOf = (row: Row) => [...row, row[4], row[5]];

/** Somebody else's property that nobody has. */
function nothing(): Property {
	return {
		customerId: uuidv7(),
		licenseId: uuidv7(),
		act: uuidv7(),
		key: '',
		allotment: uuidv7(),
		number: 'KF-0000-0000-0000'
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

describe.for(Object.entries(procedures))('[RE2] %s', ([name, { input, expected }]) => {
	test('answers each asker as the table says', async () => {
		const found: string[] = [];
		for (const asker of askers) {
			const answer = await call(name, await input?.(hub.own), hub.as[asker]);
			found.push(codeOf(await answer.text()));
			expect(answer.headers.get('cache-control')).toBe('no-store');
		}
		expect(Object.fromEntries(askers.map((asker, at) => [asker, found[at]]))).toEqual(
			Object.fromEntries(askers.map((asker, at) => [asker, expectedOf(expected)[at]]))
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
		technician: 'granted',
		manager: 'granted',
		staff: 'granted',
		'key of manager': 'granted',
		'key of staff': 'granted'
	});
});

test('license keys are shown to managers and staff, never to technicians', async () => {
	const shown: Record<string, boolean> = {};
	const { sec } = claimsOf<'license'>(hub.own.key);
	for (const asker of askers.slice(3)) {
		const texts = await Promise.all(
			['license.list', 'sync.pull'].map(async (name) =>
				(await call(name, name === 'sync.pull' ? {} : undefined, hub.as[asker])).text()
			)
		);
		const hasKey = texts.map((text) => /"key":"/.test(text));
		expect(hasKey[0], asker).toBe(hasKey[1]);
		shown[asker] = hasKey[0]!;
		for (const text of texts) expect(text).not.toContain(sec);
	}
	expect(shown).toEqual({
		technician: false,
		manager: true,
		staff: true,
		'key of manager': true,
		'key of staff': true
	});
});

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

/** By method and pattern; middleware is asked at an address where nothing else answers. */
const routes: Record<string, Route> = {
	'ALL /*': { ask: get('/nothing-here'), expected: all(404) },
	'GET /health/live': { ask: get('/health/live'), expected: all(200) },
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
			request: await askFor({ number: hub.own.number }, await makeMachine())
		})),
		// A session counts for nothing on /v1. [HT1]
		expected: [404, 404, 404, 404, 404, 404, 201, 201]
	},
	// Whoever holds such a file may bring it: the signatures decide.
	'POST /v1/returns': { ask: post('/v1/returns', () => ({ return: 'x' })), expected: all(400) },
	'POST /v1/facts': { ask: post('/v1/facts', () => ({ file: 'x' })), expected: all(400) },
	// Signed by a desk, so whoever carries it may bring it.
	'POST /v1/pushes': { ask: post('/v1/pushes', () => ({ push: 'x' })), expected: all(400) },
	'POST /v1/adopt': { ask: post('/v1/adopt', () => ({ file: 'x' })), expected: all(400) },
	'GET /v1/backup': {
		ask: get('/v1/backup', { 'x-keyferry': '1' }),
		expected: [401, 401, 401, 401, 401, 401, 403, 200]
	},
	'ALL /rpc/*': {
		ask: get('/rpc/no.such', { 'x-keyferry': '1' }),
		expected: all(404)
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
