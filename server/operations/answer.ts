/**
 * Answers: what the hub says to a request, as tokens in the database and as a file on its way.
 *
 * @module
 */
import type { Refusal } from '#lib/domain/refusal.ts';
import { writeFile } from '#lib/formats/file.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import { decodeBase64url } from '#lib/formats/base64url.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { signToken } from '#lib/signing/jws.ts';
import type { Hub } from './hub.ts';

/** One answer. `refusal` tells a "no"; its file can be ferried back all the same. [O11] */
export type Answer = {
	/** `jti` of the request. */
	request: string;
	/** The key that signed, and what it signed: an activation or a refusal. */
	kid: string;
	token: string;
	refusal?: Refusal;
	/** False where the very same bytes had been given before. [SE3] */
	isNew: boolean;
};

export async function signRefusal(hub: Hub, request: string, refusal: Refusal): Promise<string> {
	const { refused: code, facts } = refusal;
	const claims = { v: 1, jti: uuidv7(), iat: hub.now(), iss: hub.iss, req: request, code, facts };
	return signToken('refusal', claims, hub.signer);
}

/** Armours an answer under the grant of the key that signed it. [FI5] */
export function answerFile(hub: Hub, { kid, token }: Pick<Answer, 'kid' | 'token'>): string {
	return writeFile([hub.grantOf(kid), token], linesOf(claimsOf(token)));
}

/** What a person reads above the armour. Not signed, never parsed. [FI4] */
function linesOf(claims: Claims['activation'] | Claims['refusal'] | Claims['license']): string[] {
	const day = new Date(claims.iat * 1000).toISOString().slice(0, 10);
	if ('code' in claims)
		return ['Keyferry refusal', `Reason: ${claims.code}`, `Request: ${claims.req}`, `Date: ${day}`];
	const about = [`Product: ${claims.title}`, `License: ${claims.num}`];
	if (claims.org !== undefined) about.push(`Organization: ${claims.org}`);
	if (!('act' in claims)) return ['Keyferry license key', ...about, `Date: ${day}`];
	if (claims.label !== undefined) about.push(`Machine: ${claims.label}`);
	return ['Keyferry activation file', ...about, `Name: ${claims.name}`, `Date: ${day}`];
}

function claimsOf(token: string): Claims['activation'] | Claims['refusal'] | Claims['license'] {
	const payload = decodeBase64url(token.split('.')[1] ?? '');
	// Sound: only tokens that this hub signed and stored come here.
	return JSON.parse(new TextDecoder().decode(payload)) as Claims['activation'];
}
