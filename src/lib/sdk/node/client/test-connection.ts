/**
 * Whether a client could work with a site server at an address, line by line: what doctor prints, and
 * what a program's settings ask before they save. It takes no seat. [S6, S10]
 *
 * @module
 */
import { warnOfVersions } from '#lib/domain/site/client-version.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { emptyTrustState } from '#lib/domain/machines/verification.ts';
import { lookup } from 'node:dns/promises';
import { readAddresses } from './address.ts';
import { noLicense } from './claim.ts';
import { asSiteInfo, judgeSite, type Expecting, type KnownSite } from './site.ts';
import { send } from './wire.ts';

/** Seconds that the clocks of client and server may differ before it is worth a word. */
const CLOCK_TOLERANCE = 300;

/** In this order; what depends on a line that failed is left out. */
export type ConnectionLine = { ok: boolean } & (
	| { line: 'name'; host: string; addresses: string[] }
	| { line: 'reach'; origin: string; reason?: Refusal }
	/** `plain`: without TLS, which takes nothing from the trust in its licenses. */
	| { line: 'tls'; state: 'trusted' | 'untrusted' | 'plain' }
	/** How far the server's clock is ahead of this one's, in seconds. */
	| { line: 'clock'; ahead?: number }
	/** Not ok where the majors differ: both numbers are shown. [S5] */
	| { line: 'versions'; site: string; client?: string; server?: string }
	| { line: 'license'; numbers: string[]; reason?: Refusal }
	| { line: 'clients'; inUse: number; clients: number }
);

export type TestWishes = Omit<Expecting, 'product' | 'trust'> & {
	/** Else the first one that is served there. */
	product?: string;
	ca?: string;
};

/** @param typed - An address as people type it; one that is none has no name. */
export async function testConnection(
	typed: string,
	{ ca, product, ...asked }: TestWishes
): Promise<ConnectionLine[]> {
	const [origin] = readAddresses(typed);
	if (origin === undefined) return [{ line: 'name', ok: false, host: typed, addresses: [] }];
	const { hostname, protocol } = new URL(origin);
	const host = hostname.replace(/^\[|\]$/g, '');
	const addresses = await addressesOf(host);
	const named: ConnectionLine = { line: 'name', ok: addresses.length > 0, host, addresses };
	if (!named.ok) return [named];

	const address = { origin, ca };
	const askedAt = Date.now();
	const reply = await send(address, { method: 'GET', path: '/v1/site' });
	if (isRefusal(reply)) {
		if (reply.refused === 'SITE_UNREACHABLE')
			return [named, { line: 'reach', ok: false, origin, reason: reply }];
		const untrusted = { line: 'tls', ok: false, state: 'untrusted' } as const;
		return [named, { line: 'reach', ok: true, origin }, untrusted];
	}
	const state = protocol === 'https:' ? 'trusted' : 'plain';
	const clock = clockLine(reply.headers.date, askedAt);
	const info = asSiteInfo(reply, address);
	const reach = { line: 'reach', origin, ok: !isRefusal(info) } as const;
	const tls = { line: 'tls', ok: true, state } as const;
	if (isRefusal(info)) return [named, { ...reach, reason: info }, tls, clock];
	let learned = emptyTrustState;
	const expecting = {
		...asked,
		product: product ?? info.products[0]?.product ?? '',
		// A test learns nothing: what it was shown may be another site's.
		trust: { read: () => learned, keep: (trust: typeof learned) => void (learned = trust) }
	};
	const site = await judgeSite({ address, info }, expecting);
	return [named, reach, tls, clock, ...siteLines(site, expecting)];
}

async function addressesOf(host: string): Promise<string[]> {
	try {
		return (await lookup(host, { all: true })).map((found) => found.address);
	} catch {
		return [];
	}
}

/** The header counts whole seconds, and is half a journey old. */
function clockLine(date: string | undefined, askedAt: number): ConnectionLine {
	const said = Date.parse(date ?? '');
	if (Number.isNaN(said)) return { line: 'clock', ok: true };
	const ahead = Math.round((said - (askedAt + Date.now()) / 2) / 1000);
	return { line: 'clock', ok: Math.abs(ahead) <= CLOCK_TOLERANCE, ahead };
}

function siteLines(site: KnownSite, { product, version }: Expecting): ConnectionLine[] {
	const { info, served, licenses } = site;
	const server = served?.version;
	const fits = warnOfVersions(version, server) === undefined;
	const reason = noLicense(site, { product });
	const open = licenses.filter((license) => license.reason === undefined);
	const numbers = open.map(({ activation }) => activation.num);
	const lines: ConnectionLine[] = [
		{ line: 'versions', ok: fits, site: info.version, client: version, server },
		{ line: 'license', ok: reason === undefined, numbers, reason }
	];
	if (!served || reason) return lines;
	const { inUse, clients } = served;
	return [...lines, { line: 'clients', ok: inUse < clients, inUse, clients }];
}
