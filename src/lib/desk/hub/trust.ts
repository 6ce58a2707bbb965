/**
 * Trust: which root keys this desk believes, and which hub keys they have voided since. [FI8]
 *
 * Roots come with the kit, or from the desk's own hub on the first visit. What is pinned is never
 * replaced by what a later answer says; a trust token signed by a pinned root may add to it.
 *
 * @module
 */
import { isRefusal } from '#lib/domain/refusal.ts';
import { decodeToken, type DecodedToken } from '#lib/formats/jws.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import type { Trust, VerifiedFile } from '#lib/signing/chain.ts';
import { readState, writeState } from '#lib/desk/store/state.ts';
import { deskNow, device } from '#lib/desk/store/database.ts';
import type { DeskTrust } from '#lib/desk/store/state-rows.ts';
import { fetchHub } from './hub.ts';
import { hubOrigin } from '#lib/desk/store/origin.ts';

/** Id of the element in which `npm run kit` writes the roots into the one-file desk. */
const KIT_ROOTS = 'keyferry-roots';

/** Hub keys rotate rarely; the newest few complete every chain that is still carried. */
const HUB_KEYS_KEPT = 16;

const noTrust: DeskTrust = { roots: [], voided: [], hubKeys: [], trustedAt: 0 };

/**
 * Pins the roots that came with the kit, or those of the desk's own hub, if none are pinned.
 *
 * @param signal - Ends the wait for the hub.
 */
export async function learnRoots(signal?: AbortSignal): Promise<void> {
	const known = await readDeskTrust();
	if (known.roots.length > 0) return;
	const inKit = kitRoots();
	const keys = inKit ?? (await hubRoots(signal));
	if (!keys || keys.length === 0) return;
	const from: DeskTrust['roots'][number]['from'] = inKit ? 'kit' : 'hub';
	await changeTrust((trust) =>
		// Another tab may have been first; what is pinned stays.
		trust.roots.length > 0
			? trust
			: { ...trust, roots: keys.map((jwk) => ({ jwk, from, learnedAt: deskNow() })) }
	);
}

/** What this desk trusts, for people to see. */
export async function readDeskTrust(): Promise<DeskTrust> {
	return (await readState('trust')) ?? noTrust;
}

/** What the verifier of a chain needs to know of this desk. */
export async function chainTrust(): Promise<Trust> {
	const { roots, voided, hubKeys } = await readDeskTrust();
	return {
		roots: roots.map(({ jwk }) => jwk),
		voided,
		hubKeys: hubKeys.map((text) => decodeToken(text)).filter(isHubKey)
	};
}

/** What a verified file teaches counts at once for the files that follow it. */
export function widenTrust(trust: Trust, file: VerifiedFile): Trust {
	const { roots, voided, hubKeys } = taught(file);
	return {
		roots: [...trust.roots, ...roots],
		voided: [...(trust.voided ?? []), ...voided],
		hubKeys: [
			...(trust.hubKeys ?? []),
			...hubKeys.map((text) => decodeToken(text)).filter(isHubKey)
		]
	};
}

/** Keeps what verified files taught: voided keys, next roots, hub keys, the newest hub time. */
export async function keepLearned(files: readonly VerifiedFile[]): Promise<void> {
	if (files.length === 0) return;
	const all = files.map(taught);
	await changeTrust((trust) => {
		const pinned = new Set(trust.roots.map(({ jwk }) => jwk.x));
		const next = uniqueKeys(all.flatMap(({ roots }) => roots)).filter(({ x }) => !pinned.has(x));
		const hubKeys = all.flatMap((file) => file.hubKeys);
		return {
			roots: [
				...trust.roots,
				...next.map((jwk) => ({ jwk, from: 'file' as const, learnedAt: deskNow() }))
			],
			voided: [...new Set([...trust.voided, ...all.flatMap(({ voided }) => voided)])],
			hubKeys: [...new Set([...trust.hubKeys, ...hubKeys])].slice(-HUB_KEYS_KEPT),
			trustedAt: Math.max(trust.trustedAt, ...files.map(({ learned }) => learned.trustedAt))
		};
	});
}

/** A trust token or a hub key may ride along, or be the file itself. */
function taught({ body, hubKey, learned }: VerifiedFile) {
	const trust = body.type === 'trust' ? body.claims : undefined;
	const key = body.type === 'hub-key' ? body.text : hubKey?.text;
	return {
		roots: [...learned.roots, ...(trust?.roots ?? [])],
		voided: [...learned.voided, ...(trust?.kids ?? [])],
		hubKeys: key === undefined ? [] : [key]
	};
}

async function changeTrust(change: (trust: DeskTrust) => DeskTrust): Promise<void> {
	await device.transaction('rw', device.states, async () => {
		await writeState('trust', change(await readDeskTrust()));
	});
}

function kitRoots(): PublicJwk[] | undefined {
	const text = document.getElementById(KIT_ROOTS)?.textContent.trim();
	if (!text) return undefined;
	const keys = readJwks(JSON.parse(text));
	return keys.length > 0 ? keys : undefined;
}

async function hubRoots(signal?: AbortSignal): Promise<PublicJwk[] | undefined> {
	if (hubOrigin() === undefined) return undefined;
	try {
		const answer = await fetchHub('/.well-known/keyferry-roots.json', { signal });
		return answer.ok ? readJwks(await answer.json()) : undefined;
	} catch {
		return undefined;
	}
}

/** The Ed25519 public keys of a JWKS, reduced to what identifies them. RFC 7517, RFC 8037 */
export function readJwks(value: unknown): PublicJwk[] {
	if (typeof value !== 'object' || value === null || !('keys' in value)) return [];
	const keys: unknown[] = Array.isArray(value.keys) ? value.keys : [];
	return keys.flatMap((key): PublicJwk[] => {
		if (typeof key !== 'object' || key === null || !('x' in key)) return [];
		return typeof key.x === 'string' ? [{ kty: 'OKP', crv: 'Ed25519', x: key.x }] : [];
	});
}

function uniqueKeys(keys: readonly PublicJwk[]): PublicJwk[] {
	return [...new Map(keys.map((key) => [key.x, key])).values()];
}

function isHubKey(token: ReturnType<typeof decodeToken>): token is DecodedToken<'hub-key'> {
	return !isRefusal(token) && token.type === 'hub-key';
}
