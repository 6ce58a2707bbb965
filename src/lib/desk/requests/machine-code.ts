/**
 * Which machine a request is for.
 *
 * @module
 */
import type { Machine } from '#lib/domain/machines/machine.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { encodeBase64url } from '#lib/formats/base64url.ts';
import { readFile } from '#lib/formats/file.ts';
import { decodeFingerprint } from '#lib/formats/fingerprint-code.ts';
import { verifyRequest } from '#lib/signing/request.ts';

/**
 * Reads the machine: the code that `keyferry fingerprint` prints, or a request that the machine has made.
 * A name is neither, and never becomes a fingerprint here. [MA6]
 */
export async function readMachineCode(input: string): Promise<Machine | Refusal> {
	const text = input.trim();
	if (text === '') return refuse('FINGERPRINT_MALFORMED', { reason: 'empty' });
	const file = readFile(text);
	if (isRefusal(file)) return decodeFingerprint(text);
	if (file.body.type !== 'activation-request')
		return refuse('TOKEN_TYPE_UNEXPECTED', {
			expected: ['activation-request'],
			found: file.body.type
		});
	const request = await verifyRequest(file.body);
	return isRefusal(request) ? request : { fp: request.claims.fp, vm: request.claims.vm };
}

/** The machine that has nothing but a name given to it by hand, as it hashes the name itself. [MA1, MA6] */
export async function machineGiven(name: string): Promise<Machine> {
	const encoder = new TextEncoder();
	const algorithm = { name: 'HMAC', hash: 'SHA-256' };
	const key = await crypto.subtle.importKey(
		'raw',
		encoder.encode('keyferry-fp-1'),
		algorithm,
		false,
		['sign']
	);
	const message = encoder.encode(`given:${name.trim().toLowerCase()}`);
	const hash = new Uint8Array(await crypto.subtle.sign('HMAC', key, message), 0, 16);
	return { fp: { given: encodeBase64url(hash) }, vm: false };
}
