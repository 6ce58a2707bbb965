/**
 * How often one may ask. Whoever proves its calls is counted by itself, so that an office behind one
 * address works; what proves nothing is counted by address. [LE4]
 *
 * @module
 */
import { refuse, type Refusal } from '#lib/domain/refusal.ts';

/** In a minute. */
export type CallLimits = {
	/** Claims of one client. */
	claims: number;
	/** Calls from one address that prove nothing. */
	unproven: number;
};

/** A client claims once a start; `GET /v1/site` goes before each claim of hundreds behind one address. */
export const defaultCallLimits: CallLimits = { claims: 300, unproven: 6_000 };

export type CallCounter = {
	/** One more. */
	claim(client: string): Refusal<'RATE_LIMITED'> | undefined;
	unproven(address: string): Refusal<'RATE_LIMITED'> | undefined;
};

const MINUTE_MS = 60_000;

export function makeCallCounter(limits: CallLimits, monotonic: () => number): CallCounter {
	const counted = { claims: new Map<string, number>(), unproven: new Map<string, number>() };
	let since = monotonic();
	const count = (which: keyof CallLimits, whom: string) => {
		const now = monotonic();
		if (now - since >= MINUTE_MS) {
			since = now;
			counted.claims.clear();
			counted.unproven.clear();
		}
		const calls = (counted[which].get(whom) ?? 0) + 1;
		counted[which].set(whom, calls);
		if (calls <= limits[which]) return undefined;
		const retryAfterSeconds = Math.max(1, Math.ceil((since + MINUTE_MS - now) / 1000));
		return refuse('RATE_LIMITED', { retryAfterSeconds });
	};
	return {
		claim: (client) => count('claims', client),
		unproven: (address) => count('unproven', address)
	};
}
