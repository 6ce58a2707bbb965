/**
 * Fingerprint codes: a machine's fingerprint as one line of text, for pasting into a desk that runs
 * elsewhere. `KFFP1.` + base64url of the JSON `{fp, vm}` + `.` + a checksum.
 *
 * The checksum (FNV-1a, 32 bits) finds slips of copying; nothing is secured by it.
 *
 * @see draft-eastlake-fnv
 * @module
 */
import * as z from 'zod/mini';
import type { Machine } from '../domain/machines/machine.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import { decodeBase64url, encodeBase64url } from './base64url.ts';
import { parseStrictJson } from './strict-json.ts';
import { fingerprintSchema } from './tokens.ts';

const PREFIX = 'KFFP1';
const LENGTH_LIMIT = 2048;
const machineSchema = z.strictObject({
	fp: fingerprintSchema,
	vm: z.boolean()
}) satisfies z.ZodMiniType<Machine>;

export function encodeFingerprint({ fp, vm }: Machine): string {
	const body = encodeBase64url(new TextEncoder().encode(JSON.stringify({ fp, vm })));
	return `${PREFIX}.${body}.${checksum(body)}`;
}

export function isFingerprintCode(text: string): boolean {
	return text.trimStart().startsWith(`${PREFIX}.`);
}

export function decodeFingerprint(text: string): Machine | Refusal<'FINGERPRINT_MALFORMED'> {
	const malformed = (reason: string) => refuse('FINGERPRINT_MALFORMED', { reason });
	// Terminals and mails wrap long lines.
	const code = text.replace(/\s+/g, '');
	if (code.length > LENGTH_LIMIT) return malformed('length');
	const [prefix, body = '', check, ...more] = code.split('.');
	if (prefix !== PREFIX || more.length > 0) return malformed('prefix');
	if (check !== checksum(body)) return malformed('checksum');
	const bytes = decodeBase64url(body);
	const json = bytes && parseStrictJson(new TextDecoder().decode(bytes));
	const parsed = json && 'value' in json && z.safeParse(machineSchema, json.value);
	return parsed && parsed.success ? parsed.data : malformed('content');
}

function checksum(text: string): string {
	let hash = 0x811c9dc5;
	for (let at = 0; at < text.length; at++)
		hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
	return hash.toString(16).padStart(8, '0');
}
