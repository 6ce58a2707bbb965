/**
 * The files of releases that the hub holds: each lies in `DIR/releases` under the SHA-256 of its bytes, so
 * that no name of anybody is ever a path, and a file is whole or not there.
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, rename, rm, statfs, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Artefact } from '#lib/domain/vendor/release.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { syncPath } from '#server/db/durable-files.ts';
import type { Hub } from '#server/hub/hub.ts';

/** Longer than that no byte of an upload is waited for. */
const SILENT_MS = 60_000;

/** No link is followed, whoever put it there. Absent on Windows. */
const NO_LINK = (constants as Partial<typeof constants>).O_NOFOLLOW ?? 0;

const SHA256 = /^[0-9a-f]{64}$/;

function folderOf({ releasesFolder }: Hub): string {
	if (releasesFolder === undefined) throw new Error('this hub keeps no files of releases');
	return releasesFolder;
}

const incomingOf = (folder: string) => join(folder, 'incoming');

function pathOf(hub: Hub, sha256: string): string {
	if (!SHA256.test(sha256)) throw new Error(`${sha256} is no SHA-256`);
	return join(folderOf(hub), sha256);
}

/** What a hub that was killed had begun to receive. To be called by whoever holds the folder's lock. */
export async function dropIncoming(folder: string): Promise<void> {
	await rm(incomingOf(folder), { recursive: true, force: true });
}

/**
 * Opens a file for reading.
 *
 * @returns A refusal where it is not there, or is not as long as it was.
 */
export async function openFile(
	hub: Hub,
	{ sha256, size, name }: Pick<Artefact, 'sha256' | 'size' | 'name'>
): Promise<FileHandle | Refusal<'RELEASE_FILE_MISSING'>> {
	let file: FileHandle | undefined;
	try {
		file = await open(pathOf(hub, sha256), constants.O_RDONLY | NO_LINK);
		const stat = await file.stat();
		if (stat.isFile() && stat.size === size) return file;
	} catch (error) {
		// ELOOP: somebody put a link there.
		const { code = '' } = error as NodeJS.ErrnoException;
		if (!['ENOENT', 'ELOOP', 'EISDIR'].includes(code)) throw error;
	}
	await file?.close();
	return refuse('RELEASE_FILE_MISSING', { name });
}

export async function holdsFile(hub: Hub, artefact: Artefact): Promise<boolean> {
	const file = await openFile(hub, artefact);
	if ('refused' in file) return false;
	await file.close();
	return true;
}

/** What somebody announces before they send it. */
export type SentFile = { name: string; size: number; sha256?: string };

/**
 * Receives a file: hashed while it is written beside its place, synced, then renamed. Whatever goes wrong,
 * nothing of it stays, and it may be sent again.
 *
 * @returns The SHA-256 of its bytes.
 * @throws What the line or the disk says.
 */
export async function receiveFile(
	hub: Hub,
	body: ReadableStream<Uint8Array>,
	announced: SentFile
): Promise<string | Refusal<'HUB_STORAGE_FULL' | 'RELEASE_FILE_DAMAGED' | 'BODY_INVALID'>> {
	const folder = folderOf(hub);
	const incoming = incomingOf(folder);
	await mkdir(incoming, { recursive: true, mode: 0o700 });
	const { bavail, bsize } = await statfs(folder);
	if (announced.size > bavail * bsize) return refuse('HUB_STORAGE_FULL', {});
	const draft = join(incoming, `${uuidv7()}.part`);
	const written = await writeDraft(draft, body, announced).catch(async (error: unknown) => {
		await rm(draft, { force: true });
		throw error;
	});
	if (typeof written !== 'string') {
		await rm(draft, { force: true });
		return written;
	}
	const place = pathOf(hub, written);
	await rename(draft, place);
	syncPath(dirname(place));
	return written;
}

async function writeDraft(
	path: string,
	body: ReadableStream<Uint8Array>,
	{ name, size, sha256 }: SentFile
): Promise<string | Refusal<'RELEASE_FILE_DAMAGED' | 'BODY_INVALID'>> {
	const hash = createHash('sha256');
	const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | NO_LINK;
	const file = await open(path, flags, 0o600);
	let total = 0;
	try {
		for await (const chunk of chunksOf(body)) {
			total += chunk.length;
			if (total > size) return refuse('BODY_INVALID', { path: 'size', reason: 'too_big' });
			hash.update(chunk);
			// One write may take less than it was given.
			for (let at = 0; at < chunk.length;)
				at += (await file.write(chunk, at, chunk.length - at)).bytesWritten;
		}
		if (total < size) return refuse('BODY_INVALID', { path: 'size', reason: 'too_small' });
		await file.sync();
	} finally {
		await file.close();
	}
	const found = hash.digest('hex');
	if (sha256 !== undefined && found !== sha256)
		return refuse('RELEASE_FILE_DAMAGED', { name, expected: sha256, found });
	return found;
}

/** A sender that falls silent holds no file open for ever. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
	const reader = body.getReader();
	try {
		for (;;) {
			const { done, value } = await within(reader.read(), SILENT_MS);
			if (done) return;
			yield value;
		}
	} finally {
		// What is left is for whoever answers to drop.
		reader.releaseLock();
	}
}

async function within<T>(work: Promise<T>, ms: number): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error('the sender fell silent')), ms);
	});
	try {
		return await Promise.race([work, late]);
	} finally {
		clearTimeout(timer);
	}
}
