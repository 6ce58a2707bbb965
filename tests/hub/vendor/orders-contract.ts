/**
 * What a hub promises about orders of a store, whatever it keeps its tables in.
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { OrderResult } from '#lib/domain/vendor/order.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Role } from '#lib/domain/access.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { customers, products } from '#server/db/schema/catalog.ts';
import { audit } from '#server/db/schema/hub.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { orderEvents, purchases } from '#server/db/schema/orders.ts';
import { member, user } from '#server/db/schema/people.ts';
import { sendMail } from '#server/jobs/send-mail.ts';
import type { OutgoingMail } from '#server/mail/transport.ts';
import { changeOrderAddress } from '#server/operations/orders/change-address.ts';
import { findOrder, listOrders } from '#server/operations/orders/list-orders.ts';
import { joinByAddress } from '#server/operations/orders/join-by-address.ts';
import { mayEnter } from '#server/operations/people/send-code.ts';
import { listLicenses } from '#server/operations/licenses/list-licenses.ts';
import { moveLicense } from '#server/operations/licenses/move-license.ts';
import { resumeLicense } from '#server/operations/licenses/suspend-license.ts';
import { receiveEvent, replayEvent } from '#server/operations/orders/receive-event.ts';
import { removeMember } from '#server/operations/people/remove-member.ts';
import { customerCalled } from '../../fixtures/hub.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

export function ordersContract(name: string, makeStore: MakeStore): void {
	describe(`orders on ${name}`, () => {
		const { made, store } = openHub(makeStore);

		const address = () => `${uuidv7()}@example.com`;
		const addPerson = async (email: string, emailVerified = true) => {
			const id = uuidv7();
			await store.db.insert(user).values({ id, name: 'Nora New', email, emailVerified });
			return id;
		};
		const addMember = async (organizationId: string, role: Role) => {
			const email = address();
			const userId = await addPerson(email);
			await store.db.insert(member).values({ id: uuidv7(), organizationId, userId, role });
			return { userId, email, asker: { userId, roles: new Map([[organizationId, role]]) } };
		};
		const addPurchase = async (customerId: string, email: string) => {
			const id = `P-${uuidv7()}`;
			const placedAt = made.clock.now;
			const row = { id, customerId, address: email, language: 'en' as const, placedAt };
			await store.db.insert(purchases).values(row);
			return id;
		};
		const roleAt = async (organizationId: string, userId: string) => {
			const own = and(eq(member.organizationId, organizationId), eq(member.userId, userId));
			const [found] = await store.db.select().from(member).where(own);
			return found?.role;
		};
		const revisionOf = async (customerId: string) => {
			const own = eq(customers.customerId, customerId);
			const [row] = await store.db.select().from(customers).where(own);
			return row!.revision;
		};
		const mailsSent = async () => {
			const sent: OutgoingMail[] = [];
			await sendMail(made.hub, {
				send: (mail) => {
					sent.push(mail);
					return Promise.resolve();
				}
			});
			return sent;
		};
		let events = 0;
		const send = (event: object, id = `msg_${++events}`) =>
			receiveEvent(made.hub, { id, body: JSON.stringify(event) });
		const line = { id: '1', product: 'atlas', seats: 3, versions: { from: 8, to: 9 } };
		const paid = (changes: object = {}) => ({
			type: 'order.paid',
			data: { id: `P-${uuidv7()}`, address: address(), lines: [line], ...changes }
		});
		const done = async (answer: Promise<OrderResult | Refusal>): Promise<OrderResult> => {
			const result = await answer;
			if (isRefusal(result)) throw new Error(JSON.stringify(result));
			return result;
		};
		const licenseOf = async (number: string) => {
			const own = eq(licenses.number, number);
			return (await store.db.select().from(licenses).where(own))[0]!;
		};
		const customerOf = async (id: string) => {
			const [row] = await store.db.select().from(purchases).where(eq(purchases.id, id));
			return row?.customerId;
		};
		const licensesOf = async (purchase: string) =>
			store.db.select().from(licenses).where(eq(licenses.purchase, purchase));
		const eventOf = async (id: string) =>
			(await store.db.select().from(orderEvents).where(eq(orderEvents.id, id)))[0];
		const newCustomer = () => customerCalled(made.hub, `Example ${uuidv7()}`);

		describe('whoever proves the address on a purchase', () => {
			test('[P1] owns its customer where nobody does, in one audited transaction', async () => {
				const [customerId, email] = [await newCustomer(), address()];
				const purchase = await addPurchase(customerId, email);
				const userId = await addPerson(email);
				const before = await revisionOf(customerId);
				expect(await joinByAddress(made.hub, userId)).toEqual([customerId]);
				expect(await roleAt(customerId, userId)).toBe('owner');
				expect(await revisionOf(customerId)).toBe(before + 1);
				const rows = await store.db.select().from(audit).where(eq(audit.customerId, customerId));
				expect(rows.at(-1)).toMatchObject({
					actor: userId,
					action: 'person.joined',
					facts: { role: 'owner', purchase }
				});
				expect(JSON.stringify(rows)).not.toContain(email);
			});

			test('[P1] joins every customer of the address, once, also in two sessions at once', async () => {
				const email = address();
				const ids = [await newCustomer(), await newCustomer()];
				for (const id of [...ids, ids[0]!]) await addPurchase(id, email);
				const userId = await addPerson(email);
				const both = await Promise.all([
					joinByAddress(made.hub, userId),
					joinByAddress(made.hub, userId)
				]);
				expect(both.flat().sort()).toEqual([...ids].sort());
				expect(await joinByAddress(made.hub, userId)).toEqual([]);
			});

			test('[P1] joins nothing by an address that is not proven', async () => {
				const [customerId, email] = [await newCustomer(), address()];
				await addPurchase(customerId, email);
				const userId = await addPerson(email, false);
				expect(await joinByAddress(made.hub, userId)).toEqual([]);
				expect(await roleAt(customerId, userId)).toBeUndefined();
			});

			test('[P1] is a technician where there is an owner, who is told how to undo it', async () => {
				const [customerId, email] = [await newCustomer(), address()];
				const owner = await addMember(customerId, 'owner');
				await addMember(customerId, 'manager');
				const purchase = await addPurchase(customerId, email);
				const userId = await addPerson(email);
				await mailsSent();
				await joinByAddress(made.hub, userId);
				expect(await roleAt(customerId, userId)).toBe('technician');
				const mails = await mailsSent();
				expect(mails.map(({ to }) => to)).toEqual([owner.email]);
				for (const part of [email, purchase, `${made.hub.address}/#/settings/people`])
					expect(mails[0]!.text).toContain(part);
			});

			test('[P1] stays what they are where they are a member already', async () => {
				const customerId = await newCustomer();
				await addMember(customerId, 'owner');
				const viewer = await addMember(customerId, 'viewer');
				await addPurchase(customerId, viewer.email);
				expect(await joinByAddress(made.hub, viewer.userId)).toEqual([]);
				expect(await roleAt(customerId, viewer.userId)).toBe('viewer');
			});

			test('[P1] does not come back by the same purchase once removed, and does by another', async () => {
				const [customerId, email] = [await newCustomer(), address()];
				const owner = await addMember(customerId, 'owner');
				await addPurchase(customerId, email);
				const userId = await addPerson(email);
				await joinByAddress(made.hub, userId);
				const which = { organizationId: customerId, userId };
				expect(isRefusal(await removeMember(made.hub, which, owner.asker))).toBe(false);
				expect(await joinByAddress(made.hub, userId)).toEqual([]);
				expect(await roleAt(customerId, userId)).toBeUndefined();
				await addPurchase(customerId, email);
				expect(await joinByAddress(made.hub, userId)).toEqual([customerId]);
			});

			test('[P1] is mailed a code to sign in, however closed sign-up is', async () => {
				const email = address();
				const enters = () => store.db.transaction((tx) => mayEnter(tx, email, made.clock.now));
				expect(await enters()).toBe(false);
				await addPurchase(await newCustomer(), email);
				expect(await enters()).toBe(true);
			});
		});

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
				expect(await found(id.slice(2))).toMatchObject([
					{ number, purchase: id, purchaseLine: '1' }
				]);
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
	});
}
