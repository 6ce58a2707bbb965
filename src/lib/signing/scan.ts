/**
 * What a camera sees, put together to files. [FI6]
 *
 * @module
 */
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import type { DecodedToken } from '../formats/jws.ts';
import { QrReader } from '../formats/qr.ts';
import { parseClaims } from '../formats/tokens.ts';
import { thumbprint } from './keys.ts';

/** One sitting with the scanner: several files may come, their codes in any order. */
export class Scan {
	readonly #reader = new QrReader();
	readonly #tokens = new Map<string, DecodedToken>();
	readonly #texts: string[] = [];

	/** How many frames of how many of the token at hand. */
	get progress(): { seen: number; of: number } {
		return this.#reader.progress;
	}

	/**
	 * @returns `true` when something is whole now, `false` while frames are missing, or why this code
	 * is not readable. A code of another kind is kept as its text.
	 */
	add(text: string): boolean | Refusal {
		if (!text.startsWith('KF1:')) {
			this.#texts.push(text);
			return true;
		}
		const token = this.#reader.add(text);
		if (token === undefined || isRefusal(token)) return token ?? false;
		this.#tokens.set(token.text, token);
		return true;
	}

	/**
	 * Everything seen so far: each token, after the hub key that signed it where that was seen too,
	 * a return after the activation that it gives back, and a draw after its allotment.
	 */
	async files(): Promise<string[]> {
		const tokens = [...this.#tokens.values()];
		const hubKeys = new Map<string, DecodedToken>();
		for (const token of tokens) {
			const claims = token.type === 'hub-key' && parseClaims('hub-key', token.payload);
			if (claims && !isRefusal(claims)) hubKeys.set(await thumbprint(claims.cnf.jwk), token);
		}
		const above = new Map<DecodedToken, DecodedToken>();
		for (const token of tokens) {
			const before = tokens.find((each) => isGiven(token, each) || isDrawnFrom(token, each));
			if (before) above.set(token, before);
		}
		const used = new Set([
			...tokens.flatMap(({ kid }) => hubKeys.get(kid) ?? []),
			...above.values()
		]);
		const whole = (token: DecodedToken): DecodedToken[] => {
			const before = above.get(token);
			const key = hubKeys.get(token.kid);
			if (before) return [...whole(before), token];
			return key ? [key, token] : [token];
		};
		return [
			...this.#texts,
			...tokens
				.filter((token) => !used.has(token))
				.map((token) => {
					return whole(token)
						.map(({ text }) => text)
						.join('~');
				})
		];
	}
}

function isDrawnFrom(token: DecodedToken, other: DecodedToken): boolean {
	if (token.type !== 'activation' || other.type !== 'allotment') return false;
	const { allot } = (token.payload ?? {}) as { allot?: unknown };
	const { jti } = (other.payload ?? {}) as { jti?: unknown };
	return allot !== undefined && allot === jti;
}

function isGiven(token: DecodedToken, other: DecodedToken): boolean {
	if (token.type !== 'return') return false;
	const given = parseClaims('return', token.payload);
	const claims = other.type === 'activation' && parseClaims('activation', other.payload);
	if (!claims || isRefusal(claims) || isRefusal(given)) return false;
	return claims.act === given.act && claims.gen === given.gen;
}
