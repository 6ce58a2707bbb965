/** Accounts that a stranger makes at somebody else's address before that person comes. [PE3] */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { writePushFile } from '#lib/formats/push.ts';
import { signPush } from '#lib/signing/push.ts';
import { hashOf } from '#server/operations/push/judge-commands.ts';
import type { Running } from '#server/listening.ts';
import { serve } from '#server/serve.ts';
import { makeKey } from '../fixtures/chain.ts';
import { copyEmptyDatabase } from '../fixtures/empty-database.ts';
import { askFor, makeMachine } from '../fixtures/hub.ts';
import { startMailServer, type MailServer } from '../fixtures/mail-server.ts';
import type { Demo } from '../fixtures/running-hub.ts';

const VICTIM = 'vera.victim@example.com';
const STOLEN = 'a password of the stranger';
const OWN = 'a password of her own';

let home: string;
let mail: MailServer;
let hub: Running;
let demo: Demo;
beforeAll(async () => {
	home = mkdtempSync(join(tmpdir(), 'keyferry-hijack-'));
	const data = join(home, 'data');
	await copyEmptyDatabase(data);
	mail = await startMailServer();
	const smtp = { url: new URL(mail.url), from: 'licenses@example.com' };
	hub = await serve({ data, port: 0, demo: true, smtp });
	demo = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')) as Demo;
});
afterAll(async () => {
	await hub.close();
	await mail.stop();
	rmSync(home, { recursive: true, force: true });
});

const post = (path: string, body: object, headers: Record<string, string> = {}) =>
	fetch(`${hub.url}${path}`, {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			'x-keyferry': '1',
			origin: hub.url,
			...headers
		},
		body: JSON.stringify(body)
	});
const signIn = async (email: string, password: string) => {
	const answer = await post('/auth/sign-in/email', { email, password });
	return { status: answer.status, cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
};
const whoIs = async (headers: Record<string, string>) => {
	const answer = await fetch(`${hub.url}/rpc/session.me`, {
		headers: { 'x-keyferry': '1', ...headers }
	});
	const { result } = (await answer.json()) as {
		result: { data: { user: { email: string } } | null };
	};
	return result.data?.user.email;
};

test('[PE3] what a stranger set up at an address is nothing any more once its owner has proven it', async () => {
	await post('/auth/sign-up/email', { email: VICTIM, password: STOLEN, name: 'Stranger' });
	const { cookie } = await signIn(VICTIM, STOLEN);
	const made = await post(
		'/auth/api-key/create',
		{ name: 'Waiting', password: STOLEN },
		{ cookie }
	);
	const { key } = (await made.json()) as { key: string };
	expect([await whoIs({ cookie }), await whoIs({ authorization: `Bearer ${key}` })]).toEqual([
		VICTIM,
		VICTIM
	]);
	// A desk of the stranger's, enrolled by a push; a second push is kept for later.
	const desk = { ...(await makeKey()), outbox: uuidv7() };
	const pushOf = async (n: number) => {
		const { number } = demo.licenses[1]!;
		const args = { request: await askFor({ number }, await makeMachine()) };
		const asked = { type: 'activation.request' as const, version: 1, args };
		const command = {
			id: uuidv7(),
			outbox: desk.outbox,
			n,
			...asked,
			hash: hashOf(asked),
			createdAt: 1
		};
		const body = {
			protocol: 2,
			outbox: desk.outbox,
			key: desk.jwk,
			desk: 'Waiting',
			commands: [command]
		};
		return signPush(body, { signer: desk.signer, now: 1 });
	};
	const first = await (await post('/rpc/sync.push', await pushOf(1), { cookie })).text();
	expect(first).toContain('LICENSE_NOT_FOUND');
	const later = await pushOf(2);

	const owner = demo.users.find(({ role }) => role === 'owner')!;
	const { cookie: asOwner } = await signIn(owner.email, owner.password);
	const me = await fetch(`${hub.url}/rpc/session.me`, {
		headers: { 'x-keyferry': '1', cookie: asOwner }
	});
	const { result } = (await me.json()) as { result: { data: { customers: { id: string }[] } } };
	const customerId = result.data.customers[0]!.id;
	const invited = await post(
		'/rpc/people.invite',
		{ customerId, email: VICTIM, role: 'technician' },
		{ cookie: asOwner }
	);
	// Whoever invites proves nothing: the code is in the mail alone.
	const text = (await mail.mailTo(VICTIM)).text!;
	const code = /#\/join\/(\S+)/.exec(text)![1]!;
	expect(await invited.text()).not.toContain(code);
	const newcomer = { name: 'Vera Victim', password: OWN };
	const stolen = await post('/rpc/people.accept', { code }, { cookie });
	expect(stolen.status, 'not by the session of the stranger either').toBe(400);
	const joined = await post('/rpc/people.accept', { code, newcomer });
	expect(await joined.json()).toMatchObject({
		result: { data: { email: VICTIM, role: 'technician' } }
	});

	expect((await signIn(VICTIM, STOLEN)).status).toBe(401);
	expect([await whoIs({ cookie }), await whoIs({ authorization: `Bearer ${key}` })]).toEqual([
		undefined,
		undefined
	]);
	const pushed = await post('/v1/pushes', { push: writePushFile(later, []) });
	const answer = await pushed.text();
	expect(answer).not.toContain('BEGIN KEYFERRY ACTIVATION');
	expect(answer).toMatch(/SIGN_IN_REQUIRED/);
	const own = await signIn(VICTIM, OWN);
	expect([own.status, await whoIs({ cookie: own.cookie })]).toEqual([200, VICTIM]);

	// Nor can anybody set it up again.
	await post('/auth/sign-up/email', { email: VICTIM, password: STOLEN, name: 'Stranger' });
	expect((await signIn(VICTIM, STOLEN)).status).toBe(401);
	expect(
		(await post('/rpc/people.accept', { code, newcomer: { name: 'X', password: STOLEN } })).status
	).toBe(404);
});

test('[PE3] the same by a code: not even a session of the stranger enters it for their account', async () => {
	const email = 'vito.victim@example.com';
	await post('/auth/sign-up/email', { email, password: STOLEN, name: 'Stranger' });
	const { cookie } = await signIn(email, STOLEN);
	const made = await post(
		'/auth/api-key/create',
		{ name: 'Waiting', password: STOLEN },
		{ cookie }
	);
	const { key } = (await made.json()) as { key: string };
	const asked = await post('/auth/code/send', { email });
	const { flow } = (await asked.json()) as { flow: string };
	const code = /^\d{8}$/m.exec((await mail.mailTo(email)).text!)![0];
	const nameless = await post('/auth/code/enter', { flow, code }, { cookie });
	expect(await nameless.json()).toMatchObject({ code: 'NAME_REQUIRED' });
	const entered = await post('/auth/code/enter', { flow, code, name: 'Vito' }, { cookie });
	const own = entered.headers.getSetCookie()[0]!.split(';')[0]!;
	expect(await whoIs({ cookie: own })).toBe(email);
	expect((await signIn(email, STOLEN)).status).toBe(401);
	expect([await whoIs({ cookie }), await whoIs({ authorization: `Bearer ${key}` })]).toEqual([
		undefined,
		undefined
	]);
	await post('/auth/sign-up/email', { email, password: STOLEN, name: 'Stranger' });
	expect((await signIn(email, STOLEN)).status).toBe(401);
});
