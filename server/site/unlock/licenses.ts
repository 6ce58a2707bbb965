/**
 * The licenses of a site server, as its admin sees and changes them: all of it by the machine's own state
 * folder, as any licensed machine does. [ST1, ST4]
 *
 * @module
 */
import { hostname } from 'node:os';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { nothingIn } from '#lib/formats/armour.ts';
import type { SiteFile, HeldLicense, SiteLicenses, SiteTaken } from '#lib/protocol/site.ts';
import { readBytes } from '#lib/sdk/node/files.ts';
import type { Taken } from '#lib/sdk/node/load.ts';
import type { Status } from '#lib/sdk/node/status.ts';
import type { Site } from '#server/site/site.ts';

export async function listSiteLicenses(site: Site): Promise<SiteLicenses> {
	const licensing = site.licensing();
	const status = await licensing.status();
	const inUse = new Map<string, number>();
	for (const { state, license = '' } of site.pools.list())
		if (state === 'working') inUse.set(license, (inUse.get(license) ?? 0) + 1);
	const { machine } = licensing;
	return {
		now: site.now(),
		machine: { label: hostname(), isVirtual: machine.vm },
		licenses: status.licenses.map((license) => ({
			...shown(license),
			inUse: license.state === 'active' ? (inUse.get(license.number) ?? 0) : 0
		})),
		requests: requestsOf(status),
		notice: status.notice,
		hub: {
			address: site.settings.read('hub') || undefined,
			isForbidden: site.settings.read('neverContactHub')
		}
	};
}

function shown({
	seats: _seats,
	generation: _generation,
	issuer: _issuer,
	...license
}: Status['licenses'][number]): Omit<HeldLicense, 'inUse'> {
	return license;
}

function requestsOf({ waiting, refused }: Status): SiteLicenses['requests'] {
	const kept = ({ request, number, title, label, name, madeAt }: Status['waiting'][number]) => ({
		request,
		number,
		title,
		label,
		name,
		madeAt
	});
	return [
		...waiting.map(kept),
		...refused.map((each) => ({
			...kept(each),
			// Sound: it was read from a signed refusal, whose codes are ours.
			refusal: { refused: each.code, facts: each.facts } as Refusal
		}))
	];
}

export type FileBrought = { name: string; bytes: Uint8Array };

/** Every file on its own, so that a damaged one stops no other. */
export async function takeBrought(site: Site, files: readonly FileBrought[]): Promise<SiteTaken[]> {
	const taken: SiteTaken[] = [];
	for (const { name, bytes } of files)
		for (const { source, text, refusal } of await readBytes(name, bytes)) {
			if (refusal) taken.push({ source, outcome: 'refused', refusal });
			else taken.push(...(await takeText(site, source, text)));
		}
	return taken;
}

export async function takeText(site: Site, source: string, text: string): Promise<SiteTaken[]> {
	// Anything else would be taken for the name of a file on this machine.
	if (!text.includes('-----BEGIN'))
		return [{ source, outcome: 'refused', refusal: nothingIn(text) }];
	const taken = await site.licensing().load(text);
	return taken.map((each) => ({ ...became(each), source }));
}

function became(taken: Taken): Omit<SiteTaken, 'source'> {
	const { outcome } = taken;
	switch (taken.outcome) {
		case 'loaded':
		case 'unchanged': {
			const { num: number, title, clients, ent: entitlements } = taken.activation;
			return { outcome: taken.outcome, license: { number, title, clients, entitlements } };
		}
		case 'answered-no': {
			const { code, facts } = taken;
			return { outcome: taken.outcome, refusal: { refused: code, facts } as Refusal };
		}
		case 'refused':
		case 'elsewhere':
			return { outcome: taken.outcome, refusal: taken.reason };
		default:
			return { outcome };
	}
}

/** The return of an activation: made, or made before and not answered. */
export async function giveSeatBack(site: Site, activation: string): Promise<SiteFile | Refusal> {
	const made = await site.licensing().createReturn(activation);
	if (isRefusal(made)) return made;
	await site.refresh();
	return { file: made.file, fileName: made.name };
}

/** A request that was made before, and is still here. */
export function unknownRequest(request: string): Refusal<'REQUEST_UNKNOWN'> {
	return refuse('REQUEST_UNKNOWN', { request });
}
