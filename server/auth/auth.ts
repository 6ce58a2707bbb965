/**
 * Sign-in: e-mail and password, API keys for scripts.
 *
 * @module
 */
import { apiKey } from '@better-auth/api-key';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { isRefusal } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import * as schema from '#server/db/schema/people.ts';
import type { Database } from '#server/db/database.ts';
import { hashNewPassword, PASSWORD_LEAST, PASSWORD_MOST } from './new-password.ts';
import { ownSessions } from './open-session.ts';
import { makeSignInLimits } from './sign-in-limits.ts';

/** The caller's address, set by the hub itself. */
export const ADDRESS_HEADER = 'x-keyferry-address';

/**
 * What may be asked of sign-in, by method and path under `/auth`. The library has endpoints for much
 * more (other people's memberships, sessions, accounts elsewhere): none of them is exposed.
 */
export const openEndpoints = [
	['POST', '/sign-up/email'],
	['POST', '/sign-in/email'],
	['POST', '/sign-out'],
	['GET', '/get-session'],
	['POST', '/change-password'],
	['POST', '/api-key/create'],
	['GET', '/api-key/list'],
	['POST', '/api-key/delete']
] as const;

/** A session ends so long after the last day on which it was used. */
export const SESSION_SECONDS = 30 * 86_400;

/** An API key ends after a year at the latest. */
const KEY_SECONDS = 365 * 86_400;

/** The library knows only errors; it says itself what is too short. */
async function hashOrThrow(password: string): Promise<string> {
	const hash = await hashNewPassword(password);
	if (isRefusal(hash))
		throw new APIError('BAD_REQUEST', {
			code: hash.refused,
			message: 'Many people use this password or one like it: choose another.'
		});
	return hash;
}

export type Auth = ReturnType<typeof makeAuth>;

/**
 * No base URL is set: a hub is reached under names that nobody knew beforehand (localhost, a LAN
 * name, an address), so each request's own origin is the one that is trusted.
 *
 * @param isSecure - Its cookies are for encrypted lines only.
 */
export function makeAuth({
	db,
	secret,
	isSecure
}: {
	db: Database;
	secret: string;
	isSecure: boolean;
}) {
	return betterAuth({
		basePath: '/auth',
		secret,
		trustedOrigins: (request) => [request ? new URL(request.url).origin : undefined],
		database: drizzleAdapter(db, { provider: 'pg', schema, transaction: true }),
		telemetry: { enabled: false },
		logger: { disabled: true },
		// What the database fails is thrown as it is, and told by the hub.
		onAPIError: { throw: true },
		emailAndPassword: {
			enabled: true,
			minPasswordLength: PASSWORD_LEAST,
			maxPasswordLength: PASSWORD_MOST,
			// With a session only for who is new, the answer would tell which addresses are known.
			autoSignIn: false,
			password: { hash: hashOrThrow }
		},
		session: {
			expiresIn: SESSION_SECONDS,
			updateAge: 86_400,
			additionalFields: { secondAt: { type: 'date', required: false, input: false } }
		},
		rateLimit: {
			enabled: true,
			customStorage: makeSignInLimits(db),
			window: 60,
			max: 300,
			customRules: {
				'/sign-in/*': { window: 60, max: 30 },
				'/sign-up/*': { window: 60, max: 10 }
			}
		},
		advanced: {
			useSecureCookies: isSecure,
			cookiePrefix: 'keyferry',
			ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
			database: { generateId: () => uuidv7() }
		},
		plugins: [
			ownSessions,
			apiKey({
				defaultPrefix: 'kft_',
				keyExpiration: { defaultExpiresIn: KEY_SECONDS, maxExpiresIn: KEY_SECONDS / 86_400 },
				// The plugin counts on for as long as a key is used once in each window, and refuses it then as if it
				// were unknown. Addresses are limited, whoever asks. [HT1]
				rateLimit: { enabled: false }
			})
		]
	});
}
