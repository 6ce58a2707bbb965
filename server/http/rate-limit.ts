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
	/** Commands of a push that an address brings, before any of them is looked at. */
	byCommands(address: string, commands: number): Limited;
	/** The same of a push that a person sends who is signed in. */
	byOwnCommands(user: string, commands: number): Limited;
	/** Procedures of one call to `/rpc`. */
	byProcedures(address: string, procedures: number): Limited;
	/** Whether this address has failed too often to prove that it knows this license. */
	ofProofs(number: string, address: string): Limited;
	proofFailed(number: string, address: string): Promise<void>;
	/** A guess at an account's password, counted before it is known to be wrong. */
	byAccount(account: string): Limited;
	/** It was right. */
	accountProven(account: string): Promise<void>;
	/**
	 * Codes mailed to an account's address, because an address asked for them.
	 *
	 * @param isAtHome - Whether the account has a session there: strangers do not keep it from its codes.
	 */
	codes(account: string, address: string, isAtHome: () => Promise<boolean>): Limited;
	/** Codes that an address enters, right or wrong. */
	codeTries(address: string): Limited;
	/** Codes that an address is shown so that a site server gets a license. */
	serverCodes(address: string): Limited;
};

/** Per minute: requests or relayed commands of an address, and its failed proofs for one number. */
export type Limits = { perAddress: number; perNumber: number };

export const defaultLimits: Limits = { perAddress: 600, perNumber: 60 };

/** A desk asks several procedures a round, and many desks share an office's address. */
export const PROCEDURES = 10;

/** Whoever is signed in may have worked without a network for weeks. */
export const OWN_COMMANDS = 4;

export const GUESSES = 10;
export const GUESS_SECONDS = 15 * 60;

/** In the same time: codes that an account is mailed for one address, and for all of them. */
export const CODES = { perAddress: 5, perAccount: 20 };

/** In the same time: codes that an address may ask for, whosever; it may enter as many again. */
export const CODES_ASKED = 60;

export function makeLimiter({ perAddress, perNumber }: Limits): Limiter {
	const minute = (points: number) => new RateLimiterMemory({ points, duration: 60 });
	const addresses = minute(perAddress);
	const commands = minute(perAddress);
	const ownCommands = minute(perAddress * OWN_COMMANDS);
	const procedures = minute(perAddress * PROCEDURES);
	const proofs = minute(perNumber);
	const accounts = new RateLimiterMemory({ points: GUESSES, duration: GUESS_SECONDS });
	const quarter = (points: number) => new RateLimiterMemory({ points, duration: GUESS_SECONDS });
	const codesOfAccount = quarter(CODES.perAccount);
	const codesOfBoth = quarter(CODES.perAddress);
	const codesAsked = quarter(CODES_ASKED);
	const codesTried = quarter(CODES_ASKED);
	const codesOfServers = quarter(CODES_ASKED);
	const proof = (number: string, address: string) => `${number} ${address}`;
	return {
		byAddress: (address) => take(addresses, address),
		// One push always fits, or it would never be taken.
		byCommands: (address, count) => take(commands, address, Math.min(count, perAddress)),
		byOwnCommands: (user, count) =>
			take(ownCommands, user, Math.min(count, perAddress * OWN_COMMANDS)),
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
		},
		codes: async (account, address, isAtHome) => {
			const own =
				(await take(codesAsked, address)) ?? (await take(codesOfBoth, `${account} ${address}`));
			if (own) return own;
			const all = await take(codesOfAccount, account);
			return all && !(await isAtHome()) ? all : undefined;
		},
		codeTries: (address) => take(codesTried, address),
		serverCodes: (address) => take(codesOfServers, address)
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
