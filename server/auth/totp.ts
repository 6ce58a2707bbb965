/**
 * One-time passwords by time: six digits, thirty seconds, HMAC-SHA-1, as every authenticator app has
 * them.
 *
 * @see RFC 6238, RFC 4226
 * @module
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Seconds } from '#lib/domain/time.ts';

const STEP_SECONDS = 30;
const DIGITS = 6;
/** Phones whose clock is wrong by less than a step. */
const WINDOW = 1;
const SECRET_BYTES = 20;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** In base32, as apps take it. (RFC 4648, 6) */
export function newTotpSecret(): string {
	let bits = '';
	for (const byte of randomBytes(SECRET_BYTES)) bits += byte.toString(2).padStart(8, '0');
	return (bits.match(/.{5}/g) ?? []).map((five) => BASE32[Number.parseInt(five, 2)]).join('');
}

/** What an app reads from a QR code. */
export function totpAddress(secret: string, { issuer, email }: { issuer: string; email: string }) {
	const label = [issuer, email].map((each) => encodeURIComponent(each)).join(':');
	const said = new URLSearchParams({ secret, issuer }).toString().replaceAll('+', '%20');
	return `otpauth://totp/${label}?${said}`;
}

export function totpAt(secret: string, step: number): string {
	const bits = [...secret]
		.map((sign) => BASE32.indexOf(sign).toString(2).padStart(5, '0'))
		.join('');
	const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(step));
	const mac = createHmac('sha1', key).update(counter).digest();
	const at = mac.at(-1)! & 0xf;
	const number = (mac.readUInt32BE(at) & 0x7fff_ffff) % 10 ** DIGITS;
	return String(number).padStart(DIGITS, '0');
}

/**
 * The step whose password was typed. One that was entered before, and each before it, counts no more.
 *
 * @returns `undefined` for a wrong one.
 */
export function stepOf(
	secret: string,
	{ typed, now, lastStep }: { typed: string; now: Seconds; lastStep: number }
): number | undefined {
	const current = Math.floor(now / STEP_SECONDS);
	for (let step = current - WINDOW; step <= current + WINDOW; step++)
		if (step > lastStep && isSame(totpAt(secret, step), typed)) return step;
	return undefined;
}

function isSame(a: string, b: string): boolean {
	return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
