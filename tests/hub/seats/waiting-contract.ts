/**
 * What a hub promises to requests that wait for a seat, whatever it keeps its ledger in. [RE1]
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkEnd, checkPage, startAuditCheck } from '#lib/domain/audit/audit-check.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { WAITING_SECONDS } from '#lib/domain/seats/waiting.ts';
import type { CommandType } from '#lib/protocol/commands.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { waitingRequests } from '#server/db/schema/requests.ts';
import { sha256 } from '#server/db/sha256.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { adopt } from '#server/operations/restore/adopt.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { auditPage } from '#server/operations/audit/audit-pages.ts';
import { writeBackup } from '#server/operations/restore/backup-file.ts';
import { coolSeats } from '#server/jobs/cool-seats.ts';
import { endWaiting } from '#server/jobs/end-waiting.ts';
import type { Asker } from '#server/hub/hub.ts';
import { moveLicense } from '#server/operations/licenses/move-license.ts';
import { pull } from '#server/operations/pull/pull.ts';
import { hashOf } from '#server/operations/push/judge-commands.ts';
import { push } from '#server/operations/push/push.ts';
import { renewLicense } from '#server/operations/licenses/renew-license.ts';
import { restore } from '#server/operations/restore/restore.ts';
import { retireMachine } from '#server/operations/activations/retire-machine.ts';
import { returnActivations } from '#server/operations/facts/return-activations.ts';
import { resumeLicense, suspendLicense } from '#server/operations/licenses/suspend-license.ts';
import { unfreezeLicense } from '#server/operations/restore/unfreeze-license.ts';
import { countsOf, licenseRowOf } from '../../fixtures/counts.ts';
import {
	customerCalled,
	askFor,
	claimsOf,
	commandOf,
	makeLicense,
	makeMachine,
	makeTestHub,
	returnOf,
	type TestLicense
} from '../../fixtures/hub.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

const DAY = 86_400;
/** Rounds of the race. */
const ROUNDS = 4;

