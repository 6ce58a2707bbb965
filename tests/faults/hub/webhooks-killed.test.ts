/** A hub that ends between a receiver's answer and its own note of it; and its webhooks from the command line. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { ListedDelivery, ListedWebhook } from '#lib/protocol/webhooks.ts';
import { startHub, type RunningHub } from '../../fixtures/running-hub.ts';
import { startReceiver } from '../../fixtures/webhook-receiver.ts';
import { issueOver } from '../hub-process.ts';
import { KEYFERRY } from '../../fixtures/program.ts';

const run = promisify(execFile);

async function addWebhook({ address, demo }: RunningHub, url: string): Promise<string> {
	const { email, password } = demo.users.find(({ role }) => role === 'admin')!;
	const headers = { 'x-keyferry': '1', origin: address, 'content-type': 'application/json' };
	const signedIn = await fetch(`${address}/auth/sign-in/email`, {
		method: 'POST',
		headers,
		body: JSON.stringify({ email, password })
	});
	const cookies = signedIn.headers.getSetCookie().map((each) => each.split(';')[0]);
	const added = await fetch(`${address}/rpc/webhook.add`, {
		method: 'POST',
		headers: { ...headers, cookie: cookies.join('; ') },
		body: JSON.stringify({ url, kinds: ['license.created'] })
	});
	expect(added.status).toBe(200);
	const { result } = (await added.json()) as { result: { data: { secret: string } } };
	return result.data.secret;
}

test(
	'[WH1] kill -9 between the answer to an event and its note: the same event again, and no other',
	{ timeout: 900_000 },
	async () => {
		const home = mkdtempSync(join(tmpdir(), 'keyferry-webhooks-'));
		const data = join(home, 'data');
		const receiver = await startReceiver();
		const start = () => startHub({ data, args: ['--webhooks-to-lan'] });
		let hub = await start();
		receiver.trust(await addWebhook(hub, receiver.url));
		receiver.onEvent = async () => {
			receiver.onEvent = undefined;
			await hub.end('SIGKILL');
		};
		const license = await issueOver({ address: hub.address, token: hub.demo.token }, 2);
		const ids = () => receiver.received.map(({ id }) => id);
		await expect.poll(ids, { timeout: 300_000 }).toHaveLength(1);
		hub = await start();
		// More than once more where this machine was too busy to answer in time.
		await expect.poll(() => ids().length, { timeout: 300_000 }).toBeGreaterThan(1);
		expect(new Set(ids()).size).toBe(1);
		expect(receiver.received[1]!.data.license.number).toBe(license.number);
		await hub.end();
		await receiver.close();

		const keyferry = async <T>(...args: string[]): Promise<T> => {
			const place = ['--data', data, '--json'];
			const { stdout } = await run(process.execPath, [KEYFERRY, 'webhook', ...args, ...place]);
			return JSON.parse(stdout) as T;
		};
		const [told, ...others] = await keyferry<ListedDelivery[]>('log');
		expect(others).toEqual([]);
		expect(told).toMatchObject({ event: ids()[0], kind: 'license.created' });
		expect(told!.tries).toBeGreaterThan(1);
		await keyferry('replay', told!.webhook, told!.event);
		await keyferry('change', told!.webhook, '--off', '--events', 'license.moved,license.created');
		const other = 'https://hooks.example.com/in';
		const { id } = await keyferry<{ id: string; secret: string }>('add', other);
		await keyferry('remove', id);
		expect(await keyferry<ListedWebhook[]>('list')).toEqual([
			expect.objectContaining({
				id: told!.webhook,
				kinds: ['license.moved', 'license.created'],
				isOn: false,
				waiting: 1
			})
		]);
		rmSync(home, { recursive: true, force: true });
	}
);
