/**
 * What becomes of an order that is paid. [OR1]
 *
 * @module
 */
import { describe, expect, test } from 'vitest';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { products } from '#server/db/schema/catalog.ts';
import { joinByAddress } from '#server/operations/orders/join-by-address.ts';
import { replayEvent } from '#server/operations/orders/receive-event.ts';
import { customerCalled } from '../../fixtures/hub.ts';
import type { Ordering } from '../../fixtures/ordering.ts';

export function paidOrdersContract({
	made,
	store,
	address,
	addPerson,
	addMember,
	roleAt,
	mailsSent,
	send,
	line,
	paid,
	done,
	licenseOf,
	customerOf,
	licensesOf,
	eventOf,
	newCustomer
}: Ordering): void {
	describe('a paid order', () => {
		test('[OR1] makes a customer of an unknown address, its license, and a letter without a secret', async () => {
			await mailsSent();
			const order = paid({ name: `Example ${uuidv7()} GmbH`, language: 'de' });
			const { id, address: to } = order.data;
			const { licenses: made1 } = await done(send(order));
			expect(made1).toEqual([{ line: '1', number: made1[0]!.number, outcome: 'made' }]);
			const license = await licenseOf(made1[0]!.number);
			expect(license).toMatchObject({ seats: 3, purchase: id, product: 'atlas' });
			expect(license.customerId).toBe(await customerOf(id));
			const mails = await mailsSent();
			expect(mails).toMatchObject([{ to, subject: `Ihr Kauf ${id}` }]);
			expect(mails[0]!.text).toContain(license.number);
			expect(mails[0]!.text).not.toContain(
				made.hub.seal.open(license.sealedKey, license.licenseId)
			);
			const userId = await addPerson(to);
			await joinByAddress(made.hub, userId);
			expect(await roleAt(license.customerId, userId)).toBe('owner');
		});

		test('[OR1] the same address again gets its license at the same customer', async () => {
			const email = address();
			const [first, second] = [paid({ address: email }), paid({ address: email.toUpperCase() })];
			await done(send(first));
			await done(send(second));
			expect(await customerOf(second.data.id)).toBe(await customerOf(first.data.id));
		});

		test('[OR1] whoever owns exactly one customer gets the license there, and is a member by it', async () => {
			const customerId = await newCustomer();
			const owner = await addMember(customerId, 'owner');
			const order = paid({ address: owner.email });
			await done(send(order));
			expect(await customerOf(order.data.id)).toBe(customerId);
			await addMember(await newCustomer(), 'owner');
		});

		test('[OR1] a name that another customer has leads nobody to that customer', async () => {
			const name = `Example ${uuidv7()}`;
			const theirs = await customerCalled(made.hub, name);
			const order = paid({ name });
			await done(send(order));
			expect(await customerOf(order.data.id)).not.toBe(theirs);
		});

		test('[OR1] again, by its id or another one, a year later, or twice at once: one license', async () => {
			const order = paid();
			const results = await Promise.all([
				send(order, 'msg_one'),
				send(order, 'msg_one'),
				send(order)
			]);
			made.clock.now += 366 * 86_400;
			results.push(await send(order, 'msg_one'), await send(order));
			for (const each of results) expect(each).toEqual(results[0]);
			expect(isRefusal(results[0])).toBe(false);
			expect(await licensesOf(order.data.id)).toHaveLength(1);
		});

		test('[OR1] a line that names no entitlements has those that are in new licenses', async () => {
			const slug = `tide-${uuidv7()}`;
			const contact = 'licensing@example.com';
			const entitlements = [
				{ code: 'chart', title: 'Charts', included: true as const },
				{ code: 'export', title: 'Export' }
			];
			await store.db.insert(products).values({ slug, title: 'Tide', contact, entitlements });
			const own = { ...line, product: slug };
			const lines = [own, { ...own, id: '2', entitlements: ['export'] }];
			const more = { ...own, id: '3', entitlements: [] };
			const { licenses: bought } = await done(send(paid({ lines: [...lines, more] })));
			const had = await Promise.all(bought.map(({ number }) => licenseOf(number)));
			expect(had.map(({ terms }) => terms.ent)).toEqual([['chart'], ['export'], []]);
		});

		test('[OR1] two first orders of one address at once make one customer', async () => {
			const email = address();
			const orders = [paid({ address: email }), paid({ address: email })];
			await Promise.all(orders.map((each) => done(send(each))));
			expect(await customerOf(orders[0]!.data.id)).toBe(await customerOf(orders[1]!.data.id));
		});

		test('[OR1] other content under the same line or the same event is refused, and changes nothing', async () => {
			const order = paid();
			const { id } = order.data;
			await done(send(order, `msg_${id}`));
			const more = { ...order, data: { ...order.data, lines: [{ ...line, seats: 9 }] } };
			expect(await send(more)).toEqual(refuse('ORDER_CHANGED', { purchase: id, line: '1' }));
			expect(await send(more, `msg_${id}`)).toEqual(refuse('ORDER_CHANGED', { purchase: id }));
			expect((await licensesOf(id)).map(({ seats }) => seats)).toEqual([3]);
		});

		test('[OR1] a line that is new is carried out beside those that were', async () => {
			const order = paid();
			const { id } = order.data;
			await done(send(order));
			const lines = [line, { ...line, id: '2', seats: 1 }];
			const result = await done(send({ ...order, data: { ...order.data, lines } }));
			expect(result.licenses.map((each) => each.line)).toEqual(['1', '2']);
			expect(await licensesOf(id)).toHaveLength(2);
		});

		test('[OR1] extends from the end that there is, adds seats, and goes to nobody else', async () => {
			const email = address();
			const at = made.clock.now;
			const first = paid({ address: email, lines: [{ ...line, expiryDays: 30 }] });
			const { number } = (await done(send(first))).licenses[0]!;
			const lines = [
				{ id: 'a', extends: number, expiryDays: 365 },
				{ id: 'b', addsSeats: 4, to: number },
				{ id: 'c', addsSeats: 1, to: number.toLowerCase() }
			];
			const again = paid({ address: email, lines });
			expect((await done(send(again))).licenses.map(({ outcome }) => outcome)).toEqual([
				'extended',
				'added-seats',
				'added-seats'
			]);
			await done(send(again));
			const license = await licenseOf(number);
			expect(license.seats).toBe(8);
			expect(license.expiresAt).toBe(at + (30 + 365) * 86_400);
			const stranger = paid({ lines: [{ id: 'a', extends: number, expiryDays: 365 }] });
			const { id } = stranger.data;
			expect(await send(stranger)).toEqual(
				refuse('ORDER_LICENSE_UNKNOWN', { purchase: id, number })
			);
			expect(await customerOf(id)).toBeUndefined();
		});

		test('[OR1] what cannot be carried out leaves nothing behind, is kept, and can be replayed', async () => {
			const slug = `later-${uuidv7()}`;
			const order = paid({ lines: [line, { ...line, id: '2', product: slug }] });
			const { id } = order.data;
			expect(await send(order, `msg_${id}`)).toEqual(
				refuse('ORDER_PRODUCT_UNKNOWN', { purchase: id, product: slug })
			);
			expect(await customerOf(id)).toBeUndefined();
			expect(await licensesOf(id)).toEqual([]);
			expect(await eventOf(`msg_${id}`)).toMatchObject({
				state: 'failed',
				code: 'ORDER_PRODUCT_UNKNOWN',
				purchaseId: id,
				tries: 1
			});
			const contact = 'licensing@example.com';
			await store.db.insert(products).values({ slug, title: 'Later', contact, entitlements: [] });
			await done(replayEvent(made.hub, `msg_${id}`));
			expect(await licensesOf(id)).toHaveLength(2);
			expect(await eventOf(`msg_${id}`)).toMatchObject({ state: 'done', code: null, tries: 2 });
		});

		test('[OR1] what is no event is refused, and kept as it came', async () => {
			expect(await send({ type: 'order.shipped' }, 'msg_shipped')).toMatchObject({
				refused: 'BODY_INVALID'
			});
			expect(await eventOf('msg_shipped')).toMatchObject({ state: 'failed', purchaseId: null });
		});
	});
}
