/**
 * Talking to the embedded database on its thread as to any PostgreSQL: a stream in place of a socket.
 *
 * @module
 */
import { once } from 'node:events';
import { extname, join } from 'node:path';
import { Duplex } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { FromThread, ThreadData, ToThread } from './embedded-thread.ts';
import { embeddedProgram } from './embedded-program.ts';
import { newSyncCount, SYNCED } from './sync-count.ts';

const ENDED = 'the embedded database has ended';

export type Embedded = {
	/** A connection. The database has one session: one connection at a time. */
	connect(): Duplex;
	/** How often the kernel was asked to sync, for the test that counts. */
	synced: { readonly files: number; readonly directories: number };
	close(): Promise<void>;
};

/** Starts the database of a folder, which is made where there is none. */
export async function startEmbedded(dataDir: string): Promise<Embedded> {
	const count = newSyncCount();
	const workerData: ThreadData = { dataDir, synced: count, program: await embeddedProgram() };
	// Beside this file, and of its kind: a source in a checkout, compiled in a package.
	const code = `embedded-thread${extname(import.meta.filename)}`;
	const thread = new Worker(join(import.meta.dirname, code), { workerData });
	await once(thread, 'message');
	// Whoever asks is told by the stream; without a listener it would end the process.
	thread.on('error', () => undefined);
	return {
		connect: () => new ThreadStream(thread),
		synced: {
			get files() {
				return Atomics.load(count, SYNCED.files);
			},
			get directories() {
				return Atomics.load(count, SYNCED.directories);
			}
		},
		close: async () => {
			if (hasEnded(thread)) return;
			const ended = once(thread, 'exit');
			tell(thread, 'close');
			await ended;
		}
	};
}

/** A statement that could not be logged ends the thread. */
function hasEnded({ threadId }: Worker): boolean {
	return threadId < 0;
}

/** Bytes are copied here: a message takes along the whole memory that they are a part of. */
function tell(thread: Worker, message: ToThread): void {
	const own = message === 'close' ? message : new Uint8Array(message);
	thread.postMessage(own, own === 'close' ? [] : [own.buffer]);
}

/** The few parts of a socket that the driver asks for, besides those of a stream. */
class ThreadStream extends Duplex {
	readonly #thread: Worker;

	constructor(thread: Worker) {
		super();
		this.#thread = thread;
		const hear = (message: FromThread) => this.push(message);
		const fail = (error?: Error) => this.destroy(error ?? new Error(ENDED));
		thread.on('message', hear).on('error', fail).on('exit', fail);
		this.once('close', () => thread.off('message', hear).off('error', fail).off('exit', fail));
	}

	connect(): void {
		process.nextTick(() => {
			if (hasEnded(this.#thread)) this.destroy(new Error(ENDED));
			else this.emit('connect');
		});
	}

	setNoDelay(): void {}
	setKeepAlive(): void {}
	ref(): void {}
	unref(): void {}

	override _read(): void {}

	override _write(bytes: Buffer, _: BufferEncoding, done: () => void): void {
		tell(this.#thread, bytes);
		done();
	}

	/** The messages of one statement, written one after another, make one batch. */
	override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
		tell(this.#thread, Buffer.concat(chunks.map(({ chunk }) => chunk)));
		done();
	}
}
