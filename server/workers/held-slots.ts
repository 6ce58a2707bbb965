/**
 * Slots that workers hold, as the process that leads keeps them: whoever ends gives all of its own back.
 *
 * @module
 */
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { makeSlots, type SlotKind } from '#server/http/slots.ts';

export type HeldSlots = {
	/** @returns The number by which the slot is given back. */
	take(worker: number, kind: SlotKind, address: string): Promise<number | Refusal<'HUB_BUSY'>>;
	free(slot: number): void;
	lost(worker: number): void;
};

export function holdSlots(): HeldSlots {
	const slots = makeSlots();
	const held = new Map<number, { worker: number; release: () => void }>();
	let last = 0;
	const free = (slot: number) => {
		held.get(slot)?.release();
		held.delete(slot);
	};
	return {
		take: async (worker, kind, address) => {
			const release = await slots.take(kind, address);
			if (isRefusal(release)) return release;
			held.set(++last, { worker, release });
			return last;
		},
		free,
		lost: (worker) => {
			for (const [slot, of] of held) if (of.worker === worker) free(slot);
		}
	};
}
