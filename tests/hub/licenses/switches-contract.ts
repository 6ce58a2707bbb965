/**
 * Entitlements that a license's customer switches, whatever the hub keeps its ledger in.
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { Command, CommandArgs } from '#lib/protocol/commands.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { audit } from '#server/db/schema/hub.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { user } from '#server/db/schema/people.ts';
import type { Asker } from '#server/hub/hub.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { licenseHistory } from '#server/operations/audit/license-history.ts';
import { addProduct, changeProduct } from '#server/operations/catalog/save-product.ts';
import { moveLicense } from '#server/operations/licenses/move-license.ts';
import { renewLicense } from '#server/operations/licenses/renew-license.ts';
import { suspendLicense } from '#server/operations/licenses/suspend-license.ts';
import { upgradeLicense } from '#server/operations/licenses/upgrade-license.ts';
import { pull } from '#server/operations/pull/pull.ts';
import { hashOf } from '#server/operations/push/judge-commands.ts';
import { push } from '#server/operations/push/push.ts';
import {
	askFor,
	claimsOf,
	commandOf,
	customerCalled,
	makeLicense,
	makeMachine,
	type TestLicense
} from '../../fixtures/hub.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

const product = 'harbor';
const entitlements = ['backup', 'remote'];
const listed = [
	{ code: 'backup', title: 'Backup' },
	{ code: 'remote', title: 'Remote management', switch: true as const, since: '5.2' }
];

export function switchesContract(name: string, makeStore: MakeStore): void {
	describe(`switches at a hub on ${name}`, () => {
		const { made, store } = openHub(makeStore);
		beforeAll(async () => {
			const contact = 'licensing@example.com';
			const about = { slug: product, title: 'Harbor', contact, entitlements: listed };
			await addProduct(made.hub, { ...about, storeUrl: 'https://store.example.com/harbor' }, 'hub');
		});

		const person = async (
			{ customerId }: TestLicense,
			name: string,
			role: 'viewer' | 'technician' | 'manager' = 'manager'
		): Promise<Asker> => {
			const userId = uuidv7();
			await store.db.insert(user).values({ id: userId, name, email: `${userId}@example.com` });
			return { userId, roles: new Map([[customerId, role]]) };
		};
		const licensed = () => makeLicense(made, { product, entitlements, seats: 5 });
		const activated = async (license: TestLicense) => {
			const answer = await activate(made.hub, await askFor(license, await makeMachine()));
			if (isRefusal(answer)) throw new Error(answer.refused);
			return answer;
		};
		const send = async (asker: Asker | undefined, ...commands: Command[]) => {
			const reply = await push(made.hub, { outbox: commands[0]!.outbox, commands }, asker);
			if (isRefusal(reply)) throw new Error(reply.refused);
			return reply.results.toSorted((a, b) => a.n - b.n).map(({ refusal }) => refusal);
		};
		const seen = async ({ licenseId, manager }: TestLicense, asker = manager) => {
			const page = await pull(made.hub, undefined, asker);
			const row = page.licenses.find(({ id }) => id === licenseId)!;
			const files = page.answers
				.filter((answer) => answer.licenseId === licenseId && answer.state === 'granted')
				.map(({ file }) => claimsOf<'activation'>(file));
			return { row, files, key: row.key === undefined ? undefined : claimsOf<'license'>(row.key) };
		};
		const rowOf = async ({ customerId, licenseId }: TestLicense) => {
			const mine = and(eq(licenses.customerId, customerId), eq(licenses.licenseId, licenseId));
			return (await store.db.select().from(licenses).where(mine))[0]!;
		};

		test('[P7, O7] switched off, the key and the next file of each machine do not carry it', async () => {
			const license = await licensed();
			await activated(license);
			await activated(license);
			const before = await seen(license);
			expect(before.row).toMatchObject({
				entitlements,
				switches: [{ code: 'remote', title: 'Remote management', since: '5.2', isOn: true }],
				storeUrl: 'https://store.example.com/harbor'
			});
			const ada = await person(license, 'Ada');
			const off = toSwitch(license, { value: 'off', was: 'on' });
			expect(await send(ada, off)).toEqual([undefined]);
			const at = made.clock.now;
			const after = await seen(license);
			expect(after.row).toMatchObject({
				entitlements: ['backup'],
				switches: [{ isOn: false, changed: { value: 'off', by: 'Ada', at, id: off.id } }]
			});
			expect(after.key).toMatchObject({ ent: ['backup'], sec: license.sec });
			expect(after.files.map(({ gen, ent }) => [gen, ent])).toEqual([
				[2, ['backup']],
				[2, ['backup']]
			]);
			const rows = await store.db
				.select()
				.from(audit)
				.where(and(eq(audit.customerId, license.customerId), eq(audit.actor, ada.userId)));
			const { userId: actor } = ada;
			expect(rows.toSorted((a, b) => a.n - b.n)).toMatchObject([
				{
					action: 'license.allowed',
					actor,
					subject: license.licenseId,
					facts: { entitlement: 'remote', value: 'off' }
				},
				{ action: 'activation.renewed', actor },
				{ action: 'activation.renewed', actor }
			]);

			// Sent once more it is the same command; a machine that comes now gets what is on.
			expect(await send(ada, off)).toEqual([undefined]);
			expect((await seen(license)).row.revision).toBe(after.row.revision);
			await activated(license);
			expect((await seen(license)).files.map(({ ent }) => ent)).toEqual(Array(3).fill(['backup']));
			const on = toSwitch(license, { value: 'on', was: 'off', after: off.id });
			expect(await send(ada, on)).toEqual([undefined]);
			expect((await seen(license)).files.map(({ ent }) => ent)).toEqual(
				Array(3).fill(['backup', 'remote'])
			);
		});

		test('[P7, CH1] what somebody else has switched meanwhile is not replaced unseen', async () => {
			const license = await licensed();
			await activated(license);
			const [ada, bob] = [await person(license, 'Ada'), await person(license, 'Bob')];
			const first = toSwitch(license, { value: 'off', was: 'on' });
			await send(ada, first);
			made.clock.now += 60;
			const outbox = uuidv7();
			// Bob has seen it as issued: his `off` is done already, his `on` after it replaces his own.
			const [his, back] = [
				toSwitch(license, { value: 'off', was: 'on' }, { outbox }),
				toSwitch(license, { value: 'on', was: 'off', after: 'his' }, { outbox, n: 2 })
			];
			const facts = { mine: 'on', value: 'off', by: 'Ada', at: made.clock.now - 60, id: first.id };
			expect(await send(bob, his, back)).toEqual([
				undefined,
				{ refused: 'CHANGED_MEANWHILE', facts }
			]);
			const kept = toSwitch(
				license,
				{ value: 'on', was: 'off', after: first.id },
				{ outbox, n: 3 }
			);
			expect(await send(bob, kept)).toEqual([undefined]);
			expect((await seen(license)).row.switches).toMatchObject([
				{ isOn: true, changed: { by: 'Bob' } }
			]);
			// On again, but not the on that Ada knew.
			const again = toSwitch(license, { value: 'off', was: 'on' });
			expect((await send(ada, again))[0]).toMatchObject({
				refused: 'CHANGED_MEANWHILE',
				facts: { mine: 'off', value: 'on', by: 'Bob' }
			});
		});

		test('[P7, SE3] a machine that asks in the same push is renewed too, and to and fro signs nothing', async () => {
			const license = await licensed();
			const ada = await person(license, 'Ada');
			const outbox = uuidv7();
			const off = toSwitch(license, { value: 'off', was: 'on' }, { outbox });
			const request = commandOf(outbox, 2, await askFor(license, await makeMachine()));
			expect(await send(ada, off, request)).toEqual([undefined, undefined]);
			expect((await seen(license)).files).toMatchObject([{ gen: 2, ent: ['backup'] }]);
			const on = toSwitch(license, { value: 'on', was: 'off', after: off.id }, { outbox, n: 3 });
			const next = toSwitch(license, { value: 'off', was: 'on', after: on.id }, { outbox, n: 4 });
			expect(await send(ada, on, next)).toEqual([undefined, undefined]);
			expect((await seen(license)).files).toMatchObject([{ gen: 2, ent: ['backup'] }]);
			expect((await rowOf(license)).switches).toMatchObject({ remote: { id: next.id } });
		});

		test('[P7, PE1] managers and staff may; what is not theirs, or not there, is refused', async () => {
			const license = await licensed();
			const other = await licensed();
			const staff = { userId: uuidv7(), vendor: 'staff' as const, roles: new Map() };
			const tries: [Asker | undefined, string | undefined][] = [
				[await person(license, 'Vera', 'viewer'), 'NOT_PERMITTED'],
				[await person(license, 'Tina', 'technician'), 'NOT_PERMITTED'],
				[other.manager, 'NOT_FOUND'],
				[undefined, 'SIGN_IN_REQUIRED'],
				[staff, undefined]
			];
			for (const [asker, code] of tries) {
				const [refusal] = await send(asker, toSwitch(license, { value: 'off', was: 'on' }));
				expect(refusal?.refused).toBe(code);
			}
			const bad: [Partial<CommandArgs['license.allow']>, Refusal['refused']][] = [
				[{ entitlement: 'backup' }, 'ENTITLEMENT_FIXED'],
				[{ entitlement: 'gold' }, 'ENTITLEMENT_MISSING'],
				[{ value: 'perhaps' }, 'BODY_INVALID'],
				[{ was: '' }, 'BODY_INVALID'],
				[{ entitlement: 7 as never }, 'BODY_INVALID'],
				[{ after: null as never }, 'BODY_INVALID']
			];
			for (const [args, code] of bad) {
				const asked = toSwitch(license, { value: 'off', was: 'on', ...args });
				expect((await send(license.manager, asked))[0]?.refused).toBe(code);
			}
		});

		test('[P7] its history says who did what, to viewers too, and no address', async () => {
			const license = await licensed();
			await activated(license);
			const ada = await person(license, 'Ada');
			await send(ada, toSwitch(license, { value: 'off', was: 'on' }));
			const other = await licensed();
			await send(other.manager, toSwitch(other, { value: 'off', was: 'on' }));
			const { entries, next } = await licenseHistory(store.db, license);
			expect(next).toBeUndefined();
			expect(entries.map(({ action, by, actor, said }) => [action, by ?? actor, said])).toEqual([
				['activation.renewed', 'Ada', undefined],
				['license.allowed', 'Ada', 'remote: off'],
				['activation.granted', 'carrier', undefined],
				['license.issued', 'hub', undefined]
			]);
			expect(entries[0]?.label).toBeDefined();
			expect(JSON.stringify(entries)).not.toContain('@');
			const older = await licenseHistory(store.db, license, entries[1]!.n);
			expect(older.entries).toEqual(entries.slice(2));
		});

		test('[P7] a license under which nothing is signed switches nothing', async () => {
			const license = await licensed();
			await suspendLicense(made.hub, license);
			const [refusal] = await send(license.manager, toSwitch(license, { value: 'off', was: 'on' }));
			expect(refusal?.refused).toBe('LICENSE_SUSPENDED');
			expect((await rowOf(license)).switches).toBeNull();
		});

		test('[P7] the vendor’s list is apart: renewed and upgraded, what is off stays off; elsewhere it is as listed', async () => {
			const license = await licensed();
			const off = toSwitch(license, { value: 'off', was: 'on' });
			await send(license.manager, off);
			const more = [...entitlements, 'export'];
			const renewed = await renewLicense(made.hub, license, { entitlements: more });
			if (isRefusal(renewed)) throw new Error(renewed.refused);
			expect(claimsOf<'license'>(renewed.key).ent).toEqual(['backup', 'export']);
			expect((await rowOf(license)).switches).toMatchObject({ remote: { value: 'off' } });

			const next = await upgradeLicense(made.hub, license, { versions: { from: 10, to: 11 } });
			if (isRefusal(next)) throw new Error(next.refused);
			expect(claimsOf<'license'>(next.key).ent).toEqual(['backup', 'export']);
			const newer = { ...license, licenseId: next.id, number: next.number };
			const back = toSwitch(newer, { value: 'on', was: 'off', after: off.id });
			expect(await send(license.manager, back)).toEqual([undefined]);
			expect((await seen(newer)).row.entitlements).toContain('remote');

			const to = await customerCalled(made.hub, `Next ${uuidv7()}`);
			const moved = await moveLicense(made.hub, license, to, 'hub');
			if (isRefusal(moved)) throw new Error(moved.refused);
			expect(claimsOf<'license'>(moved.key).ent.toSorted()).toEqual(more.toSorted());

			const rest = await licensed();
			await send(rest.manager, toSwitch(rest, { value: 'off', was: 'on' }));
			await renewLicense(made.hub, rest, { entitlements: ['backup'] });
			expect((await seen(rest)).row.switches).toBeUndefined();
			const gone = toSwitch(rest, { value: 'on', was: 'off' });
			expect((await send(rest.manager, gone))[0]?.refused).toBe('ENTITLEMENT_MISSING');
		});

		test('[P7] what the catalog takes back may be switched on again, and not off', async () => {
			const license = await licensed();
			const off = toSwitch(license, { value: 'off', was: 'on' });
			await send(license.manager, off);
			const fixed = listed.map(({ code, title }) => ({ code, title }));
			await changeProduct(made.hub, { slug: product, entitlements: fixed }, 'hub');
			const fresh = await licensed();
			expect((await seen(fresh)).row.switches).toBeUndefined();
			const [refusal] = await send(fresh.manager, toSwitch(fresh, { value: 'off', was: 'on' }));
			expect(refusal?.refused).toBe('ENTITLEMENT_FIXED');
			const on = toSwitch(license, { value: 'on', was: 'off', after: off.id });
			expect(await send(license.manager, on)).toEqual([undefined]);
			expect((await seen(license)).row.entitlements).toContain('remote');
			await changeProduct(made.hub, { slug: product, entitlements: listed }, 'hub');
		});
	});
}

function toSwitch(
	{ licenseId }: Pick<TestLicense, 'licenseId'>,
	change: Partial<CommandArgs['license.allow']> & { value: string; was: string },
	{ outbox = uuidv7(), n = 1 }: { outbox?: string; n?: number } = {}
): Command {
	const args = { license: licenseId, entitlement: 'remote', after: '', ...change };
	const command = { type: 'license.allow' as const, version: 1, args };
	return { id: uuidv7(), outbox, n, ...command, hash: hashOf(command), createdAt: 1 };
}
