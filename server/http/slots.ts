/**
 * How many do something at once that takes long, in all and of one address.
 *
 * @module
 */
import { refuse, type Refusal } from '#lib/domain/refusal.ts';

/** What takes long. */
export type SlotKind = 'download' | 'upload';

/** An office has one address. Uploads each hold the disk: more at once are no faster. */
const LIMITS: Record<SlotKind, { total: number; perAddress: number }> = {
	download: { total: 256, perAddress: 32 },
	upload: { total: 4, perAddress: 4 }
};

/** What whoever finds no slot is told to wait. */
const BUSY_SECONDS = 10;

export type Places = {
	/** @returns What gives the slot back, as often as it is called. */
	take(kind: SlotKind, address: string): Promise<(() => void) | Refusal<'HUB_BUSY'>>;
};

export function makeSlots(): Places {
	const places = { download: placesOf(LIMITS.download), upload: placesOf(LIMITS.upload) };
	return { take: async (kind, address) => places[kind](address) };
}

function placesOf({ total, perAddress }: { total: number; perAddress: number }) {
	const held = new Map<string, number>();
	let all = 0;
	return (address: string): (() => void) | Refusal<'HUB_BUSY'> => {
		const own = held.get(address) ?? 0;
		if (all >= total || own >= perAddress)
			return refuse('HUB_BUSY', { retryAfterSeconds: BUSY_SECONDS });
		all += 1;
		held.set(address, own + 1);
		let isHeld = true;
		return () => {
			if (!isHeld) return;
			isHeld = false;
			all -= 1;
			const left = held.get(address)! - 1;
			if (left === 0) held.delete(address);
			else held.set(address, left);
		};
	};
}