export function waitingContract(name: string, makeStore: MakeStore): void {
	describe(`requests that wait for a seat, at a hub on ${name}`, () => {
		const { made, store } = openHub(makeStore);

		/** A desk of its own sends one command. */
		const send = async (type: CommandType, text: string, asker: Asker) => {
			const args = type === 'activation.return' ? { file: text } : { request: text };
			const body = { type, version: 1, args } as const;
			const outbox = uuidv7();
			const command = commandOf(outbox, 1, text, { ...body, hash: hashOf(body) });
			const reply = await push(made.hub, { outbox, commands: [command] }, asker);
			if (isRefusal(reply)) throw new Error(reply.refused);
			return reply.results[0]!;
		};
		const submit = async (text: string, asker?: Asker) => {
			const answer = await activate(made.hub, text, { asker });
			if (isRefusal(answer)) throw new Error(answer.refused);
			return { ...answer, file: answerFile(made.hub, answer) };
		};
		/** A license whose seats are all taken, and their machines with their files. */
		const takenLicense = async (seats = 1, changes = {}) => {
			const license = await makeLicense(made, { seats, ...changes });
			const holders = [];
			for (let at = 0; at < seats; at++) {
				const machine = await makeMachine();
				const { file, refusal } = await submit(await askFor(license, machine));
				expect(refusal).toBeUndefined();
				holders.push({ machine, file, act: claimsOf<'activation'>(file).act });
			}
			return { license, holders };
		};
		/** A machine that was refused, and waits. */
		const waiter = async (license: TestLicense, machineName?: string) => {
			const machine = await makeMachine(machineName);
			const request = await askFor({ number: license.number }, machine);
			const refused = await send('activation.request', request, license.manager);
			expect(refused.refusal?.refused).toBe('SEAT_LIMIT_REACHED');
			const result = await send('request.wait', request, license.manager);
			expect(result.refusal).toBeUndefined();
			return { machine, request, jti: claimsOf<'activation'>(request).jti };
		};
		const answerOf = async ({ manager }: TestLicense, jti: string) => {
			const page = await pull(made.hub, undefined, manager);
			const answer = page.answers.find(({ request }) => request === jti);
			return answer && { ...answer, code: kindOf(answer.file) };
		};
		const giveBack = async ({
			file,
			machine
		}: {
			file: string;
			machine: Parameters<typeof returnOf>[1];
		}) => {
			const [receipt] = await returnActivations(made.hub, [await returnOf(file, machine)]);
			if (!receipt || isRefusal(receipt)) throw new Error(receipt?.refused);
		};
		/** Counts, queue and audit agree. */
		const check = async (license: TestLicense, db = store.db) => {
			const row = await licenseRowOf(db, license);
			const { active, reserved, cooling } = await countsOf(db, license);
			const queue = await db
				.select()
				.from(waitingRequests)
				.where(
					and(
						eq(waitingRequests.customerId, license.customerId),
						eq(waitingRequests.licenseId, license.licenseId)
					)
				);
			expect(row.waiting, 'those who wait are counted').toBe(queue.length);
			expect(active + reserved + cooling).toBeLessThanOrEqual(row.ceiling);
			const { entries, end } = await auditPage(db, { customerId: license.customerId, after: 0 });
			const audited = startAuditCheck();
			expect(checkPage(audited, entries, sha256) ?? checkEnd(audited, end!)).toBeUndefined();
			return { active, waiting: row.waiting, actions: entries.map(({ action }) => action) };
		};

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

		test('[RE1] withdrawn, it is refused as before, and no seat comes to it', async () => {
			const { license, holders } = await takenLicense();
			const { jti, request } = await waiter(license);
			expect((await send('request.withdraw', request, license.manager)).refusal).toBeUndefined();
			expect(await answerOf(license, jti)).toMatchObject({
				state: 'refused',
				code: 'SEAT_LIMIT_REACHED'
			});
			await giveBack(holders[0]!);
			expect((await answerOf(license, jti))?.state).toBe('refused');
			expect(await check(license)).toMatchObject({ active: 0, waiting: 0 });
			const again = await send('request.wait', request, license.manager);
			expect(kindOf(again.file ?? ''), 'a seat is free: there is nothing to wait for').toBe('act');
		});

		test('[RE1] withdrawn too late, it stays granted', async () => {
			const { license, holders } = await takenLicense();
			const { jti, request } = await waiter(license);
			await giveBack(holders[0]!);
			const result = await send('request.withdraw', request, license.manager);
			expect(kindOf(result.file ?? '')).toBe('act');
			expect((await answerOf(license, jti))?.state).toBe('granted');
			await check(license);
		});

		test('[RE1] submitted or queued again, it keeps its place, and desks hear of it again', async () => {
			const { license, holders } = await takenLicense();
			const first = await waiter(license);
			made.clock.now += 60;
			const second = await waiter(license);
			const { cursor } = await pull(made.hub, undefined, license.manager);
			const again = await send('activation.request', first.request, license.manager);
			expect(again.refusal?.refused).toBe('SEAT_LIMIT_REACHED');
			const news = await pull(made.hub, cursor, license.manager);
			expect(news.answers).toMatchObject([{ request: first.jti, state: 'waiting' }]);
			await send('request.wait', first.request, license.manager);
			await giveBack(holders[0]!);
			expect((await answerOf(license, first.jti))?.state).toBe('granted');
			expect((await answerOf(license, second.jti))?.state).toBe('waiting');
			await check(license);
		});

		test('[RE1] a request that was never submitted is decided first, and then waits', async () => {
			const { license } = await takenLicense();
			const request = await askFor({ number: license.number }, await makeMachine());
			expect((await send('request.wait', request, license.manager)).refusal).toBeUndefined();
			const { jti } = claimsOf<'activation'>(request);
			expect((await answerOf(license, jti))?.state).toBe('waiting');
		});

		test('[RE1, CL3] after thirty days it is refused again, but not by a clock that leapt', async () => {
			const { license, holders } = await takenLicense();
			const { jti } = await waiter(license);
			const { now } = made.clock;
			made.clock.now = now + WAITING_SECONDS;
			made.clock.freeing = now;
			await endWaiting(made.hub);
			expect((await answerOf(license, jti))?.state, 'nobody confirmed the time').toBe('waiting');
			made.clock.freeing = undefined;
			made.clock.now -= 1;
			await endWaiting(made.hub);
			expect((await answerOf(license, jti))?.state, 'a second early').toBe('waiting');
			made.clock.now += 1;
			await endWaiting(made.hub);
			expect(await answerOf(license, jti)).toMatchObject({
				state: 'refused',
				waitingUntil: undefined,
				code: 'SEAT_LIMIT_REACHED'
			});
			await giveBack(holders[0]!);
			expect((await answerOf(license, jti))?.state).toBe('refused');
			expect((await check(license)).actions).toContain('request.expired');
		});

		test('[RE1] only a missing seat is waited for', async () => {
			const { license } = await takenLicense();
			await suspendLicense(made.hub, license);
			const request = await askFor({ number: license.number }, await makeMachine());
			const result = await send('request.wait', request, license.manager);
			expect(result.refusal?.refused).toBe('LICENSE_SUSPENDED');
			expect(await check(license)).toMatchObject({ waiting: 0 });
		});

		test('[RE1] a request that its renewed license no longer covers is told so', async () => {
			const { license } = await takenLicense();
			const machine = await makeMachine();
			const request = await askFor({ number: license.number }, machine, { pv: '8.1' });
			await send('request.wait', request, license.manager);
			await renewLicense(made.hub, license, { seats: 2, versions: { from: 9, to: 9 } });
			const { jti } = claimsOf<'activation'>(request);
			expect(await answerOf(license, jti)).toMatchObject({
				state: 'refused',
				code: 'VERSION_NOT_COVERED'
			});
			expect(await check(license)).toMatchObject({ active: 1, waiting: 0 });
		});

		test('[RE1, SE7] whoever waits for a seat of a license that moves is told so', async () => {
			const { license } = await takenLicense();
			const { jti } = await waiter(license);
			const to = await customerCalled(made.hub, `Sample ${uuidv7()}`);
			const moved = await moveLicense(made.hub, license, to, 'staff');
			if (isRefusal(moved)) throw new Error(moved.refused);
			expect(await answerOf(license, jti)).toMatchObject({
				state: 'refused',
				code: 'LICENSE_MOVED'
			});
			expect(await check(license)).toMatchObject({ active: 1, waiting: 0 });
		});

		test('[RE1, RE2] neither waits nor withdraws who may not ask', async () => {
			const { license } = await takenLicense();
			const { request, jti } = await waiter(license);
			const stranger = (await makeLicense(made)).manager;
			for (const type of ['request.wait', 'request.withdraw'] as const)
				expect((await send(type, request, stranger)).refusal?.refused).toBe('LICENSE_NOT_FOUND');
			expect((await answerOf(license, jti))?.state).toBe('waiting');
			const unknown = await askFor({ number: license.number }, await makeMachine());
			const withdrawn = await send('request.withdraw', unknown, license.manager);
			expect(withdrawn.refusal?.refused).toBe('REQUEST_UNKNOWN');
		});

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
	});
}

/** `act` of an activation file, the code of a refusal. */
function kindOf(file: string): string {
	const claims = claimsOf<'refusal'>(file) as { code?: string };
	return claims.code ?? 'act';
}
