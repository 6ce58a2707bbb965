/**
 * A disk with no room left: nothing is granted, nothing is lost, and it goes on by itself afterwards.
 *
 * The embedded database is put on a small disk of its own, which takes a user namespace. PostgreSQL
 * is made to say what it says on a full disk.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { isDiskFull } from '#server/fault.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { randomOf } from '../../fuzz/inputs.ts';
import { askFor, claimsOf, makeLicense, makeMachine, makeTestHub } from '../../fixtures/hub.ts';
import { testServer } from '../../fixtures/empty-database.ts';
import { startHub } from '../../fixtures/running-hub.ts';
import { makePostgresStore } from '../../fixtures/stores.ts';
import { findDifferences, readLedger } from '../checker.ts';
import { issueOver, startHubProcess } from '../hub-process.ts';
import { countFaults, FAULT_SEED } from '../rounds.ts';
import { startTraffic } from '../traffic.ts';
import { KEYFERRY } from '../../fixtures/program.ts';

const namespace = ['unshare', '--map-root-user', '--mount'] as const;
const isMissing = spawnSync(namespace[0], [...namespace.slice(1), 'true']).status !== 0;

/** Runs what follows with a disk of 128 MB mounted at a folder. */
const onSmallDisk = (folder: string) => [
	...namespace,
	...['sh', '-c', 'mount -t tmpfs -o size=128m tmpfs "$0" && exec "$@"', folder]
];

const CALLERS = 8;

