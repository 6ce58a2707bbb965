import { isRefusal } from '#lib/domain/refusal.ts';
import { expect, test } from 'vitest';
import { holdSlots } from './held-slots.ts';

test('[DB3] slots are those of all workers, and whoever ends holds none', async () => {
	const slots = holdSlots();
	const take = async (worker: number) => {
		const slot = await slots.take(worker, 'upload', '192.0.2.7');
		return isRefusal(slot) ? slot.refused : slot;
	};
	const held = [await take(1), await take(1), await take(2), await take(3)];
	expect(held.every((slot) => typeof slot === 'number')).toBe(true);
	expect(await take(2)).toBe('HUB_BUSY');
	slots.lost(1);
	slots.free(held[0] as number);
	expect([await take(2), await take(3)].includes('HUB_BUSY')).toBe(false);
	expect(await take(3)).toBe('HUB_BUSY');
	slots.free(held[2] as number);
	expect(await take(3)).not.toBe('HUB_BUSY');
});
