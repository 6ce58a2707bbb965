/**
 * What was done at one customer, by whom and to what: searched, the newest first, for people to read.
 * Whether the chain holds is checked elsewhere, entry by entry. [AU1]
 *
 * @module
 */
import { and, desc, eq, gte, ilike, inArray, lt, or, sql, type SQL } from 'drizzle-orm';
import type { AuditNoun } from '#lib/domain/audit/audit.ts';
import type { Seconds } from '#lib/domain/time.ts';
import type { ListedAudit, ListedEntry } from '#lib/protocol/audit.ts';
import { audit } from '#server/db/schema/hub.ts';
import { activations, licenses } from '#server/db/schema/ledger.ts';
import { user } from '#server/db/schema/people.ts';
import type { Database } from '#server/db/database.ts';

export type AuditQuestion = {
	customerId: string;
	/** Part of a license number, a machine's label, a person's name or address; or a whole id. */
	about?: string;
	/** Id of a license: what was done to it, and to its machines and seats. */
	license?: string;
	/** What the actions are about. */
	noun?: AuditNoun;
	/** From the first of these seconds to before the last. */
	since?: Seconds;
	until?: Seconds;
	/** Entries before this `n`. */
	before?: number;
	limit?: number;
};

const PAGE = 100;

/** So many licenses, machines and people at most are meant by a few letters. */
const MEANT = 200;

export async function searchAudit(
	db: Database,
	{ customerId, about, license, noun, since, until, before, limit = PAGE }: AuditQuestion
): Promise<ListedAudit> {
	const rows = await db
		.select()
		.from(audit)
		.where(
			and(
				eq(audit.customerId, customerId),
				before === undefined ? undefined : lt(audit.n, before),
				since === undefined ? undefined : gte(audit.at, since),
				until === undefined ? undefined : lt(audit.at, until),
				noun === undefined ? undefined : sql`starts_with(${audit.action}, ${`${noun}.`})`,
				about === undefined ? undefined : await isAbout(db, { customerId, about }),
				license === undefined
					? undefined
					: or(eq(audit.subject, license), eq(sql`${audit.facts} ->> 'license'`, license))
			)
		)
		.orderBy(desc(audit.n))
		.limit(limit + 1);
	const page = rows.slice(0, limit);
	const next = rows.length > limit ? page.at(-1)?.n : undefined;
	return { entries: await named(db, { customerId, rows: page }), ...(next && { next }) };
}

/** Entries name ids: what was typed is found first, and then what was done to it or by it. */
async function isAbout(
	db: Database,
	{ customerId, about }: { customerId: string; about: string }
): Promise<SQL | undefined> {
	const part = `%${about.replace(/[\\%_]/g, '\\$&')}%`;
	const [numbers, labels, people] = await Promise.all([
		db
			.select({ id: licenses.licenseId })
			.from(licenses)
			.where(and(eq(licenses.customerId, customerId), ilike(licenses.number, part)))
			.limit(MEANT),
		db
			.select({ id: activations.act })
			.from(activations)
			.where(and(eq(activations.customerId, customerId), ilike(activations.label, part)))
			.limit(MEANT),
		db
			.select({ id: user.id })
			.from(user)
			.where(or(ilike(user.email, part), ilike(user.name, part)))
			.limit(MEANT)
	]);
	const ofLicenses = idsOf(numbers);
	const ofPeople = [...idsOf(people), about];
	return or(
		inArray(audit.subject, [...ofLicenses, ...idsOf(labels), ...ofPeople]),
		inArray(audit.actor, ofPeople),
		inArray(sql`${audit.facts} ->> 'license'`, [...ofLicenses, about])
	);
}

function idsOf(rows: readonly { id: string }[]): string[] {
	return rows.map(({ id }) => id);
}

type Row = typeof audit.$inferSelect;

async function named(
	db: Database,
	{ customerId, rows }: { customerId: string; rows: readonly Row[] }
): Promise<ListedEntry[]> {
	if (rows.length === 0) return [];
	const subjects = rows.map(({ subject }) => subject);
	const about = rows.map(({ subject, facts }) => String(facts.license ?? subject));
	const [numbers, labels, people] = await Promise.all([
		db
			.select({ id: licenses.licenseId, number: licenses.number })
			.from(licenses)
			.where(and(eq(licenses.customerId, customerId), inArray(licenses.licenseId, about))),
		db
			.select({ id: activations.act, label: activations.label })
			.from(activations)
			.where(and(eq(activations.customerId, customerId), inArray(activations.act, subjects))),
		db
			.select({ id: user.id, name: user.name, email: user.email })
			.from(user)
			.where(
				inArray(
					user.id,
					rows.map(({ actor }) => actor)
				)
			)
	]);
	const numberOf = new Map(numbers.map(({ id, number }) => [id, number]));
	const labelOf = new Map(labels.map(({ id, label }) => [id, label ?? undefined]));
	const personOf = new Map(people.map(({ id, name, email }) => [id, { name, email }]));
	return rows.map(({ n, at, actor, action, subject, facts }) => ({
		n,
		at,
		actor,
		person: personOf.get(actor),
		action,
		subject,
		number: numberOf.get(String(facts.license ?? subject)),
		label: labelOf.get(subject),
		facts
	}));
}
