/**
 * The hub's ledger: what was issued, asked and granted.
 *
 * Every table of a customer has `customer_id` first in its keys, and every statement names it, so that
 * customers can be spread over many machines: `tables.ts` has whose each table is. [DB1] Ids are
 * UUIDv7 made by the hub or its clients, never sequences. Rows that desks mirror carry the `revision` at
 * which they last changed. [SY4]
 *
 * @module
 */
import { sql } from 'drizzle-orm';
import {
	boolean,
	check,
	index,
	integer,
	jsonb,
	pgTable,
	primaryKey,
	text,
	unique
} from 'drizzle-orm/pg-core';
import type { ActivationTexts, ChangedText } from '#lib/domain/licenses/change.ts';
import type { FingerprintChange } from '#lib/domain/seats/activation-record.ts';
import type { Terms } from '#lib/domain/licenses/license.ts';
import type { Fingerprint } from '#lib/domain/machines/machine.ts';
import type { MachineSaid } from '#lib/domain/machines/machine-said.ts';
import type { ActivationState } from '#lib/domain/seat.ts';
import type { Switches } from '#lib/domain/licenses/switch.ts';
import { customerId, revision, seconds } from './columns.ts';

export const licenses = pgTable(
	'license',
	{
		customerId: customerId(),
		licenseId: text('license_id').notNull(),
		number: text('number').notNull(),
		product: text('product').notNull(),
		terms: jsonb('terms').$type<Terms>().notNull(),
		seats: integer('seats').notNull(),
		active: integer('active').notNull().default(0),
		reserved: integer('reserved').notNull().default(0),
		cooling: integer('cooling').notNull().default(0),
		/** max(seats, used): no grant raises it, only lowering seats or a fact does. [SE4] */
		ceiling: integer('ceiling').notNull(),
		expiresAt: seconds('expires_at'),
		suspendedAt: seconds('suspended_at'),
		/** Set by a restore: nothing is granted until staff lift it. [SY6] */
		frozenAt: seconds('frozen_at'),
		/** Its key was made anew, with a new secret, because a restore had lost the old one. [SY6] */
		reissued: boolean('reissued').notNull().default(false),
		fileDays: integer('file_days'),
		/** Proven returns per seat that free it at once, in any 365 days. [SE5] */
		returnsPerYear: integer('returns_per_year').notNull().default(4),
		/** Machines replaced at once in any 365 days; absent: a tenth of the seats. [SE6] */
		replacementsPerYear: integer('replacements_per_year'),
		/** How long a seat cools whose files have no end. [SE5] */
		coolDays: integer('cool_days').notNull().default(90),
		/** Seats of it that one person may hold in allotments, on whatever desks. [AL1] */
		deskSeats: integer('desk_seats').notNull().default(2),
		/** Seats of it that all desks together may hold; absent: half of them. [AL1] */
		offlineShare: integer('offline_share'),
		/** How long a desk may issue from an allotment, and how long what it issues stays valid. [AL3] */
		allotmentDays: integer('allotment_days').notNull().default(30),
		drawDays: integer('draw_days').notNull().default(90),
		/** Requests that wait for a free seat. [RE1] */
		waiting: integer('waiting').notNull().default(0),
		/** Number of the license of another customer that its free seats move to. [SE7] */
		successor: text('successor'),
		/** Number of the license that its customer has for newer majors, and of the one that this one is for. [UP1] */
		upgradedTo: text('upgraded_to'),
		upgradedFrom: text('upgraded_from'),
		/** A trial: so many days after its first activation it ends; until that it has no end. [TR1] */
		trialDays: integer('trial_days'),
		/** ID of the purchase that made it, and of the line of it. [OR1] */
		purchase: text('purchase'),
		purchaseLine: text('purchase_line'),
		/** What its customer's people have noted on it. [CH1] */
		note: jsonb('note').$type<ChangedText>(),
		/** What its customer's people have switched on and off of its entitlements. [P7] */
		switches: jsonb('switches').$type<Switches>(),
		/** `seq` of its revocation list; 0 while no machine of it was retired. [FI8] */
		revoked: integer('revoked').notNull().default(0),
		/** The license key, sealed: a dump carries no secret. */
		sealedKey: text('sealed_key').notNull(),
		/** The key's `sec`, sealed, for proofs. [RE2] */
		sealedSecret: text('sealed_secret').notNull(),
		kid: text('kid').notNull(),
		createdAt: seconds('created_at').notNull(),
		revision: revision()
	},
	(table) => [
		primaryKey({ columns: [table.customerId, table.licenseId] }),
		index('license_issued').on(table.licenseId),
		index('license_revision').on(table.customerId, table.revision),
		index('license_moved')
			.on(table.customerId, table.licenseId)
			.where(sql`${table.successor} is not null`),
		check(
			'license_counts',
			sql`${table.active} >= 0 and ${table.reserved} >= 0 and ${table.cooling} >= 0 and ${table.seats} >= 0`
		),
		check(
			'license_never_oversold',
			sql`${table.active} + ${table.reserved} + ${table.cooling} <= ${table.ceiling}`
		)
	]
);

