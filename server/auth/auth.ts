/**
 * Sign-in: e-mail and password, customers as organizations, API keys for scripts.
 *
 * @module
 */
import { apiKey } from '@better-auth/api-key';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { hashPassword } from 'better-auth/crypto';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { organization } from 'better-auth/plugins';
import { createAccessControl } from 'better-auth/plugins/access';
import { adminAc, defaultStatements, memberAc } from 'better-auth/plugins/organization/access';
import { uuidv7 } from '#lib/formats/uuid.ts';
import * as schema from '#server/db/schema/people.ts';
import type { Database } from '#server/db/store.ts';
import { isCommonPassword } from './guessable-password.ts';

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

/** An API key ends after a year at the latest. */
const KEY_SECONDS = 365 * 86_400;

/** Wherever a password is set, it passes here. [PE4] */
async function hashUncommon(password: string): Promise<string> {
	if (isCommonPassword(password))
		throw new APIError('BAD_REQUEST', {
			code: 'PASSWORD_COMMON',
			message: 'Many people use this password or one like it: choose another.'
		});
	return hashPassword(password);
}

const ac = createAccessControl(defaultStatements);
const roles = {
	manager: ac.newRole(adminAc.statements),
	technician: ac.newRole(memberAc.statements)
};

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
		emailAndPassword: {
			enabled: true,
			minPasswordLength: 10,
			// With a session only for who is new, the answer would tell which addresses are known.
			autoSignIn: false,
			password: { hash: hashUncommon }
		},
		user: {
			additionalFields: { staff: { type: 'boolean', input: false, defaultValue: false } }
		},
		session: { expiresIn: 30 * 86_400, updateAge: 86_400 },
		rateLimit: {
			enabled: true,
			storage: 'database',
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
			organization({
				ac,
				roles,
				creatorRole: 'manager',
				allowUserToCreateOrganization: false
			}),
			apiKey({
				defaultPrefix: 'kft_',
				keyExpiration: { defaultExpiresIn: KEY_SECONDS, maxExpiresIn: KEY_SECONDS / 86_400 },
				// The plugin's own default is ten requests a day.
				rateLimit: { enabled: true, timeWindow: 60_000, maxRequests: 1_200 }
			})
		]
	});
}
