/**
 * A hub whose root was made elsewhere and never comes here: in the browser of whoever sets it up. The
 * hub makes its own key, the root's word for it is brought, and the folder becomes a hub's. [SU3]
 *
 * @module
 */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Seconds } from '#lib/domain/time.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { decodeToken } from '#lib/formats/jws.ts';
import type { Claims, PublicJwk } from '#lib/formats/tokens.ts';
import { verifyToken } from '#lib/signing/jws.ts';
import { importPublicJwk, thumbprint, type PrivateJwk } from '#lib/signing/keys.ts';
import { HUB_KEY_SECONDS, HUB_KEY_USE } from '#lib/signing/root.ts';
import { writePublic, writeSecret, type KeyFile, type Secrets } from './folder.ts';

/** What a root has signed for a new hub. */
export type RootGrant = { root: PublicJwk; hubKey: string; trust: string };

/** Clocks of a browser and of its hub are the same one here, and signing takes a moment. */
const LEEWAY_SECONDS = 600;

/** @returns Why it is no whole word for this hub key, if it is none. */
export async function judgeGrant(
	{ root, hubKey, trust }: RootGrant,
	{ jwk, now }: { jwk: PublicJwk; now: Seconds }
): Promise<Refusal | undefined> {
	const said = await readBy(root, { type: 'hub-key', text: hubKey });
	if (isRefusal(said)) return said;
	const wrong = (type: string, path: string) =>
		refuse('CLAIMS_INVALID', { type, path, reason: 'not what was asked for' });
	if (said.cnf.jwk.x !== jwk.x) return wrong('hub-key', 'cnf.jwk');
	if (said.use.join() !== HUB_KEY_USE.join()) return wrong('hub-key', 'use');
	if (Math.abs(said.nbf - now) > LEEWAY_SECONDS) return wrong('hub-key', 'nbf');
	if (said.exp - said.nbf !== HUB_KEY_SECONDS) return wrong('hub-key', 'exp');
	const word = await readBy(root, { type: 'trust', text: trust });
	if (isRefusal(word)) return word;
	const isPlain = word.seq === 1 && word.kids.length === 0 && word.roots.length === 1;
	return isPlain && word.roots[0]?.x === root.x ? undefined : wrong('trust', 'roots');
}

async function readBy<T extends 'hub-key' | 'trust'>(
	root: PublicJwk,
	{ type, text }: { type: T; text: string }
): Promise<Claims[T] | Refusal> {
	const key = await importPublicJwk(root);
	if (isRefusal(key)) return key;
	const decoded = decodeToken(text);
	if (isRefusal(decoded)) return decoded;
	if (decoded.type !== type)
		return refuse('TOKEN_TYPE_UNEXPECTED', { expected: [type], found: decoded.type });
	const verified = await verifyToken(decoded, key);
	// Sound: a token is verified as what it is, and that is this very type.
	return isRefusal(verified) ? verified : (verified.claims as Claims[T]);
}

/**
 * Writes what a hub's folder holds. Run again after it was interrupted, it writes the same, but for
 * secrets that nothing was sealed with yet.
 */
export async function takeGranted(
	folder: string,
	{
		iss,
		hubKey,
		grant,
		secrets
	}: { iss: string; hubKey: PrivateJwk; grant: RootGrant; secrets: Secrets }
): Promise<void> {
	const keys = join(folder, 'keys');
	mkdirSync(keys, { recursive: true, mode: 0o700 });
	const file: KeyFile = { iss, jwk: hubKey, token: grant.hubKey };
	writeAnew(join(keys, `${await thumbprint(hubKey)}.json`), json(file), writeSecret);
	const roots = { keys: [{ ...grant.root, kid: await thumbprint(grant.root) }] };
	writeAnew(join(folder, 'roots.json'), json(roots), writePublic);
	writeAnew(join(folder, 'trust.jwt'), grant.trust, writeSecret);
	// Last, so that its presence means that the rest is there too.
	writeAnew(join(folder, 'secrets.json'), json(secrets), writeSecret);
}

/** Whole or not at all, over whatever an interrupted run has left. */
function writeAnew(path: string, text: string, write: typeof writeSecret): void {
	const unfinished = `${path}.new`;
	rmSync(unfinished, { force: true });
	write(unfinished, text);
	renameSync(unfinished, path);
}

/** Whether the folder has a hub's keys. */
export function hasKeys(folder: string): boolean {
	return existsSync(join(folder, 'secrets.json'));
}

function json(value: unknown): string {
	return JSON.stringify(value, undefined, '\t') + '\n';
}
