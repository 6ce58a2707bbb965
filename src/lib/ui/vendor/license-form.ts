/**
 * A license as its form is filled in: texts of fields, and what they say so far.
 *
 * @module
 */
import { parseDate, utcDay } from '#lib/domain/calendar.ts';
import { GRACE_LIMIT } from '#lib/domain/licenses/license.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { DAY_SECONDS, type Seconds } from '#lib/domain/time.ts';
import type { Entitlement, LicenseDefaults } from '#lib/protocol/catalog.ts';

export type LicenseForm = {
	edition: string;
	seats: string;
	/** Empty for a license that is not for site servers. */
	clients: string;
	from: string;
	to: string;
	/** Days as `2027-12-31`; empty for none. */
	maintenance: string;
	expires: string;
	/** Days after its end; empty for none. */
	grace: string;
	entitlements: string[];
};

export type FormField = Exclude<keyof LicenseForm, 'entitlements'>;

/** What a key will say. */
export type DraftTerms = {
	edition: string;
	seats: number;
	clients?: number;
	versions: { from: number; to: number };
	maintainedUntil?: Seconds;
	expiresAt?: Seconds;
	graceDays?: number;
	entitlements: string[];
};

/** What a new license of a product begins with. */
export function formOf(
	{
		defaults,
		isServer,
		entitlements = []
	}: { defaults: LicenseDefaults; isServer: boolean; entitlements?: readonly Entitlement[] },
	now: Seconds
): LicenseForm {
	const { edition, seats, clients, versions, maintenanceDays, expiryDays } = defaults;
	const after = (days: number | undefined) =>
		days === undefined ? '' : utcDay(now + days * DAY_SECONDS);
	return {
		edition: edition ?? 'Standard',
		seats: `${seats ?? 1}`,
		clients: isServer ? `${clients ?? 1}` : '',
		from: `${versions?.from ?? ''}`,
		to: `${versions?.to ?? ''}`,
		maintenance: after(maintenanceDays),
		expires: after(expiryDays),
		grace: '',
		entitlements: entitlements.filter(({ included }) => included).map(({ code }) => code)
	};
}

/** What a license says now, to be changed. */
export function formOfTerms(terms: DraftTerms): LicenseForm {
	const { edition, seats, clients, versions, entitlements } = terms;
	const { maintainedUntil, expiresAt, graceDays } = terms;
	return {
		edition,
		seats: `${seats}`,
		clients: `${clients ?? ''}`,
		from: `${versions.from}`,
		to: `${versions.to}`,
		maintenance: maintainedUntil === undefined ? '' : utcDay(maintainedUntil),
		expires: expiresAt === undefined ? '' : utcDay(expiresAt),
		grace: `${graceDays ?? ''}`,
		entitlements
	};
}

/** @returns What is said so far, the fields that say nothing usable, and all of it once there are none. */
export function readForm(
	form: LicenseForm,
	isServer: boolean
): { said: Partial<DraftTerms>; wrong: FormField[]; terms?: DraftTerms } {
	const edition = form.edition.trim();
	const seats = wholeNumber(form.seats, 1);
	const clients = isServer ? wholeNumber(form.clients, 1) : undefined;
	const from = wholeNumber(form.from, 0);
	const to = form.to.trim() === '' ? from : wholeNumber(form.to, 0);
	const versions = from === undefined || to === undefined || from > to ? undefined : { from, to };
	const maintainedUntil = endOfDay(form.maintenance);
	const expiresAt = endOfDay(form.expires);
	const { entitlements } = form;
	const graceDays = wholeNumber(form.grace, 0) || undefined;
	const dates = { maintainedUntil, expiresAt, graceDays };
	const said = { edition, seats, clients, versions, ...dates, entitlements };
	const wrong: FormField[] = [];
	if (edition === '') wrong.push('edition');
	if (seats === undefined) wrong.push('seats');
	if (isServer && clients === undefined) wrong.push('clients');
	if (from === undefined) wrong.push('from');
	else if (versions === undefined) wrong.push('to');
	if (form.maintenance !== '' && maintainedUntil === undefined) wrong.push('maintenance');
	if (form.expires !== '' && expiresAt === undefined) wrong.push('expires');
	const isGraceSound = form.grace.trim() === '' || wholeNumber(form.grace, 0) !== undefined;
	if (!isGraceSound || (graceDays ?? 0) > GRACE_LIMIT) wrong.push('grace');
	if (wrong.length > 0 || seats === undefined || versions === undefined) return { said, wrong };
	return { said, wrong, terms: { ...said, seats, versions } };
}

/** What differs from how a license is, as the hub takes a change: `null` takes an end away. */
export function changedTerms(before: DraftTerms, after: DraftTerms): ChangedTerms {
	const { edition, seats, clients, versions, entitlements } = after;
	const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
	return {
		...(edition !== before.edition && { edition }),
		...(seats !== before.seats && { seats }),
		...(clients !== before.clients && { clients }),
		...(!same(versions, { from: before.versions.from, to: before.versions.to }) && { versions }),
		...(!same(entitlements, before.entitlements) && { entitlements }),
		...(after.graceDays !== before.graceDays && { graceDays: after.graceDays ?? 0 }),
		...changedEnd('maintainedUntil', before, after),
		...changedEnd('expiresAt', before, after)
	};
}

export type ChangedTerms = Partial<Omit<DraftTerms, 'maintainedUntil' | 'expiresAt'>> & {
	maintainedUntil?: Seconds | null;
	expiresAt?: Seconds | null;
};

/** A form knows days: an end at another hour of the same day is the same end. */
function changedEnd(
	which: 'maintainedUntil' | 'expiresAt',
	{ [which]: before }: DraftTerms,
	{ [which]: after }: DraftTerms
): Partial<Record<typeof which, Seconds | null>> {
	if (before === undefined && after === undefined) return {};
	if (after === undefined) return { [which]: null };
	if (before !== undefined && utcDay(before) === utcDay(after)) return {};
	return { [which]: after };
}

/** For how many days a trial goes on, as the hub takes it. */
export function readTrialDays(text: string): number | undefined {
	const days = wholeNumber(text, 1);
	return days !== undefined && days <= 3650 ? days : undefined;
}

const MOST = 1_000_000;

function wholeNumber(text: string, least: number): number | undefined {
	if (!/^\d{1,7}$/.test(text.trim())) return undefined;
	const value = Number(text);
	return value >= least && value <= MOST ? value : undefined;
}

/** What runs until a day runs through it, in UTC. */
function endOfDay(text: string): Seconds | undefined {
	const end = parseDate(text, 'end');
	return isRefusal(end) ? undefined : end;
}
