/**
 * Checking a whole audit as it comes in pages: the chain, every prefix of the ledger, and the counts
 * that the ledger itself keeps. [AU1, SE1]
 *
 * @module
 */
import {
	checkChain,
	emptyHead,
	type AuditBreak,
	type AuditEntry,
	type AuditHead,
	type HashText
} from './audit.ts';
import { checkLedger, emptyLedger, type CountedLedger } from './audit-ledger.ts';
import type { ActivationState, SeatCounts } from '../seat.ts';

export type AuditFinding =
	| AuditBreak
	/** The ledger names another end: entries were cut off, or added past it. */
	| { n: number; why: 'head' }
	/** This row says something else than the audit, is not in the ledger, or not in the audit. */
	| { n: number; why: 'row'; row: string; counted?: string; kept?: string }
	/** The row of this license says other counts than its audit. */
	| { n: number; why: 'counts'; license: string; counted: SeatCounts; kept: SeatCounts };

export type AuditCheck = { head: AuditHead; ledger: CountedLedger };

export function startAuditCheck(): AuditCheck {
	return { head: emptyHead, ledger: emptyLedger() };
}

/** Takes the next page, and moves `check` on. @returns The first break of chain or ledger. */
export function checkPage(
	check: AuditCheck,
	entries: readonly AuditEntry[],
	sha256: HashText
): AuditFinding | undefined {
	const chain = checkChain(entries, sha256, check.head);
	const sound = chain ? entries.filter(({ n }) => n < chain.n) : entries;
	const seats = checkLedger(sound, check.ledger);
	const last = entries.at(-1);
	if (last) check.head = { n: last.n, hash: last.hash };
	return seats ?? chain;
}

/** Compares what was counted with what the ledger keeps. */
export function checkEnd(
	{ head, ledger }: AuditCheck,
	end: {
		head: AuditHead;
		licenses: readonly { id: string; seats: number; counts: SeatCounts }[];
	}
): AuditFinding | undefined {
	if (end.head.n !== head.n || end.head.hash !== head.hash) return { n: head.n, why: 'head' };
	for (const { id, seats, counts: kept } of end.licenses) {
		const known = ledger.licenses.get(id);
		const counted = known?.counts ?? { active: 0, reserved: 0, cooling: 0 };
		const states = ['active', 'reserved', 'cooling'] as const;
		if (known?.seats !== seats || states.some((state) => counted[state] !== kept[state]))
			return { n: head.n, why: 'counts', license: id, counted, kept };
	}
	return undefined;
}

/** A row that holds seats, or held one, as the ledger keeps it. */
export type KeptRow = {
	/** `act`, or the id of an allotment. */
	id: string;
	license: string;
	/** When it changed last. */
	revision: number;
} & (
	| { kind: 'activation'; state: ActivationState; gen: number }
	| { kind: 'allotment'; reserved: number }
);

/**
 * Compares the next rows of the ledger, and moves `check` on: what was compared is forgotten. Rows that
 * changed after the end of the audit that was checked are let through, as far as the ledger itself has
 * come; nobody can tell of them yet.
 *
 * @param end - The customer's revision where the audit that was checked ends, and by now.
 */
export function checkRows(
	{ head, ledger }: AuditCheck,
	rows: readonly KeptRow[],
	end: { checked: number; now: number }
): AuditFinding | undefined {
	for (const row of rows) {
		const counted = countedRow(ledger, row);
		(row.kind === 'activation' ? ledger.seats : ledger.blocks).delete(row.id);
		if (row.revision > end.checked && row.revision <= end.now) continue;
		const kept = wordsOf(row);
		if (counted !== kept) return { n: head.n, why: 'row', row: row.id, counted, kept };
	}
	return undefined;
}

/** Once all rows were compared: what the audit tells of and nobody has kept. */
export function checkRowsEnd({ head, ledger }: AuditCheck): AuditFinding | undefined {
	const [missing] = [...ledger.seats.keys(), ...ledger.blocks.keys()];
	return missing === undefined ? undefined : { n: head.n, why: 'row', row: missing };
}

function countedRow({ seats, blocks }: CountedLedger, row: KeptRow): string | undefined {
	if (row.kind === 'allotment') {
		const block = blocks.get(row.id);
		return block && `${block.license} reserved ${block.reserved}`;
	}
	const seat = seats.get(row.id);
	return seat && seatWords(seat);
}

function wordsOf(row: KeptRow): string {
	if (row.kind === 'allotment') return `${row.license} reserved ${row.reserved}`;
	const { license, state, gen } = row;
	const isLeft = state === 'returned' || state === 'retired';
	return seatWords({ license, state: isLeft ? 'left' : state, gen });
}

/** What holds no file of its own any more has no generation that anybody tells of. */
function seatWords(seat: { license: string; state: string; gen: number }): string {
	const { license, state, gen } = seat;
	return state === 'active' ? `${license} active, generation ${gen}` : `${license} ${state}`;
}
