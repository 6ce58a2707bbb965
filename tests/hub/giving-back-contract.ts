/**
 * What a hub promises of seats given back, whatever it keeps its ledger in.
 *
 * @module
 */
import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeLicenseNumber } from '#lib/domain/license-number.ts';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import { makeReturn } from '#lib/signing/return.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { activationFiles, activations, giveBacks, licenses } from '#server/db/schema/ledger.ts';
import { requests } from '#server/db/schema/requests.ts';
import type { Store } from '#server/db/store.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { coolSeats } from '#server/jobs/cool-seats.ts';
import { pull } from '#server/operations/pull/pull.ts';
import { hashOf } from '#server/operations/push/judge-commands.ts';
import { push } from '#server/operations/push/push.ts';
import { audit } from '#server/db/schema/hub.ts';
import { forecastRetirements } from '#server/operations/activations/forecast-retirements.ts';
import { retireMachine } from '#server/operations/activations/retire-machine.ts';
import { returnActivations } from '#server/operations/facts/return-activations.ts';
import { shortHash } from '#server/ledger/revocations.ts';
import { suspendLicense } from '#server/operations/licenses/suspend-license.ts';
import { licenseRowOf, recount } from '../fixtures/counts.ts';
import { fingerprint } from '../fixtures/chain.ts';
import {
	askFor,
	claimsOf,
	commandOf,
	makeLicense,
	makeMachine,
	makeTestHub,
	returnOf,
	type TestHub,
	type TestLicense,
	type TestMachine
} from '../fixtures/hub.ts';
import { submitUnderLocks } from '../fixtures/under-locks.ts';
import type { MakeStore } from './contract.ts';

const DAY = 86_400;

