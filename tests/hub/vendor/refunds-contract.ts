/**
 * What a refund takes back. [OR1]
 *
 * @module
 */
import { describe, expect, test } from 'vitest';
import { refuse } from '#lib/domain/refusal.ts';
import { moveLicense } from '#server/operations/licenses/move-license.ts';
import { resumeLicense } from '#server/operations/licenses/suspend-license.ts';
import type { Ordering } from '../../fixtures/ordering.ts';

export function refundsContract({
	made,
	send,
	line,
	paid,
	done,
	licenseOf,
	eventOf,
	newCustomer
}: Ordering): void {
	describe('a refund', () => {
		const refund = (id: string, lines?: string[]) => ({
			type: 'order.refunded',
			data: { id, lines }
		});

		test('[OR1] suspends what the purchase made, once, and destroys nothing', async () => {
			const order = paid({ lines: [line, { ...line, id: '2' }] });
			const { id } = order.data;
			const { licenses: two } = await done(send(order));
			const { licenses: after } = await done(send(refund(id, ['2'])));
			expect(after.map(({ refundedAt }) => refundedAt !== undefined)).toEqual([false, true]);
			const second = await licenseOf(two[1]!.number);
			expect(second.suspendedAt).toBe(made.clock.now);
			expect((await licenseOf(two[0]!.number)).suspendedAt).toBeNull();
			const which = { customerId: second.customerId, licenseId: second.licenseId };
			await resumeLicense(made.hub, which);
			await done(send(refund(id, ['2'])));
			await done(send(order));
			expect((await licenseOf(second.number)).suspendedAt).toBeNull();
		});

		test('[OR1] that comes before its order is kept, and carried out with it', async () => {
			const order = paid();
			const { id } = order.data;
			expect(await send(refund(id), `msg_${id}`)).toEqual(
				refuse('ORDER_UNKNOWN', { purchase: id })
			);
			const { licenses: made1 } = await done(send(order));
			expect(made1[0]!.refundedAt).toBe(made.clock.now);
			expect((await licenseOf(made1[0]!.number)).suspendedAt).toBe(made.clock.now);
			expect(await eventOf(`msg_${id}`)).toMatchObject({ state: 'done', code: null });
		});

		test('[OR1] of a line that there is not, or of a license that has moved away, is left to people', async () => {
			const order = paid();
			const { id } = order.data;
			const { number } = (await done(send(order))).licenses[0]!;
			expect(await send(refund(id, ['9']))).toEqual(
				refuse('ORDER_UNKNOWN', { purchase: id, line: '9' })
			);
			const { customerId, licenseId } = await licenseOf(number);
			await moveLicense(made.hub, { customerId, licenseId }, await newCustomer(), 'staff');
			expect(await send(refund(id))).toEqual(
				refuse('ORDER_LICENSE_UNKNOWN', { purchase: id, number })
			);
			expect((await licenseOf(number)).suspendedAt).toBeNull();
		});
	});
}
