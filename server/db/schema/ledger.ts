/**
 * The hub's ledger: what was issued, asked and granted.
 *
 * Every table of a customer has `customer_id` first in its keys, and every query names it, so that
 * PostgreSQL can be partitioned by customer. The hub's own rows are exempt. Ids are UUIDv7 made by the hub or its clients, never sequences. Rows that
 * desks mirror carry the `revision` at which they last changed. [SY4]
 *
 * @module
 */
import { sql } from 'drizzle-orm';
import {
	bigint,
	boolean,
	check,
	index,
	integer,
	jsonb,
	pgTable,
	primaryKey,
	text,
	unique,
	uniqueIndex
} from 'drizzle-orm/pg-core';
import type { AuditAction, AuditFacts } from '#lib/domain/audit.ts';
import type { FingerprintChange } from '#lib/domain/activation-record.ts';
import type { Terms } from '#lib/domain/license.ts';
import type { Fingerprint } from '#lib/domain/machine.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import type { AllotmentState, DrawState } from '#lib/domain/allotment.ts';
import type { ActivationState } from '#lib/domain/seat.ts';
import type { RequestStanding } from '#lib/protocol/rows.ts';
import { customerId, revision, seconds } from './columns.ts';

/** One row: who this hub is to its desks. A restored hub has another epoch. [SY6] */
export const hubTable = pgTable('hub', {
	id: text('id').primaryKey(),
	epoch: text('epoch').notNull(),
	createdAt: seconds('created_at').notNull(),
	/** No time beyond it was told, and a leap that nobody has confirmed. [CL3] */
	timeLast: seconds('time_last'),
	leapFrom: seconds('leap_from'),
	leapTo: seconds('leap_to')
});

/** Hub keys, current and retired, as their root-signed tokens. Files name them by `kid`. [FI1] */
export const hubKeys = pgTable('hub_key', {
	kid: text('kid').primaryKey(),
	token: text('token').notNull(),
	createdAt: seconds('created_at').notNull()
});

/** What was done, chained per customer: see `domain/audit.ts`. Only ever appended to. [AU1] */
export const audit = pgTable(
	'audit',
	{
		customerId: customerId(),
		n: bigint('n', { mode: 'number' }).notNull(),
		prev: text('prev').notNull(),
		hash: text('hash').notNull(),
		at: seconds('at').notNull(),
		actor: text('actor').notNull(),
		action: text('action').$type<AuditAction>().notNull(),
		subject: text('subject').notNull(),
		facts: jsonb('facts').$type<AuditFacts>().notNull()
	},
	(table) => [primaryKey({ columns: [table.customerId, table.n] })]
);

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
		/** What the vendor called it before it was imported: it is, once. [IM1] */
		reference: text('reference'),
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
		uniqueIndex('license_reference')
			.on(table.reference)
			.where(sql`${table.reference} is not null`),
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

/** Activation requests and what became of them, keyed by the request's `jti`. [RE1] */
export const requests = pgTable(
	'request',
	{
		customerId: customerId(),
		request: text('request').notNull(),
		licenseId: text('license_id').notNull(),
		state: text('state').$type<RequestStanding>().notNull(),
		/** Thumbprint of the asker's key: another asker under the same id is refused. */
		jkt: text('jkt').notNull(),
		act: text('act'),
		refusal: jsonb('refusal').$type<Refusal>(),
		/** The answer: an activation or a refusal token, and the key that signed it. */
		kid: text('kid').notNull(),
		token: text('token').notNull(),
		decidedAt: seconds('decided_at').notNull(),
		revision: revision()
	},
	(table) => [
		primaryKey({ columns: [table.customerId, table.request] }),
		index('request_revision').on(table.customerId, table.revision)
	]
);

/**
 * Machines that had a trial of a product, by each of their components: a machine has one, whoever the
 * license was issued to. Of the vendor, like the directory: it names no customer. [TR1]
 */
export const trials = pgTable(
	'trial',
	{
		product: text('product').notNull(),
		hash: text('hash').notNull(),
		act: text('act').notNull(),
		licenseId: text('license_id').notNull(),
		fp: jsonb('fp').$type<Fingerprint>().notNull(),
		startedAt: seconds('started_at').notNull()
	},
	(table) => [primaryKey({ columns: [table.product, table.hash, table.act] })]
);

/** Requests that are granted by themselves once a seat is free, the one that waits longest first. [RE1] */
export const waitingRequests = pgTable(
	'waiting_request',
	{
		customerId: customerId(),
		request: text('request').notNull(),
		licenseId: text('license_id').notNull(),
		/** The request itself. */
		token: text('token').notNull(),
		actor: text('actor').notNull(),
		since: seconds('since').notNull(),
		until: seconds('until').notNull()
	},
	(table) => [
		primaryKey({ columns: [table.customerId, table.request] }),
		index('waiting_request_license').on(table.customerId, table.licenseId, table.since)
	]
);

