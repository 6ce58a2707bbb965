/**
 * What a hub promises of its audit, its backups and what it has forgotten, whatever it keeps its
 * ledger in.
 *
 * @module
 */
import { and, eq, sql } from 'drizzle-orm';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
	checkEnd,
	checkPage,
	checkRows,
	checkRowsEnd,
	startAuditCheck
} from '#lib/domain/audit-check.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { member, organization, user } from '#server/db/schema/people.ts';
import { dump, dumpTables, type DumpLine } from '#server/db/dump.ts';
import { audit } from '#server/db/schema/hub.ts';
import { activations, licenses } from '#server/db/schema/ledger.ts';
import type { Store } from '#server/db/store.ts';
import { sha256 } from '#server/db/sha256.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { adopt } from '#server/operations/restore/adopt.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { auditPage, keptPage } from '#server/operations/audit/audit-pages.ts';
import { checkBackup, writeBackup } from '#server/operations/restore/backup-file.ts';
import { changeFace, toldFace } from '#server/hub/face.ts';
import type { Hub } from '#server/hub/hub.ts';
import { openHubTime } from '#server/hub/hub-time.ts';
import { licenseKeyFile } from '#server/operations/licenses/license-key.ts';
import { push } from '#server/operations/push/push.ts';
import { renewSecrets } from '#server/operations/restore/renew-secrets.ts';
import { restore } from '#server/operations/restore/restore.ts';
import { desksOf, noteReport, restoreReports } from '#server/operations/restore/restore-reports.ts';
import { returnActivations } from '#server/operations/facts/return-activations.ts';
import { resumeLicense, suspendLicense } from '#server/operations/licenses/suspend-license.ts';
import { unfreezeLicense } from '#server/operations/restore/unfreeze-license.ts';
import { licenseRowOf } from '../fixtures/counts.ts';
import { logoOf } from '../fixtures/logo.ts';
import {
	askFor,
	claimsOf,
	commandOf,
	makeLicense,
	makeMachine,
	makeTestHub,
	returnOf,
	type TestHub,
	type TestLicense
} from '../fixtures/hub.ts';
import { submitUnderLocks } from '../fixtures/under-locks.ts';
import type { MakeStore } from './contract.ts';

