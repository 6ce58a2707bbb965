/**
 * What the import table shows of one thing that came in.
 *
 * @module
 */
import type { Comparison, Fingerprint } from '#lib/domain/machines/machine.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import type { LabelsTexts } from '#lib/messages/en/labels.ts';
import type { ChipState } from '#lib/ui/base/chip.ts';

export type ImportRow = {
	id: string;
	/** Where it came from. */
	source: string;
	chip: ChipState;
	kind: keyof LabelsTexts['kind'];
	summary?: {
		product?: string;
		number?: string;
		label?: string;
		name?: string;
		organization?: string;
		version?: string;
		madeAt?: number;
		expiresAt?: number;
		fingerprint?: Fingerprint;
		refusal?: Refusal;
		heldByDesk?: boolean;
		hub?: string;
	};
	/** Why it is not acceptable. */
	refusal?: Refusal;
	/** Why the server said no to it. */
	answered?: Refusal;
	verified?: boolean;
	/** Label of the request here that it answers. */
	answers?: string;
	/** What became of the seat, where it is a return that the hub has recorded, or its receipt. */
	freed?: true | number;
	/** When it, or the answer to it, was saved to be carried back. */
	savedAt?: number;
	/** Whether it is for the machine that is asked about. */
	machine?: Comparison;
};
