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
import type { SeatCounts } from './seat.ts';

export type AuditFinding =
	| AuditBreak
	/** The ledger names another end: entries were cut off, or added past it. */
	| { n: number; why: 'head' }
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