export function keepingContract(name: string, makeStore: MakeStore): void {
	describe(`audit and time on ${name}`, () => {
		let store: Store;
		let made: TestHub;
		beforeAll(async () => {
			store = await makeStore();
			made = await makeTestHub(store);
		});
		afterAll(() => store.close());

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

	describe(`a backup of ${name}`, () => {
		let folder: string;
		let file: string;
		let store: Store;
		let made: TestHub;
		beforeAll(async () => {
			folder = mkdtempSync(join(tmpdir(), 'keyferry-backup-'));
			store = await makeStore();
			made = await makeTestHub(store);
		});
		beforeEach(() => {
			file = join(folder, `${uuidv7()}.kfbackup`);
		});
		afterAll(async () => {
			await store.close();
			rmSync(folder, { recursive: true, force: true });
		});

		/** The hub that is made of the backup, with a new key of the same root. */
		const restored = async (moved: boolean, seal?: Hub['seal']) => {
			const { header } = await checkBackup(file);
			expect(header.hubEpoch).toBe(made.hub.epoch);
			const empty = await makeStore();
			await restore(empty.db, file, { moved, now: made.clock.now });
			const again = await makeTestHub(empty, { root: made.root, seal });
			again.clock.now = made.clock.now;
			return { store: empty, ...again };
		};

		test('[VF1] a hub that is restored keeps the vendor’s face', async () => {
			const logo = logoOf().toString('base64');
			await changeFace(made.hub, { name: 'Example Software', accent: '#ffd400', logo }, 'admin');
			await writeBackup(made.hub, file);
			const { store: other, hub } = await restored(false, made.hub.seal);
			const face = await toldFace(hub.db);
			expect(face.name).toBe('Example Software');
			expect(face).toEqual(await toldFace(made.hub.db));
			await other.close();
		});

		test('[SY6] a move brings every row, and goes on with epoch and seats', async () => {
			const license = await makeLicense(made, { seats: 2 });
			const first = await grant(made.hub, license);
			await writeBackup(made.hub, file);
			const { store: other, hub } = await restored(true, made.hub.seal);
			const lines = async ({ db }: Store) => {
				const all: DumpLine[] = [];
				await dump(db, (line) => void all.push(line));
				return all
					.filter(({ table }) => table !== 'hub_key')
					.map(({ table, rows }) => [table, rows.map((row) => JSON.stringify(row)).sort()]);
			};
			expect(await lines(other)).toEqual(await lines(store));
			expect(hub.epoch).toBe(made.hub.epoch);
			const same = await submit(hub, first.request);
			expect(same).toMatchObject({ isNew: false, token: first.token });
			expect((await grant(hub, license)).refusal).toBeUndefined();
			expect((await grant(hub, license)).refusal?.refused).toBe('SEAT_LIMIT_REACHED');
			await expect(restore(other.db, file, { moved: true, now: 0 })).rejects.toMatchObject({
				code: 'STORE_NOT_EMPTY'
			});
			await other.close();
		});

		test('[SY6] every table is in it but those that hold secrets of the moment', async () => {
			const found = await store.db.execute(sql`
				select table_name as name from information_schema.tables
				where table_schema = 'public' and table_type = 'BASE TABLE'`);
			const all = (found as { rows: { name: string }[] }).rows;
			const passing = [
				'session',
				'outbox_session',
				'verification',
				'rate_limit',
				'email_code',
				'provider_trip',
				'server_code',
				'attach_ask',
				'attach_code',
				'attach_limit'
			];
			const kept = all.map(({ name: table }) => table).filter((table) => !passing.includes(table));
			expect(dumpTables().sort()).toEqual(kept.sort());
		});

		test('[SY6] what was granted after it is found again and never granted twice', async () => {
			const SEATS = 25;
			const license = await makeLicense(made, { seats: SEATS });
			for (let i = 0; i < 3; i++) await grant(made.hub, license);
			await writeBackup(made.hub, file);
			const after = [];
			for (let i = 0; i < 20; i++) after.push(await grant(made.hub, license));
			const files = after.map((answer) => answerFile(made.hub, answer));

			const { store: other, hub } = await restored(false, made.hub.seal);
			expect(hub.epoch).not.toBe(made.hub.epoch);
			const early = await grant(hub, license);
			expect(early.refusal?.refused).toBe('LICENSE_FROZEN');

			const adopted = await adopt(hub, [...files, ...files], 'desk');
			expect(adopted.map((each) => (isRefusal(each) ? each : each.outcome))).toEqual([
				...Array<string>(20).fill('seat'),
				...Array<string>(20).fill('known')
			]);
			for (const { request, token } of after)
				expect(await submit(hub, request)).toMatchObject({ isNew: false, token });

			await unfreezeLicense(hub, license, 'staff');
			const more = [];
			for (let i = 0; i < 4; i++) more.push(await grant(hub, license));
			expect(more.map(({ refusal }) => refusal?.refused)).toEqual([
				undefined,
				undefined,
				'SEAT_LIMIT_REACHED',
				'SEAT_LIMIT_REACHED'
			]);
			const { entries, found } = await verify(other, license.customerId);
			expect(found).toBeUndefined();
			const actions = entries.map(({ action }) => action);
			for (const action of ['hub.restored', 'activation.adopted', 'license.unfrozen'] as const)
				expect(actions).toContain(action);
			await other.close();
		});

		test('[SE4, SY6] brought back too late it is counted beyond the seats, and nothing new is granted', async () => {
			const license = await makeLicense(made, { seats: 1 });
			await writeBackup(made.hub, file);
			const lost = await grant(made.hub, license);
			const { store: other, hub } = await restored(false, made.hub.seal);
			await unfreezeLicense(hub, license, 'staff');
			const another = await grant(hub, license);
			expect(another.refusal).toBeUndefined();

			const text = answerFile(made.hub, lost);
			expect(await adopt(hub, [text], 'desk')).toMatchObject([{ outcome: 'overage' }]);
			const row = await licenseRowOf(other.db, license);
			expect(row).toMatchObject({ seats: 1, active: 2, ceiling: 2 });
			expect((await grant(hub, license)).refusal?.refused).toBe('SEAT_LIMIT_REACHED');
			expect((await verify(other, license.customerId)).found).toBeUndefined();
			await other.close();
		});

		test('[SE3, SY6] a machine that was granted anew meanwhile holds one seat', async () => {
			const license = await makeLicense(made, { seats: 2 });
			await writeBackup(made.hub, file);
			const machine = await makeMachine();
			const lost = await grant(made.hub, license, machine);
			const { store: other, hub } = await restored(false, made.hub.seal);
			await unfreezeLicense(hub, license, 'staff');
			await grant(hub, license, machine);
			const text = answerFile(made.hub, lost);
			expect(await adopt(hub, [text], 'desk')).toMatchObject([{ outcome: 'same-machine' }]);
			expect((await submit(hub, lost.request)).refusal?.refused).toBe('REQUEST_SPENT');
			const row = await licenseRowOf(other.db, license);
			expect(row).toMatchObject({ active: 1 });
			await other.close();
		});

		test('[SY6] who has reported since is known before a freeze is lifted, and audited with it', async () => {
			const license = await makeLicense(made, { seats: 3 });
			const { customerId, manager } = license;
			const [first, second] = [await person(store, customerId), await person(store, customerId)];
			const desks = [uuidv7(), uuidv7()];
			for (const [at, userId] of [first, second].entries()) {
				const commands = [commandOf(desks[at]!, 1, await askFor(license, await makeMachine()))];
				await push(made.hub, { outbox: desks[at]!, commands }, { ...manager, userId });
			}
			await writeBackup(made.hub, file);
			const lost = answerFile(made.hub, await grant(made.hub, license));

			const { store: other, hub } = await restored(false, made.hub.seal);
			const pulling = (epoch: string, outbox = desks[0]!) =>
				noteReport(
					hub,
					{ outbox, cursor: { hubEpoch: epoch, customers: {} } },
					{ ...manager, userId: first }
				);
			const reported = async () =>
				desksOf(await restoreReports(hub), customerId).map(({ outbox, reportedAt }) => [
					desks.indexOf(outbox),
					reportedAt !== undefined
				]);
			await pulling(made.hub.epoch);
			expect(await reported(), 'still by the old cursor').toEqual([
				[0, false],
				[1, false]
			]);
			await adopt(hub, [lost], first);
			await pulling(hub.epoch);
			await pulling(hub.epoch);
			expect((await reported()).sort()).toEqual([
				[0, true],
				[1, false]
			]);
			expect((await restoreReports(hub)).brought).toEqual([
				{ customerId, who: `${first}@example.com`, count: 1 }
			]);
			await unfreezeLicense(hub, license, 'staff');
			const { entries, found } = await verify(other, customerId);
			expect(found).toBeUndefined();
			expect(entries.at(-1)).toMatchObject({
				action: 'license.unfrozen',
				facts: { desks: 2, reported: 1 }
			});
			await other.close();
		});

		test('[SY6, SE5] seats given back after it are given back again by their receipts', async () => {
			const license = await makeLicense(made, { seats: 3 });
			const before = await makeMachine();
			const known = await grant(made.hub, license, before);
			await writeBackup(made.hub, file);
			const give = async (answer: typeof known, machine: typeof before) => {
				const text = await returnOf(answerFile(made.hub, answer), machine);
				const [receipt] = await returnActivations(made.hub, [text]);
				if (!receipt || isRefusal(receipt)) throw new Error(receipt?.refused);
				return answerFile(made.hub, receipt);
			};
			const freed = await give(known, before);
			const later = await grant(made.hub, license, before);
			const desk = await makeMachine();
			const cooled = await grant(made.hub, license, desk, { held: 'desk' });
			const cooling = await give(cooled, desk);
			const [laterFile, cooledFile] = [later, cooled].map((each) => answerFile(made.hub, each));

			const { store: other, hub } = await restored(false, made.hub.seal);
			// Whose seat it is that cools, nobody has told yet.
			expect(await adopt(hub, [cooling], 'desk')).toMatchObject([{ outcome: 'receipt' }]);
			expect(await licenseRowOf(other.db, license)).toMatchObject({ active: 1, cooling: 1 });
			const files = [laterFile!, cooledFile!, cooling, freed];
			expect(await adopt(hub, files, 'desk')).toMatchObject([
				{ kind: 'activation', outcome: 'seat' },
				{ kind: 'activation', outcome: 'given-back' },
				{ kind: 'receipt', outcome: 'known' },
				{ kind: 'receipt', outcome: 'receipt' }
			]);
			expect(await licenseRowOf(other.db, license)).toMatchObject({ active: 1, cooling: 1 });
			expect((await submit(hub, known.request)).refusal?.refused).toBe('REQUEST_SPENT');
			const again = await adopt(hub, [freed, answerFile(made.hub, known)], 'desk');
			expect(again).toMatchObject([{ outcome: 'known' }, { outcome: 'given-back' }]);
			const text = await returnOf(answerFile(made.hub, known), before);
			const [receipt] = await returnActivations(hub, [text]);
			if (!receipt || isRefusal(receipt)) throw new Error(receipt?.refused);
			expect(answerFile(made.hub, receipt)).toBe(freed);
			expect((await verify(other, license.customerId)).found).toBeUndefined();
			await other.close();
		});

		test('[SY6] a seat that nobody brings but its receipt stays free, and its request spent', async () => {
			const license = await makeLicense(made, { seats: 1 });
			await writeBackup(made.hub, file);
			const machine = await makeMachine();
			const lost = await grant(made.hub, license, machine);
			const text = await returnOf(answerFile(made.hub, lost), machine);
			const [receipt] = await returnActivations(made.hub, [text]);
			if (!receipt || isRefusal(receipt)) throw new Error(receipt?.refused);
			const { store: other, hub } = await restored(false, made.hub.seal);
			const only = answerFile(made.hub, receipt);
			expect(await adopt(hub, [only], 'desk')).toMatchObject([{ outcome: 'receipt' }]);
			const held = answerFile(made.hub, lost);
			expect(await adopt(hub, [held], 'desk')).toMatchObject([{ outcome: 'given-back' }]);
			expect((await submit(hub, lost.request)).refusal?.refused).toBe('REQUEST_SPENT');
			expect(await licenseRowOf(other.db, license)).toMatchObject({ active: 0, cooling: 0 });
			expect((await verify(other, license.customerId)).found).toBeUndefined();
			await other.close();
		});

		test('[FI8, SY6] a file under a voided key, or of another hub, is not adopted', async () => {
			const license = await makeLicense(made, { seats: 2 });
			const text = answerFile(made.hub, await grant(made.hub, license));
			const { hub } = made;
			const voided: Hub = { ...hub, voided: [hub.signer.kid] };
			expect(await adopt(voided, [text], 'desk')).toMatchObject([{ refused: 'HUB_KEY_VOIDED' }]);
			const stranger = await makeTestHub(store);
			expect(await adopt(stranger.hub, [text], 'desk')).toMatchObject([{ refused: 'KEY_UNKNOWN' }]);
			const damaged = text.replace(/[A-Za-z](?=\n-----END)/, (sign) => (sign === 'A' ? 'B' : 'A'));
			const [refused] = await adopt(hub, [damaged], 'desk');
			expect(isRefusal(refused)).toBe(true);
		});

		test('[SY6] a license issued after it, or whose secret was lost, comes back by its key', async () => {
			const before = await makeLicense(made, { seats: 1 });
			await writeBackup(made.hub, file);
			const later = await makeLicense(made, { seats: 3, customerId: before.customerId });
			const keys = [];
			for (const each of [before, later])
				keys.push(licenseKeyFile(made.hub, await licenseRowOf(store.db, each)));
			const lost = answerFile(made.hub, await grant(made.hub, later));

			const { store: other, hub } = await restored(false);
			expect(await renewSecrets(hub)).toBeGreaterThan(0);
			expect((await grant(hub, before)).refusal?.refused).toBe('LICENSE_NOT_FOUND');
			const adopted = await adopt(hub, [lost, ...keys], 'desk');
			// License keys are taken up first, whatever the order in which they were brought.
			expect(adopted).toMatchObject([
				{ outcome: 'seat' },
				{ outcome: 'license' },
				{ outcome: 'license' }
			]);
			expect((await grant(hub, before)).refusal?.refused).toBe('LICENSE_FROZEN');
			await unfreezeLicense(hub, later, 'staff');
			expect((await grant(hub, later)).refusal).toBeUndefined();
			expect((await verify(other, before.customerId)).found).toBeUndefined();
			await other.close();
		});

		test('[SY6] it holds no key and no secret, and damage is found before anything is restored', async () => {
			const license = await makeLicense(made, { seats: 1 });
			await writeBackup(made.hub, file);
			const text = gunzipSync(readFileSync(file)).toString();
			const row = await licenseRowOf(store.db, license);
			const key = made.hub.seal.open(row.sealedKey, license.licenseId);
			for (const secret of [license.sec, key, '"d":']) expect(text).not.toContain(secret);
			expect(text).not.toMatch(
				/"table":"(session|outbox_session|verification|rate_limit|email_code|provider_trip|server_code)"/
			);

			const lines = text.trimEnd().split('\n');
			const packed = readFileSync(file);
			const damages: Record<string, Buffer> = {
				cut: packed.subarray(0, packed.length - 40),
				'a row less': gzipSync(lines.toSpliced(3, 1).join('\n') + '\n'),
				'a row changed': gzipSync(
					text.replace('"seats": 1', '"seats": 9').replace('"seats":1', '"seats":9')
				),
				'no end': gzipSync(lines.slice(0, -1).join('\n') + '\n'),
				'not a backup': Buffer.from('-----BEGIN KEYFERRY LICENSE-----'),
				empty: Buffer.alloc(0)
			};
			for (const [what, bytes] of Object.entries(damages)) {
				const path = join(folder, `${what}.kfbackup`);
				writeFileSync(path, bytes);
				await expect(checkBackup(path), what).rejects.toMatchObject({ code: 'BACKUP_UNUSABLE' });
			}
		});
	});
}

async function submit(hub: Hub, request: string) {
	const answer = await activate(hub, request);
	if (isRefusal(answer)) throw new Error(answer.refused);
	return answer;
}

/** A machine asks with a proof. @returns The answer, with the request's text. */
async function grant(
	hub: Hub,
	license: TestLicense,
	machine?: Awaited<ReturnType<typeof makeMachine>>,
	changes: Parameters<typeof askFor>[2] = {}
) {
	const { number, sec } = license;
	const request = await askFor({ number, sec }, machine ?? (await makeMachine()), changes);
	return { ...(await submit(hub, request)), request };
}

/** As `keyferry audit verify` does it. */
async function verify({ db }: Store, customerId: string) {
	const check = startAuditCheck();
	const { entries, end } = await auditPage(db, { customerId, after: 0 });
	if (!end) throw new Error('one page should do here');
	const found = checkPage(check, entries, sha256) ?? checkEnd(check, end);
	return { entries, found: found ?? (await verifyRows({ db }, customerId)) };
}

/** The rows beside the audit, as `keyferry audit verify` compares them. */
async function verifyRows({ db }: Pick<Store, 'db'>, customerId: string) {
	const check = startAuditCheck();
	const { entries, end } = await auditPage(db, { customerId, after: 0 });
	const found = checkPage(check, entries, sha256) ?? checkEnd(check, end!);
	if (found) return found;
	for (const kind of ['activation', 'allotment'] as const) {
		const { rows, revision: now } = await keptPage(db, { customerId, kind, after: '' });
		const wrong = checkRows(check, rows, { checked: end!.revision, now });
		if (wrong) return wrong;
	}
	return checkRowsEnd(check);
}

/** Somebody who may sign in, and belongs to a customer. @returns The user's id. */
async function person({ db }: Store, customerId: string): Promise<string> {
	const id = uuidv7();
	const place = { id: customerId, name: 'Example', slug: customerId };
	await db.insert(organization).values(place).onConflictDoNothing();
	await db.insert(user).values({ id, name: 'Ada', email: `${id}@example.com` });
	await db
		.insert(member)
		.values({ id: uuidv7(), organizationId: customerId, userId: id, role: 'manager' });
	return id;
}