export function givingBackContract(name: string, makeStore: MakeStore): void {
	describe(`seats given back at a hub on ${name}`, () => {
		let store: Store;
		let made: TestHub;
		beforeAll(async () => {
			store = await makeStore();
			made = await makeTestHub(store);
		});
		afterAll(() => store.close());

		const submit = async (request: string, asker?: TestLicense['manager']) => {
			const answer = await activate(made.hub, request, { asker });
			if (isRefusal(answer)) throw new Error(`unreadable: ${answer.refused}`);
			return { ...answer, file: answerFile(made.hub, answer) };
		};
		const grant = async (license: TestLicense, machine: TestMachine, changes = {}) => {
			const request = await askFor(license, machine, changes);
			const { file, refusal } = await submit(request);
			if (refusal) throw new Error(refusal.refused);
			return { request, file, ...claimsOf<'activation'>(file) };
		};
		const giveBack = async (text: string) => {
			const [receipt] = await returnActivations(made.hub, [text]);
			if (!receipt || isRefusal(receipt)) throw new Error(receipt?.refused);
			const file = answerFile(made.hub, receipt);
			return { ...receipt, file, ...claimsOf<'receipt'>(file) };
		};
		const counts = async (license: TestLicense) => {
			const row = await licenseRowOf(store.db, license);
			const { active, reserved, cooling } = row;
			expect({ active, reserved, cooling }, '[SE1] counts').toEqual(
				await recount(store.db, license)
			);
			expect(row.ceiling).toBe(Math.max(row.seats, active + reserved + cooling));
			return { active, cooling };
		};
		const rowOf = async (act: string) => {
			const [row] = await store.db.select().from(activations).where(eq(activations.act, act));
			return row!;
		};

		describe('by a return', () => {
			test('[SE5] a proven return frees the seat at once, for the third machine of two', async () => {
				const license = await makeLicense(made, { seats: 2 });
				const machine = await makeMachine();
				const first = await grant(license, machine);
				await grant(license, await makeMachine());
				const third = await askFor(license, await makeMachine());
				expect((await submit(third)).refusal?.refused).toBe('SEAT_LIMIT_REACHED');

				const receipt = await giveBack(await returnOf(first.file, machine));
				expect(receipt).toMatchObject({ act: first.act, sub: license.licenseId, freed: true });
				const read = readFile(receipt.file);
				const verified = isRefusal(read) ? read : await verifyFile(read, { roots: made.roots });
				expect(isRefusal(verified)).toBe(false);
				expect(await counts(license)).toEqual({ active: 1, cooling: 0 });

				expect((await submit(third)).refusal).toBeUndefined();
				expect(await counts(license)).toEqual({ active: 2, cooling: 0 });
			});

			test('[MA4] a repeated return gets the same receipt, byte for byte, and counts once', async () => {
				const license = await makeLicense(made);
				const machine = await makeMachine();
				const text = await returnOf((await grant(license, machine)).file, machine);
				const [one, two] = await Promise.all([giveBack(text), giveBack(text)]);
				made.clock.now += 60;
				const three = await giveBack(text);
				expect(new Set([one.file, two.file, three.file]).size).toBe(1);
				expect(await counts(license)).toEqual({ active: 0, cooling: 0 });
			});

			test('[SE5] who only has the request and the file cannot return', async () => {
				const license = await makeLicense(made);
				const { file, act } = await grant(license, await makeMachine('victim'));
				const forged = await returnOf(file, await makeMachine('victim'));
				expect(await returnActivations(made.hub, [forged])).toEqual([
					refuse('MACHINE_KEY_MISMATCH', { act })
				]);
				expect(await counts(license)).toEqual({ active: 1, cooling: 0 });
			});

			test('[SE5] a file of another hub frees nothing', async () => {
				const other = await makeTestHub(store);
				const license = await makeLicense(made);
				const machine = await makeMachine();
				const answer = await activate(
					other.hub,
					await askFor({ number: license.number }, machine),
					{
						asker: { ...license.manager, vendor: 'staff' }
					}
				);
				if (isRefusal(answer)) throw new Error(answer.refused);
				const text = await returnOf(answerFile(other.hub, answer), machine);
				const [said] = await returnActivations(made.hub, [text]);
				expect(said).toMatchObject({ refused: 'KEY_UNKNOWN' });
				expect(await counts(license)).toEqual({ active: 1, cooling: 0 });
			});

			test('[SE3] the request of a returned activation is spent', async () => {
				const license = await makeLicense(made);
				const machine = await makeMachine();
				const { request, file, req, jti } = await grant(license, machine);
				await giveBack(await returnOf(file, machine));
				const { refusal } = await submit(request);
				expect(refusal).toEqual(refuse('REQUEST_SPENT', { request: req }));
				const again = await grant(license, machine);
				expect(again).toMatchObject({ gen: 1 });
				expect(again.jti).not.toBe(jti);
				expect((await submit(request)).refusal?.refused, 'spent for ever').toBe('REQUEST_SPENT');
			});

			test('[SE5] a key that a desk holds proves nothing: the seat cools', async () => {
				const license = await makeLicense(made);
				const machine = await makeMachine();
				const { file, act } = await grant(license, machine, { held: 'desk' });
				const { freed } = await giveBack(await returnOf(file, machine));
				expect(freed).toBe(made.clock.now + 90 * DAY);
				expect(await counts(license)).toEqual({ active: 0, cooling: 1 });
				expect(await rowOf(act)).toMatchObject({ state: 'cooling', coolsUntil: freed });
			});

			test('[SE5] a key made later, on a reinstalled machine, proves nothing', async () => {
				const license = await makeLicense(made);
				await grant(license, await makeMachine('again'));
				const later = await makeMachine('again');
				const { file, gen } = await grant(license, later);
				expect(gen).toBe(2);
				expect((await giveBack(await returnOf(file, later))).freed).not.toBe(true);
				expect(await counts(license)).toEqual({ active: 0, cooling: 1 });
			});

			test('[SE5] beyond the quota of a year seats cool until their files have ended', async () => {
				const expiresAt = made.clock.now + 700 * DAY;
				const license = await makeLicense(made, { seats: 1, expiresAt });
				const machine = await makeMachine();
				for (let n = 0; n < 4; n++) {
					const { file } = await grant(license, machine);
					expect((await giveBack(await returnOf(file, machine))).freed).toBe(true);
				}
				const fifth = await grant(license, machine);
				expect((await giveBack(await returnOf(fifth.file, machine))).freed).toBe(expiresAt);
				expect(await counts(license)).toEqual({ active: 0, cooling: 1 });
			});

			test('[SE5] a machine takes its own cooling seat again, others do not get it', async () => {
				const license = await makeLicense(made, { seats: 1 });
				const machine = await makeMachine();
				const first = await grant(license, machine, { held: 'desk' });
				await giveBack(await returnOf(first.file, machine));
				const other = await submit(await askFor(license, await makeMachine()));
				expect(other.refusal?.refused).toBe('SEAT_LIMIT_REACHED');
				const own = await grant(license, machine);
				expect(own.act).not.toBe(first.act);
				expect(own.gen).toBe(1);
				expect(await counts(license)).toEqual({ active: 1, cooling: 0 });
				expect(await rowOf(first.act)).toMatchObject({ state: 'returned', coolsUntil: null });
			});

			test('[SY10] no state of the license refuses a return', async () => {
				const license = await makeLicense(made, { expiresAt: made.clock.now + DAY });
				const machine = await makeMachine();
				const { file } = await grant(license, machine);
				await suspendLicense(made.hub, license);
				made.clock.now += 2 * DAY;
				expect((await giveBack(await returnOf(file, machine))).freed).toBe(true);
				expect(await counts(license)).toEqual({ active: 0, cooling: 0 });
			});

			test('[MA3] a repaired machine: its old seat and its new request in one file', async () => {
				const license = await makeLicense(made, { seats: 1 });
				const machine = await makeMachine('before');
				const { file, act } = await grant(license, machine);
				const repaired = { ...machine, name: 'after' };
				const request = await askFor(license, repaired);
				expect((await submit(request)).refusal?.refused, 'another machine').toBe(
					'SEAT_LIMIT_REACHED'
				);
				const both = `${await returnOf(file, machine)}~${request}`;
				const answer = await submit(both);
				expect(answer.refusal).toBeUndefined();
				expect(claimsOf<'activation'>(answer.file)).toMatchObject({
					gen: 1,
					fp: fingerprint('after')
				});
				const [receipt] = answer.receipts ?? [];
				expect(claimsOf<'receipt'>(answerFile(made.hub, receipt!))).toMatchObject({
					act,
					freed: true
				});
				expect(await counts(license)).toEqual({ active: 1, cooling: 0 });
				expect(await submit(both)).toMatchObject({ isNew: false, file: answer.file });
				expect(await counts(license)).toEqual({ active: 1, cooling: 0 });
			});

			test('[SY10] a return counts though the request that carries it is refused or names nothing', async () => {
				const license = await makeLicense(made, { seats: 3 });
				const given = [];
				for (const name of ['by itself', 'pushed']) {
					const machine = await makeMachine(name);
					given.push({ machine, ...(await grant(license, machine)) });
				}
				const [alone, pushed] = given as [(typeof given)[0], (typeof given)[0]];
				const nowhere = { number: makeLicenseNumber(Buffer.alloc(11, 7)) };
				const both = `${await returnOf(alone.file, alone.machine)}~${await askFor(nowhere, alone.machine)}`;
				const answer = await submit(both);
				expect(answer.refusal?.refused).toBe('LICENSE_NOT_FOUND');
				expect(claimsOf<'receipt'>(answerFile(made.hub, answer.receipts![0]!))).toMatchObject({
					act: alone.act,
					freed: true
				});
				expect(await counts(license)).toEqual({ active: 1, cooling: 0 });
				expect((await submit(both)).receipts).toMatchObject([{ act: alone.act, isNew: false }]);

				// A stranger carries it: by number alone the request is not theirs to make.
				const outbox = uuidv7();
				const request = await askFor({ number: license.number }, pushed.machine);
				const text = `${await returnOf(pushed.file, pushed.machine)}~${request}`;
				const stranger = { userId: uuidv7(), roles: new Map() };
				const commands = [commandOf(outbox, 1, text)];
				const reply = await push(made.hub, { outbox, commands }, stranger);
				if (isRefusal(reply)) throw new Error(reply.refused);
				const [result] = reply.results;
				expect(result!.refusal?.refused).toBe('LICENSE_NOT_FOUND');
				expect(claimsOf<'receipt'>(result!.receipts![0]!)).toMatchObject({ act: pushed.act });
				expect(await counts(license)).toEqual({ active: 0, cooling: 0 });
			});

			test('[FI6] a return alone, as a QR code carries it, is completed from the ledger', async () => {
				const license = await makeLicense(made, { seats: 2 });
				const machine = await makeMachine();
				const { file, act } = await grant(license, machine);
				const bare = (await returnOf(file, machine)).split('~').at(-1)!;
				const forged = (await returnOf(file, await makeMachine())).split('~').at(-1)!;
				const [no] = await returnActivations(made.hub, [forged]);
				expect(no).toMatchObject({ refused: 'MACHINE_KEY_MISMATCH' });
				expect(await giveBack(bare)).toMatchObject({ act, freed: true });
				expect(await counts(license)).toEqual({ active: 0, cooling: 0 });
				expect(await giveBack(await returnOf(file, machine))).toMatchObject({ isNew: false });
				const elsewhere = await makeReturn(
					{ act: uuidv7(), gen: 1, sub: license.licenseId },
					{ ...machine.key, now: 1 }
				);
				const [unknown] = await returnActivations(made.hub, [elsewhere]);
				expect(unknown).toMatchObject({ refused: 'RETURN_KEPT' });
				const nowhere = await makeReturn(
					{ act: uuidv7(), gen: 1, sub: uuidv7() },
					{ ...machine.key, now: 1 }
				);
				const [stranger] = await returnActivations(made.hub, [nowhere]);
				expect(stranger).toMatchObject({ refused: 'ACTIVATION_UNKNOWN' });
			});

			test('[FI6] of one license a hundred returns that came too early are kept, and no more', async () => {
				const license = await makeLicense(made);
				const { key } = await makeMachine();
				const early = () =>
					makeReturn({ act: uuidv7(), gen: 1, sub: license.licenseId }, { ...key, now: 1 });
				const made100 = await Promise.all(Array.from({ length: 100 }, early));
				for (const text of made100)
					expect((await returnActivations(made.hub, [text]))[0]).toMatchObject({
						refused: 'RETURN_KEPT'
					});
				const [beyond] = await returnActivations(made.hub, [await early()]);
				expect(beyond).toMatchObject({ refused: 'ACTIVATION_UNKNOWN' });
			});

			test('[MA4] a carried return that is forged is told of, and the request is decided', async () => {
				const license = await makeLicense(made, { seats: 1 });
				const { file } = await grant(license, await makeMachine());
				const thief = await makeMachine();
				const answer = await submit(
					`${await returnOf(file, thief)}~${await askFor(license, thief)}`
				);
				expect(answer.refusal?.refused).toBe('SEAT_LIMIT_REACHED');
				expect(answer.notices).toMatchObject([{ refused: 'MACHINE_KEY_MISMATCH' }]);
				expect(await counts(license)).toEqual({ active: 1, cooling: 0 });
			});

			test('[MA4] a return of what this hub has forgotten is recorded, and its request is spent', async () => {
				const license = await makeLicense(made, { seats: 2 });
				const machine = await makeMachine();
				const { file, act, request } = await grant(license, machine);
				await forget(license, act);
				expect(await counts(license)).toEqual({ active: 0, cooling: 0 });
				expect((await giveBack(await returnOf(file, machine))).freed).toBe(true);
				expect(await rowOf(act)).toMatchObject({ state: 'returned', gen: 1 });
				expect((await submit(request)).refusal?.refused).toBe('REQUEST_SPENT');
				expect(await counts(license)).toEqual({ active: 0, cooling: 0 });
			});

			test('[SE5, SE4] a forgotten return that proves nothing cools, over the limit if it must', async () => {
				const license = await makeLicense(made, { seats: 1 });
				await grant(license, await makeMachine('lost'));
				const later = await makeMachine('lost');
				const { file, act } = await grant(license, later);
				await forget(license, act);
				await grant(license, await makeMachine('next'));
				expect((await giveBack(await returnOf(file, later))).freed).not.toBe(true);
				expect(await counts(license)).toEqual({ active: 1, cooling: 1 });
				expect(await licenseRowOf(store.db, license)).toMatchObject({ seats: 1, ceiling: 2 });
			});

			/** As a restored backup would: the grant was after it. */
			async function forget({ customerId, licenseId }: TestLicense, act: string): Promise<void> {
				await store.db.delete(activations).where(eq(activations.act, act));
				await store.db.delete(requests).where(eq(requests.act, act));
				await store.db.delete(activationFiles).where(eq(activationFiles.act, act));
				await store.db
					.update(licenses)
					.set({ active: 0 })
					.where(and(eq(licenses.customerId, customerId), eq(licenses.licenseId, licenseId)));
				// As after a restore, the customer is not what a hub has seen of it.
				await store.db
					.update(customers)
					.set({ revision: sql`${customers.revision} + 1` })
					.where(eq(customers.customerId, customerId));
			}

			test('[MA4, SY2] a return pushed by a desk is settled with its receipt, and pulled', async () => {
				const license = await makeLicense(made);
				const machine = await makeMachine();
				const { file, act } = await grant(license, machine);
				const outbox = uuidv7();
				const args = { file: await returnOf(file, machine) };
				const body = { type: 'activation.return' as const, version: 1, args };
				const command = commandOf(outbox, 1, '', { ...body, hash: hashOf(body) });
				const send = async () => {
					const reply = await push(made.hub, { outbox, commands: [command] }, license.manager);
					if (isRefusal(reply)) throw new Error(reply.refused);
					return reply.results[0]!;
				};
				const result = await send();
				expect(claimsOf<'receipt'>(result.file!)).toMatchObject({ act, freed: true });
				expect((await send()).file).toBe(result.file);
				const page = await pull(made.hub, undefined, license.manager);
				expect(page.receipts).toMatchObject([{ act, file: result.file }]);
				expect(page.activations).toMatchObject([{ id: act, state: 'returned' }]);
				expect(page.licenses).toMatchObject([{ counts: { active: 0, cooling: 0 } }]);
			});
		});

		test('[SE2] returns, retirements and requests at once never leave more than the seats', async () => {
			const license = await makeLicense(made, { seats: 5 });
			const machines = await Promise.all(Array.from({ length: 5 }, () => makeMachine()));
			const held = await Promise.all(machines.map((machine) => grant(license, machine)));
			const returns = await Promise.all(
				held.slice(0, 3).map(({ file }, n) => returnOf(file, machines[n]!))
			);
			const requests = await Promise.all(
				Array.from({ length: 12 }, async () => askFor(license, await makeMachine()))
			);
			const [answers] = await Promise.all([
				Promise.all(requests.map((request) => submit(request))),
				Promise.all(returns.flatMap((text) => [giveBack(text), giveBack(text)])),
				retireMachine(made.hub, { act: held[3]!.act, reason: 'lost' }, license.manager)
			]);
			const granted = answers.filter(({ refusal }) => !refusal).length;
			expect(granted).toBeLessThanOrEqual(4);
			expect(await counts(license)).toEqual({ active: 1 + granted, cooling: 0 });
		});

		describe('by time', () => {
			test('[SE5, CL3] a seat that has cooled is free for the next who asks', async () => {
				const license = await makeLicense(made, { seats: 1 });
				const machine = await makeMachine();
				const first = await grant(license, machine, { held: 'desk' });
				const { freed } = await giveBack(await returnOf(first.file, machine));
				const request = await askFor(license, await makeMachine());
				made.clock.now = Number(freed) - 1;
				expect((await submit(request)).refusal?.refused).toBe('SEAT_LIMIT_REACHED');
				made.clock.now = Number(freed);
				expect((await submit(request)).refusal).toBeUndefined();
				expect(await counts(license)).toEqual({ active: 1, cooling: 0 });
				expect(await rowOf(first.act)).toMatchObject({ state: 'returned' });
			});

			test('[CL3] no seat is freed by a leap that nobody has confirmed', async () => {
				const license = await makeLicense(made, { seats: 1 });
				const machine = await makeMachine();
				const { file } = await grant(license, machine, { held: 'desk' });
				const { freed } = await giveBack(await returnOf(file, machine));
				const request = await askFor(license, await makeMachine());
				made.clock.freeing = made.clock.now;
				made.clock.now = Number(freed) + 1;
				expect((await submit(request)).refusal?.refused).toBe('SEAT_LIMIT_REACHED');
				const underLocks = await submitUnderLocks(made, await askFor(license, await makeMachine()));
				expect(underLocks.refusal?.refused).toBe('SEAT_LIMIT_REACHED');
				await coolSeats(made.hub);
				expect(await counts(license)).toEqual({ active: 0, cooling: 1 });
				delete made.clock.freeing;
				expect((await submit(request)).refusal).toBeUndefined();
			});

			test('[CL3] a job frees it too, and desks hear of it', async () => {
				const license = await makeLicense(made);
				const machine = await makeMachine();
				const { file } = await grant(license, machine, { held: 'desk' });
				const { freed } = await giveBack(await returnOf(file, machine));
				const { cursor } = await pull(made.hub, undefined, license.manager);
				await coolSeats(made.hub);
				expect((await counts(license)).cooling, 'not yet').toBe(1);
				made.clock.now = Number(freed);
				expect(await coolSeats(made.hub)).toBeGreaterThan(0);
				expect(await counts(license)).toEqual({ active: 0, cooling: 0 });
				const page = await pull(made.hub, cursor, license.manager);
				expect(page.licenses).toMatchObject([{ counts: { cooling: 0 } }]);
				expect(page.activations).toMatchObject([{ state: 'returned' }]);
				expect(await coolSeats(made.hub), 'nothing is left to free').toBe(0);
			});
		});

		describe('by the word of a manager', () => {
			const retire = async (license: TestLicense, act: string) => {
				const done = await retireMachine(made.hub, { act, reason: 'burnt' }, license.manager);
				if (isRefusal(done)) throw new Error(done.refused);
				return done;
			};

			test('[SE6] one machine of two is replaced at once, the next one cools', async () => {
				const license = await makeLicense(made, { seats: 2 });
				const acts = [];
				for (const each of ['a', 'b'])
					acts.push((await grant(license, await makeMachine(each))).act);
				expect(await retire(license, acts[0]!)).toMatchObject({ freed: true, isNew: true });
				expect(await retire(license, acts[1]!)).toMatchObject({
					freed: false,
					coolsUntil: made.clock.now + 90 * DAY
				});
				expect(await counts(license)).toEqual({ active: 0, cooling: 1 });
				expect(await rowOf(acts[0]!)).toMatchObject({ state: 'retired' });
				expect(await retire(license, acts[0]!), 'once').toMatchObject({
					freed: true,
					isNew: false
				});
				const kept = await store.db.select().from(giveBacks).where(eq(giveBacks.act, acts[0]!));
				expect(kept).toMatchObject([{ way: 'retire', reason: 'burnt', freed: true }]);
			});

			test('[SE6, FI8] the revocation list rides in the next files, and what follows stays', async () => {
				const license = await makeLicense(made, { seats: 3 });
				const kept = await makeMachine();
				const before = await grant(license, kept);
				const acts = [];
				for (const seq of [1, 2]) {
					const { act } = await grant(license, await makeMachine());
					acts.push(shortHash(act));
					await retire(license, act);
					const { file } = await submit(before.request);
					const read = readFile(file);
					const verified = isRefusal(read) ? read : await verifyFile(read, { roots: made.roots });
					if (isRefusal(verified)) throw new Error(verified.refused);
					expect(verified.learned.revocation).toMatchObject({ seq, sub: license.licenseId, acts });
					expect(tail(file), '[SE3] from hub key to last token').toEqual(tail(before.file));
				}
				const page = await pull(made.hub, undefined, license.manager);
				const [row] = page.answers.filter(({ request }) => request === before.req);
				expect(readFile(row!.file)).toMatchObject({ revocation: { token: {} } });
			});

			const tail = (file: string) => {
				const read = readFile(file);
				if (isRefusal(read)) throw new Error(read.refused);
				return [read.key?.text, read.body.text];
			};

			test('[SE6, P11] what retiring would do is told before, one after the other, and nothing of it is done', async () => {
				const license = await makeLicense(made);
				const acts: string[] = [];
				for (let i = 0; i < 2; i++) acts.push((await grant(license, await makeMachine())).act);
				const audits = () => store.db.$count(audit, eq(audit.customerId, license.customerId));
				const before = await audits();
				const { manager } = license;
				const told = await forecastRetirements(made.hub, acts, manager);
				if (isRefusal(told)) throw new Error(told.refused);
				expect(told.quotas).toEqual([{ number: license.number, left: 1 }]);
				expect(told.seats.map(({ act, freed }) => ({ act, freed }))).toEqual([
					{ act: acts[0], freed: true },
					{ act: acts[1], freed: false }
				]);
				expect(await counts(license)).toEqual({ active: 2, cooling: 0 });
				expect(await audits()).toBe(before);

				for (const [at, act] of acts.entries()) {
					const done = await retireMachine(made.hub, { act, reason: 'lost' }, manager);
					expect(done).toMatchObject(told.seats[at]!);
				}
				expect(await forecastRetirements(made.hub, acts, manager)).toMatchObject({
					quotas: [{ left: 0 }]
				});
			});

			test('[SE6] who cannot retire a machine is told nothing of it', async () => {
				const license = await makeLicense(made);
				const { act } = await grant(license, await makeMachine());
				const roles = new Map([[license.customerId, 'technician' as const]]);
				const stranger = (await makeLicense(made)).manager;
				const asked = [{ userId: 'tech', roles }, stranger].map((asker) =>
					forecastRetirements(made.hub, [act], asker)
				);
				expect(await Promise.all(asked)).toEqual([
					refuse('NOT_PERMITTED', { action: 'machine.retire' }),
					refuse('NOT_FOUND', { what: `activation ${act}` })
				]);
			});

			test('[SE6] a technician, another customer and nobody cannot retire', async () => {
				const license = await makeLicense(made);
				const { act } = await grant(license, await makeMachine());
				const roles = new Map([[license.customerId, 'technician' as const]]);
				const technician = { userId: 'tech', roles };
				const stranger = (await makeLicense(made)).manager;
				const nobody = { userId: 'nobody', roles: new Map() };
				const asked = [technician, stranger, nobody].map((asker) =>
					retireMachine(made.hub, { act, reason: 'lost' }, asker)
				);
				expect(await Promise.all(asked)).toEqual([
					refuse('NOT_PERMITTED', { action: 'machine.retire' }),
					refuse('NOT_FOUND', { what: `activation ${act}` }),
					refuse('NOT_FOUND', { what: `activation ${act}` })
				]);
				expect(await counts(license)).toEqual({ active: 1, cooling: 0 });
			});

			test('[MA4] the return of a retired machine gets a receipt that says what was decided', async () => {
				const license = await makeLicense(made, { seats: 1 });
				const machine = await makeMachine();
				const { file, act } = await grant(license, machine);
				await retire(license, act);
				const receipt = await giveBack(await returnOf(file, machine));
				expect(receipt).toMatchObject({ act, freed: true });
				expect(await counts(license)).toEqual({ active: 0, cooling: 0 });
				expect((await rowOf(act)).state).toBe('retired');
			});
		});
	});
}
