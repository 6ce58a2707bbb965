/**
 * What a root signs, wherever it is at hand: at a terminal, or in the browser that sets a hub up. And the
 * file that keeps it, which is the same from both. [FI8]
 *
 * @module
 */
import { isRefusal } from '../domain/refusal.ts';
import { DAY_SECONDS, type Seconds } from '../domain/time.ts';
import { jwkSchema, type PublicJwk } from '../formats/tokens.ts';
import { uuidv7 } from '../formats/uuid.ts';
import { signToken } from './jws.ts';
import {
	importPrivateJwk,
	importPublicJwk,
	thumbprint,
	type PrivateJwk,
	type Signer
} from './keys.ts';

export const HUB_KEY_SECONDS = 2 * 365 * DAY_SECONDS;

/** What a hub may sign, those of later token types included: the root is not at hand again. [FI2] */
export const HUB_KEY_USE = [
	'license',
	'activation',
	'refusal',
	'revocation',
	'receipt',
	'allotment'
];

/** A root's word for a hub key, from `now` on. */
export function grantHubKey(
	root: Signer,
	{ jwk, now }: { jwk: PublicJwk; now: Seconds }
): Promise<string> {
	const claims = { nbf: now, exp: now + HUB_KEY_SECONDS, cnf: { jwk }, use: HUB_KEY_USE };
	return signToken('hub-key', { v: 1, jti: uuidv7(), iat: now, ...claims }, root);
}

/** What a root says of roots and void hub keys; the higher `seq` is the newer word. [FI8] */
export function signTrust(
	root: Signer,
	{ now, ...content }: { now: Seconds; seq: number; roots: PublicJwk[]; kids: string[] }
): Promise<string> {
	return signToken('trust', { v: 1, jti: uuidv7(), iat: now, ...content }, root);
}

/** A private root as the file that people keep offline. */
export function rootFileText(root: PrivateJwk): string {
	return JSON.stringify(root, undefined, '\t') + '\n';
}

export type Root = { jwk: PublicJwk; signer: Signer };

/** @returns `undefined` for what is no root file, or whose two halves do not belong together. */
export async function readRootFile(text: string): Promise<Root | undefined> {
	const parsed = parsePrivate(text);
	if (!parsed) return undefined;
	const { d, ...jwk } = parsed;
	try {
		const signer = await importPrivateJwk({ ...jwk, d });
		const key = await importPublicJwk(jwk);
		if (isRefusal(key)) return undefined;
		// Some platforms take any pair of halves.
		const probe = new TextEncoder().encode(`keyferry root ${signer.kid}`);
		const signature = new Uint8Array(await signer.sign(probe));
		return (await key.verify(signature, probe)) ? { jwk, signer } : undefined;
	} catch {
		return undefined;
	}
}

/** The first characters of a root's thumbprint name its file. */
export async function rootFileName(root: PublicJwk): Promise<string> {
	return `keyferry-root-${(await thumbprint(root)).replace(/[^A-Za-z0-9]/g, '').slice(0, 8)}.json`;
}

function parsePrivate(text: string): PrivateJwk | undefined {
	let value: unknown;
	try {
		value = JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch {
		return undefined;
	}
	if (typeof value !== 'object' || value === null) return undefined;
	const { kty, crv, x, d } = value as Record<string, unknown>;
	const jwk = jwkSchema.safeParse({ kty, crv, x });
	return jwk.success && typeof d === 'string' ? { ...jwk.data, d } : undefined;
}
