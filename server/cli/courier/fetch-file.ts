/**
 * One file from a hub, or from where it lies, onto this disk: whole and unchanged, or not under its name. A
 * download that broke off goes on where it was. [P8]
 *
 * @module
 */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { open, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { DownloadLink } from '#lib/protocol/releases.ts';
import { fetchFrom, type HubAddress } from '#server/cli/base/hub-client.ts';
import { complain, UsageError } from '#server/cli/base/outcome.ts';
import { progress } from '#server/cli/base/texts.ts';

/** So often in a row it breaks off without a byte before it is given up. */
const TRIES = 5;
const FIRST_PAUSE_MS = 250;

export type Fetched = Pick<DownloadLink, 'name' | 'size' | 'sha256'> & {
	path: string;
	/** Bytes that were there from a download before. */
	kept: number;
};

/** @param linkOf - Where the file is, anew for each try: links are over after a while. */
export async function fetchFile(
	hub: HubAddress,
	linkOf: () => Promise<DownloadLink | Refusal>,
	out: string
): Promise<Fetched | Refusal> {
	let link = await linkOf();
	if (isRefusal(link)) return link;
	const { name, size, sha256 } = link;
	const path = join(out, name);
	const fetched = { name, size, sha256, path };
	if (existsSync(path)) {
		const found = (await sumOf(path)).digest('hex');
		if (found === sha256) return { ...fetched, kept: size };
		throw new UsageError(`${path} is there already, and is another file. Choose another --out.`);
	}
	// Named for its content: a part of another file is never gone on with.
	const part = `${path}.${sha256.slice(0, 8)}.part`;
	const kept = await sizeOf(part);
	for (let failed = 0; ;) {
		const before = await sizeOf(part);
		const done = before === size || (await fetchPart(hub, link, { part, from: before }));
		if (isRefusal(done)) return done;
		const after = await sizeOf(part);
		if (done && after >= size) break;
		failed = after > before ? 1 : failed + 1;
		if (failed > TRIES)
			throw new Error(
				`${name} broke off at ${after} of ${size} bytes. Run the same again to go on.`
			);
		complain(`${name} broke off at ${after} of ${size} bytes, trying again.`);
		await sleep(FIRST_PAUSE_MS * 2 ** failed);
		link = await linkOf();
		if (isRefusal(link)) return link;
	}
	const found = (await sumOf(part)).digest('hex');
	if ((await sizeOf(part)) !== size || found !== sha256) {
		await rename(part, `${path}.bad`);
		return refuse('RELEASE_FILE_DAMAGED', { name: `${path}.bad`, expected: sha256, found });
	}
	await rename(part, path);
	return { ...fetched, kept };
}

/** @returns Whether the whole rest came; `false` where the line broke off. */
async function fetchPart(
	hub: HubAddress,
	{ href, size, sha256 }: DownloadLink,
	{ part, from }: { part: string; from: number }
): Promise<boolean | Refusal> {
	const range = { range: `bytes=${from}-`, 'if-range': `"${sha256}"` };
	const isHere = href.startsWith('/');
	// Elsewhere a file has another tag, or none: there the sum alone tells.
	const headers: Record<string, string> = from === 0 ? {} : isHere ? range : { range: range.range };
	const answer = await fetchFrom(hub, href, headers);
	if (isRefusal(answer)) return answer;
	if (!answer) return false;
	// The whole file, though a part was asked for: it begins anew.
	const at = answer.status === 206 ? from : 0;
	const file = await open(part, at === 0 ? 'w' : 'r+', 0o644);
	const show = progress(size);
	let done = at;
	try {
		for await (const piece of answer.body) {
			// A line that brings more than was announced is not read to its end.
			if (done + piece.length > size) return true;
			await file.write(piece, 0, piece.length, done);
			done += piece.length;
			show(done);
		}
	} catch {
		return false;
	} finally {
		await file.sync();
		await file.close();
	}
	return done === size;
}

async function sizeOf(path: string): Promise<number> {
	return stat(path).then(
		({ size }) => size,
		() => 0
	);
}

async function sumOf(path: string): Promise<Hash> {
	const hash = createHash('sha256');
	for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
	return hash;
}
