/**
 * What a hub promises of its audit and of its time, whatever it keeps its ledger in.
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { audit } from '#server/db/schema/hub.ts';
import { activations, licenses } from '#server/db/schema/ledger.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { openHubTime } from '#server/hub/hub-time.ts';
import { push } from '#server/operations/push/push.ts';
import { returnActivations } from '#server/operations/facts/return-activations.ts';
import { resumeLicense, suspendLicense } from '#server/operations/licenses/suspend-license.ts';
import {
	askFor,
	claimsOf,
	commandOf,
	makeLicense,
	makeMachine,
	returnOf
} from '../../fixtures/hub.ts';
import { submitUnderLocks } from '../../fixtures/under-locks.ts';
import { verify, verifyRows } from '../../fixtures/audited.ts';
import { grant } from '../../fixtures/granted.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

export function auditContract(name: string, makeStore: MakeStore): void {
	describe(`audit and time on ${name}`, () => {
		const { made, store } = openHub(makeStore);

		test('[AU1] every write is in it, in the same transaction, and its counts are the ledger’s', async () => {
			const license = await makeLicense(made, { seats: 3 });
			for (let i = 0; i < 2; i++) await grant(made.hub, license);
			for (let i = 0; i < 2; i++)
				await submitUnderLocks(made, await askFor(license, await makeMachine()));
			await suspendLicense(made.hub, license, 'staff');
			await resumeLicense(made.hub, license, 'staff');
			const { entries, found } = await verify(store, license.customerId);
			expect(found).toBeUndefined();
			expect(entries.map(({ action }) => action)).toEqual([
				'customer.added',
				'license.issued',
				...Array<string>(3).fill('activation.granted'),
				'license.suspended',
				'license.resumed'
			]);
			expect(entries.at(-1)).toMatchObject({ actor: 'staff', subject: license.licenseId });
			expect(JSON.stringify(entries)).not.toContain(license.sec);
		});

		test('[AU1] many decisions of one push are one chain, and its end goes back with the reply', async () => {
			const { manager, ...license } = await makeLicense(made, { seats: 30 });
			const outbox = uuidv7();
			const commands = await Promise.all(
				Array.from({ length: 20 }, async (_, i) =>
					commandOf(outbox, i + 1, await askFor({ number: license.number }, await makeMachine()))
				)
			);
			const reply = await push(made.hub, { outbox, commands }, manager);
			if (isRefusal(reply)) throw new Error(reply.refused);
			const { entries, found } = await verify(store, license.customerId);
			expect([entries.length, found]).toEqual([22, undefined]);
			const { n, hash } = entries.at(-1)!;
			expect(reply.heads).toEqual({ [license.customerId]: { n, hash } });
			expect(entries.at(-1)).toMatchObject({ actor: manager.userId });
		});

		test('[AU1] what was changed, cut off or counted otherwise is found and named', async () => {
			const license = await makeLicense(made, { seats: 3 });
			await grant(made.hub, license);
			await grant(made.hub, license);
			const { customerId, licenseId } = license;
			const at = (n: number) => and(eq(audit.customerId, customerId), eq(audit.n, n));
			const [third] = await store.db.select().from(audit).where(at(3));
			await store.db.update(audit).set({ actor: 'nobody' }).where(at(3));
			expect((await verify(store, customerId)).found).toEqual({ n: 3, why: 'hash' });
			await store.db.update(audit).set({ actor: third!.actor }).where(at(3));
			expect((await verify(store, customerId)).found).toBeUndefined();

			const where = and(eq(licenses.customerId, customerId), eq(licenses.licenseId, licenseId));
			await store.db.update(licenses).set({ active: 1 }).where(where);
			expect((await verify(store, customerId)).found).toMatchObject({
				why: 'counts',
				license: licenseId
			});
			await store.db.update(licenses).set({ active: 2 }).where(where);
			await store.db.delete(audit).where(at(4));
			expect((await verify(store, customerId)).found).toEqual({ n: 3, why: 'head' });
		});

		test('[AU1] a row that was deleted, added or altered is found and named', async () => {
			const license = await makeLicense(made, { seats: 5 });
			const { customerId, licenseId } = license;
			const [machine, desk] = [await makeMachine(), await makeMachine()];
			const give = async (file: string, by: typeof machine) => {
				const [receipt] = await returnActivations(made.hub, [await returnOf(file, by)]);
				if (!receipt || isRefusal(receipt)) throw new Error(receipt?.refused);
				return claimsOf<'receipt'>(answerFile(made.hub, receipt)).act;
			};
			const held = claimsOf<'activation'>(answerFile(made.hub, await grant(made.hub, license))).act;
			const left = await give(
				answerFile(made.hub, await grant(made.hub, license, machine)),
				machine
			);
			const kept = answerFile(made.hub, await grant(made.hub, license, desk, { held: 'desk' }));
			const cooling = await give(kept, desk);
			expect(await verifyRows(store, customerId)).toBeUndefined();

			const of = (act: string) => eq(activations.act, act);
			for (const act of [held, left, cooling]) {
				const [row] = await store.db.delete(activations).where(of(act)).returning();
				expect(await verifyRows(store, customerId)).toMatchObject({ why: 'row', row: act });
				await store.db.insert(activations).values(row!);
			}
			const changes = [
				[held, { gen: 2 }],
				[held, { state: 'returned' }],
				[held, { licenseId: customerId }],
				[left, { state: 'active' }],
				[cooling, { state: 'returned' }]
			] as const;
			for (const [act, change] of changes) {
				const [before] = await store.db.select().from(activations).where(of(act));
				await store.db.update(activations).set(change).where(of(act));
				expect(await verifyRows(store, customerId)).toMatchObject({ why: 'row', row: act });
				const { customerId: _, ...row } = before!;
				await store.db.update(activations).set(row).where(of(act));
			}
			const [row] = await store.db.select().from(activations).where(of(held));
			await store.db.insert(activations).values({ ...row!, act: licenseId });
			expect(await verifyRows(store, customerId)).toMatchObject({ why: 'row', row: licenseId });
			await store.db.delete(activations).where(of(licenseId));
			expect(await verifyRows(store, customerId)).toBeUndefined();
		});

		test('[CL3] a leap is doubted across starts until staff confirm it, and time never goes back', async () => {
			await makeLicense(made);
			const HOUR = 3600;
			const start = 1_800_000_000;
			let clock = start;
			const open = () => openHubTime(store.db, { clock: () => clock });
			let time = await open();
			clock += 47 * HOUR;
			await time.catchUp();
			expect([time.now(), time.freeingTime()]).toEqual([clock, clock]);
			await time.close();

			clock += 49 * HOUR;
			time = await open();
			const doubted = clock - 49 * HOUR;
			expect([time.now(), time.freeingTime()]).toEqual([clock, doubted]);
			await time.close();
			clock -= 30 * HOUR;
			time = await open();
			expect([time.now(), time.freeingTime()]).toEqual([clock + 30 * HOUR, doubted]);
			expect(time.leap()).toEqual({ from: doubted, to: clock + 30 * HOUR });

			expect(await time.confirm('staff')).toEqual({ from: doubted, to: clock + 30 * HOUR });
			expect(time.freeingTime()).toBe(clock + 30 * HOUR);
			await time.close();
			time = await open();
			expect(time.leap()).toBeUndefined();
			await time.close();
			const noted = await store.db.select().from(audit);
			expect(noted.map(({ action }) => action)).toContain('hub-time.confirmed');
		});

		test('[CL3] what was told before a kill -9 is not undercut after it, and a stop skips nothing', async () => {
			let clock = 1_900_000_000;
			const open = () => openHubTime(store.db, { clock: () => clock });
			const killed = await open();
			let told = killed.now();
			// Asked each second, then not for an hour.
			for (const seconds of [1, 1, 1, 3600]) {
				clock += seconds;
				await killed.catchUp();
				told = killed.now();
			}
			expect(told).toBe(clock);
			clock -= 2 * 3600;
			const after = await open();
			expect(after.now()).toBeGreaterThanOrEqual(told);
			clock += 3 * 3600;
			await after.catchUp();
			expect(after.now()).toBe(clock);
			await after.close();
			const again = await open();
			expect(again.now()).toBe(clock);
			await again.close();
		});

		test('[CL3] of two processes neither gives back what the other has reserved', async () => {
			let clock = 2_000_000_000;
			const open = (ahead: number) => openHubTime(store.db, { clock: () => clock + ahead });
			const [one, two] = [await open(0), await open(4)];
			clock += 2;
			const told = two.now();
			await one.close();
			const again = await open(0);
			expect(again.now()).toBeGreaterThanOrEqual(told);
			// Both have gone on: the one that began last has found the other's numbers.
			clock += 20;
			await two.catchUp();
			await again.catchUp();
			const newest = Math.max(two.now(), again.now());
			await again.close();
			const last = await open(-60);
			expect(last.now()).toBeGreaterThanOrEqual(newest);
			await Promise.all([two.close(), last.close()]);
		});
	});
}
