/**
 * A release on its way: uploads and downloads that break off, a byte that changes, a disk that is full, and
 * a file far larger than what the hub may hold in memory. `RELEASE_MIB` says how large (256).
 */
import { execFile, spawn, spawnSync } from 'node:child_process';
import { createCipheriv, createHash } from 'node:crypto';
import { once } from 'node:events';
import {
	closeSync,
	existsSync,
	mkdtempSync,
	openAsBlob,
	openSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	truncateSync,
	writeFileSync,
	writeSync
} from 'node:fs';
import {
	createServer,
	request as httpRequest,
	type ClientRequest,
	type IncomingMessage
} from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHub, type RunningHub } from '../../fixtures/running-hub.ts';
import { countFaults, roundsOf } from '../rounds.ts';
import { KEYFERRY } from '../../fixtures/program.ts';

const MIB = 2 ** 20;
const SIZE = roundsOf('RELEASE_MIB', 256) * MIB;
const run = promisify(execFile);

let home: string;
let file: string;
let sum: string;
beforeAll(() => {
	home = mkdtempSync(join(tmpdir(), 'keyferry-release-'));
	file = join(home, 'atlas-9.9-linux-x64.bin');
	sum = writeLarge(file, SIZE);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Bytes of no pattern, the same each time. @returns Their SHA-256. */
function writeLarge(path: string, size: number): string {
	const stream = createCipheriv('aes-256-ctr', Buffer.alloc(32, 7), Buffer.alloc(16));
	const hash = createHash('sha256');
	const zeros = Buffer.alloc(MIB);
	const descriptor = openSync(path, 'w');
	for (let at = 0; at < size; at += MIB) {
		const piece = stream.update(zeros);
		hash.update(piece);
		writeSync(descriptor, piece);
	}
	closeSync(descriptor);
	return hash.digest('hex');
}

/** Resident bytes of a process now, and at most so far. */
function memoryOf(pid: number): { now: number; most: number } {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	const read = (name: string) =>
		Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024;
	return { now: read('VmRSS'), most: read('VmHWM') };
}

const environment = ({ address, demo }: Pick<RunningHub, 'address' | 'demo'>) => ({
	...process.env,
	KEYFERRY_HUB: address,
	KEYFERRY_TOKEN: demo.token
});
const command = (hub: Pick<RunningHub, 'address' | 'demo'>, args: readonly string[]) =>
	run(process.execPath, [KEYFERRY, ...args], { env: environment(hub) });
async function refusedCommand(hub: Pick<RunningHub, 'address' | 'demo'>, args: readonly string[]) {
	const done = await command(hub, [...args, '--json']).catch((error: unknown) => error);
	const { code, stdout } = done as { code: number; stdout: string };
	return { code, said: JSON.parse(stdout) as { refused: string } };
}
/** @param root - Of the hub's own view of the disks, where it has one. */
const incoming = (hub: RunningHub, root = '/') => {
	const folder = join(root, hub.data, 'releases', 'incoming');
	return existsSync(folder) ? readdirSync(folder) : [];
};
const atlas = ({ demo }: RunningHub) =>
	demo.licenses.find(({ product, seats }) => product === 'atlas' && seats === 25)!.number;

/** A line to the hub that counts what downloads bring, and cuts or changes it. */
async function openLine(hub: RunningHub) {
	const line = { cutAt: Infinity, changeAt: -1, cuts: 0, ranges: [] as string[] };
	const server = createServer((asked, answered) => {
		const headers = { ...asked.headers, host: new URL(hub.address).host };
		const { method, url: path = '' } = asked;
		const isFile = path.startsWith('/v1/releases/file');
		if (isFile) line.ranges.push(asked.headers.range ?? 'whole');
		const forward = httpRequest(`${hub.address}${path}`, { method, headers }, (answer) => {
			answered.writeHead(answer.statusCode!, answer.headers);
			let passed = 0;
			answer.on('data', (piece: Buffer) => {
				if (isFile && passed <= line.changeAt && line.changeAt < passed + piece.length)
					piece[line.changeAt - passed]! ^= 1;
				passed += piece.length;
				if (isFile && passed >= line.cutAt) {
					line.cutAt = Infinity;
					line.cuts += 1;
					answered.destroy();
					answer.destroy();
				} else if (!answered.write(piece)) {
					answer.pause();
					answered.once('drain', () => answer.resume());
				}
			});
			answer.on('end', () => answered.end());
			answer.on('error', () => answered.destroy());
		});
		forward.on('error', () => answered.destroy());
		asked.pipe(forward);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as { port: number };
	return Object.assign(line, {
		address: `http://127.0.0.1:${port}`,
		demo: hub.demo,
		close: () => server.close()
	});
}

describe(`a file of ${SIZE / MIB} MiB`, { timeout: 900_000 }, () => {
	let hub: RunningHub;
	beforeAll(async () => {
		hub = await startHub();
	}, 300_000);
	afterAll(() => hub.stop());

	test('[P8] goes in and out while the memory of the hub stays what it is', async (context) => {
		if (process.platform !== 'linux') context.skip('memory of a process is read from /proc');
		const pid = hub.process.pid!;
		// What its start took does not count. Linux: proc_pid_clear_refs(5)
		writeFileSync(`/proc/${pid}/clear_refs`, '5');
		const before = memoryOf(pid);
		const begun = performance.now();
		await command(hub, ['release', 'add', 'atlas', '9.9', file, '--platform', 'linux-x64']);
		const uploaded = performance.now();
		const up = memoryOf(pid);
		const out = join(home, 'whole');
		const args = ['download', 'atlas', '--license', atlas(hub), '--platform', 'linux-x64'];
		await command(hub, [...args, '--out', out]);
		const downloaded = performance.now();
		expect(
			createHash('sha256')
				.update(readFileSync(join(out, 'atlas-9.9-linux-x64.bin')))
				.digest('hex')
		).toBe(sum);
		rmSync(out, { recursive: true });
		const after = memoryOf(pid);
		console.log('release:', {
			MiB: SIZE / MIB,
			upSeconds: ((uploaded - begun) / 1000).toFixed(1),
			downSeconds: ((downloaded - uploaded) / 1000).toFixed(1),
			memoryBefore: Math.round(before.now / MIB),
			afterUpload: Math.round(up.now / MIB),
			afterDownload: Math.round(after.now / MIB),
			most: Math.round(after.most / MIB)
		});
		// Pieces that wait to be collected, and never a good part of the file.
		expect(after.most - before.now).toBeLessThan(160 * MIB);
	});

	test('[P8] twenty readers that read nothing hold no memory, and stop nobody', async () => {
		const pid = hub.process.pid!;
		const before = memoryOf(pid).now;
		const answer = await fetch(`${hub.address}/v1/releases`, {
			method: 'POST',
			headers: { authorization: `Bearer ${hub.demo.token}` },
			body: JSON.stringify({ license: atlas(hub), platform: 'linux-x64' })
		});
		const { release } = (await answer.json()) as { release: { files: { href: string }[] } };
		const href = `${hub.address}${release.files[0]!.href}`;
		const readers = await Promise.all(
			Array.from({ length: 20 }, async () => {
				const request = httpRequest(href, { agent: false });
				request.end();
				const [response] = (await once(request, 'response')) as [IncomingMessage];
				response.on('error', () => undefined);
				request.on('error', () => undefined);
				return { request, status: response.statusCode };
			})
		);
		expect(readers.map(({ status }) => status)).toEqual(Array(20).fill(200));
		const part = await fetch(href, { headers: { range: 'bytes=5-9' } });
		expect((await part.arrayBuffer()).byteLength).toBe(5);
		expect(memoryOf(pid).now - before).toBeLessThan(64 * MIB);
		for (const { request } of readers) request.destroy();
		countFaults('release-slow-readers', { faults: 20 });
	});

	test('[P8] a download that breaks off goes on where it was', async () => {
		const line = await openLine(hub);
		line.cutAt = SIZE / 2;
		const out = join(home, 'resumed');
		const args = ['download', 'atlas', '--license', atlas(hub), '--platform', 'linux-x64'];
		const { stderr } = await command(line, [...args, '--out', out]);
		expect(stderr).toMatch(/broke off at \d+ of \d+ bytes/);
		expect(line.cuts).toBe(1);
		const [first, second, ...more] = line.ranges;
		expect([first, more]).toEqual(['whole', []]);
		expect(Number(/^bytes=(\d+)-$/.exec(second!)![1])).toBeGreaterThan(SIZE / 4);
		const path = join(out, 'atlas-9.9-linux-x64.bin');
		expect(statSync(path).size).toBe(SIZE);
		expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(sum);

		// And by another run, with what an earlier one left.
		truncateSync(path, SIZE - 1000);
		spawnSync('mv', [path, `${path}.${sum.slice(0, 8)}.part`]);
		line.ranges.length = 0;
		const { stdout } = await command(line, [...args, '--out', out, '--json']);
		expect((JSON.parse(stdout) as { files: { kept: number }[] }).files[0]!.kept).toBe(SIZE - 1000);
		expect(line.ranges).toEqual([`bytes=${SIZE - 1000}-`]);
		expect(readdirSync(out)).toEqual(['atlas-9.9-linux-x64.bin']);
		rmSync(out, { recursive: true });
		line.close();
		countFaults('release-download-cut', { faults: 2 });
	});

	test('[P8] one changed byte is refused, and the file lies there as bad', async () => {
		const line = await openLine(hub);
		line.changeAt = Math.floor(SIZE / 3);
		const out = join(home, 'changed');
		const args = ['download', 'atlas', '--license', atlas(hub), '--platform', 'linux-x64'];
		const { code, said } = await refusedCommand(line, [...args, '--out', out]);
		expect([code, said.refused]).toEqual([3, 'RELEASE_FILE_DAMAGED']);
		expect(readdirSync(out)).toEqual(['atlas-9.9-linux-x64.bin.bad']);
		rmSync(out, { recursive: true });
		line.close();
		countFaults('release-byte-changed', { faults: 1 });
	});

	test('[P8] whoever is refused while they still send is told why', async () => {
		const body = await openAsBlob(file);
		const announced = `product=atlas&version=9.9&platform=any&name=late.bin&size=${SIZE}`;
		const refused = [
			[`/v1/releases/upload?${announced}`, 'SIGN_IN_REQUIRED'],
			['/v1/requests', 'BODY_TOO_LARGE']
		] as const;
		for (let times = 0; times < 10; times++)
			for (const [path, code] of refused) {
				const said = await fetch(`${hub.address}${path}`, { method: 'POST', body })
					.then((answer) => answer.json())
					.catch((fault: unknown) => ({ code: String((fault as Error).cause) }));
				expect(said, path).toMatchObject({ code });
			}
	});

	test('[P8] an upload whose sender dies leaves nothing, and neither does a hub that dies', async () => {
		const held = readdirSync(join(hub.data, 'releases')).length;
		const begin = () => {
			const other = join(home, 'other.bin');
			writeFileSync(other, '');
			truncateSync(other, SIZE);
			const args = [KEYFERRY, 'release', 'add', 'atlas', '9.9', other, '--platform', 'macos-arm64'];
			return spawn(process.execPath, args, { env: environment(hub), stdio: 'ignore' });
		};
		const sender = begin();
		await expect.poll(() => incoming(hub).length, { timeout: 60_000, interval: 1 }).toBe(1);
		sender.kill('SIGKILL');
		await expect.poll(() => incoming(hub).length, { timeout: 60_000 }).toBe(0);
		expect(readdirSync(join(hub.data, 'releases'))).toHaveLength(held);

		const again = begin();
		await expect.poll(() => incoming(hub).length, { timeout: 60_000, interval: 1 }).toBe(1);
		await hub.end('SIGKILL');
		await once(again, 'exit');
		expect(incoming(hub)).toHaveLength(1);
		const restarted = await startHub({ data: hub.data, port: hub.port });
		expect(incoming(restarted)).toEqual([]);
		const { stdout } = await command(restarted, ['release', 'list', '--json']);
		const listed = JSON.parse(stdout) as { version: string; artefacts: object[] }[];
		expect(listed.find(({ version }) => version === '9.9')!.artefacts).toHaveLength(1);
		await restarted.end();
		hub = await startHub({ data: hub.data, port: hub.port });
		countFaults('release-upload-cut', { faults: 2 });
	});
});

/** A file of release 9.9, sent as slowly as the test writes it. */
function startUpload(
	{ port, demo }: RunningHub,
	{ name, size }: { name: string; size: number }
): ClientRequest {
	const said = { product: 'atlas', version: '9.9', platform: 'any', name, size: `${size}` };
	return httpRequest({
		port,
		path: `/v1/releases/upload?${new URLSearchParams(said).toString()}`,
		method: 'POST',
		headers: { authorization: `Bearer ${demo.token}`, 'content-length': size }
	});
}

async function answerTo(sent: ClientRequest): Promise<{ status?: number; code?: string }> {
	const [answer] = (await once(sent, 'response')) as [IncomingMessage];
	const chunks: Buffer[] = [];
	for await (const chunk of answer) chunks.push(chunk as Buffer);
	const { code } = JSON.parse(Buffer.concat(chunks).toString()) as { code?: string };
	return { status: answer.statusCode, code };
}

const namespace = ['unshare', '--map-root-user', '--mount'] as const;
const isMissing = spawnSync(namespace[0], [...namespace.slice(1), 'true']).status !== 0;

test(
	'[P8] a file that does not fit is refused, one during which the disk fills up too, and what there is stays',
	{ timeout: 300_000 },
	async (context) => {
		context.skip(isMissing, 'no user namespaces here');
		const disk = mkdtempSync(join(tmpdir(), 'keyferry-small-'));
		// The data lies elsewhere: only the files of releases are on the small disk.
		const small =
			'mkdir -p "$0/releases" && mount -t tmpfs -o size=16m tmpfs "$0/releases" && exec "$@"';
		const data = join(disk, 'data');
		const [around, ...before] = [...namespace, 'sh', '-c', small, data, process.execPath, KEYFERRY];
		const hub = await startHub({ data, program: [around, ...before] });
		const path = join(disk, 'large.bin');
		writeLarge(path, 32 * MIB);
		const add = (name: string) => ['release', 'add', 'atlas', '9.9', name, '--platform', 'any'];
		const { code, said } = await refusedCommand(hub, add(path));
		expect([code, said.refused]).toEqual([1, 'HUB_STORAGE_FULL']);
		writeLarge(path, 8 * MIB);
		await command(hub, add(path));

		// Each of two fits when it begins: the disk is full while the first one is written.
		const slow = startUpload(hub, { name: 'slow.bin', size: 7 * MIB });
		// The hub reads what is left for a while, and not for ever.
		slow.on('error', () => undefined);
		slow.write(Buffer.alloc(MIB, 1));
		const root = `/proc/${hub.process.pid}/root`;
		await expect.poll(() => incoming(hub, root).length, { timeout: 60_000 }).toBe(1);
		const fast = startUpload(hub, { name: 'fast.bin', size: 5 * MIB });
		fast.end(Buffer.alloc(5 * MIB, 2));
		expect((await answerTo(fast)).status).toBe(201);
		slow.end(Buffer.alloc(6 * MIB, 1));
		const refused = await answerTo(slow);
		expect([refused.status, refused.code]).toEqual([507, 'HUB_STORAGE_FULL']);
		expect(incoming(hub, root)).toEqual([]);
		await hub.end();
		rmSync(disk, { recursive: true, force: true });
		countFaults('release-disk-full', { faults: 1 });
	}
);
