/**
 * What a site server says of itself, and which licenses it really has: each of its files is verified up
 * to a pinned root before anything of it counts. [LE5]
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { TrustState } from '#lib/domain/machines/verification.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import type { ServedProduct, SiteInfo } from '#lib/protocol/lease.ts';
import { thumbprint } from '#lib/signing/keys.ts';
import { judgeSigned, readActivation, type SignedActivation } from '../../verify.ts';
import { isPlain, parseJson } from './proven-call.ts';
import { send, type NoReply, type SiteReply, type SiteAddress } from './wire.ts';

/** What the product is, and what this client has learned so far. */
export type Expecting = {
	roots: readonly PublicJwk[];
	product: string;
	version?: string;
	builtAt?: Seconds;
	/** Trust of the client's own machine: it learns from a site's files as from its own. [FI8] */
	trust: { read: () => TrustState; keep: (learned: TrustState) => void };
};

export type SiteLicense = SignedActivation & {
	/** Why it opens nothing for this client, where it does not. */
	reason?: Refusal;
};

export type KnownSite = {
	address: SiteAddress;
	info: SiteInfo;
	/** Thumbprint of the key that signs its leases. */
	jkt: string;
	served?: ServedProduct;
	/** Files of the product that lead to a pinned root and were made for this site's key. */
	licenses: SiteLicense[];
};

export async function readSite(
	address: SiteAddress,
	expecting: Expecting,
	{ seconds }: { seconds?: number } = {}
): Promise<KnownSite | Refusal> {
	const reply = await send(address, {
		method: 'GET',
		path: '/v1/site',
		seconds
	});
	if (isRefusal(reply)) return reply;
	const info = asSiteInfo(reply, address);
	return isRefusal(info) ? info : judgeSite({ address, info }, expecting);
}

export async function judgeSite(
	{ address, info }: Pick<KnownSite, 'address' | 'info'>,
	expecting: Expecting
): Promise<KnownSite> {
	const { product, trust, roots } = expecting;
	const jkt = await thumbprint({ kty: 'OKP', crv: 'Ed25519', x: info.key });
	const served = info.products.find((each) => each.product === product);
	const licenses: SiteLicense[] = [];
	for (const file of served?.files ?? []) {
		const signed = await readActivation(file, { roots, state: trust.read() });
		if (isRefusal(signed) || signed.activation.cnf.jkt !== jkt) continue;
		licenses.push({ ...signed, reason: await judgeLicense(signed, expecting) });
		trust.keep(signed.state);
	}
	return { address, info, jkt, served, licenses };
}

/**
 * The machine is the server's, and so is the clock: what has ended by the newest time that any hub has
 * signed has ended, whatever the clock of this client says. [LE2]
 */
function judgeLicense(
	signed: SignedActivation,
	{ product, version, builtAt, trust }: Expecting
): Promise<Refusal | undefined> {
	const state = trust.read();
	return judgeSigned(signed, { product, version, builtAt, now: state.trustedAt, state });
}

const BASE64URL_32 = /^[\w-]{43}$/;

/** What `GET /v1/site` said, where a site server said it. */
export function asSiteInfo(
	{ status, body }: SiteReply,
	{ origin }: SiteAddress
): SiteInfo | NoReply {
	if (status === 429 || status >= 500) return refuse('SITE_UNREACHABLE', { addresses: [origin] });
	const said = status === 200 ? parseJson(body) : undefined;
	const strange = refuse('SITE_NOT_TRUSTED', { reason: 'no-site' });
	if (!isPlain(said)) return strange;
	const { name, version, dh, key, products } = said;
	if (!isText(name) || !isText(version) || !isText(dh) || !isText(key)) return strange;
	if (!BASE64URL_32.test(dh) || !BASE64URL_32.test(key) || !Array.isArray(products)) return strange;
	return products.every(isServed) ? { name, version, dh, key, products } : strange;
}

function isServed(value: unknown): value is ServedProduct {
	if (!isPlain(value)) return false;
	const { product, title, version, clients, inUse, files } = value;
	return (
		isText(product) &&
		isText(title) &&
		(version === undefined || isText(version)) &&
		Number.isSafeInteger(clients) &&
		Number.isSafeInteger(inUse) &&
		Array.isArray(files) &&
		files.every(isText)
	);
}

function isText(value: unknown): value is string {
	return typeof value === 'string';
}
