/**
 * Tokens in QR codes: one token a code, the same bytes on the other side. [FI6]
 *
 * `KF1:` + base45 of (type, kid, raw deflate of the payload with a fixed dictionary, signature). The
 * header is not carried: it follows from type and kid [FI2]. What is too large for one code of
 * version 20 is cut into frames `KF1:i/n:`.
 *
 * @see RFC 1951 (deflate), RFC 9285 (base45)
 * @module
 */
import { deflateSync, inflateSync } from 'fflate';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import { decodeBase45, encodeBase45 } from './base45.ts';
import { decodeBase64url, encodeBase64url } from './base64url.ts';
import { decodeToken, signingInput, TOKEN_LENGTH_LIMIT, type DecodedToken } from './jws.ts';
import { tokenTypes } from './tokens.ts';

/** What version 20 holds at level M. */
export const QR_CODE_LENGTH_LIMIT = 970;
const PREFIX = 'KF1:';
const FRAME_LENGTH = 700;
const FRAMES_LIMIT = 32;
/** More than the largest token needs, whatever deflate makes of it. */
const TEXT_LENGTH_LIMIT = FRAMES_LIMIT * FRAME_LENGTH;
const KID_BYTES = 32;
const SIGNATURE_BYTES = 64;

/**
 * What payloads are made of, likeliest last, because deflate spells near distances shorter. Part of
 * the format: it never changes under `KF1:`.
 */
export const QR_DICTIONARY = new TextEncoder().encode(
	'{"number":"KF-","seats":,"used":,"contact":"licenses@example.com' +
		'LICENSE_EXPIREDLICENSE_SUSPENDEDLICENSE_NOT_FOUNDVIRTUAL_MACHINE_REFUSEDVERSION_NOT_COVERED' +
		'"code":"SEAT_LIMIT_REACHED","facts":,"seq":1,"kids":[],"roots":[{"acts":["allot":"slot":' +
		'"freed":true,"ret":"max":1,"fexp":17"outbox":"drawn":["sha256":"' +
		'"use":["license","activation","refusal","revocation","allotment","receipt"]}' +
		'","seats":1,"sec":"x":{"","proof":"","vm":false,"held":"desk","os":"linux darwin win32 10.0.",' +
		'"pv":"8.2","site":"ServerStudioEnterprise AG Ltd Inc. GmbH & Co. KGsupport@.exampleadmin' +
		'"professional","enterprise"reporting","export","workflow","subflow","dataflow","' +
		'iss":"http://localhost:4870","iss":"https://hub.licenses.com","sub":"019","num":"KF-","prd":"' +
		'","title":" Server","ed":"standard","ent":["dataflow","clients":5,"ver":{"from":8,"to":9},' +
		'"mnt":17,"org":"Example GmbH","contact":"licenses@example.com",' +
		'"pol":{"k":2,"vm":true,"given":false,"graceMinutes":15},"act":"019","gen":1,"req":"019",' +
		'"name":"","label":"","fp":{"os":"","fs":"","board":"","disk":"","mac":["",""]},' +
		'"k":2,"nbf":17,"exp":18,"cnf":{"jkt":""}},"cnf":{"jwk":{"kty":"OKP","crv":"Ed25519","x":""}}}' +
		'{"v":1,"jti":"019a","iat":17'
);

/** @returns One code, or the frames of a larger token. */
export function encodeQr(token: DecodedToken): string[] {
	const [, payload64 = ''] = token.text.split('.');
	const payload = decodeBase64url(payload64)!;
	const deflated = deflateSync(payload, { level: 9, dictionary: QR_DICTIONARY });
	const type = (tokenTypes as readonly string[]).indexOf(token.type);
	const bytes = concat([
		Uint8Array.of(type),
		decodeBase64url(token.kid)!,
		deflated,
		token.signature
	]);
	const text = encodeBase45(bytes);
	if (PREFIX.length + text.length <= QR_CODE_LENGTH_LIMIT) return [PREFIX + text];
	const count = Math.ceil(text.length / FRAME_LENGTH);
	return Array.from({ length: count }, (_, i) => {
		const part = text.slice(i * FRAME_LENGTH, (i + 1) * FRAME_LENGTH);
		return `${PREFIX}${i + 1}/${count}:${part}`;
	});
}

type QrRefusal = Refusal<'QR_MALFORMED' | 'TOKEN_MALFORMED' | 'TOKEN_TYPE_UNEXPECTED'>;

/** Reads one whole code, not a frame. */
export function decodeQr(text: string): DecodedToken | QrRefusal {
	if (!text.startsWith(PREFIX)) return refuse('QR_MALFORMED', { reason: 'prefix' });
	return decodeQrBody(text.slice(PREFIX.length));
}

/**
 * Collects what a camera sees, in any order and however often, until a token is whole. A frame of
 * another set starts over.
 */
export class QrReader {
	#frames: (string | undefined)[] = [];

	/** How many frames of how many have been seen. */
	get progress(): { seen: number; of: number } {
		return { seen: this.#frames.filter((f) => f !== undefined).length, of: this.#frames.length };
	}

	/** @returns The token, `undefined` while frames are missing, or what is wrong with this code. */
	add(text: string): DecodedToken | QrRefusal | undefined {
		const frame = /^KF1:([1-9]\d?)\/([1-9]\d?):(.*)$/s.exec(text);
		if (!frame) return decodeQr(text);
		const [index, count] = [Number(frame[1]), Number(frame[2])];
		if (index > count || count > FRAMES_LIMIT) return refuse('QR_MALFORMED', { reason: 'frame' });
		const known = this.#frames[index - 1];
		if (this.#frames.length !== count || (known !== undefined && known !== frame[3]))
			this.#frames = new Array<string | undefined>(count).fill(undefined);
		this.#frames[index - 1] = frame[3];
		if (this.progress.seen < count) return undefined;
		const token = decodeQrBody(this.#frames.join(''));
		if (isRefusal(token)) this.#frames = [];
		return token;
	}
}

function decodeQrBody(text: string): DecodedToken | QrRefusal {
	const malformed = (reason: string) => refuse('QR_MALFORMED', { reason });
	if (text.length > TEXT_LENGTH_LIMIT) return malformed('length');
	const bytes = decodeBase45(text);
	if (!bytes) return malformed('base45');
	if (bytes.length < 1 + KID_BYTES + SIGNATURE_BYTES) return malformed('short');
	const type = tokenTypes[bytes[0]!];
	if (!type) return malformed('type');
	const kid = encodeBase64url(bytes.subarray(1, 1 + KID_BYTES));
	const payload = inflate(bytes.subarray(1 + KID_BYTES, -SIGNATURE_BYTES));
	if (!payload) return malformed('deflate');
	const signature = encodeBase64url(bytes.subarray(-SIGNATURE_BYTES));
	return decodeToken(`${signingInput(type, kid, payload)}.${signature}`);
}

/** Inflates into a buffer of the largest token there can be, so that a bomb cannot grow. */
function inflate(deflated: Uint8Array): Uint8Array | undefined {
	try {
		const out = new Uint8Array(TOKEN_LENGTH_LIMIT);
		return inflateSync(deflated, { dictionary: QR_DICTIONARY, out });
	} catch {
		return undefined;
	}
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
	const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		bytes.set(part, at);
		at += part.length;
	}
	return bytes;
}