describe('a full disk', () => {
	test('[SE3] the embedded database refuses, loses nothing and goes on', async (context) => {
		context.skip(isMissing, 'no user namespaces here');
		const disk = mkdtempSync(join(tmpdir(), 'keyferry-full-'));
		const data = join(disk, 'data');
		const hub = await startHubProcess({ data }, { around: onSmallDisk(disk) });
		const license = await issueOver(hub, 100_000);
		const random = randomOf(FAULT_SEED);
		const traffic = startTraffic({ address: hub.address, license, callers: CALLERS, random });
		const granted = () => [...traffic.journal.values()].filter(({ grants }) => grants.length > 0);
		for (let commits = 0; commits < 5; commits++) await hub.committed();

		await hub.order('fill-disk');
		const refused = () => traffic.answers.get(507) ?? 0;
		// By then each caller has heard what was still under way.
		await expect.poll(refused).toBeGreaterThan(4 * CALLERS);
		const before = granted().length;
		await expect.poll(refused).toBeGreaterThan(8 * CALLERS);
		expect(granted().length, 'grants on a full disk').toBe(before);
		expect(traffic.answers.get(500), 'answers that name no reason').toBeUndefined();
		const answer = await fetch(`${hub.address}/v1/activations`, {
			method: 'POST',
			body: JSON.stringify({ request: await askFor(license, await makeMachine()) })
		});
		expect([answer.status, answer.headers.get('retry-after')]).toEqual([507, '60']);
		expect(await answer.json()).toMatchObject({ code: 'HUB_STORAGE_FULL' });
		const suspended = await fetch(`${hub.address}/rpc/license.suspend`, {
			method: 'POST',
			headers: {
				'x-keyferry': '1',
				'content-type': 'application/json',
				authorization: `Bearer ${hub.token}`
			},
			body: JSON.stringify({ licenseId: license.licenseId })
		});
		expect(suspended.status).toBe(503);
		expect(await suspended.json()).toMatchObject({
			error: { data: { refusal: { refused: 'HUB_STORAGE_FULL' } } }
		});

		const ready = () => fetch(`${hub.address}/health/ready`).then(({ status }) => status);
		expect(await ready()).toBe(503);

		await hub.order('free-disk');
		await traffic.caughtUp();
		await expect.poll(ready).toBe(200);
		await traffic.stop();
		await traffic.settle();
		expect(granted().length).toBeGreaterThan(before);
		const told = await hub.order('tell-ledger');
		if (!('ledger' in told)) throw new Error('no ledger');
		expect(findDifferences(traffic.journal, told.ledger)).toEqual([]);
		countFaults('disk-full', { faults: 1, activations: traffic.journal.size });
		await hub.end('SIGTERM');
		rmSync(disk, { recursive: true, force: true });
	});

	test('[HT2] a log on a full disk loses lines, and nobody the hub', async (context) => {
		context.skip(isMissing, 'no user namespaces here');
		const disk = mkdtempSync(join(tmpdir(), 'keyferry-log-'));
		const small = 'mount -t tmpfs -o size=64k tmpfs "$0" && exec "$@" >"$0/log" 2>&1';
		const [around, ...before] = [...namespace, 'sh', '-c', small, disk, process.execPath, KEYFERRY];
		const hub = await startHub({ program: [around, ...before], args: ['--log'] });
		for (let calls = 0; calls < 1000; calls++) {
			const answer = await fetch(`${hub.address}/health/live`);
			expect(answer.status).toBe(200);
			await answer.arrayBuffer();
		}
		const { number, key } = hub.demo.licenses[0]!;
		const license = { number, sec: claimsOf<'license'>(key).sec };
		const granted = await fetch(`${hub.address}/v1/activations`, {
			method: 'POST',
			body: JSON.stringify({ request: await askFor(license, await makeMachine()) })
		});
		expect(granted.status).toBe(201);
		await hub.end();
		expect(hub.process.exitCode).toBe(0);
		await hub.stop();
		rmSync(disk, { recursive: true, force: true });
	});

	test('[HT2] a start on a nearly full disk says that it ends, and ends', (context) => {
		context.skip(isMissing, 'no user namespaces here');
		const disk = mkdtempSync(join(tmpdir(), 'keyferry-full-'));
		const small = 'mount -t tmpfs -o size=24m tmpfs "$0" && exec "$@"';
		const serving = [process.execPath, KEYFERRY, 'serve', '--demo', '--data', join(disk, 'data')];
		const [around, ...before] = [...namespace, 'sh', '-c', small, disk, ...serving];
		const ended = spawnSync(around, [...before, '--port', '0'], { encoding: 'utf8' });
		expect([ended.status, ended.stderr]).toEqual([
			1,
			expect.stringMatching(/^keyferry: The disk .* is nearly full.* Nothing was started\. .*\n$/)
		]);
		rmSync(disk, { recursive: true, force: true });
	});

	test.skipIf(testServer === undefined)(
		'[SE3] PostgreSQL that says so in the middle of a transaction leaves nothing of it',
		async () => {
			const store = await makePostgresStore();
			const made = await makeTestHub(store);
			const license = await makeLicense(made, { seats: 10 });
			const requests = await Promise.all(
				Array.from({ length: 8 }, async () => askFor(license, await makeMachine()))
			);
			const before = await readLedger(store);
			await store.db.execute(sql`
				create function full_disk() returns trigger language plpgsql as $$
				begin raise exception 'no space left on device' using errcode = '53100'; end $$`);
			await store.db.execute(sql`
				create trigger full_disk before insert on request execute function full_disk()`);
			const failed = await Promise.allSettled(requests.map((text) => activate(made.hub, text)));
			for (const each of failed)
				expect(each.status === 'rejected' && isDiskFull(each.reason)).toBe(true);
			expect(await readLedger(store)).toEqual(before);

			await store.db.execute(sql`drop trigger full_disk on request`);
			const answers = await Promise.all(requests.map((text) => activate(made.hub, text)));
			expect(answers.filter((answer) => 'token' in answer && !answer.refusal)).toHaveLength(8);
			const { licenses } = await readLedger(store);
			expect(licenses).toMatchObject([{ seats: 10, active: 8 }]);
			await store.close();
			countFaults('postgres-full', { faults: 1, activations: 8 });
		}
	);
});
