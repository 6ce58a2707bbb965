/**
 * How an allotment stands, as a chip: whether it can issue is one thing, whether it is over another.
 *
 * @module
 */
import type { AllotmentState } from '#lib/domain/seats/allotment.ts';
import type { Seconds } from '#lib/domain/time.ts';
import type { ChipState } from '#lib/ui/base/chip.ts';

/** Colours of the chip alone never tell: each has its own word. [P4] */
export function allotmentChip(
	{ state, issueUntil, left }: { state: AllotmentState; issueUntil: Seconds; left: number },
	now: Seconds
): ChipState {
	if (state === 'closed') return 'allotmentClosed';
	if (state === 'frozen') return 'allotmentEnded';
	if (state === 'expired') return 'allotmentOver';
	if (state === 'written-off') return 'writtenOff';
	if (issueUntil <= now) return 'issuingOver';
	return left > 0 ? 'issuing' : 'spent';
}