export const activations = pgTable(
	'activation',
	{
		customerId: customerId(),
		act: text('act').notNull(),
		licenseId: text('license_id').notNull(),
		/** `cooling`: given back, and its seat still counts until `coolsUntil`. [SE5] */
		state: text('state').$type<ActivationState>().notNull(),
		coolsUntil: seconds('cools_until'),
		gen: integer('gen').notNull(),
		fp: jsonb('fp').$type<Fingerprint>().notNull(),
		/** Thumbprint of the key of its first request; absent where that request is not known. [SE5] */
		firstKey: text('first_key'),
		held: text('held'),
		label: text('label'),
		name: text('name').notNull(),
		grantedAt: seconds('granted_at').notNull(),
		expiresAt: seconds('expires_at'),
		/** When the last file of any generation ends; absent where one has no end. [SE5] */
		filesEndAt: seconds('files_end_at'),
		/** `jti` of the newest request. */
		request: text('request').notNull(),
		/** A fact that was recorded when no seat was free. [SE4] */
		overage: boolean('overage').notNull().default(false),
		/** A desk has signed its newest file, and the hub none after it: see the draws. [AL4] */
		drawn: boolean('drawn').notNull().default(false),
		/** Requests that showed other components, and whether they became the fingerprint. [MA5] */
		changes: jsonb('changes').$type<FingerprintChange[]>(),
		/** `act` of an activation that looks like the same machine. [MA5] */
		twin: text('twin'),
		/** What people call it, and where it stands. [CH1] */
		texts: jsonb('texts').$type<ActivationTexts>(),
		/** What its requests say of it. [P11] */
		said: jsonb('said').$type<MachineSaid>(),
		/** When something that its key has signed came last, where no file was granted for it. [P11] */
		heardAt: seconds('heard_at'),
		revision: revision()
	},
	(table) => [
		primaryKey({ columns: [table.customerId, table.act] }),
		index('activation_license').on(table.customerId, table.licenseId),
		index('activation_drawn')
			.on(table.customerId, table.licenseId)
			.where(sql`${table.drawn}`),
		index('activation_cooling')
			.on(table.customerId, table.licenseId, table.coolsUntil)
			.where(sql`${table.state} = 'cooling'`),
		index('activation_changed')
			.on(table.customerId, table.licenseId)
			.where(sql`${table.changes} is not null`),
		index('activation_revision').on(table.customerId, table.revision)
	]
);

/** Finds a machine by any of its components, however long the ledger is. */
export const activationComponents = pgTable(
	'activation_component',
	{
		customerId: customerId(),
		licenseId: text('license_id').notNull(),
		hash: text('hash').notNull(),
		act: text('act').notNull()
	},
	(table) => [primaryKey({ columns: [table.customerId, table.licenseId, table.hash, table.act] })]
);

/** Activation files as they were signed. Stored, never made again. [FI1] */
export const activationFiles = pgTable(
	'activation_file',
	{
		customerId: customerId(),
		jti: text('jti').notNull(),
		act: text('act').notNull(),
		gen: integer('gen').notNull(),
		request: text('request').notNull(),
		kid: text('kid').notNull(),
		token: text('token').notNull(),
		signedAt: seconds('signed_at').notNull(),
		/** Of a file that was brought back after a restore: which machine it names. [SE8] */
		machine: text('machine')
	},
	(table) => [
		primaryKey({ columns: [table.customerId, table.jti] }),
		unique('activation_generation').on(table.customerId, table.act, table.gen),
		index('activation_file_machine')
			.on(table.customerId, table.machine)
			.where(sql`${table.machine} is not null`)
	]
);

/** Seats given back, keyed by `act`: each once, by its machine or by its manager. [SE5, SE6] */
export const giveBacks = pgTable(
	'give_back',
	{
		customerId: customerId(),
		act: text('act').notNull(),
		licenseId: text('license_id').notNull(),
		way: text('way').$type<'return' | 'retire'>().notNull(),
		/** Free at once, which the quota counts; otherwise it cooled until `coolsUntil`. */
		freed: boolean('freed').notNull(),
		coolsUntil: seconds('cools_until'),
		/** Thumbprint of the key that signed the return: what it proves may be known later. [SE5] */
		jkt: text('jkt'),
		/** `jti` of the return, and the receipt that answers it whoever brings it again. [MA4] */
		jti: text('jti'),
		kid: text('kid'),
		token: text('token'),
		/** Who retired the machine, and why. */
		userId: text('user_id'),
		reason: text('reason'),
		at: seconds('at').notNull(),
		revision: revision()
	},
	(table) => [
		primaryKey({ columns: [table.customerId, table.act] }),
		index('give_back_freed')
			.on(table.customerId, table.licenseId, table.way, table.at)
			.where(sql`${table.freed}`),
		index('give_back_revision').on(table.customerId, table.revision)
	]
);

/** The revocation list of a license, as it was signed last. It rides in its files. [FI8] */
export const revocations = pgTable(
	'revocation',
	{
		customerId: customerId(),
		licenseId: text('license_id').notNull(),
		seq: integer('seq').notNull(),
		/** Short hashes of retired `act`s, the newest 350, oldest first. */
		acts: jsonb('acts').$type<string[]>().notNull(),
		kid: text('kid').notNull(),
		token: text('token').notNull(),
		signedAt: seconds('signed_at').notNull()
	},
	(table) => [primaryKey({ columns: [table.customerId, table.licenseId] })]
);
