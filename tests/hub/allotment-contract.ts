/**
 * What a hub promises of blocks of seats for desks, whatever it keeps its ledger in.
 *
 * @module
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import {
	checkEnd,
	checkPage,
	checkRows,
	checkRowsEnd,
	startAuditCheck
} from '#lib/domain/audit-check.ts';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import { usedSeats } from '#lib/domain/seat.ts';
import type { PullPage } from '#lib/protocol/pull.ts';
import { readFile } from '#lib/formats/file.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import { allotments, draws } from '#server/db/schema/allotments.ts';
import {
	activationComponents,
	activationFiles,
	activations,
	licenses
} from '#server/db/schema/ledger.ts';
import { requests } from '#server/db/schema/requests.ts';
import { commandResults } from '#server/db/schema/outboxes.ts';
import type { Store } from '#server/db/store.ts';
import { sha256 } from '#server/db/sha256.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { adopt } from '#server/operations/restore/adopt.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { auditPage, keptPage } from '#server/operations/audit/audit-pages.ts';
import { expireAllotments } from '#server/jobs/expire-allotments.ts';
import { setDeskPolicy } from '#server/operations/allotments/desk-policy.ts';
import { endAllotment, writeOffAllotment } from '#server/operations/allotments/end-allotment.ts';
import { pull } from '#server/operations/pull/pull.ts';
import { push } from '#server/operations/push/push.ts';
import { seatHistory } from '#server/operations/licenses/seat-history.ts';
import { recordFacts } from '#server/operations/facts/record-facts.ts';
import { renewLicense } from '#server/operations/licenses/renew-license.ts';
import { retireMachine } from '#server/operations/activations/retire-machine.ts';
import { shortHash } from '#server/ledger/revocations.ts';
import { resumeLicense, suspendLicense } from '#server/operations/licenses/suspend-license.ts';
import { fingerprint } from '../fixtures/chain.ts';
import { licenseRowOf, recount } from '../fixtures/counts.ts';
import { makeDrawingDesk, type DrawingDesk, type OwnBlock } from '../fixtures/drawing-desk.ts';
import {
	askFor,
	claimsOf,
	makeLicense,
	makeMachine,
	makeTestHub,
	returnOf,
	type TestHub,
	type TestLicense,
	type TestMachine
} from '../fixtures/hub.ts';
import { returnOfFile } from '../fixtures/returned.ts';
import { submitUnderLocks } from '../fixtures/under-locks.ts';
import type { MakeStore } from './contract.ts';

const DAY = 86_400;

export function allotmentContract(name: string, makeStore: MakeStore): void {
	describe(`allotments at a hub on ${name}`, () => {
		let store: Store;
		let made: TestHub;
		beforeAll(async () => {
			store = await makeStore();
			made = await makeTestHub(store);
		});
		afterAll(async () => {
			await checkAudits();
			await store.close();
		});

		/** What every customer's audit tells is what the ledger says. [AU1] */
		const licensesMade: TestLicense[] = [];
		const checkAudits = async () => {
			for (const license of licensesMade) {
				const { entries, end } = await auditPage(store.db, { ...license, after: 0 });
				const check = startAuditCheck();
				expect(checkPage(check, entries, sha256)).toBeUndefined();
				expect(checkEnd(check, end!)).toBeUndefined();
				const { customerId } = license;
				for (const kind of ['activation', 'allotment'] as const) {
					const { rows, revision: now } = await keptPage(store.db, { customerId, kind, after: '' });
					expect(checkRows(check, rows, { checked: end!.revision, now })).toBeUndefined();
				}
				expect(checkRowsEnd(check)).toBeUndefined();
				// What is told of months is counted of the same entries. [DK5] Tests put the clock back, a hub does not.
				made.clock.now = Math.max(...entries.map(({ at }) => at));
				const used = end!.licenses.reduce((sum, each) => sum + usedSeats(each.counts), 0);
				const history = await seatHistory(made.hub, [customerId], license.manager);
				expect(isRefusal(history) || history.months.at(-1)?.used).toBe(used);
			}
		};
		const make = async (changes: Parameters<typeof makeLicense>[1] & { deskSeats?: number }) => {
			const { deskSeats, ...order } = changes;
			const license = await makeLicense(made, order);
			licensesMade.push(license);
			const { manager: asker } = license;
			if (deskSeats) {
				const policy = { deskSeats, offlineShare: order.seats };
				await setDeskPolicy(made.hub, license, { policy, asker });
			}
			return { license, desk: await makeDrawingDesk(made, asker) };
		};
		const counts = async (license: TestLicense) => {
			const row = await licenseRowOf(store.db, license);
			const { active, reserved, cooling } = row;
			expect({ active, reserved, cooling }, '[SE1] counts').toEqual(
				await recount(store.db, license)
			);
			expect(row.ceiling).toBe(Math.max(row.seats, active + reserved + cooling));
			return { active, reserved, cooling };
		};
		type Field = { license: TestLicense; desk: DrawingDesk; block: OwnBlock };
		const drawFor = async (
			{ license, desk, block }: Field,
			machine: string | TestMachine,
			changes: Parameters<typeof askFor>[2] = {}
		) => {
			const asking = typeof machine === 'string' ? await makeMachine(machine) : machine;
			const request = await askFor({ number: license.number }, asking, changes);
			const file = await desk.draw(block, request, made.clock.now);
			if (isRefusal(file)) throw new Error(file.refused);
			return { file, request, ...claimsOf<'activation'>(file) };
		};
		const field = async (changes: Parameters<typeof make>[0], seats: number): Promise<Field> => {
			const { license, desk } = await make({ deskSeats: seats, ...changes });
			return { license, desk, block: await desk.reserve(license.number, seats) };
		};
		const submit = async (request: string, asker?: TestLicense['manager']) => {
			const answer = await activate(made.hub, request, { asker });
			if (isRefusal(answer)) throw new Error(`unreadable: ${answer.refused}`);
			return { ...answer, file: answerFile(made.hub, answer) };
		};
		const rowOf = async (act: string) => {
			const [row] = await store.db.select().from(activations).where(eq(activations.act, act));
			return row!;
		};
		const pullAll = async ({ manager }: TestLicense): Promise<PullPage> =>
			pull(made.hub, undefined, manager);
		const allotmentOf = async ({ license, block }: Omit<Field, 'desk'>) => {
			const { allotments } = await pullAll(license);
			return allotments.find(({ id }) => id === block.claims.jti)!;
		};
		const verify = async (file: string) => {
			const read = readFile(file);
			return isRefusal(read) ? read : verifyFile(read, { roots: made.roots });
		};

		test('[AL1, AL4] a block is reserved, drawn from, recorded and closed', async () => {
			const { license, desk, block } = await field({ seats: 5 }, 2);
			expect(await counts(license)).toEqual({ active: 0, reserved: 2, cooling: 0 });

			const { file, ...drawn } = await drawFor({ license, desk, block }, 'rack-01');
			expect(isRefusal(await verify(file))).toBe(false);
			const { file: signed } = await desk.tell('activation.draw', { file });
			const next = claimsOf<'activation'>(signed!);
			expect(next).toMatchObject({ act: drawn.act, gen: 2, req: drawn.req, cnf: drawn.cnf });
			expect(next.allot, 'the hub signs it as its own').toBeUndefined();
			expect(isRefusal(await verify(signed!))).toBe(false);
			expect(await counts(license)).toEqual({ active: 1, reserved: 1, cooling: 0 });

			const { refusal } = await desk.tell('allotment.close', { file: await desk.close(block) });
			expect(refusal).toBeUndefined();
			expect(await counts(license)).toEqual({ active: 1, reserved: 0, cooling: 0 });
		});

		describe('reserving', () => {
			test('[AL1] the same command again is the same allotment, byte for byte', async () => {
				const { license, desk } = await make({ seats: 5 });
				const command = desk.command('allotment.reserve', { number: license.number, seats: 2 });
				const [first] = await desk.send([command]);
				const [again] = await desk.send([command]);
				expect(again!.file).toBe(first!.file);
				expect(claimsOf<'allotment'>(first!.file!)).toMatchObject({
					jti: command.id,
					max: 2,
					cnf: { jwk: desk.key.jwk },
					exp: made.clock.now + 30 * DAY,
					fexp: made.clock.now + 90 * DAY
				});
				expect(await counts(license)).toMatchObject({ reserved: 2 });
			});

			test('[AL1] a desk holds no more than its license allows, nor more than is free', async () => {
				const { license, desk } = await make({ seats: 5 });
				const { number } = license;
				const ask = (seats: number) => desk.tell('allotment.reserve', { number, seats });
				expect((await ask(3)).refusal).toEqual(
					refuse('ALLOTMENT_LIMIT_REACHED', { number, allowed: 2, held: 0, of: 'person' })
				);
				expect((await ask(1)).refusal).toBeUndefined();
				expect((await ask(2)).refusal).toMatchObject({ facts: { allowed: 2, held: 1 } });
				const policy = { deskSeats: 10, offlineShare: 10 };
				await setDeskPolicy(made.hub, license, { policy, asker: license.manager });
				expect((await ask(5)).refusal?.refused).toBe('SEAT_LIMIT_REACHED');
				expect((await ask(4)).refusal).toBeUndefined();
				expect(await counts(license)).toEqual({ active: 0, reserved: 5, cooling: 0 });
			});

			test('[AL1] ten made-up desks of one technician block no license', async () => {
				const { license } = await make({ seats: 8 });
				const { number, customerId, manager } = license;
				const roles = new Map([[customerId, 'technician' as const]]);
				const refused: unknown[] = [];
				for (const userId of ['one technician', 'and another', 'and a third'])
					for (let n = 0; n < 10; n++) {
						const desk = await makeDrawingDesk(made, { userId, roles });
						const { refusal } = await desk.tell('allotment.reserve', { number, seats: 1 });
						if (refusal) refused.push(refusal.facts);
					}
				expect(await counts(license), 'two for each, four in all').toMatchObject({ reserved: 4 });
				expect(refused).toContainEqual({ number, allowed: 2, held: 2, of: 'person' });
				expect(refused).toContainEqual({ number, allowed: 4, held: 4, of: 'license' });
				const answer = await submit(await askFor({ number }, await makeMachine()), manager);
				expect(answer.refusal).toBeUndefined();
			});

			test('[AL1] an early write-off frees the seats at once, is audited, and a late draw is an overage', async () => {
				const at = await field({ seats: 2 }, 2);
				const { license, block } = at;
				const { file, act } = await drawFor(at, 'rack-09');
				const order = { allotment: block.claims.jti, reason: 'made up', early: true };
				expect(await writeOffAllotment(made.hub, order, license.manager)).toMatchObject({
					state: 'written-off',
					blocked: 0
				});
				const { number, manager } = license;
				for (let n = 0; n < 2; n++)
					await submit(await askFor({ number }, await makeMachine()), manager);
				expect(await counts(license)).toEqual({ active: 2, reserved: 0, cooling: 0 });
				await recordFacts(made.hub, [file]);
				expect(await rowOf(act)).toMatchObject({ overage: true });
				const { entries } = await auditPage(store.db, { ...license, after: 0 });
				expect(entries.filter(({ action }) => action === 'allotment.written-off')).toMatchObject([
					{ actor: manager.userId, facts: { reason: 'made up' } }
				]);
			});

			test('[AL1, RE2] others get the answer of an unknown number, and no unsigned push a block', async () => {
				const { license, desk } = await make({ seats: 5 });
				const { number } = license;
				const stranger = await makeDrawingDesk(made, (await makeLicense(made)).manager);
				const { refusal } = await stranger.tell('allotment.reserve', { number, seats: 1 });
				expect(refusal).toEqual(refuse('LICENSE_NOT_FOUND', { number }));
				const outbox = uuidv7();
				const commands = [{ ...desk.command('allotment.reserve', { number, seats: 1 }), outbox }];
				const reply = await push(made.hub, { outbox, commands }, license.manager);
				expect(isRefusal(reply) ? reply : reply.results[0]!.refusal).toMatchObject({
					refused: 'PUSH_NOT_SIGNED'
				});
				await suspendLicense(made.hub, license);
				const refused = await desk.tell('allotment.reserve', { number, seats: 1 });
				expect(refused.refusal?.refused).toBe('LICENSE_SUSPENDED');
				expect(await counts(license)).toEqual({ active: 0, reserved: 0, cooling: 0 });
			});

			test('[SE2, AL1] desks and machines at once never get more than the seats', async () => {
				const { license } = await make({ seats: 9, deskSeats: 16 });
				const { number, manager } = license;
				const desks = await Promise.all(
					Array.from({ length: 8 }, () => makeDrawingDesk(made, manager))
				);
				await Promise.all([
					...desks.map((desk) => desk.tell('allotment.reserve', { number, seats: 2 })),
					...Array.from({ length: 8 }, async () =>
						submit(await askFor({ number }, await makeMachine()), manager)
					)
				]);
				const { active, reserved } = await counts(license);
				expect(active + reserved).toBeLessThanOrEqual(9);
				expect(active + reserved).toBeGreaterThanOrEqual(8);
			});

			test('[AL3] no file of a block outlives its license', async () => {
				const expiresAt = made.clock.now + 20 * DAY;
				const { block } = await field({ seats: 2, expiresAt }, 1);
				expect(block.claims).toMatchObject({ exp: expiresAt, fexp: expiresAt });
			});
		});

		describe('recording', () => {
			test('[SY10] a draw counts once, whoever brings it and however often', async () => {
				const at = await field({ seats: 3 }, 2);
				const { file } = await drawFor(at, 'rack-11');
				const answers = await recordFacts(made.hub, [file, file]);
				const again = await recordFacts(made.hub, [file]);
				const tokens = [...answers, ...again].map((fact) =>
					!isRefusal(fact) && fact.kind === 'draw' ? fact.answer.token : fact
				);
				expect(new Set(tokens).size).toBe(1);
				const said = await at.desk.tell('activation.draw', { file });
				expect(joinedLast(said.file!)).toBe(tokens[0]);
				expect(await counts(at.license)).toEqual({ active: 1, reserved: 1, cooling: 0 });
			});

			test('[SY10, FI6] a draw alone is completed from the allotments that the hub knows', async () => {
				const at = await field({ seats: 3 }, 1);
				const { file } = await drawFor(at, 'rack-12');
				const [fact] = await recordFacts(made.hub, [joinedLast(file)]);
				expect(fact).toMatchObject({ kind: 'draw', answer: { state: 'recorded' } });
			});

			test('[AL4, SY10] under a suspended license the draw is its own answer, until it is resumed', async () => {
				const at = await field({ seats: 3 }, 2);
				const { license } = at;
				const { file, act, req } = await drawFor(at, 'rack-13');
				await suspendLicense(made.hub, license);
				const said = await at.desk.tell('activation.draw', { file });
				expect(joinedLast(said.file!)).toBe(joinedLast(file));
				expect(isRefusal(await verify(said.file!)), 'with its allotment').toBe(false);
				expect(await rowOf(act)).toMatchObject({ state: 'active', gen: 1, drawn: true });
				const before = (await pullAll(license)).answers.find(({ request }) => request === req)!;
				expect(joinedLast(before.file)).toBe(joinedLast(file));

				await resumeLicense(made.hub, license);
				expect(await rowOf(act)).toMatchObject({ gen: 2, drawn: false });
				const after = (await pullAll(license)).answers.find(({ request }) => request === req)!;
				expect(claimsOf<'activation'>(after.file)).toMatchObject({ act, gen: 2, req });
				expect(after.revision).toBeGreaterThan(before.revision);
			});

			test('[AL4, O7] a renewal gives machines their next file, drawn ones included', async () => {
				const at = await field({ seats: 3 }, 2);
				const { license } = at;
				await at.desk.tell('activation.draw', { file: (await drawFor(at, 'rack-14')).file });
				const second = await drawFor(at, 'rack-15');
				await suspendLicense(made.hub, license);
				await at.desk.tell('activation.draw', { file: second.file });
				await resumeLicense(made.hub, license);
				const renewed = await renewLicense(made.hub, license, { edition: 'Large' });
				if (isRefusal(renewed)) throw new Error(renewed.refused);
				const claims = renewed.files.map(({ file }) => claimsOf<'activation'>(file));
				expect(claims.map(({ gen }) => gen)).toEqual([3, 3]);
				for (const each of claims) expect(each).toMatchObject({ ed: 'Large' });
				expect(claims.every(({ allot }) => allot === undefined)).toBe(true);
			});

			test('[AL2, SE5, SY10] generations of one slot come in any order', async () => {
				const at = await field({ seats: 3 }, 2);
				const machine = await makeMachine('rack-16');
				const first = await drawFor(at, machine, { held: 'desk' });
				const later = await drawFor(at, await makeMachine('rack-16'));
				expect(later).toMatchObject({ act: first.act, gen: 2 });
				const two = await at.desk.tell('activation.draw', { file: later.file });
				expect(claimsOf<'activation'>(two.file!)).toMatchObject({ gen: 3, req: later.req });
				const one = await at.desk.tell('activation.draw', { file: first.file });
				expect(joinedLast(one.file!)).toBe(joinedLast(first.file));
				expect(await rowOf(first.act)).toMatchObject({
					gen: 3,
					request: later.req,
					firstKey: first.cnf.jkt,
					held: 'desk'
				});
				expect(await counts(at.license)).toEqual({ active: 1, reserved: 1, cooling: 0 });
			});

			test('[SE3, AL4] a request that was drawn for gets the same bytes from the hub', async () => {
				const at = await field({ seats: 3 }, 1);
				const { file, request } = await drawFor(at, 'rack-17');
				const told = await at.desk.tell('activation.draw', { file });
				const answer = await submit(request, at.license.manager);
				expect(answer.token).toBe(joinedLast(told.file!));
				expect(await counts(at.license)).toEqual({ active: 1, reserved: 0, cooling: 0 });
			});

			test('[SE3, AL5] a machine that holds a seat joins it by its draw, and gives each back by itself', async () => {
				const at = await field({ seats: 3 }, 2);
				const { license, desk } = at;
				const machine = await makeMachine('rack-18');
				const request = await askFor({ number: license.number }, machine);
				const held = claimsOf<'activation'>((await submit(request, license.manager)).file);
				const drawn = await drawFor(at, machine);
				expect(await counts(license)).toEqual({ active: 1, reserved: 2, cooling: 0 });
				const { file } = await desk.tell('activation.draw', { file: drawn.file });
				expect(claimsOf<'activation'>(file!)).toMatchObject({
					act: held.act,
					gen: 2,
					req: drawn.req
				});
				expect(await counts(license)).toEqual({ active: 1, reserved: 1, cooling: 0 });

				const [receipt] = await recordFacts(made.hub, [await returnOfFile(drawn.file, machine)]);
				if (!receipt || isRefusal(receipt) || receipt.kind !== 'return') throw new Error('refused');
				const said = claimsOf<'receipt'>(answerFile(made.hub, receipt.answer));
				expect(said).toMatchObject({ act: drawn.act, freed: true });
				// Its other file opens the product still, so its seat is in use.
				expect(await rowOf(held.act)).toMatchObject({ state: 'active' });
				expect(await counts(license)).toEqual({ active: 1, reserved: 1, cooling: 0 });
				const [other] = await recordFacts(made.hub, [await returnOf(file!, machine)]);
				if (!other || isRefusal(other) || other.kind !== 'return') throw new Error('refused');
				expect(claimsOf<'receipt'>(answerFile(made.hub, other.answer)).act).toBe(held.act);
				expect(await counts(license)).toEqual({ active: 0, reserved: 1, cooling: 0 });
			});

			test('[AL5, SE8] what a machine drew while it held a seat holds it once that is given back', async () => {
				const at = await field({ seats: 3 }, 2);
				const { license, desk } = at;
				const machine = await makeMachine('rack-19');
				const request = await askFor({ number: license.number }, machine);
				const held = await submit(request, license.manager);
				const drawn = await drawFor(at, machine);
				await desk.tell('activation.draw', { file: drawn.file });
				await recordFacts(made.hub, [await returnOf(held.file, machine)]);
				expect(await rowOf(drawn.act)).toMatchObject({ state: 'active', gen: 2, drawn: false });
				expect(await counts(license)).toEqual({ active: 1, reserved: 1, cooling: 0 });
				// Its request is answered by what it holds, and the other one is spent.
				const again = await submit(drawn.request, license.manager);
				expect(claimsOf<'activation'>(again.file).act).toBe(drawn.act);
				expect((await submit(request, license.manager)).refusal?.refused).toBe('REQUEST_SPENT');
				await recordFacts(made.hub, [await returnOfFile(drawn.file, machine)]);
				expect(await counts(license)).toEqual({ active: 0, reserved: 1, cooling: 0 });
			});

			test('[AL5, SE6] a machine that is gone goes with what it drew', async () => {
				const at = await field({ seats: 3 }, 2);
				const { license, desk } = at;
				const machine = await makeMachine('rack-21');
				const request = await askFor({ number: license.number }, machine);
				const { act } = claimsOf<'activation'>((await submit(request, license.manager)).file);
				const drawn = await drawFor(at, machine);
				await desk.tell('activation.draw', { file: drawn.file });
				await retireMachine(made.hub, { act, reason: 'burnt' }, license.manager);
				await desk.tell('activation.draw', { file: drawn.file });
				expect(await counts(license)).toEqual({ active: 0, reserved: 1, cooling: 0 });
			});

			test('[MA5] a draw of what looks like a known machine keeps the seat of its slot, and says so', async () => {
				const at = await field({ seats: 3 }, 2);
				const { license, desk } = at;
				const machine = await makeMachine('rack-20');
				const request = await askFor({ number: license.number }, machine);
				const held = claimsOf<'activation'>((await submit(request, license.manager)).file);
				const changed = { ...held.fp, mac: fingerprint('rack-21').mac };
				const drawn = await drawFor(at, machine, { fp: changed });
				const { file } = await desk.tell('activation.draw', { file: drawn.file });
				expect(claimsOf<'activation'>(file!)).toMatchObject({ act: drawn.act, fp: changed });
				expect(await rowOf(drawn.act)).toMatchObject({ twin: held.act, fp: changed });
				expect(await rowOf(held.act)).toMatchObject({ gen: 1, fp: held.fp, changes: null });
				expect(await counts(license)).toEqual({ active: 2, reserved: 1, cooling: 0 });
			});

			test('[MA4] a return of a draw that nobody told of records it first', async () => {
				const at = await field({ seats: 3 }, 2);
				const machine = await makeMachine('rack-19');
				const { file, act, req } = await drawFor(at, machine);
				const text = await returnOfFile(file, machine);
				const [one] = await recordFacts(made.hub, [text]);
				const [two] = await recordFacts(made.hub, [text]);
				if (!one || isRefusal(one) || one.kind !== 'return') throw new Error('refused');
				expect(two).toMatchObject({ answer: { token: one.answer.token, isNew: false } });
				expect(await rowOf(act)).toMatchObject({ state: 'returned' });
				expect(await counts(at.license)).toEqual({ active: 0, reserved: 1, cooling: 0 });
				const later = await at.desk.tell('activation.draw', { file });
				expect(later.refusal).toBeUndefined();
				expect(await counts(at.license)).toEqual({ active: 0, reserved: 1, cooling: 0 });
				const again = await submit(
					(await drawFor(at, machine, { jti: req })).request,
					at.license.manager
				);
				expect(again.refusal?.refused).toBe('REQUEST_SPENT');
			});

			test('[SE6, AL5] a retired machine is revoked by every name that its files have', async () => {
				const at = await field({ seats: 12 }, 2);
				const { license, desk } = at;
				const machine = await makeMachine('rack-20');
				const held = claimsOf<'activation'>(
					(await submit(await askFor({ number: license.number }, machine), license.manager)).file
				);
				const drawn = await drawFor(at, machine);
				await desk.tell('activation.draw', { file: drawn.file });
				await retireMachine(made.hub, { act: held.act, reason: 'burnt' }, license.manager);
				const { file } = await submit(
					await askFor({ number: license.number }, await makeMachine()),
					license.manager
				);
				const read = readFile(file);
				if (isRefusal(read)) throw new Error(read.refused);
				const { acts } = read.revocation!.token.payload as { acts: string[] };
				expect(acts).toEqual([shortHash(held.act), shortHash(drawn.act)]);
			});
		});

		describe('giving back', () => {
			test('[AL4] a close frees what was not drawn; what it names stays until it is recorded', async () => {
				const at = await field({ seats: 4 }, 3);
				const { file } = await drawFor(at, 'rack-31');
				const close = await at.desk.close(at.block);
				const [fact] = await recordFacts(made.hub, [close]);
				expect(fact).toMatchObject({ kind: 'close', isNew: true });
				expect(await counts(at.license)).toEqual({ active: 0, reserved: 1, cooling: 0 });
				expect(await allotmentOf(at)).toMatchObject({ state: 'closed', reserved: 1 });
				expect((await recordFacts(made.hub, [close]))[0]).toMatchObject({ isNew: false });
				await recordFacts(made.hub, [file]);
				expect(await counts(at.license)).toEqual({ active: 1, reserved: 0, cooling: 0 });
				expect(await allotmentOf(at)).toMatchObject({ state: 'closed', reserved: 0 });
			});

			test('[AL4, CL3] seats come back 48 hours after the last file has ended, inside a grant', async () => {
				const at = await field({ seats: 2 }, 2);
				const { license, block } = at;
				const start = made.clock.now;
				const ask = async () =>
					submit(await askFor({ number: license.number }, await makeMachine()), license.manager);
				const underLocks = async () =>
					submitUnderLocks(made, await askFor(license, await makeMachine()));
				made.clock.now = block.claims.fexp + 2 * DAY - 1;
				for (const way of [ask, underLocks])
					expect((await way()).refusal?.refused).toBe('SEAT_LIMIT_REACHED');
				made.clock.freeing = made.clock.now;
				made.clock.now += 10;
				for (const way of [ask, underLocks])
					expect((await way()).refusal?.refused, 'a leap frees nothing').toBe('SEAT_LIMIT_REACHED');
				delete made.clock.freeing;
				expect((await ask()).refusal).toBeUndefined();
				expect(await allotmentOf(at)).toMatchObject({ state: 'expired', reserved: 0 });
				expect(await counts(license)).toEqual({ active: 1, reserved: 0, cooling: 0 });
				made.clock.now = start;
			});

			test('[AL4, CL3] the job lets allotments expire too, drawn ones included', async () => {
				const at = await field({ seats: 3 }, 2);
				await recordFacts(made.hub, [(await drawFor(at, 'rack-32')).file]);
				const start = made.clock.now;
				made.clock.now = at.block.claims.fexp + 2 * DAY;
				await expireAllotments(made.hub);
				expect(await counts(at.license)).toEqual({ active: 1, reserved: 0, cooling: 0 });
				expect(await allotmentOf(at)).toMatchObject({ state: 'expired' });
				made.clock.now = start;
			});

			test('[AL4] a manager writes off once issuing has ended; what comes after that is an overage', async () => {
				const at = await field({ seats: 2 }, 2);
				const { license, block } = at;
				const id = block.claims.jti;
				const start = made.clock.now;
				const { file, act, req } = await drawFor(at, 'rack-33');
				const order = { allotment: id, reason: 'lost phone' };
				const technician = {
					...license.manager,
					roles: new Map([[license.customerId, 'technician' as const]])
				};
				expect(await writeOffAllotment(made.hub, order, technician)).toMatchObject({
					refused: 'NOT_PERMITTED'
				});
				expect(await writeOffAllotment(made.hub, order, license.manager)).toMatchObject({
					refused: 'ALLOTMENT_STILL_ISSUING'
				});
				made.clock.now = block.claims.exp;
				expect(await writeOffAllotment(made.hub, order, license.manager)).toMatchObject({
					id,
					state: 'written-off',
					blocked: 0
				});
				for (let n = 0; n < 2; n++)
					await submit(
						await askFor({ number: license.number }, await makeMachine()),
						license.manager
					);
				expect(await counts(license)).toEqual({ active: 2, reserved: 0, cooling: 0 });

				const said = await at.desk.tell('activation.draw', { file });
				expect(joinedLast(said.file!), 'the hub signs nothing for it').toBe(joinedLast(file));
				expect(await counts(license)).toEqual({ active: 3, reserved: 0, cooling: 0 });
				expect(await rowOf(act)).toMatchObject({ overage: true, drawn: true });
				const own = await askFor({ number: license.number }, await makeMachine('rack-33'));
				expect((await submit(own, license.manager)).refusal?.refused).toBe('SEAT_LIMIT_REACHED');

				// A seat becomes free: the overage fits, and gets the file of the hub.
				const { activations: held } = await pullAll(license);
				const other = held.find((row) => row.id !== act)!;
				await retireMachine(made.hub, { act: other.id, reason: 'gone' }, license.manager);
				expect(await counts(license)).toEqual({ active: 2, reserved: 0, cooling: 0 });
				expect(await rowOf(act)).toMatchObject({ overage: false, drawn: false, gen: 2 });
				const answer = (await pullAll(license)).answers.find(({ request }) => request === req)!;
				expect(claimsOf<'activation'>(answer.file)).toMatchObject({ act, gen: 2 });
				made.clock.now = start;
			});

			test('[AL4, SE4] an overage is over with its file', async () => {
				const at = await field({ seats: 1 }, 1);
				const { license, block } = at;
				const start = made.clock.now;
				const { file, act } = await drawFor(at, 'rack-34');
				made.clock.now = block.claims.exp;
				await writeOffAllotment(
					made.hub,
					{ allotment: block.claims.jti, reason: 'x' },
					license.manager
				);
				await submit(
					await askFor({ number: license.number }, await makeMachine()),
					license.manager
				);
				await recordFacts(made.hub, [file]);
				expect(await counts(license)).toEqual({ active: 2, reserved: 0, cooling: 0 });
				made.clock.now = block.claims.fexp + 2 * DAY;
				expect(await expireAllotments(made.hub)).toBeGreaterThan(0);
				expect(await counts(license)).toEqual({ active: 1, reserved: 0, cooling: 0 });
				expect(await rowOf(act)).toMatchObject({ state: 'returned' });
				made.clock.now = start;
			});

			test('[AL4] a desk that was ended gets no other block, and its seats stay until then', async () => {
				const at = await field({ seats: 5 }, 2);
				const { license, block, desk } = at;
				const { file } = await drawFor(at, 'rack-35');
				const order = { allotment: block.claims.jti, reason: 'stolen' };
				expect(await endAllotment(made.hub, order, license.manager)).toEqual({
					id: block.claims.jti,
					state: 'frozen',
					blocked: 2,
					until: block.claims.fexp + 2 * DAY
				});
				const { refusal } = await desk.tell('allotment.reserve', {
					number: license.number,
					seats: 1
				});
				expect(refusal?.refused).toBe('ALLOTMENT_CLOSED');
				await desk.tell('activation.draw', { file });
				expect(await counts(license)).toEqual({ active: 1, reserved: 1, cooling: 0 });
				// It is found again, and says what it has drawn.
				await desk.tell('allotment.close', { file: await desk.close(block) });
				expect(await counts(license)).toEqual({ active: 1, reserved: 0, cooling: 0 });
				expect(await allotmentOf(at)).toMatchObject({ state: 'frozen' });
			});
		});

		describe('a copied desk', () => {
			test('[AL5, SE1, O11] one slot on two machines: both signatures, frozen, and the second is told', async () => {
				const at = await field({ seats: 2 }, 2);
				const { license, block } = at;
				const copy = { ...at, block: { ...block, bound: [], files: new Map<string, string>() } };
				const first = await drawFor(at, 'rack-41');
				const second = await drawFor(copy, 'rack-42');
				expect(second.act).toBe(first.act);
				await recordFacts(made.hub, [first.file]);
				const [told] = await recordFacts(made.hub, [second.file]);
				if (!told || isRefusal(told) || told.kind !== 'draw') throw new Error('refused');
				const { number } = license;
				const facts = {
					number,
					slot: 1,
					until: block.claims.fexp,
					contact: 'licensing@example.com'
				};
				expect(told.answer.refusal).toEqual(refuse('SLOT_CONTESTED', facts));
				expect(claimsOf<'refusal'>(answerFile(made.hub, told.answer))).toMatchObject({
					code: 'SLOT_CONTESTED',
					req: second.req
				});
				const row = await allotmentOf(at);
				expect(row).toMatchObject({ state: 'frozen', reserved: 1 });
				const tokens = [first, second].map(({ file }) => joinedLast(file));
				expect(
					row.contested!.map(({ slot, draws: each }) => [
						slot,
						each.map(({ token }) => token).sort()
					])
				).toEqual([[1, tokens.sort()]]);
				expect(await counts(license)).toEqual({ active: 2, reserved: 1, cooling: 0 });
				const kept = await store.db
					.select()
					.from(draws)
					.where(eq(draws.allotment, block.claims.jti));
				expect(kept.map(({ state }) => state).sort()).toEqual(['contested', 'recorded']);
				const overage = kept.find(({ state }) => state === 'contested')!;
				expect(overage.act).not.toBe(first.act);
				expect(await rowOf(first.act)).toMatchObject({ overage: false, gen: 2 });
				expect(await rowOf(overage.act)).toMatchObject({ overage: true, drawn: true });
				const { refusal } = await at.desk.tell('allotment.reserve', { number, seats: 1 });
				expect(refusal?.refused).toBe('ALLOTMENT_CLOSED');
			});

			test('[AL5] each machine of a contested slot gives back its own seat', async () => {
				const at = await field({ seats: 4 }, 2);
				const copy = { ...at, block: { ...at.block, bound: [], files: new Map<string, string>() } };
				const machines = [await makeMachine('rack-43'), await makeMachine('rack-44')] as const;
				const first = await drawFor(at, machines[0]);
				const second = await drawFor(copy, machines[1]);
				await recordFacts(made.hub, [first.file, second.file]);
				expect(await counts(at.license)).toEqual({ active: 2, reserved: 1, cooling: 0 });
				await recordFacts(made.hub, [joinedLast(await returnOfFile(second.file, machines[1]))]);
				expect(await counts(at.license)).toEqual({ active: 1, reserved: 1, cooling: 0 });
				expect(await rowOf(first.act)).toMatchObject({ state: 'active' });
				await recordFacts(made.hub, [await returnOfFile(first.file, machines[0])]);
				expect(await counts(at.license)).toEqual({ active: 0, reserved: 1, cooling: 0 });
			});

			test('[AL5] two signatures under one id are two draws', async () => {
				const at = await field({ seats: 4 }, 2);
				const first = await drawFor(at, 'rack-45');
				const { file: _, request: __, ...claims } = first;
				const other = await drawFor({ ...at, block: { ...at.block, bound: [] } }, 'rack-46');
				const forged = await at.desk.sign(at.block, {
					...claims,
					fp: other.fp,
					req: uuidv7(),
					cnf: other.cnf
				});
				const facts = await recordFacts(made.hub, [first.file, forged]);
				expect(
					facts.map((fact) => !isRefusal(fact) && fact.kind === 'draw' && fact.answer.state)
				).toEqual(['recorded', 'contested']);
				expect(await counts(at.license)).toMatchObject({ active: 2 });
			});

			test('[AL5] two different closes, and a draw after a close, prove a copy', async () => {
				const at = await field({ seats: 5 }, 2);
				await recordFacts(made.hub, [await at.desk.close(at.block, [])]);
				expect(await counts(at.license)).toEqual({ active: 0, reserved: 0, cooling: 0 });
				await recordFacts(made.hub, [await at.desk.close(at.block, [2])]);
				expect(await allotmentOf(at)).toMatchObject({ state: 'frozen' });

				const again = await field({ seats: 1 }, 1);
				await recordFacts(made.hub, [await again.desk.close(again.block, [])]);
				await submit(
					await askFor({ number: again.license.number }, await makeMachine()),
					again.license.manager
				);
				await recordFacts(made.hub, [(await drawFor(again, 'rack-47')).file]);
				expect(await allotmentOf(again)).toMatchObject({ state: 'frozen' });
				expect(await counts(again.license)).toEqual({ active: 2, reserved: 0, cooling: 0 });
			});

			test('[AL4] a close of a desk that was proved to be copied frees nothing', async () => {
				const at = await field({ seats: 5 }, 3);
				const copy = { ...at, block: { ...at.block, bound: [], files: new Map<string, string>() } };
				await recordFacts(made.hub, [
					(await drawFor(at, 'rack-48')).file,
					(await drawFor(copy, 'rack-49')).file
				]);
				await recordFacts(made.hub, [await at.desk.close(at.block)]);
				expect(await counts(at.license)).toEqual({ active: 2, reserved: 2, cooling: 0 });
			});

			test('[SY2] a forked outbox freezes the blocks of its key', async () => {
				const at = await field({ seats: 5 }, 2);
				const { desk, license } = at;
				const { number } = license;
				const copied = { ...desk.command('allotment.reserve', { number, seats: 1 }), n: 1 };
				const { outbox, signed } = desk;
				const reply = await push(
					made.hub,
					{ outbox, commands: [copied], desk: signed },
					license.manager
				);
				expect(reply).toEqual(refuse('OUTBOX_FORKED', { outbox }));
				expect(await allotmentOf(at)).toMatchObject({ state: 'frozen', reserved: 2 });
				// Facts of it count all the same.
				await recordFacts(made.hub, [(await drawFor(at, 'rack-50')).file]);
				expect(await counts(license)).toEqual({ active: 1, reserved: 1, cooling: 0 });
			});
		});

		test('[SY6, SE4] a restored hub adopts a block that it has forgotten, with its draws and its close', async () => {
			const at = await field({ seats: 2 }, 2);
			const { license, block, desk } = at;
			const drawn = await drawFor(at, 'rack-61');
			const { file: signed } = await desk.tell('activation.draw', { file: drawn.file });
			// What a backup from before all of it would know.
			await forget(store, license);
			for (let n = 0; n < 2; n++)
				await submit(
					await askFor({ number: license.number }, await makeMachine()),
					license.manager
				);

			const adopted = await adopt(made.hub, [signed!, drawn.file, block.file], 'desk');
			expect(adopted).toMatchObject([
				{ kind: 'activation', act: drawn.act, outcome: 'overage' },
				// The draw of that very activation: its slot's seat is set aside no more. [SE8]
				{ kind: 'activation', act: drawn.act, outcome: 'seat' },
				{ kind: 'allotment', outcome: 'known' }
			]);
			expect(await counts(license)).toEqual({ active: 3, reserved: 1, cooling: 0 });
			// The desk asks again for what it has, under the same id.
			const { jti } = block.claims;
			const again = await desk.tell('allotment.reserve', { number: license.number, seats: 2 }, jti);
			expect(joinedLast(again.file!)).toBe(joinedLast(block.file));
			expect(await allotmentOf(at)).toMatchObject({ desk: 'Field phone', state: 'open' });
			await desk.tell('allotment.close', { file: await desk.close(block) });
			expect(await counts(license)).toEqual({ active: 3, reserved: 0, cooling: 0 });
			licensesMade.splice(licensesMade.indexOf(license), 1);
		});
	});
}

function joinedLast(file: string): string {
	const read = readFile(file);
	if (isRefusal(read)) throw new Error(read.refused);
	return read.body.text;
}

async function forget({ db }: Store, { customerId, licenseId }: TestLicense): Promise<void> {
	for (const table of [draws, allotments, activationFiles, requests])
		await db.delete(table).where(eq(table.customerId, customerId));
	for (const table of [activations, activationComponents])
		await db.delete(table).where(eq(table.customerId, customerId));
	await db.delete(commandResults).where(eq(commandResults.customerId, customerId));
	await db
		.update(licenses)
		.set({ active: 0, reserved: 0 })
		.where(eq(licenses.licenseId, licenseId));
}
