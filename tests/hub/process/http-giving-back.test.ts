/** Seats given back and licenses renewed over HTTP: who may, and in which shape it is said. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ActivationRow } from '#lib/protocol/rows.ts';
import type { LicensePage } from '#server/operations/licenses/list-licenses.ts';
import type { Running } from '#server/listening.ts';
import { serve } from '#server/serve.ts';
import { copyEmptyDatabase } from '../../fixtures/empty-database.ts';
import type { Demo } from '../../fixtures/running-hub.ts';
import { askFor, claimsOf, makeMachine, returnOf } from '../../fixtures/hub.ts';

let home: string;
let hub: Running;
let demo: Demo;
beforeAll(async () => {
	home = mkdtempSync(join(tmpdir(), 'keyferry-http-'));
	const data = join(home, 'data');
	await copyEmptyDatabase(data);
	hub = await serve({ data, port: 0, demo: true });
	demo = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')) as Demo;
});
afterAll(async () => {
	await hub.close();
	rmSync(home, { recursive: true, force: true });
});

type Said = { status: number; body: Record<string, unknown> & { file?: string } };

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
	const answer = await fetch(`${hub.url}${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'x-keyferry': '1', ...headers },
		body: JSON.stringify(body)
	});
	return { status: answer.status, body: (await answer.json()) as Said['body'] };
}

const staff = () => ({ authorization: `Bearer ${demo.token}` });

async function ask<T>(procedure: string, input?: object): Promise<T> {
	const query = input ? `?input=${encodeURIComponent(JSON.stringify(input))}` : '';
	const headers = { 'x-keyferry': '1', ...staff() };
	const answer = await fetch(`${hub.url}/rpc/${procedure}${query}`, { headers });
	return ((await answer.json()) as { result: { data: T } }).result.data;
}

async function signIn(role: string): Promise<{ cookie: string }> {
	const { email, password } = demo.users.find((user) => user.role === role)!;
	const answer = await fetch(`${hub.url}/auth/sign-in/email`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ email, password })
	});
	return { cookie: answer.headers.getSetCookie()[0]!.split(';')[0]! };
}

const refusalOf = ({ body }: Said) =>
	(body.error as { data: { refusal?: { refused: string } } } | undefined)?.data.refusal?.refused;

async function activateOne(label: string) {
	const { number, key } = demo.licenses[1]!;
	const machine = await makeMachine(label);
	const request = await askFor({ number, sec: claimsOf<'license'>(key).sec }, machine);
	const { body } = await post('/v1/activations', { request });
	return { number, machine, request, file: body.file! };
}

test('[MA4] POST /v1/returns: 201 with the receipt, then 200 with the same, for anybody', async () => {
	const { machine, request, file } = await activateOne('desk-21');
	const text = await returnOf(file, machine);
	const first = await post('/v1/returns', { return: text });
	expect(first.status).toBe(201);
	expect(claimsOf<'receipt'>(first.body.file!)).toMatchObject({ freed: true });
	expect(first.body.file).toContain('-----BEGIN KEYFERRY RECEIPT-----');
	expect(await post('/v1/returns', { return: text })).toEqual({ ...first, status: 200 });
	const spent = await post('/v1/activations', { request });
	expect(spent).toMatchObject({ status: 409, body: { code: 'REQUEST_SPENT' } });
});

test('[SE5] what is no return, or a forged one, is a problem document', async () => {
	const { file } = await activateOne('desk-22');
	const forged = await post('/v1/returns', { return: await returnOf(file, await makeMachine()) });
	expect(forged).toMatchObject({ status: 409, body: { code: 'MACHINE_KEY_MISMATCH' } });
	for (const [body, code] of [
		[{ return: file }, 'TOKEN_TYPE_UNEXPECTED'],
		[{ return: 'nonsense' }, 'FILE_MALFORMED'],
		[{}, 'BODY_INVALID']
	] as const)
		expect(await post('/v1/returns', body)).toMatchObject({ status: 400, body: { code } });
	const openApi = await fetch(`${hub.url}/v1/openapi.json`);
	expect(((await openApi.json()) as { paths: object }).paths).toHaveProperty('/v1/returns.post');
});

test('[MA3] a request file that carries a return is answered with file and receipt', async () => {
	const { number, machine, file } = await activateOne('desk-23');
	const repaired = { ...machine, name: 'desk-23-new-board' };
	const { sec } = claimsOf<'license'>(demo.licenses[1]!.key);
	const request = `${await returnOf(file, machine)}~${await askFor({ number, sec }, repaired)}`;
	const { status, body } = await post('/v1/activations', { request });
	expect(status).toBe(201);
	const [receipt] = body.receipts as string[];
	const { act } = claimsOf<'activation'>(file);
	expect(claimsOf<'receipt'>(receipt!)).toMatchObject({ act, freed: true });
});

test('[SE6] managers and staff retire a machine, technicians and nobody do not', async () => {
	const { number, file } = await activateOne('desk-24');
	const { act } = claimsOf<'activation'>(file);
	const input = { act, reason: 'stolen' };
	const retire = (headers = {}) => post('/rpc/machine.retire', input, headers);
	expect(refusalOf(await retire())).toBe('SIGN_IN_REQUIRED');
	const technician = await retire(await signIn('technician'));
	expect(['NOT_PERMITTED', 'NOT_FOUND']).toContain(refusalOf(technician));
	const done = await retire(staff());
	expect(done.body).toMatchObject({ result: { data: { act, isNew: true } } });
	const { licenses } = await ask<LicensePage>('license.list', {});
	const { id } = licenses.find((row) => row.number === number)!;
	const seats = await ask<ActivationRow[]>('activation.seats', { licenseId: id });
	expect(seats.some((seat) => seat.id === act && seat.state === 'active')).toBe(false);
});

test('[O7] staff renew, others do not; what makes no sense is refused', async () => {
	const { number, file } = await activateOne('desk-25');
	const input = { number, maintainedUntil: 4_000_000_000, expiresAt: null };
	const manager = await post('/rpc/license.renew', input, await signIn('manager'));
	expect(refusalOf(manager)).toBe('NOT_PERMITTED');
	const { body } = await post('/rpc/license.renew', input, staff());
	const { files } = (body.result as { data: { files: { act: string; file: string }[] } }).data;
	const { act } = claimsOf<'activation'>(file);
	const renewed = files.find((each) => each.act === act)!;
	expect(claimsOf<'activation'>(renewed.file)).toMatchObject({ gen: 2, mnt: 4_000_000_000 });
	for (const [changes, code] of [
		[{ number: 'KF-0000-0000-0000' }, 'LICENSE_NOT_FOUND'],
		[{ expiresAt: 1000 }, 'LICENSE_EXPIRED'],
		[{ seats: 0 }, 'BODY_INVALID'],
		[{ versions: { from: 9, to: 8 } }, 'BODY_INVALID']
	] as const)
		expect(refusalOf(await post('/rpc/license.renew', { ...input, ...changes }, staff()))).toBe(
			code
		);
});
