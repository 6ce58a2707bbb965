/**
 * What a hub promises of its backups and of what it has forgotten, whatever it keeps its ledger in.
 *
 * @module
 */
import { sql } from 'drizzle-orm';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { member, organization, user } from '#server/db/schema/people.ts';
import { dump, dumpTables, type DumpLine } from '#server/db/dump.ts';
import type { Store } from '#server/db/store.ts';
import { adopt } from '#server/operations/restore/adopt.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { checkBackup, writeBackup } from '#server/operations/restore/backup-file.ts';
import { changeFace, toldFace } from '#server/hub/face.ts';
import type { Hub } from '#server/hub/hub.ts';
import { licenseKeyFile } from '#server/operations/licenses/license-key.ts';
import { push } from '#server/operations/push/push.ts';
import { renewSecrets } from '#server/operations/restore/renew-secrets.ts';
import { restore } from '#server/operations/restore/restore.ts';
import { desksOf, noteReport, restoreReports } from '#server/operations/restore/restore-reports.ts';
import { returnActivations } from '#server/operations/facts/return-activations.ts';
import { unfreezeLicense } from '#server/operations/restore/unfreeze-license.ts';
import { licenseRowOf } from '../../fixtures/counts.ts';
import { logoOf } from '../../fixtures/logo.ts';
import {
	askFor,
	commandOf,
	makeLicense,
	makeMachine,
	makeTestHub,
	returnOf
} from '../../fixtures/hub.ts';
import { verify } from '../../fixtures/audited.ts';
import { grant, submit } from '../../fixtures/granted.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

export function backupContract(name: string, makeStore: MakeStore): void {
	describe(`a backup of ${name}`, () => {
		let folder: string;
		let file: string;
		const { made, store } = openHub(makeStore);
		beforeAll(() => {
			folder = mkdtempSync(join(tmpdir(), 'keyferry-backup-'));
		});
		beforeEach(() => {
			file = join(folder, `${uuidv7()}.kfbackup`);
		});
		afterAll(async () => {
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
