/**
 * Every screen, in German, with names that run either way, with few rows and with thousands: at 200 %, with
 * large text, without motion, by keyboard.
 */
import type { BrowserContext, Page } from '@playwright/test';
import { askFor, claimsOf, makeMachine } from '../../fixtures/hub.ts';
import type { RunningHub } from '../../fixtures/running-hub.ts';
import { startSeededHub } from '../../fixtures/seeded-hub.ts';
import { callHub } from '#server/cli/base/hub-client.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { expectTabbable } from './by-keyboard.ts';
import { makeRequests, openDesk } from '../desk-page.ts';
import { expect, online, test } from '../fixtures.ts';
import { expectLaidOut } from '../layout-flaws.ts';
import { motionOf, watchMotion } from './motion.ts';
import { openAt } from '../open-at.ts';
import { issueOwn } from '../own-license.ts';
import { signInAs } from '../signing-in.ts';
import { openStore } from '../store.ts';

test.use(online);

const MACHINES = ['שרת 07 (גיבוי)', 'مخدم 12 / b', 'rack-07'];
const SITE = 'אתר 4-B';
const PERSON = 'عادل 2';
const CUSTOMER = 'مصنع 12 الشمال (3)';
/** More are shown the same way. */
const MANY = Number(process.env.ROWS ?? 3_000);

const DESK = [
	...['/', '/lookup', '/more', '/licenses', '/activations', '/requests', '/activate'],
	...['/allotments', '/allotments/issue', '/import', '/sync', '/attach', '/downloads', '/device'],
	...['/settings', '/settings/people', '/settings/ways', '/settings/devices'],
	...['/settings/sessions', '/settings/reminders', '/settings/calendar', '/settings/keys'],
	...['/sign-in', '/nowhere']
];

const CONSOLE = [
	...['', '/products', '/product', '/product/atlas-server', '/licenses', '/issue', '/releases'],
	...['/orders', '/orders/secrets', '/webhooks', '/audit', '/server']
].map((path) => `/vendor${path}`);

/** Asks the hub as its staff. */
async function ask<T>({ address, demo }: RunningHub, procedure: string, input: object): Promise<T> {
	const answer = await callHub<T>({ url: address, token: demo.token }, { procedure, input });
	if (isRefusal(answer)) throw new Error(`${procedure}: ${answer.refused}`);
	return answer;
}

/** Machines of a license of their own, with names that run from right to left. */
async function activateAll(hub: RunningHub) {
	const { key, number } = await issueOwn(hub, { seats: 4, edition: 'מהדורה 2' });
	const { sec } = claimsOf<'license'>(key);
	for (const label of MACHINES) {
		const said = { label, site: SITE, name: PERSON };
		const request = await askFor({ number, sec }, await makeMachine(label), said);
		const body = JSON.stringify({ request });
		const answer = await fetch(`${hub.address}/v1/activations`, { method: 'POST', body });
		expect(answer.status).toBe(201);
	}
	return { key, number };
}

/** What is looked at as a person has it in front of them: in German, on paper-thin screens, without motion. */
async function openContext(open: (options: object) => Promise<BrowserContext>, hub: RunningHub) {
	const context = await open({
		baseURL: hub.address,
		locale: process.env.LOCALE ?? 'de-DE',
		reducedMotion: 'reduce',
		colorScheme: process.env.SCHEME ?? 'light',
		viewport: { width: 1280, height: 760 }
	});
	await watchMotion(context);
	return context;
}

async function walk(page: Page, paths: readonly string[], size: string): Promise<void> {
	for (const path of paths) {
		await openAt(page, path);
		await expectLaidOut(page, `${path} ${size}`);
		await expectTabbable(page, path);
		expect.soft(await motionOf(page), `${path} moves`).toEqual([]);
	}
}

test('[DK10, NM1] every screen of a desk at 200 %, with large text, by keyboard, without motion, with names either way', async ({
	browser,
	hub
}) => {
	const { key, number } = await activateAll(hub);
	const context = await openContext((options) => browser.newContext(options), hub);
	const page = await context.newPage();
	await signInAs(page, hub, 'owner');
	const calls = await openDesk(context, hub.address);
	const [jti] = await makeRequests(calls, key, MACHINES, PERSON);
	const { licenseId, id } = await calls.evaluate(async (asked) => {
		const { strict } = globalThis.desk;
		const license = await strict.licenses.where('number').equals(asked).first();
		return (await strict.activations.where('licenseId').equals(license!.id).first())!;
	}, number);
	await calls.close();
	await walk(
		page,
		[
			...DESK,
			`/licenses/${number}`,
			`/licenses/${licenseId}/${id}`,
			`/requests/${jti}`,
			`/activate/${number}`,
			`/downloads?license=${number}`
		],
		'few'
	);
	await context.close();
});

test('[DK10, NM1] every page of the console at 200 %, with large text, by keyboard, without motion, with names either way', async ({
	browser,
	hub
}) => {
	const { number } = await activateAll(hub);
	const { id } = await ask<{ id: string }>(hub, 'customer.add', { name: CUSTOMER });
	const store = await openStore(hub);
	const { 'line-1': bought = '' } = await store.sells({
		id: 'P-1042',
		address: 'owner@example.com',
		name: CUSTOMER,
		lines: [{ id: 'line-1', product: 'atlas', versions: { from: 8, to: 9 } }]
	});
	const context = await openContext((options) => browser.newContext(options), hub);
	const page = await context.newPage();
	await signInAs(page, hub, 'admin');
	await walk(
		page,
		[
			...CONSOLE,
			`/vendor/customer/${id}`,
			`/vendor/license/${number}`,
			`/vendor/license/${bought}`,
			`/vendor/audit?customer=${id}`
		],
		'few'
	);
	await context.close();
});

test('[DK10] lists of thousands at 200 %, with large text, by keyboard, without motion', async ({
	browser
}) => {
	const hub = await startSeededHub({ customers: 1, licenses: MANY, machines: MANY });
	try {
		const context = await openContext((options) => browser.newContext(options), hub);
		const page = await context.newPage();
		await signInAs(page, hub, 'admin');
		const calls = await openDesk(context, hub.address);
		const { key } = hub.demo.licenses[0]!;
		await makeRequests(calls, key, MACHINES, PERSON);
		await calls.evaluate(multiplyRequests, MANY);
		await calls.close();
		await walk(
			page,
			[
				...['/', '/lookup', '/licenses', '/activations', '/requests', '/sync'],
				...['/vendor', '/vendor/licenses', '/vendor/audit']
			],
			'many'
		);
		await context.close();
	} finally {
		await hub.stop();
	}
});

/** Runs on the desk's page: the same requests under other names, as an import of many files leaves them. */
async function multiplyRequests(count: number): Promise<void> {
	const { strict } = globalThis.desk;
	const [first] = await strict.requests.toArray();
	const copies = Array.from({ length: count }, (_, at) => ({
		...first!,
		jti: crypto.randomUUID(),
		origin: 'imported' as const,
		storedAt: first!.storedAt - at * 60,
		summary: { ...first!.summary, label: `rack-${String(at).padStart(4, '0')}` }
	}));
	await strict.requests.bulkPut(copies);
}
