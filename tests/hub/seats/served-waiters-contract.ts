/**
 * Who gets a seat that becomes free. [RE1]
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { WAITING_SECONDS } from '#lib/domain/seats/waiting.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { adopt } from '#server/operations/restore/adopt.ts';
import { writeBackup } from '#server/operations/restore/backup-file.ts';
import { coolSeats } from '#server/jobs/cool-seats.ts';
import { endWaiting } from '#server/jobs/end-waiting.ts';
import { pull } from '#server/operations/pull/pull.ts';
import { hashOf } from '#server/operations/push/judge-commands.ts';
import { push } from '#server/operations/push/push.ts';
import { renewLicense } from '#server/operations/licenses/renew-license.ts';
import { restore } from '#server/operations/restore/restore.ts';
import { retireMachine } from '#server/operations/activations/retire-machine.ts';
import { returnActivations } from '#server/operations/facts/return-activations.ts';
import { resumeLicense, suspendLicense } from '#server/operations/licenses/suspend-license.ts';
import { unfreezeLicense } from '#server/operations/restore/unfreeze-license.ts';
import {
	askFor,
	claimsOf,
	commandOf,
	makeMachine,
	makeTestHub,
	returnOf,
	type TestLicense
} from '../../fixtures/hub.ts';
import type { Waiters } from '../../fixtures/waiters.ts';

const DAY = 86_400;
/** Rounds of the race. */
const ROUNDS = 4;

