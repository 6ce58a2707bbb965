/**
 * What a hub promises of licenses that go to another customer, whatever it keeps its ledger in.
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkEnd, checkPage, startAuditCheck } from '#lib/domain/audit/audit-check.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { among } from '#server/db/among.ts';
import { directory } from '#server/db/schema/catalog.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { customerSteps, takenSteps } from '#server/db/schema/steps.ts';
import { sha256 } from '#server/db/sha256.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { resumeSteps } from '#server/ledger/take-steps.ts';
import { auditPage } from '#server/operations/audit/audit-pages.ts';
import { forgetTakenSteps } from '#server/jobs/forget-taken-steps.ts';
import { moveFreedSeats } from '#server/jobs/move-freed-seats.ts';
import { moveLicense } from '#server/operations/licenses/move-license.ts';
import { pull } from '#server/operations/pull/pull.ts';
import { renewLicense } from '#server/operations/licenses/renew-license.ts';
import { returnActivations } from '#server/operations/facts/return-activations.ts';
import { licenseRowOf } from '../../fixtures/counts.ts';
import {
	customerCalled,
	askFor,
	claimsOf,
	makeLicense,
	makeMachine,
	returnOf,
	type TestLicense,
	type TestMachine
} from '../../fixtures/hub.ts';
import { Killed, killedAfter, pausedBefore } from '../../fixtures/with-transaction.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

export function movingContract(name: string, makeStore: MakeStore): void {
	describe(`licenses that change customer at a hub on ${name}`, () => {
		const { made, store } = openHub(makeStore);
		let to: string;
		let organization: string;
		beforeAll(async () => {
			organization = `Sample ${uuidv7()}`;
			to = await customerCalled(made.hub, organization);
		});

		const ask = async (license: { number: string; sec?: string }, machine?: TestMachine) => {
			const request = await askFor(license, machine ?? (await makeMachine()));
			const answer = await activate(made.hub, request);
			if (isRefusal(answer)) throw new Error(answer.refused);
			return { ...answer, sent: request, file: answerFile(made.hub, answer) };
		};
		const move = async ({ customerId, licenseId }: TestLicense) => {
			const moved = await moveLicense(made.hub, { customerId, licenseId }, to, 'staff');
			if (isRefusal(moved)) throw new Error(moved.refused);
			const { sub: licenseId2, sec, org, seats } = claimsOf<'license'>(moved.key);
			return { ...moved, licenseId: licenseId2, sec, org, seats };
		};
		const give = async (file: string, machine: TestMachine) => {
			const [receipt] = await returnActivations(made.hub, [await returnOf(file, machine)]);
			if (!receipt || isRefusal(receipt)) throw new Error(receipt?.refused);
			return receipt;
		};
		const auditsHold = async (...customerIds: string[]) => {
			for (const customerId of customerIds) {
				const check = startAuditCheck();
				const { entries, end } = await auditPage(store.db, { customerId, after: 0 });
				expect(checkPage(check, entries, sha256) ?? checkEnd(check, end!)).toBeUndefined();
			}
		};
		const member = (customerId: string) => ({
			userId: uuidv7(),
			roles: new Map([[customerId, 'manager' as const]])
		});

		test('[SE7] one that was never used goes as it is, and its old key proves nothing', async () => {
			const license = await makeLicense(made, { seats: 2 });
			const { customerId, licenseId, number } = license;
			const before = await pull(made.hub, undefined, member(customerId));
			const moved = await move(license);
			expect(moved).toMatchObject({ number, moved: 2, following: 0, licenseId, seats: 2 });
			expect(moved.org).toBe(organization);
			expect((await ask(license)).refusal?.refused).toBe('LICENSE_NOT_FOUND');
			const { refusal, file } = await ask(moved);
			expect(refusal).toBeUndefined();
			expect(claimsOf<'activation'>(file)).toMatchObject({ num: number, org: organization });

			// Desks of the old customer lose it, in as many pages as they like, and keep what they have.
			const page = await pull(made.hub, before.cursor, member(customerId));
			expect(page).toMatchObject({ reset: [customerId], licenses: [] });
			const next = await pull(made.hub, page.cursor, member(customerId));
			expect(next).toMatchObject({ reset: [], licenses: [], more: false });
			const other = await pull(made.hub, undefined, member(to));
			expect(other.licenses.map((row) => row.number)).toContain(number);
			await auditsHold(customerId, to);
		});

		test('[SE7] of one in use the free seats move at once, the rest as they become free', async () => {
			const license = await makeLicense(made, { seats: 3 });
			const { customerId, number } = license;
			const machine = await makeMachine();
			const held = await ask(license, machine);
			const moved = await move(license);
			expect(moved).toMatchObject({ moved: 2, following: 1, seats: 3 });
			expect(moved.number).not.toBe(number);
			const successor = { customerId: to, licenseId: moved.licenseId };
			expect(await licenseRowOf(store.db, license)).toMatchObject({ seats: 1, active: 1 });
			expect(await licenseRowOf(store.db, successor)).toMatchObject({ seats: 2, active: 0 });

			const refusal = { refused: 'LICENSE_MOVED', facts: { number, successor: moved.number } };
			expect((await ask(license)).refusal).toMatchObject(refusal);
			expect((await ask(license, machine)).refusal, 'a reinstalled machine').toMatchObject(refusal);
			expect(await renewLicense(made.hub, license, {})).toMatchObject(refusal);
			const shown = await pull(made.hub, undefined, member(customerId));
			expect(shown.licenses).toMatchObject([{ number, successor: moved.number }]);
			expect(await moveLicense(made.hub, license, to, 'staff')).toMatchObject(refusal);
			const same = await activate(made.hub, held.sent);
			expect(same, 'what was granted stays').toMatchObject({ isNew: false, token: held.token });

			for (const expected of [undefined, undefined, 'SEAT_LIMIT_REACHED'])
				expect((await ask(moved)).refusal?.refused).toBe(expected);
			expect(await moveFreedSeats(made.hub)).toBe(0);
			await give(held.file, machine);
			expect((await ask(license)).refusal, 'nobody takes it here').toMatchObject(refusal);
			expect(await moveFreedSeats(made.hub)).toBe(1);
			expect(await moveFreedSeats(made.hub)).toBe(0);
			expect(await licenseRowOf(store.db, license)).toMatchObject({ seats: 0, active: 0 });
			expect(await licenseRowOf(store.db, successor)).toMatchObject({ seats: 3, active: 2 });
			expect((await ask(moved)).refusal).toBeUndefined();
			await auditsHold(customerId, to);
		});

		test('[SE7] once used it stays, though nobody uses it now', async () => {
			const license = await makeLicense(made, { seats: 1 });
			const machine = await makeMachine();
			const { file } = await ask(license, machine);
			await give(file, machine);
			const moved = await move(license);
			expect(moved).toMatchObject({ moved: 1, following: 0 });
			expect(moved.number).not.toBe(license.number);
			expect((await ask(license)).refusal?.refused).toBe('LICENSE_MOVED');
		});

		test('[SE7, SE1] moved, given back and asked for at once, no seat is there twice', async () => {
			const SEATS = 6;
			const license = await makeLicense(made, { seats: SEATS });
			const machines = await Promise.all(Array.from({ length: 4 }, () => makeMachine()));
			const held = await Promise.all(machines.map((machine) => ask(license, machine)));
			const [moved] = await Promise.all([
				move(license),
				...held.map(({ file }, at) => give(file, machines[at]!)),
				...Array.from({ length: 4 }, () => ask(license))
			]);
			const asking = Promise.all(Array.from({ length: 8 }, () => ask(moved)));
			await Promise.all([moveFreedSeats(made.hub), moveFreedSeats(made.hub), asking]);
			await moveFreedSeats(made.hub);
			const left = await licenseRowOf(store.db, license);
			const successor = { customerId: to, licenseId: moved.licenseId };
			const taking = await licenseRowOf(store.db, successor);
			expect(left.seats + taking.seats).toBe(SEATS);
			expect(left.seats).toBe(left.active);
			expect(taking.active).toBeLessThanOrEqual(taking.seats);
			await auditsHold(license.customerId, to);
		});

		/** Of one license, wherever its seats are now. */
		const seatsOf = async (...ids: string[]) => {
			const rows = await store.db.select().from(licenses).where(among(licenses.licenseId, ids));
			const seats = rows.reduce((sum, row) => sum + row.seats, 0);
			return { seats, customers: rows.map(({ customerId }) => customerId) };
		};
		/** One that is killed; another goes on with what it has left. */
		const killedHub = (commits: number) => ({
			...made.hub,
			db: killedAfter(made.hub.db, commits)
		});

		test.each([
			[1, 'LICENSE_MOVED', 0],
			[2, 'LICENSE_NOT_FOUND', 2],
			[3, 'LICENSE_NOT_FOUND', 2],
			[4, 'LICENSE_NOT_FOUND', 2]
		] as const)(
			'[SE7, SE1, DB1] killed after commit %i of five, a license goes on to where it was moved',
			async (commits, refused, seats) => {
				const license = await makeLicense(made, { seats: 2 });
				const { licenseId, number, customerId } = license;
				const before = await pull(made.hub, undefined, member(customerId));
				const moving = moveLicense(killedHub(commits), license, to, 'staff');
				await expect(moving).rejects.toThrow(Killed);
				const [first] = await Promise.all([ask(license), ask(license)]);
				expect(first.refusal?.refused, 'nobody gets a seat by the old key').toBe(refused);
				expect((await seatsOf(licenseId)).seats).toBe(seats);

				await Promise.all([resumeSteps(made.hub), resumeSteps(made.hub)]);
				expect(await seatsOf(licenseId)).toEqual({ seats: 2, customers: [to] });
				const page = await pull(made.hub, before.cursor, member(customerId));
				expect(page.reset).toEqual([customerId]);
				const found = await store.db.select().from(directory).where(eq(directory.key, number));
				expect(found).toEqual([{ key: number, customerId: to, licenseId }]);
				expect(await store.db.$count(customerSteps)).toBe(0);
				await auditsHold(customerId, to);
			}
		);

		test('[SE7, SE1, DB1] killed with seats on their way, they arrive once, where the license is by then', async () => {
			const license = await makeLicense(made, { seats: 3 });
			const machine = await makeMachine();
			const { file } = await ask(license, machine);
			await expect(moveLicense(killedHub(1), license, to, 'staff')).rejects.toThrow(Killed);
			expect((await ask(license)).refusal?.refused).toBe('LICENSE_MOVED');
			expect((await seatsOf(license.licenseId)).seats).toBe(1);
			await resumeSteps(made.hub);
			const { successor } = await licenseRowOf(store.db, license);
			const [found] = await store.db.select().from(directory).where(eq(directory.key, successor!));
			const ids = [license.licenseId, found!.licenseId];
			expect((await seatsOf(...ids)).seats).toBe(3);

			await give(file, machine);
			await expect(moveFreedSeats(killedHub(1))).rejects.toThrow(Killed);
			expect((await seatsOf(...ids)).seats, 'one is on its way').toBe(2);
			// Its license moves on before it comes.
			const last = await customerCalled(made.hub, `Last ${uuidv7()}`);
			const arrived = { customerId: to, licenseId: found!.licenseId };
			await expect(moveLicense(killedHub(1), arrived, last, 'staff')).rejects.toThrow(Killed);
			await resumeSteps(made.hub);
			await resumeSteps(made.hub);
			expect(await licenseRowOf(store.db, { ...arrived, customerId: last })).toMatchObject({
				seats: 3
			});
			expect((await seatsOf(...ids)).seats).toBe(3);
			expect(await store.db.$count(customerSteps)).toBe(0);
			await auditsHold(license.customerId, to, last);
		});

		test('[SY6] what a hub has left before it was restored arrives frozen', async () => {
			const license = await makeLicense(made, { seats: 2 });
			await expect(moveLicense(killedHub(1), license, to, 'staff')).rejects.toThrow(Killed);
			await resumeSteps({ ...made.hub, epoch: uuidv7() });
			const arrived = await licenseRowOf(store.db, { ...license, customerId: to });
			expect(arrived).toMatchObject({ seats: 2, frozenAt: made.clock.now });
		});

		test('[SE7, SY6] not to itself, to nobody, or while its count is not sure', async () => {
			const license = await makeLicense(made);
			const { customerId } = license;
			expect(await moveLicense(made.hub, license, customerId, 'staff')).toMatchObject({
				refused: 'BODY_INVALID'
			});
			expect(await moveLicense(made.hub, license, uuidv7(), 'staff')).toMatchObject({
				refused: 'NOT_FOUND'
			});
			await store.db
				.update(licenses)
				.set({ frozenAt: 1 })
				.where(eq(licenses.licenseId, license.licenseId));
			expect(await moveLicense(made.hub, license, to, 'staff')).toMatchObject({
				refused: 'LICENSE_FROZEN'
			});
		});

		test('[DB1, SE1] that a step was taken is known for 400 days, and for as long as it is left somewhere', async () => {
			const DAY = 86_400;
			const license = await makeLicense(made, { seats: 3 });
			const machine = await makeMachine();
			const { file } = await ask(license, machine);
			const moved = await move(license);
			await give(file, machine);
			// Taken, and its hub killed before it goes from where it was left.
			await expect(moveFreedSeats(killedHub(2))).rejects.toThrow(Killed);
			const [step] = await store.db.select().from(customerSteps);
			const isKnown = async () =>
				(await store.db.$count(takenSteps, eq(takenSteps.id, step!.id))) === 1;
			made.clock.now += 401 * DAY;
			expect(await forgetTakenSteps(made.hub), 'those that are left nowhere').toBeGreaterThan(0);
			expect(await isKnown()).toBe(true);

			// Another one reads that it is left, and comes to it when it is over.
			const late = pausedBefore(made.hub.db, 0, async () => {
				await resumeSteps(made.hub);
				expect(await store.db.$count(customerSteps)).toBe(0);
				await forgetTakenSteps(made.hub);
			});
			await resumeSteps({ ...made.hub, db: late });
			expect((await seatsOf(license.licenseId, moved.licenseId)).seats).toBe(3);
			made.clock.now += 399 * DAY;
			await forgetTakenSteps(made.hub);
			expect(await isKnown()).toBe(true);
			made.clock.now += 2 * DAY;
			await forgetTakenSteps(made.hub);
			expect(await isKnown()).toBe(false);
			await auditsHold(license.customerId, to);
		});
	});
}
