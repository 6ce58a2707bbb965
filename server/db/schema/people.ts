/**
 * Tables of sign-in, in the shape that better-auth expects, and who belongs to which organization. Each
 * customer is an organization, and so is the vendor, whose members are staff.
 *
 * @module
 */
import type { Rank, Role, VendorRole } from '#lib/domain/access.ts';
import {
	bigint,
	boolean,
	index,
	integer,
	pgTable,
	primaryKey,
	text,
	timestamp,
	unique
} from 'drizzle-orm/pg-core';
import { seconds } from './columns.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true });

export const user = pgTable('user', {
	id: text('id').primaryKey(),
	name: text('name').notNull(),
	email: text('email').notNull().unique(),
	emailVerified: boolean('email_verified').notNull().default(false),
	image: text('image'),
	createdAt: moment('created_at').notNull().defaultNow(),
	updatedAt: moment('updated_at').notNull().defaultNow()
});

export const session = pgTable(
	'session',
	{
		id: text('id').primaryKey(),
		token: text('token').notNull().unique(),
		expiresAt: moment('expires_at').notNull(),
		ipAddress: text('ip_address'),
		userAgent: text('user_agent'),
		/** When a second factor was entered in it. [PE6] */
		secondAt: moment('second_at'),
		userId: text('user_id')
			.notNull()
			.references(() => user.id, { onDelete: 'cascade' }),
		createdAt: moment('created_at').notNull().defaultNow(),
		updatedAt: moment('updated_at').notNull().defaultNow()
	},
	(table) => [index('session_user').on(table.userId)]
);

export const account = pgTable(
	'account',
	{
		id: text('id').primaryKey(),
		accountId: text('account_id').notNull(),
		providerId: text('provider_id').notNull(),
		userId: text('user_id')
			.notNull()
			.references(() => user.id, { onDelete: 'cascade' }),
		accessToken: text('access_token'),
		refreshToken: text('refresh_token'),
		idToken: text('id_token'),
		accessTokenExpiresAt: moment('access_token_expires_at'),
		refreshTokenExpiresAt: moment('refresh_token_expires_at'),
		scope: text('scope'),
		password: text('password'),
		createdAt: moment('created_at').notNull().defaultNow(),
		updatedAt: moment('updated_at').notNull().defaultNow()
	},
	(table) => [
		index('account_user').on(table.userId),
		unique('account_once').on(table.providerId, table.accountId)
	]
);

export const verification = pgTable(
	'verification',
	{
		id: text('id').primaryKey(),
		identifier: text('identifier').notNull(),
		value: text('value').notNull(),
		expiresAt: moment('expires_at').notNull(),
		createdAt: moment('created_at').notNull().defaultNow(),
		updatedAt: moment('updated_at').notNull().defaultNow()
	},
	(table) => [index('verification_identifier').on(table.identifier)]
);

/** Codes that were mailed to prove an address. [PE3] */
export const emailCodes = pgTable(
	'email_code',
	{
		/** SHA-256 of what the page that asked for it was given. */
		id: text('id').primaryKey(),
		email: text('email').notNull(),
		/** SHA-256 of that and the code. */
		codeHash: text('code_hash').notNull(),
		/** Wrong ones. */
		tries: integer('tries').notNull().default(0),
		expiresAt: seconds('expires_at').notNull()
	},
	(table) => [index('email_code_expires').on(table.expiresAt)]
);

/** Somebody who is at a provider's page, and is to come back from there. [PE7] */
export const providerTrips = pgTable(
	'provider_trip',
	{
		/** SHA-256 of `state`, which the provider brings back. */
		id: text('id').primaryKey(),
		/** SHA-256 of a cookie of the browser that left. */
		browserHash: text('browser_hash').notNull(),
		provider: text('provider').notNull(),
		nonce: text('nonce').notNull(),
		/** Sealed: the provider gives its tokens to whoever knows it. (RFC 7636) */
		verifier: text('verifier').notNull(),
		/** Where in the desk they came from. */
		back: text('back').notNull(),
		/** A user's id, where an account at the provider is to be linked to theirs. */
		linkTo: text('link_to'),
		expiresAt: seconds('expires_at').notNull()
	},
	(table) => [index('provider_trip_expires').on(table.expiresAt)]
);

/** One-time passwords of an app, asked for after whatever else signs in. [PE6] */
export const secondFactors = pgTable('second_factor', {
	userId: text('user_id')
		.primaryKey()
		.references(() => user.id, { onDelete: 'cascade' }),
	/** Sealed. */
	secret: text('secret').notNull(),
	/** Since when it is asked for: its first password was entered then. */
	confirmedAt: seconds('confirmed_at'),
	/** The last step of time whose password was entered: it counts once. (RFC 6238, 5.2) */
	lastStep: bigint('last_step', { mode: 'number' }).notNull().default(0),
	/** SHA-256 of each backup code that is left, with blanks between. */
	backupHashes: text('backup_hashes').notNull().default('')
});

