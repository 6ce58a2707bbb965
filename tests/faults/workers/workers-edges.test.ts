/**
 * One hub of three workers at its edges: a worker that stands still, a full disk, hostile callers, its own
 * certificate, keys that are changed while it runs.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { makeDatabase, testServer } from '../../fixtures/empty-database.ts';
import { askFor, claimsOf, makeMachine } from '../../fixtures/hub.ts';
import { startHub } from '../../fixtures/running-hub.ts';
import { findDifferences, readLedger } from '../checker.ts';
import { issueOver } from '../hub-process.ts';
import { openWorkers, WORKERS } from './open-workers.ts';
import { postOnce, samplesOf } from './worker-calls.ts';
import { KEYFERRY } from '../../fixtures/program.ts';

/** Each worker is asked twice. */
const ROUND = Array.from({ length: WORKERS * 2 });
const MIB = 2 ** 20;
/** One that stands still is ended in half that time. */
const ENDED_MS = 60_000;

describe.skipIf(testServer === undefined)('three workers', { timeout: 300_000 }, () => {
	const { hub, store, inHome, workers } = openWorkers();

	const pids = async () => (await workers()).map(({ pid }) => pid);

	test('[DB3] watchers are told in time that a worker stands still; it is ended and replaced', async () => {
		const before = await samplesOf(hub.address);
		const [standing, ...others] = await pids();
		process.kill(standing!, 'SIGSTOP');
		// One of these lines is given to the one that stands still, and is cut when that one is ended.
		const asked = ROUND.map(() => samplesOf(hub.address));
		const told = await Promise.any(asked);
		const patience = sleep(ENDED_MS, 'never', { ref: false });
		const settled = Promise.allSettled(asked);
		expect(await Promise.race([settled, patience])).toHaveLength(ROUND.length);
		expect(told.get('keyferry_workers')).toBe(WORKERS - 1);
		const commits = 'keyferry_transaction_seconds_count';
		expect(told.get(commits)).toBeGreaterThanOrEqual(before.get(commits)!);
		await expect.poll(pids).toSatisfy((now: number[]) => !now.includes(standing!));
		expect(await pids()).toEqual(expect.arrayContaining(others));
		await expect
			.poll(async () => (await samplesOf(hub.address)).get('keyferry_workers'))
			.toBe(WORKERS);
	});

	test('[SE3] a full disk is refused by each of them, leaves nothing, and they go on', async () => {
		const license = await issueOver(hub, 100);
		const requests = await Promise.all(
			ROUND.map(async () => askFor(license, await makeMachine('full disk')))
		);
		await store.db.execute(sql`
			create function full_disk() returns trigger language plpgsql as $$
			begin raise exception 'no space left on device' using errcode = '53100'; end $$`);
		await store.db.execute(sql`
			create trigger full_disk before insert on request execute function full_disk()`);
		const before = await readLedger(store);
		const refused = await Promise.all(requests.map((each) => postOnce(hub.address, each)));
		expect(refused.map(({ status, code }) => `${status} ${code}`)).toEqual(
			ROUND.map(() => '507 HUB_STORAGE_FULL')
		);
		expect(await readLedger(store)).toEqual(before);
		await store.db.execute(sql`drop trigger full_disk on request`);
		for (const each of requests)
			expect((await postOnce(hub.address, each)).status).toBeLessThan(300);
		expect(findDifferences(new Map(), await readLedger(store))).toEqual([]);
	});

	test('[HT1] bodies that are too large, cut or never end keep no worker from the others', async () => {
		const before = await pids();
		const { port } = new URL(hub.address);
		const head = (length: number) =>
			`POST /v1/activations HTTP/1.1\r\nhost: localhost:${port}\r\ncontent-length: ${length}\r\n\r\n`;
		const open = (text: string) => {
			const socket = connect(Number(port), '127.0.0.1');
			socket.on('error', () => undefined);
			socket.write(text);
			return socket;
		};
		const slow = ROUND.map(() => open(`${head(1_000)}{"request":"`));
		const half = ROUND.map(() => open('POST /v1/activations HTTP/1.1\r\nhost: loc'));
		for (const socket of ROUND.map(() => open(`${head(1_000)}{"reque`))) socket.end();
		for (const socket of ROUND.map(() => open(`${head(1_000)}{"request":"x`)))
			socket.resetAndDestroy();
		const large = await Promise.all(ROUND.map(() => postOnce(hub.address, 'x'.repeat(MIB))));
		expect(large.map(({ status }) => status)).toEqual(ROUND.map(() => 413));
		const license = await issueOver(hub, 100);
		for (const _ of ROUND) {
			const request = await askFor(license, await makeMachine());
			expect((await postOnce(hub.address, request)).status).toBe(201);
		}
		expect(await pids()).toEqual(before);
		for (const socket of [...slow, ...half]) socket.destroy();
	});

	test('[DB3, FI8] behind its own certificate; a key that is rotated signs for all of them from then on', async () => {
		const { url, drop } = await makeDatabase();
		const data = inHome('secure');
		const root = inHome('root.json');
		const keyferry = (...args: string[]) => {
			return execFileSync(process.execPath, [KEYFERRY, ...args, '--data', data, '--json'], {
				encoding: 'utf8'
			});
		};
		keyferry('init', '--root-out', root, '--tls');
		const secure = await startHub({
			data,
			fromNothing: true,
			address: (port) => `https://localhost:${port}`,
			args: ['--workers', String(WORKERS), '--database-url', url]
		});
		const ca = readFileSync(join(data, 'tls/ca.crt'), 'utf8');
		const { number, key } = secure.demo.licenses[0]!;
		const license = { number, sec: claimsOf<'license'>(key).sec };
		const signedBy = async () => {
			const request = await askFor(license, await makeMachine());
			const { file } = await postOnce(secure.address, request, ca);
			const read = readFile(file!);
			return isRefusal(read) ? read.refused : read.body.kid;
		};
		const first = await signedBy();
		const { kid } = JSON.parse(keyferry('hub-key', 'rotate', '--root', root)) as { kid: string };
		expect(kid).not.toBe(first);
		expect(await signedBy()).toBe(first);
		secure.process.kill('SIGHUP');
		await expect
			.poll(async () => new Set(await Promise.all(ROUND.map(signedBy))))
			.toEqual(new Set([kid]));
		await secure.stop();
		await drop();
	});
});
