/**
 * Who may set a hub up: whoever reads its console. A code is printed at each start and opens once; the
 * browser that used it is known by a cookie from then on. Nobody else is told that there is anything. [SU2]
 *
 * @module
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { sha256 } from '#server/db/sha256.ts';

const SECRET_BYTES = 16;
const COOKIE = 'keyferry-setup';
const COOKIE_SECONDS = 7 * 86_400;

/** Wrong codes that an address may try, per quarter of an hour: enough for slips of the hand. */
const GUESSES = 10;
const GUESS_SECONDS = 15 * 60;

export type Door = {
	/** For the console alone. */
	code: string;
	/** @returns The cookie that binds the browser, or `undefined` for any but the unused code. */
	open(guess: string, from: { address: string; isSecure: boolean }): Promise<string | undefined>;
	/** Whether these headers are those of the browser that was bound. */
	knows(headers: Headers): boolean;
};

/** @param bound - Where the hash of the browser's token is kept. */
export function makeDoor(bound: {
	read: () => string | undefined;
	write: (hash: string) => void;
}): Door {
	const secret = () => randomBytes(SECRET_BYTES).toString('base64url');
	const code = secret();
	const hash = sha256(code);
	let isUsed = false;
	const guesses = new RateLimiterMemory({ points: GUESSES, duration: GUESS_SECONDS });
	return {
		code,
		open: async (guess, { address, isSecure }) => {
			// Counted before it is looked at: of many at once none slips through.
			const counted = await guesses.consume(address).catch(() => undefined);
			if (!counted || isUsed || !isSame(sha256(guess), hash)) return undefined;
			const token = secret();
			bound.write(sha256(token));
			isUsed = true;
			const attributes = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${COOKIE_SECONDS}`;
			return `${COOKIE}=${token}; ${attributes}${isSecure ? '; Secure' : ''}`;
		},
		knows: (headers) => {
			const known = bound.read();
			const token = cookieIn(headers);
			return known !== undefined && token !== undefined && isSame(sha256(token), known);
		}
	};
}

function cookieIn(headers: Headers): string | undefined {
	const cookies = headers.get('cookie')?.split(/;\s*/) ?? [];
	return cookies.find((each) => each.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
}

/** Both are hashes, and of one length. */
function isSame(a: string, b: string): boolean {
	return timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
