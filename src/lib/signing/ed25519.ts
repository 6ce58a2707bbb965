/**
 * Whether this platform can sign and verify at all: browsers learned Ed25519 late, and without it every
 * key and every file would look damaged. [FI9]
 *
 * @see RFC 8032 section 7.1, test 1; WICG Secure Curves in the Web Cryptography API
 * @module
 */
import { decodeBase64url } from '../formats/base64url.ts';

/** The oldest that have it without a flag; Chrome's number is that of its kin. */
export const oldestBrowsers = { Chrome: 137, Edge: 137, Firefox: 129, Safari: 17 } as const;

const KNOWN = {
	x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
	signature:
		'5VZDAMNgrHKQhuLMgG6CioSHfx645dl02HPgZSJJAVVfuIIVkKM7rMYeOXAc-bRr0lv18FlbviRlUUFDjnoQCw'
};

let found: Promise<boolean> | undefined;

/** Makes a key and verifies a known signature, once. */
export function hasEd25519(): Promise<boolean> {
	return (found ??= tryIt());
}

async function tryIt(): Promise<boolean> {
	try {
		await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
		const jwk = { kty: 'OKP', crv: 'Ed25519', x: KNOWN.x };
		const key = await crypto.subtle.importKey('jwk', jwk, 'Ed25519', true, ['verify']);
		const signature = decodeBase64url(KNOWN.signature)!;
		return await crypto.subtle.verify('Ed25519', key, signature, new Uint8Array());
	} catch {
		return false;
	}
}
