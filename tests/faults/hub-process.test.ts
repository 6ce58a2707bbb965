import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillDisk } from './ballast.ts';
import type { FixtureOrder } from './hub.fixture.ts';
import { startHubProcess, type HubProcess } from './hub-process.ts';

const home = mkdtempSync(join(tmpdir(), 'keyferry-orders-'));
let hub: HubProcess;
beforeAll(async () => {
	hub = await startHubProcess({ data: join(home, 'data') });
});
afterAll(async () => {
	await hub.end('SIGTERM');
	rmSync(home, { recursive: true, force: true });
});

test('a hub for faults refuses an order that it does not know, and writes nothing', async () => {
	const before = readdirSync(home);
	await expect(hub.order('fill-the-moat' as FixtureOrder)).rejects.toThrow('fill-the-moat');
	expect(readdirSync(home)).toEqual(before);
	expect(await hub.order('tell-ledger')).toMatchObject({ ledger: expect.anything() });
});

test('a disk that was not made small is never filled', async () => {
	await expect(hub.order('fill-disk')).rejects.toThrow('only a disk made small is filled');
	expect(() => {
		fillDisk(home);
	}).toThrow('only a disk made small is filled');
	expect(existsSync(join(home, 'ballast'))).toBe(false);
});

test('a hub that cannot start says why at once', async () => {
	const databaseUrl = 'postgresql://nobody@127.0.0.1:1/none';
	const start = startHubProcess({ data: join(home, 'other'), databaseUrl });
	await expect(start).rejects.toThrow(/the hub did not start[^]*ECONNREFUSED/);
});
