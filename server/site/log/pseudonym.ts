/**
 * What stands for a name that the site does not want to read: the same one each time at this site, and
 * another one at any other. [LG1]
 *
 * @module
 */
import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

const KEY_BYTES = 32;
const SHOWN = 8;

/** The site's own key for it, made once. */
export function pseudonymKey(path: string): Buffer {
	if (existsSync(path)) {
		const kept = readFileSync(path);
		if (kept.length === KEY_BYTES) return kept;
	}
	const key = randomBytes(KEY_BYTES);
	writeFileSync(`${path}.new`, key, { mode: 0o600, flush: true });
	renameSync(`${path}.new`, path);
	return key;
}

/** @returns Such as `~k3v9q2hd`: nobody's name begins so. */
export function pseudonymOf(key: Buffer, name: string): string {
	const digest = createHmac('sha256', key).update(name).digest();
	const text = BigInt(`0x${digest.subarray(0, 8).toString('hex')}`).toString(36);
	return `~${text.padStart(SHOWN, '0').slice(-SHOWN)}`;
}
