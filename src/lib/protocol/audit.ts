/**
 * The audit of one customer, as the hub lists it to the vendor's people: the newest first.
 *
 * @module
 */
import type { AuditAction, AuditFacts } from '#lib/domain/audit/audit.ts';
import type { Seconds } from '#lib/domain/time.ts';

export type ListedEntry = {
	/** Its place in the chain. */
	n: number;
	at: Seconds;
	actor: string;
	/** Name and address of the person who did it, where the hub still knows them. */
	person?: { name: string; email: string };
	action: AuditAction;
	subject: string;
	/** Number of the license that it was about. */
	number?: string;
	/** What people call the machine that it was about. */
	label?: string;
	facts: AuditFacts;
};

/** `next`: the `n` below which the next page begins. */
export type ListedAudit = { entries: ListedEntry[]; next?: number };

/** What happened to a license, for its customer's people. */
export type HistoryEntry = {
	n: number;
	at: Seconds;
	action: AuditAction;
	/** Name of who did it; or `actor`, where no person did. */
	by?: string;
	actor?: 'hub' | 'carrier' | 'operator';
	/** What people call the machine that it was about. */
	label?: string;
	/** What somebody wrote, or switched. */
	said?: string;
};

/** The newest first. `next`: the `n` below which the next page begins. */
export type LicenseHistory = { entries: HistoryEntry[]; next?: number };
