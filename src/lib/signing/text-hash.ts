/**
 * How texts are named and compared: base64url SHA-256 of their UTF-8.
 *
 * @module
 */
import { encodeBase64url } from '../formats/base64url.ts';

export async function textHash(text: string): Promise<string> {
	const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
	return encodeBase64url(new Uint8Array(digest));
}
