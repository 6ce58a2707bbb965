/**
 * How a server is to be reached, as whoever sets it up says it: judged, made, kept and checked. [SU1, ST2]
 *
 * @module
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import type { Seconds } from '#lib/domain/time.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { SetupReach, SetupSeen } from '#lib/protocol/setup.ts';
import { originOf, plainAddress, proxiesOf } from '#server/http/caller.ts';
import { keepReach } from '#server/http/kept-reach.ts';
import { judgeCertificate } from './certificate.ts';

/** What was said, and how far it is. */
export type SaidReach = SetupReach & {
	/** Shown by whoever asks for the check at the public address. */
	nonce: string;
	/** Somebody has gone on from it, with or without the check. */
	isSettled: boolean;
};

/** Options of the command line, which go before what is said. */
export type GivenReach = {
	url?: string;
	proxies?: string;
	tls: boolean;
	/** Where the process listens that sets it up; 0 is any port that is free, and nothing to keep. */
	port?: number;
	host?: string;
};

export function judgeReach(
	{ url, tls, cert, key, proxies }: SetupReach,
	{ given, now }: { given: GivenReach; now: () => Seconds }
): Refusal<'BODY_INVALID' | 'CERTIFICATE_UNUSABLE'> | undefined {
	const wrong = (path: string, reason = 'invalid') => refuse('BODY_INVALID', { path, reason });
	if (originOf(url) !== url) return wrong('url');
	if ((tls === 'none') === url.startsWith('https:')) return wrong('url', 'scheme');
	if ((tls === 'options') !== given.tls) return wrong('tls');
	if (tls === 'proxy') {
		const named = namesIn(proxies);
		if (named.length === 0 || !proxiesOf(named)) return wrong('proxies');
	}
	if (tls !== 'files') return undefined;
	if (!cert || !key) return wrong(cert ? 'key' : 'cert', 'missing');
	const at = new Date(now() * 1000);
	return judgeCertificate({ cert, key }, { host: new URL(url).hostname, at });
}

/** Makes the certificate, where one is to be made. */
export async function makeTls(folder: string, { url, tls }: SetupReach): Promise<void> {
	if (tls !== 'authority') return;
	const { hostname } = new URL(url);
	// Made for another name before, or not to its end.
	rmSync(join(folder, 'tls'), { recursive: true, force: true });
	// 12 MB that are needed once.
	const { makeLocalAuthority } = await import('#server/keys/local-authority.ts');
	await makeLocalAuthority(folder, [hostname.replace(/^\[|\]$/g, '')]);
}

/** Certificate and key, where the process itself ends TLS by them. */
export function tlsOf(
	folder: string,
	{ tls, cert, key }: SetupReach
): { cert: string; key: string } | undefined {
	const paths =
		tls === 'authority'
			? [join(folder, 'tls/server.crt'), join(folder, 'tls/server.key')]
			: tls === 'files'
				? [cert!, key!]
				: undefined;
	if (!paths) return undefined;
	const [certText, keyText] = paths.map((path) => readFileSync(path, 'utf8')) as [string, string];
	return { cert: certText, key: keyText };
}

/** Said and not checked yet. */
export function newlySaid(reach: SetupReach): SaidReach {
	return { ...reach, nonce: randomBytes(16).toString('base64url'), isSettled: false };
}

export function reachOnly({ vendor, url, tls, cert, key, proxies }: SetupReach): SetupReach {
	return { vendor, url, tls, cert, key, proxies };
}

/** As every later start finds it. */
export function keepSaid(
	folder: string,
	{ url, tls, cert, key, proxies }: SetupReach,
	given: GivenReach
): void {
	keepReach(folder, {
		url,
		proxies: tls === 'proxy' ? proxies : given.proxies,
		tls: tls === 'files' && cert && key ? { cert, key } : undefined,
		port: given.port || undefined,
		host: given.host
	});
}

/** @returns `undefined` for whoever does not know what the page was told to ask for. */
export function seenFrom(
	{ reach, given }: { reach: SaidReach | undefined; given: GivenReach },
	nonce: string,
	{ origin, from }: { origin: string; from: string }
): SetupSeen | undefined {
	if (!reach || nonce !== reach.nonce) return undefined;
	const named = reach.tls === 'proxy' ? reach.proxies : given.proxies;
	const proxies = proxiesOf(namesIn(named));
	const near = plainAddress(from);
	const isProxied = proxies?.check(near, isIP(near) === 6 ? 'ipv6' : 'ipv4') ?? false;
	return { origin, from: near, isProxied };
}

function namesIn(list: string | undefined): string[] {
	return (list ?? '').split(/[\s,]+/).filter(Boolean);
}
