/**
 * Requests of a site server: made, carried again, or sent by the server itself. [ST4]
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { requestFileName } from '#lib/formats/file-name.ts';
import { readFile } from '#lib/formats/file.ts';
import { parseClaims } from '#lib/formats/tokens.ts';
import type { SiteFile, SiteTaken } from '#lib/protocol/site.ts';
import { keptPath } from '#lib/sdk/node/state.ts';
import type { Site } from '#server/site/site.ts';
import { askVendorHub } from './hub.ts';
import { takeText, unknownRequest } from './licenses.ts';

export type SiteAsk = { key: string; name: string; organization?: string; product?: string };

export type MadeSiteRequest = SiteFile & { request: string };

export async function makeSiteRequest(
	site: Site,
	ask: SiteAsk
): Promise<MadeSiteRequest | Refusal> {
	const made = await site.licensing().createRequest({ ...ask, label: hostname() });
	if (isRefusal(made)) return made;
	return { request: made.claims.jti, file: made.file, fileName: made.name };
}

export function findSiteRequest(site: Site, request: string): SiteFile | Refusal {
	let file: string;
	try {
		file = readFileSync(keptPath(join(site.folder, 'state'), 'requests', request), 'utf8');
	} catch {
		return unknownRequest(request);
	}
	const read = readFile(file);
	if (isRefusal(read)) return read;
	const claims = parseClaims('activation-request', read.body.payload);
	return isRefusal(claims) ? claims : { file, fileName: requestFileName(claims) };
}

/**
 * Sends a request to the hub, and loads what it answers.
 *
 * @param token - Where a person has allowed it for a license by number.
 */
export async function sendRequest(
	site: Site,
	{ request, hub, token }: { request: string; hub: string; token?: string }
): Promise<SiteTaken[] | Refusal> {
	const found = findSiteRequest(site, request);
	if (isRefusal(found)) return found;
	const body = { request: found.file };
	const answer = await askVendorHub(site, {
		hub,
		path: '/v1/activations',
		body,
		token,
		event: 'activate'
	});
	if (isRefusal(answer)) return answer;
	const { file, receipts } = answer.body;
	const others: unknown[] = Array.isArray(receipts) ? receipts : [];
	const texts = [file, ...others].filter((text) => typeof text === 'string');
	const taken: SiteTaken[] = [];
	for (const text of texts) taken.push(...(await takeText(site, hub, text)));
	// A "no" that is no file says nothing that outlasts it.
	if (taken.length === 0 && answer.refusal) return answer.refusal;
	return taken;
}
