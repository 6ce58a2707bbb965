/**
 * Claiming a lease, and whether what comes back is one: root → hub key → activation → machine key →
 * lease → nonce, client and key of the site. Whatever does not lead there opens nothing. [LE3, LE5]
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { decodeToken } from '#lib/formats/jws.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import type { VersionWarning } from '#lib/domain/site/client-version.ts';
import type { LeaseAsk } from '#lib/protocol/lease.ts';
import { verifyToken } from '#lib/signing/jws.ts';
import { importPublicJwk } from '#lib/signing/keys.ts';
import { leaseKey, sharedKey } from '../lease-keys.ts';
import type { KeyObject } from 'node:crypto';
import { callProven, isPlain, newNonce, type ProvenAnswer } from './proven-call.ts';
import { readSite, type Expecting, type KnownSite, type SiteLicense } from './site.ts';
import { monotonic } from './monotonic.ts';
import type { SiteAddress } from './wire.ts';

/** An installation, or a name given to whatever comes and goes. [LE3] */
export type CountedClient = { id: string; dh: string; key: KeyObject };

/** What this client asks for, besides being counted. */
export type LeaseWishes = Pick<LeaseAsk, 'needs' | 'resource' | 'wait'> & {
	user: string;
	machine?: string;
};

/** What renews, releases and watches a lease or a place in line. */
export type LeaseHold = { id: string; key: Buffer; site: KnownSite };

export type GrantedLease = LeaseHold & {
	lease: Claims['lease'];
	/** The license that it is one of, as the hub signed it: what is open is read from here. */
	license: SiteLicense;
	warning?: VersionWarning;
	/** Monotonic milliseconds until which it lives without a renewal, at the least. */
	until: number;
};

export type PlaceInLine = LeaseHold & { place: number; ttl: number };

export type ClaimedSeat = { lease: GrantedLease } | { line: PlaceInLine };

export async function claimAt(
	address: SiteAddress,
	expecting: Expecting,
	{ client, wishes }: { client: CountedClient; wishes: LeaseWishes }
): Promise<ClaimedSeat | Refusal> {
	const site = await readSite(address, expecting);
	if (isRefusal(site)) return site;
	const unusable = noLicense(site, expecting);
	if (unusable) return unusable;
	const key = keyWith(client, site);
	if (!key) return refuse('SITE_NOT_TRUSTED', { reason: 'no-site' });

	const { product, version, builtAt } = expecting;
	const ask: LeaseAsk = { client: client.id, dh: client.dh, product, version, builtAt, ...wishes };
	const nonce = newNonce();
	const claim = () =>
		callProven(address, {
			method: 'POST',
			path: '/v1/leases',
			body: JSON.stringify(ask),
			key,
			nonce
		});
	const askedAt = monotonic();
	let answer = await claim();
	// What was granted and whose answer was lost on its way is granted again, as the same lease.
	if (isLost(answer)) answer = await claim();
	if (answer.said === 'no') return answer.refusal;
	if (answer.said === 'nothing') return answer.why;
	return judgeClaimed(answer.body, { site, client, wishes, expecting, key, nonce, askedAt });
}

/** Why no claim of this client can succeed there, from the site's verified files. */
export function noLicense(
	{ served, licenses }: KnownSite,
	{ product }: Pick<Expecting, 'product'>
): Refusal | undefined {
	if (!served) return refuse('NO_SERVER_LICENSE', { product });
	if (licenses.some(({ reason }) => reason === undefined)) return undefined;
	const [first] = licenses;
	return first?.reason ?? refuse('SITE_NOT_TRUSTED', { reason: 'no-license' });
}

function keyWith({ key }: CountedClient, { info }: KnownSite): Buffer | undefined {
	try {
		return sharedKey(key, info.dh);
	} catch {
		return undefined;
	}
}

function isLost(answer: ProvenAnswer): boolean {
	return answer.said === 'nothing' && answer.why.refused === 'SITE_UNREACHABLE';
}

type Asked = {
	site: KnownSite;
	client: CountedClient;
	wishes: LeaseWishes;
	expecting: Expecting;
	/** Shared by client and site. */
	key: Buffer;
	nonce: string;
	/** Monotonic: a lease lives from when it was asked for, at the least. */
	askedAt: number;
};

export async function judgeClaimed(body: unknown, asked: Asked): Promise<ClaimedSeat | Refusal> {
	const { site, key, nonce } = asked;
	const strange = refuse('SITE_NOT_TRUSTED', { reason: 'other-lease' });
	if (!isPlain(body)) return strange;
	const { state, id, place, ttl } = body;
	if (state === 'waiting') {
		if (typeof id !== 'string' || typeof place !== 'number' || typeof ttl !== 'number')
			return strange;
		return { line: { id, key: leaseKey(key, { id, nonce }), site, place, ttl } };
	}
	const token = typeof body.lease === 'string' ? decodeToken(body.lease) : strange;
	if (isRefusal(token) || token.type !== 'lease') return strange;
	const signer = await importPublicJwk({ kty: 'OKP', crv: 'Ed25519', x: site.info.key });
	if (isRefusal(signer)) return strange;
	const verified = await verifyToken({ ...token, type: 'lease' }, signer);
	if (isRefusal(verified)) return strange;
	const lease = verified.claims;
	const license = await licenseOf(lease, asked);
	if (!license || !isAsked(lease, asked)) return strange;
	return {
		lease: {
			id: lease.jti,
			key: leaseKey(key, { id: lease.jti, nonce }),
			site,
			lease,
			license,
			warning: asWarning(body.warning),
			until: asked.askedAt + lease.ttl * 1000
		}
	};
}

/** HoldRenewed between two calls, a license has a newer file than the one that was looked at: ask again. */
async function licenseOf(
	{ act, gen }: Claims['lease'],
	{ site, expecting }: Asked
): Promise<SiteLicense | undefined> {
	const isIts = ({ activation, reason }: SiteLicense) =>
		activation.act === act && activation.gen === gen && reason === undefined;
	const known = site.licenses.find(isIts);
	if (known) return known;
	const again = await readSite(site.address, expecting);
	return isRefusal(again) || again.jkt !== site.jkt ? undefined : again.licenses.find(isIts);
}

function isAsked(lease: Claims['lease'], { site, client, wishes, expecting, nonce }: Asked) {
	return (
		lease.nonce === nonce &&
		lease.cid === client.id &&
		lease.dh === site.info.dh &&
		lease.prd === expecting.product &&
		lease.res === wishes.resource
	);
}

function asWarning(value: unknown): VersionWarning | undefined {
	if (!isPlain(value)) return undefined;
	const { client, server, update } = value;
	if (typeof client !== 'string' || typeof server !== 'string') return undefined;
	return update === 'client' || update === 'server' ? { client, server, update } : undefined;
}
