/**
 * The embedded database, on a thread of its own: HTTP and signatures go on while it works and syncs.
 * Messages are PostgreSQL's own protocol, whole: a batch of requests comes, its answers go.
 *
 * @module
 */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { DurableFiles, durableStartParams, syncPath, syncTree } from './durable-files.ts';
import type { SyncCount } from './sync-count.ts';

export type ThreadData = { dataDir: string; synced: SyncCount; program: WebAssembly.Module };
export type ToThread = Uint8Array | 'close';
export type FromThread = Uint8Array | 'ready';

const { dataDir, synced, program } = workerData as ThreadData;
const say = (message: FromThread, moved: ArrayBuffer[] = []) =>
	parentPort!.postMessage(message, moved);

if (!existsSync(join(dataDir, 'PG_VERSION'))) await createCluster();
const client = await PGlite.create({
	pgliteWasmModule: program,
	fs: new DurableFiles(dataDir, synced),
	startParams: durableStartParams
});
parentPort!.on('message', (message: ToThread) => {
	if (message === 'close') void client.close().then(() => parentPort!.close());
	else void answer(message);
});
say('ready');

/**
 * The answers as they are. As a stream: otherwise the database reads each for itself, and keeps what it
 * has read for good.
 */
async function answer(message: Uint8Array): Promise<void> {
	const parts: Uint8Array[] = [];
	// A part is memory of the database, which it writes to again.
	const onRawData = (part: Uint8Array) => parts.push(part.slice());
	await client.execProtocolRawStream(message, { syncToFs: false, onRawData });
	const answers = Buffer.from(new ArrayBuffer(parts.reduce((sum, { length }) => sum + length, 0)));
	let at = 0;
	for (const part of parts) {
		answers.set(part, at);
		at += part.length;
	}
	// Read before it is moved away.
	const isOver = hasPanic(answers);
	say(answers, [answers.buffer]);
	// The log could not be written: the database would not answer again, ever.
	if (isOver) process.exit();
}

/** @see https://www.postgresql.org/docs/current/protocol-error-fields.html */
function hasPanic(answers: Buffer): boolean {
	const ERROR = 'E'.charCodeAt(0);
	for (let at = 0; at < answers.length;) {
		const end = at + 1 + answers.readInt32BE(at + 1);
		if (answers[at] === ERROR && answers.subarray(at, end).includes('\0VPANIC\0')) return true;
		at = end;
	}
	return false;
}

/** A cluster whose making was interrupted never gets its final name. */
async function createCluster(): Promise<void> {
	const unfinished = `${dataDir}.new`;
	rmSync(unfinished, { recursive: true, force: true });
	mkdirSync(unfinished, { recursive: true, mode: 0o700 });
	const making = await PGlite.create({ fs: new DurableFiles(unfinished, synced) });
	await making.close();
	syncTree(unfinished);
	rmSync(dataDir, { recursive: true, force: true });
	renameSync(unfinished, dataDir);
	syncPath(join(dataDir, '..'));
}
