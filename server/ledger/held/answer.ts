/**
 * Answers: what the hub says to a request, as tokens in the database and as a file on its way.
 *
 * @module
 */
import { utcDay } from '#lib/domain/calendar.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import { writeArmour } from '#lib/formats/write-armour.ts';
import { aboutLicense, keyLines } from '#lib/formats/key-file.ts';
import { readStored } from '#lib/formats/stored-token.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { signToken } from '#lib/signing/jws.ts';
import type { Hub } from '#server/hub/hub.ts';

/** A token, and the hub key that signed it. */
export type SignedToken = { kid: string; token: string };

/** One answer. `refusal` tells a "no"; its file can be ferried back all the same. [O11] */
export type RequestAnswer = SignedToken & {
	/** `jti` of the request. */
	request: string;
	refusal?: Refusal;
	/** What was asked happened, and the request has no seat all the same. [RE1] */
	standing?: 'waiting' | 'withdrawn';
	/** Which machines of the license were retired; rides along at delivery. [FI8] */
	revocation?: SignedToken;
	/** Of the returns that the request carried. [MA4] */
	receipts?: SignedToken[];
	/** False where the very same bytes had been given before. [SE3] */
	isNew: boolean;
};

export async function signRefusal(hub: Hub, request: string, refusal: Refusal): Promise<string> {
	const { refused: code, facts } = refusal;
	const claims = { v: 1, jti: uuidv7(), iat: hub.now(), iss: hub.iss, req: request, code, facts };
	return signToken('refusal', claims, hub.signer);
}

/**
 * Armours an answer under the grant of the key that signed it. From there to the last token the
 * bytes are always the same; what rides along is put before them. [FI5, SE3]
 */
export function answerFile(
	hub: Hub,
	{ kid, token, revocation }: SignedToken & { revocation?: SignedToken }
): string {
	const riding = revocation ? [hub.grantOf(revocation.kid), revocation.token] : [];
	const trust = hub.trustToken === undefined ? [] : [hub.trustToken];
	// A draw is stored with its allotment before it.
	const tokens = token.split('~');
	const stored = readStored(token);
	return writeArmour(
		stored.type,
		[...trust, ...riding, hub.grantOf(kid), ...tokens],
		linesOf(stored.claims as HubSaid)
	);
}

type HubSaid = Claims['activation' | 'refusal' | 'license' | 'receipt' | 'allotment'];

/** What a person reads above the armour. Not signed, never parsed. [FI4] */
function linesOf(claims: HubSaid): string[] {
	const day = utcDay(claims.iat);
	if ('code' in claims)
		return ['Keyferry refusal', `Reason: ${claims.code}`, `Request: ${claims.req}`, `Date: ${day}`];
	if ('freed' in claims) {
		const seat = claims.freed === true ? 'free' : `cools until ${utcDay(claims.freed)}`;
		return ['Keyferry receipt', `Activation: ${claims.act}`, `Seat: ${seat}`, `Date: ${day}`];
	}
	const about = aboutLicense(claims);
	if ('max' in claims) {
		const [seats, until] = [`Seats: ${claims.max}`, `Issue until: ${utcDay(claims.exp)}`];
		return ['Keyferry allotment', ...about, seats, until, `Date: ${day}`];
	}
	if (!('act' in claims)) return keyLines(claims);
	if (claims.label !== undefined) about.push(`Machine: ${claims.label}`);
	return ['Keyferry activation file', ...about, `Name: ${claims.name}`, `Date: ${day}`];
}