export const organization = pgTable('organization', {
	id: text('id').primaryKey(),
	name: text('name').notNull(),
	slug: text('slug').notNull().unique(),
	logo: text('logo'),
	metadata: text('metadata'),
	createdAt: moment('created_at').notNull().defaultNow()
});

export const member = pgTable(
	'member',
	{
		id: text('id').primaryKey(),
		organizationId: text('organization_id')
			.notNull()
			.references(() => organization.id, { onDelete: 'cascade' }),
		userId: text('user_id')
			.notNull()
			.references(() => user.id, { onDelete: 'cascade' }),
		role: text('role').$type<Role | VendorRole>().notNull(),
		createdAt: moment('created_at').notNull().defaultNow()
	},
	(table) => [
		index('member_user').on(table.userId),
		unique('member_once').on(table.organizationId, table.userId)
	]
);

/** Customers whose rows the desks of one of the vendor's people mirror. */
export const keptCustomers = pgTable(
	'kept_customer',
	{
		userId: text('user_id')
			.notNull()
			.references(() => user.id, { onDelete: 'cascade' }),
		customerId: text('customer_id').notNull()
	},
	(table) => [primaryKey({ columns: [table.userId, table.customerId] })]
);

export const invitation = pgTable(
	'invitation',
	{
		id: text('id').primaryKey(),
		organizationId: text('organization_id')
			.notNull()
			.references(() => organization.id, { onDelete: 'cascade' }),
		email: text('email').notNull(),
		role: text('role').$type<Role | VendorRole>().notNull(),
		/** SHA-256 of the code in the link. */
		codeHash: text('code_hash').notNull().unique(),
		status: text('status').$type<'open' | 'accepted' | 'withdrawn'>().notNull().default('open'),
		expiresAt: moment('expires_at').notNull(),
		createdAt: moment('created_at').notNull().defaultNow(),
		/** A user's id, or `hub`. */
		inviterId: text('inviter_id').notNull()
	},
	(table) => [index('invitation_organization').on(table.organizationId)]
);

export const apikey = pgTable(
	'apikey',
	{
		id: text('id').primaryKey(),
		configId: text('config_id').notNull().default('default'),
		name: text('name'),
		start: text('start'),
		prefix: text('prefix'),
		/** SHA-256 of the key. */
		key: text('key').notNull(),
		referenceId: text('reference_id').notNull(),
		refillInterval: integer('refill_interval'),
		refillAmount: integer('refill_amount'),
		lastRefillAt: moment('last_refill_at'),
		enabled: boolean('enabled').default(true),
		rateLimitEnabled: boolean('rate_limit_enabled').default(true),
		rateLimitTimeWindow: integer('rate_limit_time_window'),
		rateLimitMax: integer('rate_limit_max'),
		requestCount: integer('request_count').default(0),
		remaining: integer('remaining'),
		lastRequest: moment('last_request'),
		expiresAt: moment('expires_at'),
		permissions: text('permissions'),
		metadata: text('metadata'),
		/** What it may less than whoever made it: see `KeyLimits`. [PE4] */
		role: text('role').$type<Rank>(),
		customerId: text('customer_id'),
		readOnly: boolean('read_only').notNull().default(false),
		createdAt: moment('created_at').notNull(),
		updatedAt: moment('updated_at').notNull()
	},
	(table) => [index('apikey_key').on(table.key), index('apikey_reference').on(table.referenceId)]
);

export const rateLimit = pgTable('rate_limit', {
	id: text('id').primaryKey(),
	key: text('key').notNull().unique(),
	count: integer('count').notNull(),
	/** When its window began, in milliseconds. */
	lastRequest: bigint('last_request', { mode: 'number' }).notNull()
});

/** A site server that waits for a person to choose its license: RFC 8628. [GL1] */
export const serverCodes = pgTable(
	'server_code',
	{
		/** SHA-256 of what the server polls with. */
		id: text('id').primaryKey(),
		/** SHA-256 of what its screen shows. */
		codeHash: text('code_hash').notNull().unique(),
		name: text('name').notNull(),
		organization: text('organization'),
		product: text('product'),
		/** Thumbprint of its machine key: no other machine is activated by this. */
		jkt: text('jkt').notNull(),
		machineCode: text('machine_code').notNull(),
		/** What virtualizes it, where something does. */
		virtual: text('virtual'),
		state: text('state').$type<'open' | 'approved' | 'denied'>().notNull().default('open'),
		/** Whoever has entered the code: it is nobody else's from then on. */
		userId: text('user_id').references(() => user.id, { onDelete: 'cascade' }),
		customerId: text('customer_id'),
		licenseId: text('license_id'),
		/** SHA-256 of the token that the server activates with. */
		grantHash: text('grant_hash').unique(),
		grantUntil: seconds('grant_until'),
		/** Seconds that it is to leave between two questions, and when it asked last. */
		interval: integer('interval').notNull(),
		polledAt: seconds('polled_at'),
		expiresAt: seconds('expires_at').notNull()
	},
	(table) => [index('server_code_expires').on(table.expiresAt)]
);
