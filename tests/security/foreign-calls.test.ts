/** What no page of another site may do through a browser that is signed in, and bodies without end. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { router } from '#server/rpc/router.ts';
import { startAskedHub, type AskedHub } from './asked-hub.ts';

let hub: AskedHub;
beforeAll(async () => {
	hub = await startAskedHub();
});
afterAll(() => hub.stop());

const procedureTypes = Object.entries(
	router._def.procedures as unknown as Record<string, { _def: { type: 'query' | 'mutation' } }>
);

describe('calls that a page of another site could make', () => {
	const body = JSON.stringify({ licenseId: uuidv7() });
	const json = { 'content-type': 'application/json' };
	const cases: [string, Record<string, string>][] = [
		['without the header', json],
		['from a foreign origin', { ...json, 'x-keyferry': '1', origin: 'https://evil.example' }],
		['from an opaque origin', { ...json, 'x-keyferry': '1', origin: 'null' }],
		['as a form', { 'content-type': 'application/x-www-form-urlencoded', 'x-keyferry': '1' }],
		['as multipart', { 'content-type': 'multipart/form-data; boundary=x', 'x-keyferry': '1' }],
		['as text', { 'content-type': 'text/plain', 'x-keyferry': '1' }],
		['with no type', { 'content-type': '', 'x-keyferry': '1' }]
	];
	test.for(cases)('%s: no procedure answers staff', async ([, headers]) => {
		for (const [name, { _def }] of procedureTypes) {
			const sent = { ...headers, ...hub.as.staff };
			// Reading by GET has no body, and so no type that could be wrong.
			if (_def.type === 'query' && headers['x-keyferry'] && !headers.origin) continue;
			const init = _def.type === 'query' ? {} : { method: 'POST', body };
			const answer = await fetch(`${hub.url}/rpc/${name}`, { ...init, headers: sent });
			expect(answer.status, name).toBe(403);
			expect(await answer.json(), name).toMatchObject({
				error: { data: { refusal: { refused: 'NOT_PERMITTED' } } }
			});
		}
	});

	test('nobody is signed in or out from a foreign origin, nor is a backup fetched', async () => {
		const headers = { ...json, origin: 'https://evil.example', ...hub.as.staff };
		for (const path of ['/auth/sign-in/email', '/auth/sign-out', '/auth/api-key/create']) {
			const answer = await fetch(`${hub.url}${path}`, { method: 'POST', headers, body: '{}' });
			expect(answer.status, path).toBe(403);
		}
		const backup = await fetch(`${hub.url}/v1/backup`, { headers: hub.as['key of staff'] });
		expect(backup.status).toBe(403);
	});

	test('[HT1] a session is no credential on /v1, wherever the call comes from', async () => {
		for (const asker of ['manager', 'staff'] as const)
			for (const origin of [hub.url, 'https://evil.example', undefined]) {
				const headers = { 'x-keyferry': '1', ...(origin && { origin }), ...hub.as[asker] };
				expect((await fetch(`${hub.url}/v1/backup`, { headers })).status).toBe(401);
			}
	});
});

describe('bodies that are too large', () => {
	const KIB = 1024;
	const cases: [string, number][] = [
		['/rpc/license.issue', 256],
		['/rpc/machine.retire', 256],
		['/rpc/sync.push', 16 * KIB],
		['/rpc/adopt.files', 16 * KIB],
		['/v1/activations', 256],
		['/v1/returns', 256],
		['/v1/adopt', 256],
		['/auth/sign-in/email', 256]
	];
	test.for(cases)('%s takes %i KiB and no more', async ([path, limit]) => {
		const headers = { 'content-type': 'application/json', 'x-keyferry': '1', ...hub.as.staff };
		const send = (bytes: number) =>
			fetch(`${hub.url}${path}`, {
				method: 'POST',
				headers,
				body: '{}'.padEnd(bytes)
			});
		const most = await send(limit * KIB);
		expect(most.status).not.toBe(413);
		await most.text();
		const more = await send(limit * KIB + 1);
		expect(more.status).toBe(413);
		expect(await more.json()).toMatchObject({ code: 'BODY_TOO_LARGE' });
	});
});
