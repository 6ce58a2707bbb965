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

/** What is counted apart. */
export type Counted =
	| 'address'
	| 'commands'
	| 'ownCommands'
	| 'procedures'
	| 'proof'
	| 'account'
	| 'codesOfAccount'
	| 'codesOfBoth'
	| 'codesAsked'
	| 'codesTried'
	| 'codesOfServers';

/** Where it is counted: in this process, or in one that counts for several. */
export type Counts = {
	/** @returns Milliseconds until it may be asked again, where this is too much. */
	take(kind: Counted, key: string, points?: number): Promise<number | undefined>;
	/** The same, and nothing is taken. */
	waitOf(kind: Counted, key: string): Promise<number | undefined>;
	giveBack(kind: Counted, key: string): Promise<void>;
};

export function makeCounts({ perAddress, perNumber }: Limits): Counts {
	const minute = (points: number) => new RateLimiterMemory({ points, duration: 60 });
	const quarter = (points: number) => new RateLimiterMemory({ points, duration: GUESS_SECONDS });
	const limiters: Record<Counted, RateLimiterMemory> = {
		address: minute(perAddress),
		commands: minute(perAddress),
		ownCommands: minute(perAddress * OWN_COMMANDS),
		procedures: minute(perAddress * PROCEDURES),
		proof: minute(perNumber),
		account: quarter(GUESSES),
		codesOfAccount: quarter(CODES.perAccount),
		codesOfBoth: quarter(CODES.perAddress),
		codesAsked: quarter(CODES_ASKED),
		codesTried: quarter(CODES_ASKED),
		codesOfServers: quarter(CODES_ASKED)
	};
	return {
		take: async (kind, key, points = 1) => {
			try {
				await limiters[kind].consume(key, points);
				return undefined;
			} catch (rejected) {
				if (!(rejected instanceof RateLimiterRes)) throw rejected;
				return rejected.msBeforeNext;
			}
		},
		waitOf: async (kind, key) => {
			const taken = await limiters[kind].get(key);
			const isUsed = taken && taken.consumedPoints >= limiters[kind].points;
			return isUsed ? taken.msBeforeNext : undefined;
		},
		giveBack: async (kind, key) => {
			await limiters[kind].reward(key);
		}
	};
}

export function makeLimiter(
	{ perAddress, perNumber }: Limits,
	counts: Counts = makeCounts({ perAddress, perNumber })
): Limiter {
	const take = async (kind: Counted, key: string, points?: number): Limited =>
		limited(await counts.take(kind, key, points));
	const proof = (number: string, address: string) => `${number} ${address}`;
	return {
		byAddress: (address) => take('address', address),
		// One push always fits, or it would never be taken.
		byCommands: (address, count) => take('commands', address, Math.min(count, perAddress)),
		byOwnCommands: (user, count) =>
			take('ownCommands', user, Math.min(count, perAddress * OWN_COMMANDS)),
		byProcedures: (address, count) =>
			take('procedures', address, Math.min(count, perAddress * PROCEDURES)),
		ofProofs: async (number, address) =>
			limited(await counts.waitOf('proof', proof(number, address))),
		proofFailed: async (number, address) => {
			await counts.take('proof', proof(number, address));
		},
		byAccount: (account) => take('account', account),
		accountProven: (account) => counts.giveBack('account', account),
		codes: async (account, address, isAtHome) => {
			const own =
				(await take('codesAsked', address)) ?? (await take('codesOfBoth', `${account} ${address}`));
			if (own) return own;
			const all = await take('codesOfAccount', account);
			return all && !(await isAtHome()) ? all : undefined;
		},
		codeTries: (address) => take('codesTried', address),
		serverCodes: (address) => take('codesOfServers', address)
	};
}

function limited(waitMs: number | undefined): Refusal<'RATE_LIMITED'> | undefined {
	if (waitMs === undefined) return undefined;
	return refuse('RATE_LIMITED', { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) });
}
