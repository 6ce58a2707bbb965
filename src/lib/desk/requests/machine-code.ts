/**
 * Which machine a request is for.
 *
 * @module
 */
import type { Machine } from '#lib/domain/machine.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { encodeBase64url } from '#lib/formats/base64url.ts';
import { decodeFingerprint, isFingerprintCode } from '#lib/formats/fingerprint-code.ts';

/**
 * Reads the machine: the code that `keyferry fingerprint` prints, or any name given by hand, which
 * only licenses that allow it accept [MA2].
 */
export async function readMachineCode(input: string): Promise<Machine | Refusal> {
	const text = input.trim();
	if (isFingerprintCode(text)) return decodeFingerprint(text);
	if (text === '') return refuse('FINGERPRINT_MALFORMED', { reason: 'empty' });
	return { fp: { given: await componentHash('given', text) }, vm: false };
}

/** A component's hash, as machines make it themselves. [MA1] */
async function componentHash(component: string, value: string): Promise<string> {
	const encoder = new TextEncoder();
	const algorithm = { name: 'HMAC', hash: 'SHA-256' };
	const key = await crypto.subtle.importKey(
		'raw',
		encoder.encode('keyferry-fp-1'),
		algorithm,
		false,
		['sign']
	);
	const message = encoder.encode(`${component}:${value.trim().toLowerCase()}`);
	return encodeBase64url(new Uint8Array(await crypto.subtle.sign('HMAC', key, message), 0, 16));
}
