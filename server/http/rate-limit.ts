/**
 * How often one may ask. By address against floods; by license number and address against guessing,
 * where only failed proofs count; by account against guessing at a password from many addresses. What
 * a stranger does is never counted against an owner. [HT1]
 *
 * @module
 */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';

type Limited = Promise<Refusal<'RATE_LIMITED'> | undefined>;

export type Limiter = {
	byAddress(address: string): Limited;
	/** Commands of a push, before any of them is looked at. */
	byCommands(who: string, commands: number): Limited;
	/** Procedures of one call to `/rpc`. */
	byProcedures(address: string, procedures: number): Limited;
	/** Whether this address has failed too often to prove that it knows this license. */
	ofProofs(number: string, address: string): Limited;
	proofFailed(number: string, address: string): Promise<void>;
	/** A guess at an account's password, counted before it is known to be wrong. */
	byAccount(account: string): Limited;
	/** It was right. */
	accountProven(account: string): Promise<void>;
};

/** Per minute: requests or relayed commands of an address, and its failed proofs for one number. */
export type Limits = { perAddress: number; perNumber: number };

export const defaultLimits: Limits = { perAddress: 600, perNumber: 60 };

/** A desk asks several procedures a round, and many desks share an office's address. */
const PROCEDURES = 10;

const GUESSES = 10;
const GUESS_SECONDS = 15 * 60;

export function makeLimiter({ perAddress, perNumber }: Limits): Limiter {
	const minute = (points: number) => new RateLimiterMemory({ points, duration: 60 });
	const addresses = minute(perAddress);
	const commands = minute(perAddress);
	const procedures = minute(perAddress * PROCEDURES);
	const proofs = minute(perNumber);
	const accounts = new RateLimiterMemory({ points: GUESSES, duration: GUESS_SECONDS });
	const proof = (number: string, address: string) => `${number} ${address}`;
	return {
		byAddress: (address) => take(addresses, address),
		// One push always fits, or it would never be taken.
		byCommands: (who, count) => take(commands, who, Math.min(count, perAddress)),
		byProcedures: (address, count) =>
			take(procedures, address, Math.min(count, perAddress * PROCEDURES)),
		ofProofs: async (number, address) => {
			const failed = await proofs.get(proof(number, address));
			return failed && failed.consumedPoints >= perNumber ? limited(failed) : undefined;
		},
		proofFailed: async (number, address) => {
			await take(proofs, proof(number, address));
		},
		byAccount: (account) => take(accounts, account),
		accountProven: async (account) => {
			await accounts.reward(account);
		}
	};
}

async function take(limiter: RateLimiterMemory, key: string, points = 1): Limited {
	try {
		await limiter.consume(key, points);
		return undefined;
	} catch (rejected) {
		if (!(rejected instanceof RateLimiterRes)) throw rejected;
		return limited(rejected);
	}
}

function limited({ msBeforeNext }: RateLimiterRes): Refusal<'RATE_LIMITED'> {
	return refuse('RATE_LIMITED', {
		retryAfterSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000))
	});
}
