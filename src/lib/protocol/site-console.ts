/**
 * What a site server tells its admin's pages of clients, resources, connections and use.
 *
 * @module
 */
import type { VersionWarning } from '#lib/domain/site/client-version.ts';
import type { Seconds } from '#lib/domain/time.ts';
import type { LicenseHere, ResourceProblem } from '#lib/domain/site/resource.ts';
import type { UsageHour } from '#lib/domain/site/usage.ts';
import type { RestartNotice } from './lease.ts';

/** Clients of one product: how many may work, do, and wait. */
export type SitePool = {
	product: string;
	title: string;
	/** Of the product on the server. */
	version?: string;
	clients: number;
	inUse: number;
	waiting: number;
};

export type SiteClient = {
	id: string;
	product: string;
	client: string;
	user: string;
	machine?: string;
	version?: string;
	warning?: VersionWarning;
	state: 'working' | 'waiting' | 'offered';
	/** Of whoever works. */
	since?: Seconds;
	/** License number. */
	license?: string;
	resource?: string;
	/** Still under terms of before: it is to start again. [LE6] */
	restart?: RestartNotice;
	/** Of whoever waits: 1 is next. */
	place?: number;
};

export type SiteClients = {
	pools: SitePool[];
	clients: SiteClient[];
	/** More than are listed here. */
	more: number;
};

export type SiteResource = {
	id: string;
	name: string;
	kind: string;
	product: string;
	customer: string;
	license: string;
	limit?: number;
	addedAt: Seconds;
	/** Clients in it now. */
	inUse: number;
	/** Its license is active here: else no client sees it. [RS1] */
	isOpen: boolean;
};

export type SiteResources = { resources: SiteResource[]; licenses: LicenseHere[] };

/** A line of the connection log; what it has beside these is shown as it is. [LG1] */
export type SiteLogLine = {
	at: string;
	with: 'client' | 'hub';
	level: 'info' | 'error';
	event: string;
	user?: string;
	machine?: string;
	client?: string;
	address?: string;
	product?: string;
	version?: string;
	license?: string;
	resource?: string;
	code?: string;
	reason?: string;
	status?: number;
	inUse?: number;
	allowed?: number;
};

export type SiteLogChoice = {
	level: 'off' | 'errors' | 'all';
	names: boolean;
	megabytes: number;
	days: number;
};

export type SiteLog = {
	/** The newest first; absent where nothing was written since the mark. */
	lines?: SiteLogLine[];
	mark: string;
	more: boolean;
	choice: SiteLogChoice;
	/** Where the files are, on the server's machine. */
	folder: string;
	files: { name: string; bytes: number }[];
	/** Lines that found no room on the disk since the start. */
	lost: number;
};

export type SiteUsage = {
	pools: SitePool[];
	/** By hour; hours in which nothing was used are left out. */
	hours: (UsageHour & { product: string })[];
};

export type FoundDatabase = { name: string; bytes: number | null };

export type LineProblem = ResourceProblem & { line: number };

/** What became of a list of resources. [RS2] */
export type ListOutcome = {
	rows: number;
	imported: number;
	/** There before. */
	known: number;
	/** Lines with problems. */
	wrong: number;
	/** The first of them. */
	problems: LineProblem[];
};
