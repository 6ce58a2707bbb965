import { createHash } from 'node:crypto';

/** base64url SHA-256 of a text's UTF-8, at once: `signing/text-hash` waits for Web Crypto. */
export function sha256(text: string): string {
	return createHash('sha256').update(text).digest('base64url');
}
