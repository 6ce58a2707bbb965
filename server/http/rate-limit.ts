/**
 * Limits on `/v1`, where nobody has to sign in: by address against floods, by license number
 * against guessing at one license from many addresses.
 *
 * @module
 */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';

export type Limiter = {
	byAddress(address: string): Promise<Refusal<'RATE_LIMITED'> | undefined>;
	byNumber(number: string): Promise<Refusal<'RATE_LIMITED'> | undefined>;
};

/** Requests per minute. */
export type Limits = { perAddress: number; perNumber: number };

export const defaultLimits: Limits = { perAddress: 600, perNumber: 600 };

export function makeLimiter({ perAddress, perNumber }: Limits): Limiter {
	const addresses = new RateLimiterMemory({ points: perAddress, duration: 60 });
	const numbers = new RateLimiterMemory({ points: perNumber, duration: 60 });
	return {
		byAddress: (address) => take(addresses, address),
		byNumber: (number) => take(numbers, number)
	};
}

async function take(
	limiter: RateLimiterMemory,
	key: string
): Promise<Refusal<'RATE_LIMITED'> | undefined> {
	try {
		await limiter.consume(key);
		return undefined;
	} catch (rejected) {
		if (!(rejected instanceof RateLimiterRes)) throw rejected;
		const retryAfterSeconds = Math.max(1, Math.ceil(rejected.msBeforeNext / 1000));
		return refuse('RATE_LIMITED', { retryAfterSeconds });
	}
}
