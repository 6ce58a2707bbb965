/**
 * A file of a release on its way from this browser to the hub.
 *
 * @module
 */
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Platform } from '#lib/domain/vendor/release.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { askHub } from '#lib/desk/hub/asking.ts';

/**
 * `fetch` says nothing of what it has sent, so this is the older way.
 *
 * @param onsent - Told how many bytes have left.
 * @returns The hub's no, or `HUB_UNREACHABLE` where the line broke: nothing was kept.
 */
export async function sendReleaseFile(
	file: File,
	of: { product: string; version: string; platform: Platform },
	onsent: (bytes: number) => void
): Promise<Refusal | undefined> {
	const input = { ...of, name: file.name, size: file.size };
	const link = await askHub((hub) => hub.release.upload.mutate(input));
	if (isRefusal(link)) return link;
	return new Promise((resolve) => {
		const call = new XMLHttpRequest();
		call.open('POST', link.href);
		call.responseType = 'json';
		call.upload.onprogress = ({ loaded }) => onsent(loaded);
		call.onerror = () => resolve(refuse('HUB_UNREACHABLE', { hub: location.origin }));
		call.onload = () => resolve(call.status < 300 ? undefined : refusalIn(call.response));
		call.send(file);
	});
}

/** Of a problem document. (RFC 9457) */
function refusalIn(body: unknown): Refusal {
	const said = body as { code?: unknown; facts?: unknown } | null;
	if (typeof said?.code !== 'string') return refuse('HUB_UNREACHABLE', { hub: location.origin });
	// Sound: the hub of this page says it, and whoever explains it looks at the facts.
	return { refused: said.code, facts: said.facts ?? {} } as Refusal;
}
