/**
 * The part of a customer's ledger that a decision needs: read under the licenses' locks
 * (`open.ts`), changed in memory, written at once (`close.ts`).
 *
 * @module
 */
import type { AuditNote } from '#lib/domain/audit/audit.ts';
import type { ActivationTexts } from '#lib/domain/licenses/change.ts';
import type { License } from '#lib/domain/licenses/license.ts';
import type { Seconds } from '#lib/domain/time.ts';
import type { MachineSaid } from '#lib/domain/machines/machine-said.ts';
import type { PastTrial } from '#lib/domain/seats/activation.ts';
import { isOverLimit } from '#lib/domain/seat.ts';
import type { allotments, draws } from '#server/db/schema/allotments.ts';
import type { activationFiles, activations, giveBacks } from '#server/db/schema/ledger.ts';
import type { requests, waitingRequests } from '#server/db/schema/requests.ts';
import type { LicenseRecord } from '#server/db/writing.ts';
import type { Sighting } from '#lib/domain/seats/adoption.ts';
import { HeldActivations } from './held-activations.ts';
import type { Hub } from '#server/hub/hub.ts';

export type RequestRecord = typeof requests.$inferSelect;
export type FileRecord = typeof activationFiles.$inferSelect;
/** Its texts stay whatever becomes of it, for only people change them [CH1], and so does what it said [P11]. */
export type HeldActivation = Omit<
	typeof activations.$inferSelect,
	'revision' | 'texts' | 'said' | 'heardAt'
> & {
	texts?: ActivationTexts | null;
	said?: MachineSaid | null;
	heardAt?: Seconds | null;
};
export type GiveBackRecord = Omit<typeof giveBacks.$inferSelect, 'revision'>;
export type WaitingRecord = typeof waitingRequests.$inferSelect;

/** Which product a machine tried, and under which license. */
export type PastTrialOf = PastTrial & { product: string; licenseId: string };

/** Activation files that were brought back after a restore. [SE8] */
export type FoundFiles = {
	/** Generations that are stored, by `act`. */
	stored: Map<string, Set<number>>;
	/** Who has held its seat, by machine. */
	sightings: Map<string, Sighting[]>;
};

export type AllotmentRecord = Omit<typeof allotments.$inferSelect, 'revision'>;
export type DrawRecord = typeof draws.$inferSelect;

export type Blocks = {
	/** By id: those that are meant. */
	allotments: Map<string, AllotmentRecord>;
	/** All draws of them. */
	draws: DrawRecord[];
	/** Licenses whose activations may get the file that the hub has not signed yet. [AL4] */
	unsigned: Set<string>;
	/** Licenses that were over their limit when they were locked: some overage may fit now. [SE4] */
	wasOver: readonly string[];
	changed: Set<string>;
	added: DrawRecord[];
	/** Draws that count as another activation than before. [SE8] */
	moved: Set<DrawRecord>;
	/** Acts of these allotments that have a row, by whatever file it came. [SE8] */
	told: Set<string>;
};

/** What is known of one customer's machines, and what has changed in this transaction. */
export type Ledger = {
	hub: Hub;
	customerId: string;
	licenses: Map<string, LicenseRecord>;
	requests: Map<string, Omit<RequestRecord, 'revision'>>;
	/** By `act`: those that may be meant, whatever their state. */
	held: HeldActivations<HeldActivation>;
	/** By `act`. */
	givenBack: Map<string, GiveBackRecord>;
	/** Machines that had trials, where any of a trial is meant. [TR1] */
	trials: PastTrialOf[];
	/** What was brought back after a restore, where any of it is meant. [SE8] */
	found: FoundFiles;
	/** Seats freed at once within the span of the quotas, by {@link quotaKey}. [SE5, SE6] */
	freedInSpan: Map<string, number>;
	/** Requests that wait for a seat from now on. [RE1] */
	joining: WaitingRecord[];
	/** Allotments and draws, where any are meant. [AL4] */
	blocks: Blocks;
	/** For the audit, in the order of what was done. [AU1] */
	notes: AuditNote[];
	changed: {
		licenses: Set<string>;
		requests: Set<string>;
		activations: Set<string>;
		givenBack: Set<string>;
		files: FileRecord[];
		/** Licenses whose note, and activations whose texts people changed. [CH1] */
		notes: Set<string>;
		texts: Set<string>;
	};
};

/** `replace`: machines retired, and fingerprints that changed. [SE6, MA5] */
export type Quota = 'return' | 'replace';

export function quotaKey(licenseId: string, quota: Quota): string {
	return `${quota}:${licenseId}`;
}

/** A ledger of licenses that are locked, of which nothing else is known yet. */
export function newLedger(hub: Hub, customerId: string, locked: readonly LicenseRecord[]): Ledger {
	return {
		hub,
		customerId,
		licenses: new Map(locked.map((row) => [row.licenseId, row])),
		requests: new Map(),
		held: new HeldActivations(),
		givenBack: new Map(),
		trials: [],
		found: noFoundFiles(),
		freedInSpan: new Map(),
		joining: [],
		blocks: noBlocks(locked),
		notes: [],
		changed: {
			licenses: new Set(),
			requests: new Set(),
			activations: new Set(),
			givenBack: new Set(),
			files: [],
			notes: new Set(),
			texts: new Set()
		}
	};
}

/** The same where a license may grant again, or more: files that wait for that are signed. [AL4] */
export function reopenLedger(hub: Hub, row: LicenseRecord): Ledger {
	const ledger = newLedger(hub, row.customerId, [row]);
	ledger.blocks.unsigned.add(row.licenseId);
	return ledger;
}

function noBlocks(locked: readonly LicenseRecord[]): Blocks {
	const over = locked.filter((row) => isOverLimit(row.seats, row));
	return {
		allotments: new Map(),
		draws: [],
		unsigned: new Set(),
		wasOver: over.map(({ licenseId }) => licenseId),
		changed: new Set(),
		added: [],
		moved: new Set(),
		told: new Set()
	};
}

/** A license's row as decisions see it. */
export function licenseOf(row: LicenseRecord): License {
	return {
		terms: row.terms,
		seats: row.seats,
		expiresAt: row.expiresAt ?? undefined,
		suspendedAt: row.suspendedAt ?? undefined,
		frozenAt: row.frozenAt ?? undefined,
		successor: row.successor ?? undefined,
		fileDays: row.fileDays ?? undefined,
		trialDays: row.trialDays ?? undefined
	};
}

function noFoundFiles(): FoundFiles {
	return { stored: new Map(), sightings: new Map() };
}
