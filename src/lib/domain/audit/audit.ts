/**
 * The audit of one customer: what was done, in order, each entry bound to all before it. [AU1]
 *
 * The hash is handed in, so that hub, command line and desk check the same chain in the same way.
 *
 * @module
 */
import type { Seconds } from '../time.ts';

/** Plain facts of an entry. Never a secret: entries are read by people and kept for ever. */
export type AuditFacts = { readonly [name: string]: string | number | boolean | undefined };

/**
 * What can have been done. The seats of a license follow from these alone [SE1]:
 *
 * - `license.issued` `{seats}`, `license.changed` `{seats?}`: the subject is the license;
 * - `license.moved` `{number, to, seats?, successor?}`: it left for another customer, or keeps `seats`
 *   only until they are free, and `successor` goes on;
 * - `activation.granted` `{license, gen, cooling?}`: a new seat, or the cooling one of that `act`;
 * - `activation.renewed` `{license, gen}`: the next file of the same seat;
 * - `activation.adopted` `{license, gen, overage?}`: found again after a restore, a seat like any;
 * - `activation.returned`, `activation.retired` `{license, freed, coolsUntil?, forgotten?}`: the seat
 *   is free at once, or cools; `forgotten` where a restored hub did not know that it was in use;
 * - `seat.cooled` `{license}`: the cooling seat of the subject is free now;
 * - `allotment.reserved` `{license, seats}`: a block of seats is set aside; `allotment.adopted`: found
 *   again after a restore;
 * - `allotment.closed`, `allotment.expired`, `allotment.written-off` `{license, freed}`: so many seats
 *   of it are free again; `allotment.frozen` frees none;
 * - `activation.drawn` `{license, allotment, slot, gen, seat, state, overage?}`: a desk made it. `seat`:
 *   `reserved` of the allotment, `free`, `beyond` those that were sold; `held` where it had one, and
 *   `released` where the slot's is free for that; `none` where nothing is counted;
 * - `activation.ended` `{license}`: an overage is over with its file.
 *
 * The others change no seat. `activation.described` `{license, site?, os?, pv?}`: a request that was granted before said again
 * what the ledger did not know of its machine. [P11] `license.noted` `{value}`, `activation.labeled` and `activation.sited`
 * `{license, value}` keep every text that people wrote. [CH1] `license.allowed` `{entitlement, value}`: switched `on` or `off`. [P7] Of people (`person.…`) an entry names ids and roles, never an address: it is
 * kept for ever, and people may ask to be forgotten.
 */
export type AuditAction =
	| 'customer.added'
	| 'customer.changed'
	| 'customer.purchase-changed'
	| 'product.added'
	| 'product.changed'
	| 'release.added'
	| 'release.changed'
	| 'release.withdrawn'
	| 'person.invited'
	| 'person.uninvited'
	| 'person.joined'
	| 'person.role-changed'
	| 'person.left'
	| 'device.ended'
	| 'site-server.approved'
	| 'site-server.reported'
	| 'license.issued'
	| 'license.changed'
	| 'license.renewed'
	| 'license.upgraded'
	| 'license.moved'
	| 'license.suspended'
	| 'license.resumed'
	| 'license.frozen'
	| 'license.unfrozen'
	| 'license.reissued'
	| 'license.adopted'
	| 'license.noted'
	| 'license.allowed'
	| 'activation.granted'
	| 'activation.renewed'
	| 'activation.adopted'
	| 'activation.returned'
	| 'activation.retired'
	| 'activation.drawn'
	| 'activation.ended'
	| 'activation.described'
	| 'activation.labeled'
	| 'activation.sited'
	| 'seat.cooled'
	| 'allotment.reserved'
	| 'allotment.adopted'
	| 'allotment.closed'
	| 'allotment.frozen'
	| 'allotment.expired'
	| 'allotment.written-off'
	| 'request.waiting'
	| 'request.withdrawn'
	| 'request.expired'
	| 'hub.restored'
	| 'hub.second-factor'
	| 'hub.face-changed'
	| 'hub.store-secret-added'
	| 'hub.store-secret-ended'
	| 'hub.webhook-added'
	| 'hub.webhook-changed'
	| 'hub.webhook-removed'
	| 'hub-time.confirmed';

