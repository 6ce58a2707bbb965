/**
 * Secrets at rest: license keys and their `sec` are sealed before they reach the database, so that
 * a dump or a backup carries none.
 *
 * @module
 */
import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';

/** Seals text under the hub's own key. `about` binds it to its row: it opens nowhere else. */
export type Seal = {
	seal(text: string, about: string): string;
	/** @throws when it was sealed under another key, or for another row. */
	open(sealed: string, about: string): string;
};

const VERSION = 'kfs1';

/** @param raw - 32 bytes. AES-256-GCM with a random nonce; NIST SP 800-38D. */
export function sealWith(raw: Uint8Array): Seal {
	// Made once: a page of licenses opens a thousand.
	const key = createSecretKey(raw);
	return {
		seal(text, about) {
			const nonce = randomBytes(12);
			const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about));
			const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
			const sealed = Buffer.concat([nonce, body, cipher.getAuthTag()]);
			return `${VERSION}.${sealed.toString('base64url')}`;
		},
		open(sealed, about) {
			const [version, body64 = ''] = sealed.split('.');
			if (version !== VERSION) throw new Error('sealed in an unknown way');
			const bytes = Buffer.from(body64, 'base64url');
			const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
				.setAAD(Buffer.from(about))
				.setAuthTag(bytes.subarray(-16));
			const opened = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
			return opened.toString('utf8');
		}
	};
}
