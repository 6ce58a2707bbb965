import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openConnectionLog, type LogSettings } from './connection-log.ts';
import type { LogEntry } from './entry.ts';

const place = mkdtempSync(join(tmpdir(), 'keyferry-log-'));
const folder = join(place, 'log');
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const all: LogSettings = { level: 'all', bytes: 1024 * 1024, days: 30, names: true };
const claim: LogEntry = {
	with: 'client',
	level: 'info',
	event: 'claim',
	client: 'key:abc',
	user: 'Ada',
	machine: 'desk-7',
	address: '192.0.2.7',
	product: 'atlas',
	version: '8.1',
	inUse: 3,
	allowed: 5,
	status: 201
};
const denied: LogEntry = {
	...claim,
	level: 'error',
	event: 'refused',
	code: 'CLIENT_LIMIT_REACHED'
};

function openLog(settings: () => LogSettings, now?: () => number) {
	return openConnectionLog({ folder, keyPath: join(place, 'log.key'), settings, now });
}

/** All files of the log, from the oldest on. */
function linesOnDisk(): string[] {
	// A dot comes after a dash: the current file is the last.
	const names = readdirSync(folder).sort();
	const text = names.map((name) => readFileSync(join(folder, name), 'utf8')).join('');
	return text.split('\n').slice(0, -1);
}

describe('[LG1] a connection log', () => {
	test('writes nothing, errors, or everything: a switch holds at once', async () => {
		let level: LogSettings['level'] = 'off';
		const log = openLog(() => ({ ...all, level }));
		for (level of ['off', 'errors', 'all'] as const) {
			log.write(claim);
			log.write(denied);
		}
		await log.settled();
		expect(linesOnDisk().map((line) => (JSON.parse(line) as LogEntry).event)).toEqual([
			'refused',
			'claim',
			'refused'
		]);
		await log.close();
	});

	test('takes down named members alone, whatever else a call carried', async () => {
		const log = openLog(() => all);
		const carried = { ...claim, nonce: 'CANARY-1', mac: 'CANARY-2', dh: 'CANARY-3' };
		log.write({ ...carried, path: '/v1/resources?product=CANARY-4', code: 'X\n{"at":"forged"}' });
		await log.settled();
		const text = linesOnDisk().join('\n');
		expect(text).not.toContain('CANARY');
		expect(linesOnDisk()).toHaveLength(1);
		await log.close();
	});

	test('has pseudonyms where names are hidden: the same again, and others elsewhere', async () => {
		const log = openLog(() => ({ ...all, names: false }));
		log.write({ with: 'hub', level: 'info', event: 'refresh', address: 'https://hub.example' });
		log.write(claim);
		log.write(claim);
		const { entries } = await log.read({ limit: 5 });
		expect(entries![2]).toMatchObject({ address: 'https://hub.example' });
		const other = openConnectionLog({
			folder: join(place, 'other'),
			keyPath: join(place, 'other.key'),
			settings: () => ({ ...all, names: false })
		});
		other.write(claim);
		const elsewhere = (await other.read({ limit: 5 })).entries!;
		expect(linesOnDisk().join()).not.toMatch(/Ada|desk-7|192\.0\.2\.7|key:abc/);
		expect(entries![0]).toMatchObject({ user: entries![1]!.user, product: 'atlas' });
		expect(entries![0]!.user).toMatch(/^~[0-9a-z]{8}$/);
		expect(elsewhere[0]!.user).not.toBe(entries![0]!.user);
		await Promise.all([log.close(), other.close()]);
	});

	test('keeps no more bytes than was set while it is written, the newest of them', async () => {
		const bytes = 64 * 1024;
		const log = openLog(() => ({ ...all, bytes }));
		const seen: number[] = [];
		for (let n = 0; n < 6000; n += 1) {
			log.write({ ...claim, machine: `pod-${n} ü`, place: n });
			if (n % 250 === 0) {
				await log.settled();
				const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
				seen.push(sizes.reduce((sum, size) => sum + size, 0));
			}
		}
		await log.settled();
		expect(Math.max(...seen)).toBeLessThanOrEqual(bytes);
		expect(seen.at(-1)).toBeGreaterThan(bytes / 2);
		const numbers = linesOnDisk().map((line) => (JSON.parse(line) as LogEntry).place!);
		expect(numbers).toEqual(Array.from(numbers, (_, at) => 6000 - numbers.length + at));
		const { entries, more } = await log.read({ limit: 200 });
		expect([entries!.map((entry) => entry.place), more]).toEqual([
			Array.from({ length: 200 }, (_, at) => 5999 - at),
			true
		]);
		expect(log.lost()).toBe(0);
		await log.close();
	});

	test('forgets what is older than the days that were set', async () => {
		let clock = Date.now();
		const log = openLog(
			() => ({ ...all, days: 2 }),
			() => clock
		);
		for (let day = 0; day < 6; day += 1) {
			log.write({ ...claim, place: day });
			await log.settled();
			clock += 86_400_001;
		}
		const { entries } = await log.read({ limit: 50 });
		// A file counts from when it was last written, by the disk's own clock.
		expect(entries!.map((entry) => entry.place)).toEqual([5, 4, 3].slice(0, entries!.length));
		expect(entries!.length).toBeLessThan(4);
		await log.close();
	});

	test('is filtered, and read again only once something was written', async () => {
		const log = openLog(() => all);
		log.write(claim);
		log.write(denied);
		log.write({ with: 'hub', level: 'error', event: 'refresh', code: 'HUB_UNREACHABLE' });
		const read = async (question: object) =>
			(await log.read({ limit: 9, ...question })).entries!.map((entry) => entry.event);
		expect(await read({})).toEqual(['refresh', 'refused', 'claim']);
		expect(await read({ with: 'client' })).toEqual(['refused', 'claim']);
		expect(await read({ level: 'error' })).toEqual(['refresh', 'refused']);
		expect(await read({ search: 'DESK-7', level: 'error' })).toEqual(['refused']);
		const { mark } = await log.read({ limit: 1 });
		expect(await log.read({ limit: 1, mark })).toEqual({ mark, more: false });
		log.write(claim);
		expect((await log.read({ limit: 1, mark })).entries).toHaveLength(1);
		await log.close();
	});

	test('is downloaded in whole lines, and no file beside it is', async () => {
		const log = openLog(() => ({ ...all, bytes: 2 ** 26 }));
		for (let n = 0; n < 3000; n += 1) log.write({ ...claim, machine: 'ü'.repeat(50), place: n });
		const { name } = (await log.files())[0]!;
		let text = '';
		for (let from: number | undefined = 0; from !== undefined;) {
			const piece: { text: string; next?: number } = (await log.piece(name, from))!;
			expect(piece.text.endsWith('\n')).toBe(true);
			text += piece.text;
			from = piece.next;
		}
		// Not compared as text: a difference would be printed whole.
		expect(text === `${linesOnDisk().join('\n')}\n`).toBe(true);
		expect(await log.piece('../log.key', 0)).toBeUndefined();
		expect(await log.piece('connections-20260101T000000000Z-0000.jsonl', 0)).toBeUndefined();
		await log.close();
	});

	test('loses lines, and counts them, where the disk takes none', async () => {
		writeFileSync(folder, 'a file where the folder should be');
		const log = openLog(() => all);
		log.write(claim);
		await log.settled();
		expect(log.lost()).toBe(1);
		rmSync(folder);
		log.write(denied);
		await log.settled();
		expect(linesOnDisk()).toHaveLength(1);
		await log.close();
	});
});
