/**
 * Where a request stands: what this desk has asked and not yet heard of lies over what the hub said
 * last. Derived, never stored. [RE1, SY5]
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import type { AnswerRow } from '#lib/protocol/rows.ts';
import { WAITING_SECONDS } from '#lib/domain/seats/waiting.ts';
import { outranks } from '#lib/desk/files/newest-answers.ts';
import type { FileRow, FileSummary } from '#lib/desk/store/file-rows.ts';
import type { OutboxRow } from '#lib/desk/store/desk-rows.ts';

/**
 * A return that the hub has recorded is `granted`. `waiting`: refused, and to be granted by itself
 * once a seat is free.
 */
export type RequestState = 'draft' | 'queued' | 'granted' | 'refused' | 'waiting';

export type RequestStatus = {
	state: RequestState;
	/**
	 * Armoured text of the answer: an activation file, a receipt, or a refusal file. Absent where it has
	 * not come yet, though the mirror says that the request was granted.
	 */
	answer?: string;
	/** Why the hub, or the queue, said no. */
	refusal?: Refusal;
	/** When the hub's answer reached this desk, the desk's own time. */
	answeredAt?: Seconds;
	/** Of a return: its seat is free, or cools until then. */
	freed?: FileSummary['freed'];
	/** It waits for a seat until then at most, if none is free before. */
	waitingUntil?: Seconds;
	/** To wait, or not to wait any longer, was asked here and has not reached the hub. */
	unsent?: 'wait' | 'withdraw';
	/** It waited as long as a request may, and no seat became free. */
	waitedInVain?: boolean;
};

/** What is known of one request on this desk. */
export type Known = {
	/** Commands about it, in any order. */
	commands: readonly OutboxRow[];
	/** The hub's last word, as the mirror has it. */
	mirrored?: Pick<AnswerRow, 'state' | 'file' | 'waitingUntil'>;
	/** The mirror has a machine that was activated by it, whether or not its answer has come. */
	isGranted?: boolean;
	/** Files that answer it, in the order in which they came. */
	carried: readonly FileRow[];
	/** The desk's own time. */
	now: Seconds;
};

export function statusOf({ commands, mirrored, isGranted, carried, now }: Known): RequestStatus {
	const inOrder = [...commands].sort((a, b) => a.createdAt - b.createdAt || a.n - b.n);
	const asked = inOrder.findLast((row) => !isAboutWaiting(row));
	const about = inOrder.findLast(isAboutWaiting);
	// A seat once granted stays granted, whatever is asked again.
	const granted = carried
		.filter(({ kind }) => kind === 'activation' || kind === 'receipt')
		.reduce<FileRow | undefined>(
			(best, file) => (best && outranks(best, file) ? best : file),
			undefined
		);
	const contested = carried.findLast(
		({ summary }) => summary.refusal?.refused === 'SLOT_CONTESTED'
	);
	// What another copy of this desk drew first outweighs the draw, but no file of the hub's own.
	if (granted && !(contested && granted.summary.allotment !== undefined)) {
		const { text: answer, storedAt: answeredAt, summary } = granted;
		return { state: 'granted', answer, answeredAt, freed: summary.freed };
	}
	if (mirrored?.state === 'granted') return { state: 'granted', answer: mirrored.file };
	// Pages of a pull bring machines before answers.
	if (isGranted) return { state: 'granted' };
	if (asked?.state === 'waiting') return { state: 'queued' };

	const refused = refusalOf(asked, carried);
	if (about?.state === 'waiting') {
		const unsent = about.type === 'request.wait' ? 'wait' : 'withdraw';
		const state = unsent === 'wait' ? 'waiting' : 'refused';
		return { ...refused, state, unsent, answer: refused?.answer ?? mirrored?.file };
	}
	if (mirrored?.state === 'waiting') {
		const { file, waitingUntil } = mirrored;
		return { ...refused, state: 'waiting', answer: refused?.answer ?? file, waitingUntil };
	}
	// A "no" to waiting is the newer word: the license was suspended meanwhile, for one.
	const refusal = about?.result?.refusal;
	if (refusal) {
		const { settledAt: answeredAt, result } = about;
		return { state: 'refused', refusal, answer: result?.file ?? refused?.answer, answeredAt };
	}
	if (refused) return { ...refused, state: 'refused', ...inVain(about, now) };
	if (asked?.result?.file)
		return { state: 'granted', answer: asked.result.file, answeredAt: asked.settledAt };
	if (mirrored) return { state: 'refused', answer: mirrored.file };
	return { state: 'draft' };
}

/** To wait for a seat, or no longer. */
export function isAboutWaiting({ type }: OutboxRow): boolean {
	return type === 'request.wait' || type === 'request.withdraw';
}

/** The newest "no" that this desk heard. */
function refusalOf(
	asked: OutboxRow | undefined,
	carried: readonly FileRow[]
): Pick<RequestStatus, 'refusal' | 'answer' | 'answeredAt'> | undefined {
	const file = carried.findLast(({ kind }) => kind === 'refusal');
	const { result, settledAt = 0 } = asked ?? {};
	// Who waited for a seat hears another "no" later: the license has moved meanwhile, for one.
	if (result?.refusal && !(file && file.storedAt > settledAt))
		return { refusal: result.refusal, answer: result.file, answeredAt: asked?.settledAt };
	if (result?.file && !result.refusal) return undefined;
	return file && { refusal: file.summary.refusal, answer: file.text, answeredAt: file.storedAt };
}

function inVain(about: OutboxRow | undefined, now: Seconds): Pick<RequestStatus, 'waitedInVain'> {
	const isOver =
		about?.type === 'request.wait' && now - (about.settledAt ?? now) >= WAITING_SECONDS;
	return isOver ? { waitedInVain: true } : {};
}
