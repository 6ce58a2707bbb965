/**
 * Requests whose maker held the license key: they prove so themselves. [RE2]
 *
 * @module
 */
import { isRefusal } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { readBody } from './summary.ts';

/**
 * Whether anyone may bring it to the server, signed in or not.
 *
 * @param request - As armoured text or as tokens.
 */
export function provesItself(request: string): boolean {
	const file = readFile(request);
	const body = isRefusal(file) ? file : readBody(file);
	return !isRefusal(body) && body.type === 'activation-request' && body.claims.proof !== undefined;
}
