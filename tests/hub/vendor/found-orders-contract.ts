/**
 * How the vendor's people find orders, and what they change of them. [OR1]
 *
 * @module
 */
import { describe, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { changeOrderAddress } from '#server/operations/orders/change-address.ts';
import { findOrder, listOrders } from '#server/operations/orders/list-orders.ts';
import { joinByAddress } from '#server/operations/orders/join-by-address.ts';
import { listLicenses } from '#server/operations/licenses/list-licenses.ts';
import { moveLicense } from '#server/operations/licenses/move-license.ts';
import type { Ordering } from '../../fixtures/ordering.ts';

export function foundOrdersContract({
	made,
	address,
	addPerson,
	roleAt,
	mailsSent,
	send,
	line,
	paid,
	done,
	licenseOf,
	customerOf,
	newCustomer
}: Ordering): void {
	describe('staff', () => {
		test('[OR1] find an order by purchase ID, address and number, what has failed first', async () => {
			const order = paid();
			const { id, address: email } = order.data;
			const { number } = (await done(send(order))).licenses[0]!;
			const slug = `none-${uuidv7()}`;
			const wrong = paid({ address: email, lines: [{ ...line, product: slug }] });
			await send(wrong);
			const found = async (search: string) =>
				(await listOrders(made.hub, { search })).orders.map(({ purchase, state }) => ({
					purchase,
					state
				}));
			const good = { purchase: id, state: 'done' };
			expect(await found(id)).toEqual([good]);
			expect(await found(number)).toEqual([good]);
			expect(await found(email)).toEqual([{ purchase: wrong.data.id, state: 'failed' }, good]);
			expect(await found(slug)).toEqual([{ purchase: wrong.data.id, state: 'failed' }]);
			const page = { search: email, limit: 1 };
			const first = await listOrders(made.hub, page);
			expect(first.orders).toMatchObject([{ purchase: wrong.data.id }]);
			const second = await listOrders(made.hub, { ...page, after: first.next });
			expect(second).toMatchObject({ orders: [{ purchase: id }] });
			expect(second.next).toBeUndefined();
			expect((await listOrders(made.hub, { ...page, state: 'done' })).orders).toEqual(
				second.orders
			);
			const event = first.orders[0]!.id;
			expect(await findOrder(made.hub, event)).toMatchObject({ said: JSON.stringify(wrong) });
		});

		test('[OR1] find the license of a purchase, which names its line, and not once it has moved', async () => {
			const order = paid();
			const { id } = order.data;
			const { number } = (await done(send(order))).licenses[0]!;
			const staff = { userId: uuidv7(), vendor: 'staff' as const, roles: new Map() };
			const found = async (search: string) =>
				(await listLicenses(made.hub, { search }, staff)).licenses;
			expect(await found(id.slice(2))).toMatchObject([{ number, purchase: id, purchaseLine: '1' }]);
			const { customerId, licenseId } = await licenseOf(number);
			const to = await newCustomer();
			const stranger = { userId: uuidv7(), roles: new Map([[to, 'owner' as const]]) };
			expect((await listLicenses(made.hub, { search: id }, stranger)).licenses).toEqual([]);
			const at = { customerId, licenseId };
			const moved = await moveLicense(made.hub, at, to, uuidv7());
			if (isRefusal(moved)) throw new Error(moved.refused);
			expect(await found(id)).toEqual([]);
			const after = await licenseOf(moved.number);
			expect([after.purchase, after.purchaseLine]).toEqual([null, null]);
		});

		test('[OR1] change the address on it: the old one is told, the new one leads there', async () => {
			const order = paid();
			const { id, address: before } = order.data;
			await done(send(order));
			const after = address();
			const userId = await addPerson(after);
			await mailsSent();
			await changeOrderAddress(made.hub, { purchase: id, address: after }, 'staff');
			const customerId = (await customerOf(id))!;
			expect(await roleAt(customerId, userId)).toBe('owner');
			const mails = await mailsSent();
			expect(mails.map(({ to }) => to)).toEqual([before]);
			expect(mails[0]!.text).not.toContain(after);
			const leaver = await addPerson(before);
			expect(await joinByAddress(made.hub, leaver)).toEqual([]);
		});
	});
}
