/**
 * Files of the embedded database that are on disk when PostgreSQL was told so.
 *
 * PGlite as released never calls fsync: its file system has no such operation, and PostgreSQL is
 * started with `-F`. Here `fsync` reaches the kernel, and directory entries made since the last
 * one are synced with it, so that a commit cannot outlive the name of the file it is in.
 *
 * @module
 */
import { closeSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { SYNCED, type SyncCount } from './sync-count.ts';

/** PGlite's start parameters without `-F` (no fsync). `fdatasync` has no operation here either. */
export const durableStartParams = [
	...['--single', '-O', '-j', '-c', 'search_path=public', '-c', 'exit_on_error=false'],
	...['-c', 'log_checkpoints=false', '-c', 'max_worker_processes=0'],
	...['-c', 'max_parallel_workers=0', '-c', 'max_parallel_workers_per_gather=0'],
	...['-c', 'io_method=sync', '-c', 'max_parallel_maintenance_workers=0'],
	...['-c', 'fsync=on', '-c', 'synchronous_commit=on', '-c', 'wal_sync_method=fsync'],
	// The default of 128 MB would be resident for good; the kernel caches the files as well.
	...['-c', 'shared_buffers=32MB']
];

/** The few parts of Emscripten's NODEFS that are touched. */
type Node = { mode: number; parent: Node; name: string };
type Stream = { nfd?: number; node: Node };
type NodeOps = {
	mknod: (parent: Node, ...rest: unknown[]) => unknown;
	rename: (node: Node, newParent: Node, name: string) => unknown;
	unlink: (parent: Node, name: string) => unknown;
};
type NodeFsModule = {
	realPath(node: Node): string;
	node_ops: NodeOps;
	stream_ops: { fsync?(stream: Stream): number };
};

const WASI_EIO = 29;

export class DurableFiles extends NodeFS {
	readonly #synced: SyncCount;
	readonly #changed = new Set<string>();

	constructor(dataDir: string, synced: SyncCount) {
		super(dataDir);
		this.#synced = synced;
	}

	override async init(...[pg, options]: Parameters<NodeFS['init']>) {
		const { emscriptenOpts } = await super.init(pg, options);
		const makeDurable = (module: object) =>
			// Sound: PGlite's own NodeFS.init reads NODEFS from the very same object.
			this.#patch((module as { NODEFS: NodeFsModule }).NODEFS);
		const before = emscriptenOpts.preRun ?? [];
		return {
			emscriptenOpts: {
				...emscriptenOpts,
				preRun: [...(Array.isArray(before) ? before : [before]), makeDurable]
			}
		};
	}

	#patch(nodefs: NodeFsModule): void {
		const { mknod, rename, unlink } = nodefs.node_ops;
		nodefs.node_ops.mknod = (parent, ...rest) => {
			this.#changed.add(nodefs.realPath(parent));
			return mknod(parent, ...rest);
		};
		nodefs.node_ops.rename = (node, newParent, name) => {
			this.#changed.add(dirname(nodefs.realPath(node))).add(nodefs.realPath(newParent));
			return rename(node, newParent, name);
		};
		nodefs.node_ops.unlink = (parent, name) => {
			this.#changed.add(nodefs.realPath(parent));
			return unlink(parent, name);
		};
		nodefs.stream_ops.fsync = (stream) => {
			try {
				this.#syncChangedDirectories();
				// A directory has no descriptor of its own here: PostgreSQL syncs it by name.
				if (stream.nfd === undefined) this.#syncDirectory(nodefs.realPath(stream.node));
				else fsyncSync(stream.nfd);
				Atomics.add(this.#synced, SYNCED.files, 1);
				return 0;
			} catch {
				// PostgreSQL must hear of it: it then stops rather than go on with data it may have lost.
				return WASI_EIO;
			}
		};
	}

	#syncChangedDirectories(): void {
		for (const directory of this.#changed) {
			this.#syncDirectory(directory);
			this.#changed.delete(directory);
		}
	}

	#syncDirectory(directory: string): void {
		syncPath(directory);
		Atomics.add(this.#synced, SYNCED.directories, 1);
	}
}

/** Syncs a new folder with all that is in it, deepest first. */
export function syncTree(folder: string): void {
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) syncTree(path);
		else if (entry.isFile()) syncPath(path);
	}
	syncPath(folder);
}

/** Windows opens no directories; there the file system keeps its own journal of names. */
export function syncPath(path: string): void {
	let descriptor: number;
	try {
		descriptor = openSync(path, 'r');
	} catch (error) {
		if (process.platform === 'win32') return;
		throw error;
	}
	try {
		fsyncSync(descriptor);
	} catch (error) {
		if (process.platform !== 'win32') throw error;
	} finally {
		closeSync(descriptor);
	}
}
