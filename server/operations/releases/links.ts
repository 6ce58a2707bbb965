/**
 * Links by which one file is fetched or sent, for a while, by whoever was given them: a browser shows no
 * key while it downloads, and `/v1` takes no cookie [HT1]. What they say is sealed by the hub.
 *
 * @module
 */
import { and, eq, isNull } from 'drizzle-orm';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Artefact, Release } from '#lib/domain/vendor/release.ts';
import type { DownloadLink, SaidFile } from '#lib/protocol/releases.ts';
import { releaseFiles, releases } from '#server/db/schema/releases.ts';
import type { Hub } from '#server/hub/hub.ts';
import { mayAddFile } from './save-release.ts';

/** Seconds in which a download begins, or goes on after it broke off. */
export const DOWNLOAD_SECONDS = 15 * 60;

/** Seconds in which an upload begins. */
export const UPLOAD_SECONDS = 15 * 60;

export const DOWNLOAD_PATH = '/v1/releases/file';
export const UPLOAD_PATH = '/v1/releases/upload';

type Sealed = { product: string; version: string; file: string; until: number };

/** Where a file is fetched. One that lies elsewhere has its own address. */
export function downloadLink(
	{ seal, now }: Hub,
	{ product, version }: Pick<Release, 'product' | 'version'>,
	{ id, name, size, sha256, url }: Artefact
): DownloadLink {
	if (url !== undefined) return { name, size, sha256, href: url };
	const link: Sealed = { product, version, file: id, until: now() + DOWNLOAD_SECONDS };
	const sealed = seal.seal(JSON.stringify(link), 'release-download');
	return { name, size, sha256, href: `${DOWNLOAD_PATH}?link=${sealed}` };
}

/** The file that a link is for, while its release has not been withdrawn. */
export async function fileOfLink(
	hub: Hub,
	link: string
): Promise<Pick<Artefact, 'name' | 'size' | 'sha256'> | Refusal<'DOWNLOAD_LINK_INVALID'>> {
	const opened = open(hub, link, 'release-download');
	if (isRefusal(opened)) return opened;
	const { product, version, file } = opened as Sealed;
	const { name, size, sha256 } = releaseFiles;
	const [found] = await hub.db
		.select({ name, size, sha256 })
		.from(releaseFiles)
		.innerJoin(
			releases,
			and(eq(releases.product, releaseFiles.product), eq(releases.version, releaseFiles.version))
		)
		.where(
			and(
				eq(releaseFiles.product, product),
				eq(releaseFiles.version, version),
				eq(releaseFiles.id, file),
				isNull(releases.withdrawnAt),
				isNull(releaseFiles.url)
			)
		);
	return found ?? refuse('DOWNLOAD_LINK_INVALID', {});
}

/** A file that may be sent: what was announced, and by whom. */
export type Ticket = SaidFile & { sha256?: string; actor: string };

/** Where staff send a file. */
export async function uploadLink(
	hub: Hub,
	ticket: Ticket
): Promise<{ href: string } | Refusal<'NOT_FOUND' | 'RELEASE_WITHDRAWN'>> {
	const refusal = await mayAddFile(hub, ticket);
	if (refusal) return refusal;
	const until = hub.now() + UPLOAD_SECONDS;
	const sealed = hub.seal.seal(JSON.stringify({ ...ticket, until }), 'release-upload');
	return { href: `${UPLOAD_PATH}?ticket=${sealed}` };
}

export function ticketOf(hub: Hub, text: string): Ticket | Refusal<'DOWNLOAD_LINK_INVALID'> {
	const opened = open(hub, text, 'release-upload');
	if (isRefusal(opened)) return opened;
	const { until: _, ...ticket } = opened as Ticket & { until: number };
	return ticket;
}

/** What was sealed for this, which only this hub can have done: whoever asks knows its shape. */
function open(
	{ seal, now }: Hub,
	sealed: string,
	about: string
): { until: number } | Refusal<'DOWNLOAD_LINK_INVALID'> {
	try {
		const said = JSON.parse(seal.open(sealed, about)) as { until: number };
		if (said.until > now()) return said;
	} catch {
		// Nobody's.
	}
	return refuse('DOWNLOAD_LINK_INVALID', {});
}
