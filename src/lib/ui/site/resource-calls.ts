/**
 * What the parts that bring resources in ask of the page that they are on.
 *
 * @module
 */
import type { Refusal } from '#lib/domain/refusal.ts';
import type { FoundDatabase, ListOutcome } from '#lib/protocol/site-console.ts';

export type ResourceCalls = {
	/** Rows as a list has them, without one. */
	add: (
		rows: { name: string; kind?: string; limit?: string }[],
		license: string
	) => Promise<ListOutcome | Refusal>;
	/** @param dryRun - Say what is wrong, and import nothing. */
	list: (
		text: string,
		options: { license: string; dryRun: boolean }
	) => Promise<ListOutcome | Refusal>;
	databases: (server: {
		host: string;
		port: number;
		user: string;
		password: string;
		tls: boolean;
	}) => Promise<FoundDatabase[] | Refusal>;
	/** Names that are taken already. */
	taken: ReadonlySet<string>;
};