type NounOf<A> = A extends `${infer Noun}.${string}` ? Noun : never;

/** What an action is about: `license` of `license.renewed`. */
export type AuditNoun = NounOf<AuditAction>;

const nouns: Record<AuditNoun, true> = {
	license: true,
	activation: true,
	seat: true,
	allotment: true,
	request: true,
	person: true,
	device: true,
	'site-server': true,
	customer: true,
	product: true,
	release: true,
	hub: true,
	'hub-time': true
};

export const auditNouns = Object.keys(nouns) as AuditNoun[];

/** What a writer says. The chain gives it its place. */
export type AuditNote = {
	/** Hub time. */
	at: Seconds;
	/** A user's id, `carrier` for whoever brought a proven request, `hub` for the hub by itself. */
	actor: string;
	action: AuditAction;
	/** What it was done to: `act`, license id, customer id. */
	subject: string;
	facts: AuditFacts;
};

export type AuditEntry = AuditNote & {
	customerId: string;
	/** Gap-free per customer, from 1. */
	n: number;
	/** Hash of the entry before; empty in the first. */
	prev: string;
	/** base64url SHA-256 of {@link canonicalEntry}. */
	hash: string;
};

/** The end of a chain: whoever kept an older one can tell whether this one continues it. */
export type AuditHead = { n: number; hash: string };

export const emptyHead: AuditHead = { n: 0, hash: '' };

/** base64url SHA-256 of a text's UTF-8. */
export type HashText = (text: string) => string;

/** Chains notes onto a head. @returns The entries, and where the chain ends now. */
export function appendEntries(
	{ customerId, head }: { customerId: string; head: AuditHead },
	notes: readonly AuditNote[],
	sha256: HashText
): { entries: AuditEntry[]; head: AuditHead } {
	let { n, hash: prev } = head;
	const entries = notes.map((note) => {
		n += 1;
		const open = { ...note, customerId, n, prev };
		const hash = sha256(canonicalEntry(open));
		prev = hash;
		return { ...open, hash };
	});
	return { entries, head: { n, hash: prev } };
}

/** The first entry that does not hold. */
export type AuditBreak = {
	n: number;
	why: 'gap' | 'other-customer' | 'prev' | 'hash' | LedgerBreak;
};

export type LedgerBreak =
	'oversold' | 'unknown-license' | 'unknown-seat' | 'seat-twice' | 'unknown-slot';

/** @param head - Where the chain was left; entries follow it. @returns The first break, if any. */
export function checkChain(
	entries: readonly AuditEntry[],
	sha256: HashText,
	head: AuditHead = emptyHead
): AuditBreak | undefined {
	let { n, hash: prev } = head;
	const [first] = entries;
	for (const entry of entries) {
		if (entry.n !== n + 1) return { n: n + 1, why: 'gap' };
		if (entry.customerId !== first!.customerId) return { n: entry.n, why: 'other-customer' };
		if (entry.prev !== prev) return { n: entry.n, why: 'prev' };
		if (sha256(canonicalEntry(entry)) !== entry.hash) return { n: entry.n, why: 'hash' };
		({ n, hash: prev } = entry);
	}
	return undefined;
}

/** JSON with sorted keys and nothing left to taste, of all but the hash itself. */
export function canonicalEntry(entry: Omit<AuditEntry, 'hash'>): string {
	const { customerId, n, prev, at, actor, action, subject, facts } = entry;
	return canonicalJson({ customerId, n, prev, at, actor, action, subject, facts });
}

/** Keys sorted by their UTF-16 units, absent values left out. @see RFC 8785 */
function canonicalJson(value: unknown): string {
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	const members = Object.entries(value)
		.filter(([, member]) => member !== undefined)
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
	return `{${members.join(',')}}`;
}
