/**
 * Orders of a store: what their lines ask for, and what is made of it. [OR1]
 *
 * @module
 */
import { refuse, type Refusal } from '../refusal.ts';
import { DAY_SECONDS, type Seconds } from '../time.ts';

/** When something ends: at a time, or so many days on. Neither: as its product says. */
export type Ends = {
	expiresAt?: Seconds;
	expiryDays?: number;
	maintainedUntil?: Seconds;
	maintenanceDays?: number;
};

/** A license of its own. What is absent is as the product says. */
export type NewLicenseLine = Ends & {
	id: string;
	product: string;
	edition?: string;
	seats?: number;
	clients?: number;
	entitlements?: string[];
	versions?: { from: number; to: number };
};

/** A later end of a license that is there, named by its number. */
export type ExtendingLine = Ends & { id: string; extends: string };

/** More seats of one. */
export type SeatsLine = { id: string; addsSeats: number; to: string };

export type OrderLine = NewLicenseLine | ExtendingLine | SeatsLine;

export type PaidOrder = {
	/** The purchase ID. */
	id: string;
	/** In lower case. */
	address: string;
	/** Of the customer, where it is a new one. */
	name?: string;
	language?: 'en' | 'de';
	lines: OrderLine[];
};

export type RefundedOrder = {
	id: string;
	/** Ids of its lines; absent: all of them. */
	lines?: string[];
};

export type OrderEvent =
	{ type: 'order.paid'; data: PaidOrder } | { type: 'order.refunded'; data: RefundedOrder };

/** What a line did: a license of its own, a later end of one that was there, or more seats of it. */
export type OrderOutcome = 'made' | 'extended' | 'added-seats';

/** `failed`: signed well, and not carried out; its sender or staff may try it again. */
export type OrderEventState = 'done' | 'failed';

/** What became of an event that was carried out. */
export type OrderResult = {
	purchase: string;
	licenses: OrderedLicense[];
};

export type OrderedLicense = {
	/** Id of the line. */
	line: string;
	number: string;
	outcome: OrderOutcome;
	/** It was suspended then, because the line was refunded. */
	refundedAt?: Seconds;
};

/** What a product says of licenses for which nothing else is said. */
export type ProductTerms = {
	slug: string;
	isServer: boolean;
	/** `included`: of a line that does not say which. */
	entitlements: readonly { code: string; included?: true }[];
	defaults: {
		edition?: string;
		seats?: number;
		clients?: number;
		versions?: { from: number; to: number };
		maintenanceDays?: number;
		expiryDays?: number;
	};
};

/** What a new license begins with. */
export type OrderedTerms = {
	edition: string;
	entitlements: string[];
	seats: number;
	clients?: number;
	versions: { from: number; to: number };
	maintainedUntil?: Seconds;
	expiresAt?: Seconds;
};

export function numberIn(line: OrderLine): string | undefined {
	if ('extends' in line) return line.extends;
	return 'to' in line ? line.to : undefined;
}

export function outcomeOf(line: OrderLine): OrderOutcome {
	if ('extends' in line) return 'extended';
	return 'addsSeats' in line ? 'added-seats' : 'made';
}

/** @returns `BODY_INVALID` where neither line nor product says which versions, or it has no such entitlement. */
export function termsOfLine(
	line: NewLicenseLine,
	{ isServer, defaults, entitlements: known }: ProductTerms,
	now: Seconds
): OrderedTerms | Refusal<'BODY_INVALID'> {
	const versions = line.versions ?? defaults.versions;
	if (!versions) return refuse('BODY_INVALID', { path: `${line.id}.versions`, reason: 'missing' });
	const codes = new Set(known.map(({ code }) => code));
	const usual = known.filter(({ included }) => included).map(({ code }) => code);
	const entitlements = line.entitlements ?? usual;
	const unknown = entitlements.find((code) => !codes.has(code));
	if (unknown !== undefined)
		return refuse('BODY_INVALID', { path: `${line.id}.entitlements`, reason: unknown });
	const clients = line.clients ?? defaults.clients ?? 1;
	return {
		edition: line.edition ?? defaults.edition ?? 'Standard',
		entitlements,
		seats: line.seats ?? defaults.seats ?? 1,
		...(isServer && { clients }),
		versions,
		maintainedUntil: endFrom(
			now,
			line.maintainedUntil,
			line.maintenanceDays,
			defaults.maintenanceDays
		),
		expiresAt: endFrom(now, line.expiresAt, line.expiryDays, defaults.expiryDays)
	};
}

/**
 * Ends of a license that is extended. Days count on from its end, or from now where that is over. What
 * has no end stays without one, and nothing ends earlier than before.
 */
export function endsAfter(
	line: ExtendingLine,
	{ expiresAt, maintainedUntil }: { expiresAt?: Seconds; maintainedUntil?: Seconds },
	{ defaults, now }: { defaults: ProductTerms['defaults']; now: Seconds }
): { expiresAt?: Seconds; maintainedUntil?: Seconds } {
	const says = [line.expiresAt, line.expiryDays, line.maintainedUntil, line.maintenanceDays].some(
		(each) => each !== undefined
	);
	// A line that says how long the one goes on says nothing about the other.
	const usual = says ? {} : defaults;
	const later = (end: Seconds | undefined, at?: Seconds, days?: number, byDefault?: number) => {
		if (end === undefined) return undefined;
		return Math.max(end, endFrom(Math.max(end, now), at, days, byDefault) ?? end);
	};
	return {
		expiresAt: later(expiresAt, line.expiresAt, line.expiryDays, usual.expiryDays),
		maintainedUntil: later(
			maintainedUntil,
			line.maintainedUntil,
			line.maintenanceDays,
			usual.maintenanceDays
		)
	};
}

/** The line as JSON with sorted keys: equal where it asks for the same. */
export function contentOf(line: OrderLine): string {
	return JSON.stringify(sorted(line));
}

function sorted(value: unknown): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	const members = Object.entries(value).filter(([, member]) => member !== undefined);
	return Object.fromEntries(
		members.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => [name, sorted(member)])
	);
}

function endFrom(
	start: Seconds,
	at: Seconds | undefined,
	days: number | undefined,
	byDefault: number | undefined
): Seconds | undefined {
	if (at !== undefined) return at;
	const span = days ?? byDefault;
	return span === undefined ? undefined : start + span * DAY_SECONDS;
}