/** Returns that came before the activation that they end. [FI6] */
export const keptReturns = pgTable(
	'kept_return',
	{
		customerId: customerId(),
		licenseId: text('license_id').notNull(),
		act: text('act').notNull(),
		gen: integer('gen').notNull(),
		/** Thumbprint of the key that signed it. */
		jkt: text('jkt').notNull(),
		token: text('token').notNull(),
		keptAt: seconds('kept_at').notNull()
	},
	(table) => [
		primaryKey({ columns: [table.customerId, table.act, table.gen, table.jkt] }),
		index('kept_return_license').on(table.customerId, table.licenseId)
	]
);

/** Site servers that have reported their use of a product, as the newest report says it. [US3] */
export const usageSites = pgTable(
	'usage_site',
	{
		customerId: customerId(),
		/** Thumbprint of the machine key that signs: it stays when name and license change. */
		jkt: text('jkt').notNull(),
		product: text('product').notNull(),
		licenseId: text('license_id').notNull(),
		site: text('site').notNull(),
		/** Allowed at once when it was signed. */
		clients: integer('clients').notNull(),
		/** By the site's clock, and never after hub time. */
		signedAt: seconds('signed_at').notNull(),
		/** Hours since 1970, UTC: the last one that any report speaks of. */
		lastHour: integer('last_hour').notNull()
	},
	(table) => [primaryKey({ columns: [table.customerId, table.jkt, table.product] })]
);

/** What they reported, by hours since 1970 in UTC, those in which something was used. [US3] */
export const usageHours = pgTable(
	'usage_hour',
	{
		customerId: customerId(),
		jkt: text('jkt').notNull(),
		product: text('product').notNull(),
		hour: integer('hour').notNull(),
		peak: integer('peak').notNull(),
		denied: integer('denied').notNull(),
		waiting: integer('waiting').notNull()
	},
	(table) => [primaryKey({ columns: [table.customerId, table.jkt, table.product, table.hour] })]
);

/** Blocks of seats set aside for desks, as they were signed. [AL1] */
export const allotments = pgTable(
	'allotment',
	{
		customerId: customerId(),
		/** `jti` of its token, which is the id of the command that asked for it. */
		allotment: text('allotment').notNull(),
		licenseId: text('license_id').notNull(),
		/** The desk that draws from it: its outbox, and the thumbprint of its key. */
		outbox: text('outbox').notNull(),
		jkt: text('jkt').notNull(),
		userId: text('user_id').notNull(),
		/** What people call the desk. */
		desk: text('desk').notNull(),
		max: integer('max').notNull(),
		/** Slots whose seats are still set aside: neither drawn nor given back. */
		reserved: integer('reserved').notNull(),
		state: text('state').$type<AllotmentState>().notNull(),
		/** Ends issuing, and binds the desk only. */
		issueUntil: seconds('issue_until').notNull(),
		/** When every file drawn from it ends. */
		filesUntil: seconds('files_until').notNull(),
		/** Slots that its close names as drawn. */
		drawn: jsonb('drawn').$type<number[]>(),
		closeToken: text('close_token'),
		/** Who ended it or wrote it off, and why. */
		endedBy: text('ended_by'),
		reason: text('reason'),
		endedAt: seconds('ended_at'),
		kid: text('kid').notNull(),
		token: text('token').notNull(),
		createdAt: seconds('created_at').notNull(),
		revision: revision()
	},
	(table) => [
		primaryKey({ columns: [table.customerId, table.allotment] }),
		index('allotment_license').on(table.customerId, table.licenseId, table.state),
		index('allotment_revision').on(table.customerId, table.revision),
		index('allotment_id').on(table.allotment),
		index('allotment_desk').on(table.jkt),
		index('allotment_due')
			.on(table.filesUntil)
			.where(sql`${table.reserved} > 0 or ${table.state} in ('open', 'frozen')`),
		check('allotment_reserved', sql`${table.reserved} >= 0 and ${table.reserved} <= ${table.max}`)
	]
);

/** Activations that desks made from slots, keyed by their `jti`, each as it was signed. [AL4, AL5] */
export const draws = pgTable(
	'draw',
	{
		customerId: customerId(),
		jti: text('jti').notNull(),
		allotment: text('allotment').notNull(),
		slot: integer('slot').notNull(),
		/** `act` as the file says it: `<allotment>.<slot>`. */
		drawnAct: text('drawn_act').notNull(),
		/** The activation it counts as: its own, the one it joined, or an overage's. */
		act: text('act').notNull(),
		state: text('state').$type<DrawState>().notNull(),
		gen: integer('gen').notNull(),
		request: text('request').notNull(),
		jkt: text('jkt').notNull(),
		kid: text('kid').notNull(),
		token: text('token').notNull(),
		recordedAt: seconds('recorded_at').notNull()
	},
	(table) => [
		primaryKey({ columns: [table.customerId, table.jti] }),
		index('draw_slot').on(table.customerId, table.allotment, table.slot),
		index('draw_act').on(table.customerId, table.act)
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
