/**
 * Files of a release on their way to a hub.
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { createReadStream, openAsBlob, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { isFileName, type Platform } from '#lib/domain/vendor/release.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { decodeText } from '#lib/formats/text.ts';
import { sendFile, type HubAddress } from '#server/cli/base/hub-client.ts';
import { UsageError } from '#server/cli/base/outcome.ts';
import type { AskHub } from '#server/rpc/operator.ts';

export type SentRelease = { path: string; product: string; version: string; platform: Platform };

/** Longer ones the hub does not keep. */
const NOTES = 4000;

export function readNotes(path: string): string {
	const text = decodeText(readFileSync(path)).replaceAll('\r\n', '\n').trim();
	if (text.length > NOTES) throw new UsageError(`${path} has more than ${NOTES} characters.`);
	return text;
}

/** Announced with its sum, so that what arrives is what was read here. */
export async function uploadReleaseFile(
	hub: HubAddress,
	ask: AskHub,
	{ path, ...of }: SentRelease
): Promise<{ name: string; size: number; sha256: string } | Refusal> {
	const name = basename(path);
	if (!isFileName(name))
		throw new UsageError(
			`${name} is no name for every system: letters, digits, . - _ + and blanks.`
		);
	const { size } = await stat(path);
	const sha256 = await sumOf(path);
	const input = { ...of, name, size, sha256 };
	const link = await ask<{ href: string }>({ procedure: 'release.upload', input });
	if (isRefusal(link)) return link;
	return sendFile(hub, link.href, await openAsBlob(path));
}

async function sumOf(path: string): Promise<string> {
	const hash = createHash('sha256');
	for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
	return hash.digest('hex');
}
