/**
 * The catalog and the customers, as the vendor's people keep them.
 *
 * @module
 */
import { describe, expect, test } from 'vitest';
import { VENDOR_ID } from '#lib/domain/access.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { addCustomer } from '#server/operations/catalog/add-customer.ts';
import { changeCustomer } from '#server/operations/catalog/change-customer.ts';
import { keepCustomer } from '#server/operations/catalog/keep-customer.ts';
import { listCustomers, type AfterCustomer } from '#server/operations/catalog/list-customers.ts';
import { listProducts } from '#server/operations/catalog/list-products.ts';
import { addProduct, changeProduct } from '#server/operations/catalog/save-product.ts';
import { listLicenses } from '#server/operations/licenses/list-licenses.ts';
import { auditPage } from '#server/operations/audit/audit-pages.ts';
import { pull } from '#server/operations/pull/pull.ts';
import { user } from '#server/db/schema/people.ts';
import { askFor, makeLicense, makeMachine } from '../../fixtures/hub.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

const contact = 'licensing@example.com';

export function catalogContract(name: string, makeStore: MakeStore): void {
	describe(`the catalog on ${name}`, () => {
		const { made, store } = openHub(makeStore);

		const actionsOf = async (customerId: string) => {
			const { entries } = await auditPage(store.db, { customerId, after: 0 });
			return entries.map(({ action, subject, actor }) => [action, subject, actor].join(' '));
		};

		test('a product is added once, changed, archived and listed', async () => {
			const slug = `p-${uuidv7()}`;
			const product = { slug, title: 'Beacon', contact, storeUrl: 'https://example.com/store' };
			expect(await addProduct(made.hub, product, 'ada')).toBeUndefined();
			expect(await addProduct(made.hub, product, 'ada')).toMatchObject({ refused: 'NAME_TAKEN' });
			const entitlements = [{ code: 'export', title: 'Export' }];
			const change = { slug, entitlements, storeUrl: null };
			expect(await changeProduct(made.hub, change, 'ada')).toBeUndefined();
			const find = async () => (await listProducts(made.hub)).find((each) => each.slug === slug);
			expect(await find()).toMatchObject({ title: 'Beacon', entitlements, storeUrl: undefined });
			await changeProduct(made.hub, { slug, archived: true }, 'ada');
			expect((await find())?.archivedAt).toBe(made.clock.now);
			await changeProduct(made.hub, { slug, archived: false }, 'ada');
			expect((await find())?.archivedAt).toBeUndefined();
			const unknown = await changeProduct(made.hub, { slug: 'nothing', title: 'x' }, 'ada');
			expect(unknown).toMatchObject({ refused: 'NOT_FOUND' });
			const audited = await actionsOf(VENDOR_ID);
			expect(audited.filter((each) => each.includes(slug))).toEqual([
				`product.added ${slug} ada`,
				...Array(3).fill(`product.changed ${slug} ada`)
			]);
		});

		test('nothing new is issued of what is archived, or to whom', async () => {
			const slug = `p-${uuidv7()}`;
			await addProduct(made.hub, { slug, title: 'Beacon', contact }, 'ada');
			await changeProduct(made.hub, { slug, archived: true }, 'ada');
			await expect(makeLicense(made, { product: slug })).rejects.toThrow('ARCHIVED');
			const { customerId } = await makeLicense(made);
			await changeCustomer(made.hub, { customerId, archived: true }, 'ada');
			await expect(makeLicense(made, { customerId })).rejects.toThrow('ARCHIVED');
			await changeCustomer(made.hub, { customerId, archived: false }, 'ada');
			await makeLicense(made, { customerId });
		});

		test('[SY4] a customer that is renamed is read anew by every desk that mirrors it', async () => {
			const license = await makeLicense(made);
			const { customerId, manager } = license;
			const before = await pull(made.hub, undefined, manager);
			const name = `Renamed ${uuidv7()}`;
			expect(await changeCustomer(made.hub, { customerId, name }, 'ada')).toBeUndefined();
			const after = await pull(made.hub, before.cursor, manager);
			expect(after.reset).toEqual([customerId]);
			expect(after.licenses.map((row) => row.customer)).toEqual([name]);
			const noted = await changeCustomer(made.hub, { customerId, note: 'pays late' }, 'ada');
			expect(noted).toBeUndefined();
			expect((await pull(made.hub, after.cursor, manager)).reset).toEqual([]);
			const other = await makeLicense(made);
			const taken = await changeCustomer(made.hub, { customerId: other.customerId, name }, 'ada');
			expect(taken).toMatchObject({ refused: 'NAME_TAKEN', facts: { id: customerId } });
			expect(await addCustomer(made.hub, { name }, 'ada')).toMatchObject({ refused: 'NAME_TAKEN' });
		});

		test('the vendor is no customer: not listed, not renamed', async () => {
			const change = { customerId: VENDOR_ID, name: 'Somebody' };
			expect(await changeCustomer(made.hub, change, 'ada')).toMatchObject({ refused: 'NOT_FOUND' });
			const { customers } = await listCustomers(made.hub, { search: made.hub.iss });
			expect(customers).toEqual([]);
		});

		test('customers are listed by name in pages, and found by a part of it', async () => {
			const mark = `M${Date.now()}`;
			const names = ['b', 'a%', 'c_', 'a', 'd'].map((letter) => `${mark} ${letter}`);
			for (const each of names) await addCustomer(made.hub, { name: each }, 'ada');
			const seen: string[] = [];
			let after: AfterCustomer | undefined;
			do {
				const page = await listCustomers(made.hub, { search: mark.toLowerCase(), after, limit: 2 });
				expect(page.customers.length).toBeLessThanOrEqual(2);
				seen.push(...page.customers.map((row) => row.name));
				after = page.next;
			} while (after);
			expect(new Set(seen)).toEqual(new Set(names));
			expect(seen).toHaveLength(names.length);
			const exact = await listCustomers(made.hub, { search: `${mark} a%` });
			expect(exact.customers.map((row) => row.name)).toEqual([`${mark} a%`]);
			const named = await listCustomers(made.hub, { name: `${mark} A` });
			expect(named.customers.map((row) => row.name)).toEqual([`${mark} a`]);
		});

		test('each customer is listed with as many licenses as are its own', async () => {
			const { customerId: one } = await makeLicense(made);
			const { customerId: two } = await makeLicense(made);
			await makeLicense(made, { customerId: two });
			const count = async (id: string) => {
				const { customers } = await listCustomers(made.hub, { id });
				return customers.map(({ licenses }) => licenses);
			};
			expect([await count(one), await count(two)]).toEqual([[1], [2]]);
		});

		test('licenses come in pages, and are found by number, product or customer', async () => {
			const license = await makeLicense(made);
			for (let n = 0; n < 4; n++) await makeLicense(made, { customerId: license.customerId });
			const { customerId, number } = license;
			const staff = { userId: uuidv7(), vendor: 'staff' as const, roles: new Map() };
			const ids: string[] = [];
			let after: string | undefined;
			do {
				const page = await listLicenses(made.hub, { customerId, after, limit: 2 }, staff);
				ids.push(...page.licenses.map(({ id }) => id));
				after = page.next;
			} while (after !== undefined);
			expect(ids).toHaveLength(5);
			expect([...ids].sort()).toEqual(ids);
			const found = await listLicenses(made.hub, { search: number.slice(3) }, staff);
			expect(found.licenses.map((row) => row.number)).toEqual([number]);
			const nobody = await listLicenses(
				made.hub,
				{ customerId },
				{ userId: uuidv7(), roles: new Map([[uuidv7(), 'owner' as const]]) }
			);
			expect(nobody.licenses).toEqual([]);
		});

		test('[SY4] a staff desk that keeps three customers pulls no more than a member of them would', async () => {
			const licenses = [];
			for (let n = 0; n < 5; n++) {
				const license = await makeLicense(made);
				await activate(made.hub, await askFor(license, await makeMachine()));
				licenses.push(license);
			}
			const id = uuidv7();
			await store.db.insert(user).values({ id, name: 'Stella', email: `${id}@example.com` });
			const kept = licenses.slice(0, 3).map(({ customerId }) => customerId);
			for (const customerId of kept) await keepCustomer(made.hub, { customerId, keep: true }, id);
			const staff = { userId: id, vendor: 'staff' as const, roles: new Map() };
			const roles = new Map(kept.map((customerId) => [customerId, 'manager' as const]));
			const [own, members] = [
				await pull(made.hub, undefined, staff),
				await pull(made.hub, undefined, { userId: uuidv7(), roles })
			];
			const counted = (page: typeof own) =>
				Object.fromEntries(
					Object.entries(page).flatMap(([rows, all]) =>
						Array.isArray(all) ? [[rows, all.length]] : []
					)
				);
			expect(counted(own)).toEqual(counted(members));
			expect(counted(own)).toMatchObject({ licenses: 3, activations: 3 });
			expect(Object.keys(own.cursor.customers).sort()).toEqual([...kept].sort());
		});

		test('one of the vendor’s people mirrors the customers they keep, and no other', async () => {
			const [one, two] = [await makeLicense(made), await makeLicense(made)];
			const id = uuidv7();
			await store.db.insert(user).values({ id, name: 'Stella', email: `${id}@example.com` });
			const staff = { userId: id, vendor: 'staff' as const, roles: new Map() };
			const none = await pull(made.hub, undefined, staff);
			expect(none).toMatchObject({ licenses: [], cursor: { customers: {} } });
			await keepCustomer(made.hub, { customerId: one.customerId, keep: true }, id);
			const kept = await pull(made.hub, none.cursor, staff);
			expect(kept.licenses.map((row) => row.number)).toEqual([one.number]);
			await keepCustomer(made.hub, { customerId: one.customerId, keep: false }, id);
			await keepCustomer(made.hub, { customerId: two.customerId, keep: true }, id);
			const changed = await pull(made.hub, kept.cursor, staff);
			expect(changed.gone).toEqual([one.customerId]);
			expect(changed.licenses.map((row) => row.number)).toEqual([two.number]);
			const unknown = await keepCustomer(made.hub, { customerId: uuidv7(), keep: true }, id);
			expect(isRefusal(unknown) && unknown.refused).toBe('NOT_FOUND');
		});
	});
}