export function servedWaitersContract({
	made,
	store,
	makeStore,
	send,
	submit,
	takenLicense,
	waiter,
	answerOf,
	giveBack,
	check
}: Waiters): void {
	test('[RE1] a refused request waits, and is granted by itself when a seat is given back', async () => {
		const { license, holders } = await takenLicense();
		const { jti, machine } = await waiter(license);
		expect(await answerOf(license, jti)).toMatchObject({
			state: 'waiting',
			waitingUntil: made.clock.now + WAITING_SECONDS,
			code: 'SEAT_LIMIT_REACHED'
		});
		const cursor = (await pull(made.hub, undefined, license.manager)).cursor;

		await giveBack(holders[0]!);
		const news = await pull(made.hub, cursor, license.manager);
		expect(news.answers).toEqual([
			expect.objectContaining({ request: jti, state: 'granted', waitingUntil: undefined })
		]);
		expect(claimsOf<'activation'>(news.answers[0]!.file)).toMatchObject({
			req: jti,
			gen: 1,
			label: machine.name,
			cnf: { jkt: machine.key.signer.kid }
		});
		const { actions, ...counts } = await check(license);
		expect(counts).toEqual({ active: 1, waiting: 0 });
		expect(actions.slice(-3)).toEqual([
			'request.waiting',
			'activation.returned',
			'activation.granted'
		]);
	});

	test('[RE1] the one that waits longest is granted first, and one seat goes to one', async () => {
		const { license, holders } = await takenLicense(2);
		const waiting: Awaited<ReturnType<typeof waiter>>[] = [];
		for (let at = 0; at < 3; at++) {
			made.clock.now += 1;
			waiting.push(await waiter(license));
		}
		const states = async () =>
			Promise.all(waiting.map(async ({ jti }) => (await answerOf(license, jti))?.state));
		await giveBack(holders[0]!);
		expect(await states()).toEqual(['granted', 'waiting', 'waiting']);
		await giveBack(holders[1]!);
		expect(await states()).toEqual(['granted', 'granted', 'waiting']);
		expect(await check(license)).toMatchObject({ active: 2, waiting: 1 });
	});

	test('[RE1] whoever asks in the same push that frees a seat does not overtake', async () => {
		const { license, holders } = await takenLicense();
		const { jti } = await waiter(license);
		const outbox = uuidv7();
		const [holder] = holders;
		const file = await returnOf(holder!.file, holder!.machine);
		const body = { type: 'activation.return', version: 1, args: { file } } as const;
		const request = await askFor({ number: license.number }, await makeMachine());
		const commands = [
			commandOf(outbox, 1, request),
			commandOf(outbox, 2, '', { ...body, hash: hashOf(body) })
		];
		const reply = await push(made.hub, { outbox, commands }, license.manager);
		if (isRefusal(reply)) throw new Error(reply.refused);
		expect(reply.results.map(({ refusal }) => refusal?.refused)).toEqual([
			'SEAT_LIMIT_REACHED',
			undefined
		]);
		expect((await answerOf(license, jti))?.state).toBe('granted');
		await check(license);
	});

	test('[RE1, MA3] a machine that brings its own seat back with its request keeps it', async () => {
		const { license, holders } = await takenLicense();
		const { jti } = await waiter(license);
		const { file, machine } = holders[0]!;
		const repaired = { ...(await makeMachine()), key: machine.key };
		const request = await askFor({ number: license.number }, repaired);
		const both = `${await returnOf(file, machine)}~${request}`;
		expect((await submit(both, license.manager)).refusal).toBeUndefined();
		expect((await answerOf(license, jti))?.state).toBe('waiting');
		expect(await check(license)).toMatchObject({ active: 1, waiting: 1 });
	});

	test.for([
		'a machine is retired',
		'a cooling seat is free',
		'a renewal brings seats',
		'a suspension is lifted',
		'a freeze is lifted'
	] as const)('[RE1] %s: granted by itself', async (way) => {
		const { license, holders } = await takenLicense(1, { coolDays: 5, returnsPerYear: 0 });
		const { jti } = await waiter(license);
		const [holder] = holders;
		const { hub } = made;
		const { manager } = license;
		if (way === 'a machine is retired')
			await retireMachine(hub, { act: holder!.act, reason: 'burnt' }, manager);
		if (way === 'a cooling seat is free') {
			await giveBack(holder!);
			expect((await answerOf(license, jti))?.state).toBe('waiting');
			made.clock.now += 5 * DAY;
			await coolSeats(hub);
		}
		if (way === 'a renewal brings seats') await renewLicense(hub, license, { seats: 2 });
		if (way === 'a suspension is lifted') {
			await suspendLicense(hub, license);
			await renewAnyway(license, 2);
			expect((await answerOf(license, jti))?.state).toBe('waiting');
			await resumeLicense(hub, license);
		}
		if (way === 'a freeze is lifted') {
			await setLicense(license, { frozenAt: made.clock.now, seats: 2, ceiling: 2 });
			await submit(await askFor(license, holder!.machine));
			expect((await answerOf(license, jti))?.state).toBe('waiting');
			await unfreezeLicense(hub, license, 'staff');
		}
		expect((await answerOf(license, jti))?.state).toBe('granted');
	});

	/** What a store says that was changed by hand. */
	const setLicense = async ({ customerId, licenseId }: TestLicense, set: object) => {
		await store.db
			.update(licenses)
			.set(set)
			.where(and(eq(licenses.customerId, customerId), eq(licenses.licenseId, licenseId)));
	};
	/** A suspended license is not renewed; its seats are raised all the same. */
	const renewAnyway = (license: TestLicense, seats: number) =>
		setLicense(license, { seats, ceiling: seats });

	test('[RE1, SY6] a restored hub still knows who waits; what was granted after it is adopted', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'keyferry-waiting-'));
		const file = join(folder, 'hub.kfbackup');
		const { license, holders } = await takenLicense(2);
		const granted = await waiter(license);
		made.clock.now += 1;
		const left = await waiter(license);
		await writeBackup(made.hub, file);
		await giveBack(holders[0]!);
		const answer = (await answerOf(license, granted.jti))!;
		expect(answer.state).toBe('granted');

		const other = await makeStore();
		await restore(other.db, file, { moved: false, now: made.clock.now });
		const again = await makeTestHub(other, { root: made.root, seal: made.hub.seal });
		again.clock.now = made.clock.now;
		await returnActivations(again.hub, [await returnOf(holders[0]!.file, holders[0]!.machine)]);
		expect(await check(license, other.db)).toMatchObject({ active: 1, waiting: 2 });
		const [adopted] = await adopt(again.hub, [answer.file], 'somebody');
		expect(adopted).toMatchObject({ outcome: 'seat' });
		await unfreezeLicense(again.hub, license, 'staff');
		expect(await check(license, other.db)).toMatchObject({ active: 2, waiting: 1 });
		const page = await pull(again.hub, undefined, license.manager);
		const states = new Map(page.answers.map(({ request, state }) => [request, state]));
		expect([states.get(granted.jti), states.get(left.jti)]).toEqual(['granted', 'waiting']);
		await other.close();
		rmSync(folder, { recursive: true, force: true });
	});

	test('[RE1, SE1] many seats freed at once and many who wait: each granted once, never too many', async () => {
		for (let round = 0; round < ROUNDS; round++) {
			const seats = 4;
			const { license, holders } = await takenLicense(seats);
			const waiting = await Promise.all(Array.from({ length: 7 }, () => waiter(license)));
			const fresh = await Promise.all(
				Array.from({ length: 4 }, async () => askFor(license, await makeMachine()))
			);
			const [gone] = waiting;
			const done = await Promise.all([
				...holders.map((holder) => giveBack(holder)),
				...fresh.map((text) => submit(text)),
				send('request.withdraw', gone!.request, license.manager),
				...waiting
					.slice(1)
					.map(({ request }) => send('activation.request', request, license.manager)),
				coolSeats(made.hub),
				endWaiting(made.hub)
			]);
			expect(done).toHaveLength(holders.length + fresh.length + waiting.length + 2);
			const { active, waiting: left, actions } = await check(license);
			expect(active, `round ${round}`).toBe(seats);
			expect(actions.filter((action) => action === 'activation.granted')).toHaveLength(2 * seats);
			const states = await Promise.all(
				waiting.map(async ({ jti }) => (await answerOf(license, jti))!.state)
			);
			const count = (state: string) => states.filter((each) => each === state).length;
			expect(count('waiting')).toBe(left);
			// Those who wait come before those who ask now.
			expect(count('granted')).toBe(seats);
		}
	});
}
