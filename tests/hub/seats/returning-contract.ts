/**
 * What a hub promises of seats that machines give back, whatever it keeps its ledger in.
 *
 * @module
 */
import { and, eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { makeLicenseNumber } from '#lib/domain/licenses/license-number.ts';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import { makeReturn } from '#lib/signing/return.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { activationFiles, activations, licenses } from '#server/db/schema/ledger.ts';
import { requests } from '#server/db/schema/requests.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { pull } from '#server/operations/pull/pull.ts';
import { hashOf } from '#server/operations/push/judge-commands.ts';
import { push } from '#server/operations/push/push.ts';
import { retireMachine } from '#server/operations/activations/retire-machine.ts';
import { returnActivations } from '#server/operations/facts/return-activations.ts';
import { suspendLicense } from '#server/operations/licenses/suspend-license.ts';
import { licenseRowOf } from '../../fixtures/counts.ts';
import { fingerprint } from '../../fixtures/chain.ts';
import {
	askFor,
	claimsOf,
	commandOf,
	makeLicense,
	makeMachine,
	makeTestHub,
	returnOf,
	type TestLicense
} from '../../fixtures/hub.ts';
import { openSeated, type MakeStore } from '../../fixtures/open-hub.ts';

const DAY = 86_400;

export function returningContract(name: string, makeStore: MakeStore): void {
	describe(`seats given back at a hub on ${name}`, () => {
		const seated = openSeated(makeStore);

		test('[SE5] a proven return frees the seat at once, for the third machine of two', async () => {
			const { made, submit, grant, giveBack, counts } = seated;
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
			expect(await counts(license)).toMatchObject({ active: 1, cooling: 0 });

			expect((await submit(third)).refusal).toBeUndefined();
			expect(await counts(license)).toMatchObject({ active: 2, cooling: 0 });
		});

		test('[MA4] a repeated return gets the same receipt, byte for byte, and counts once', async () => {
			const { made, grant, giveBack, counts } = seated;
			const license = await makeLicense(made);
			const machine = await makeMachine();
			const text = await returnOf((await grant(license, machine)).file, machine);
			const [one, two] = await Promise.all([giveBack(text), giveBack(text)]);
			made.clock.now += 60;
			const three = await giveBack(text);
			expect(new Set([one.file, two.file, three.file]).size).toBe(1);
			expect(await counts(license)).toMatchObject({ active: 0, cooling: 0 });
		});

		test('[SE5] who only has the request and the file cannot return', async () => {
			const { made, grant, counts } = seated;
			const license = await makeLicense(made);
			const { file, act } = await grant(license, await makeMachine('victim'));
			const forged = await returnOf(file, await makeMachine('victim'));
			expect(await returnActivations(made.hub, [forged])).toEqual([
				refuse('MACHINE_KEY_MISMATCH', { act })
			]);
			expect(await counts(license)).toMatchObject({ active: 1, cooling: 0 });
		});

		test('[SE5] a file of another hub frees nothing', async () => {
			const { store, made, counts } = seated;
			const other = await makeTestHub(store);
			const license = await makeLicense(made);
			const machine = await makeMachine();
			const answer = await activate(other.hub, await askFor({ number: license.number }, machine), {
				asker: { ...license.manager, vendor: 'staff' }
			});
			if (isRefusal(answer)) throw new Error(answer.refused);
			const text = await returnOf(answerFile(other.hub, answer), machine);
			const [said] = await returnActivations(made.hub, [text]);
			expect(said).toMatchObject({ refused: 'KEY_UNKNOWN' });
			expect(await counts(license)).toMatchObject({ active: 1, cooling: 0 });
		});

		test('[SE3] the request of a returned activation is spent', async () => {
			const { made, submit, grant, giveBack } = seated;
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
			const { made, grant, giveBack, counts, rowOf } = seated;
			const license = await makeLicense(made);
			const machine = await makeMachine();
			const { file, act } = await grant(license, machine, { held: 'desk' });
			const { freed } = await giveBack(await returnOf(file, machine));
			expect(freed).toBe(made.clock.now + 90 * DAY);
			expect(await counts(license)).toMatchObject({ active: 0, cooling: 1 });
			expect(await rowOf(act)).toMatchObject({ state: 'cooling', coolsUntil: freed });
		});

		test('[SE5] a key made later, on a reinstalled machine, proves nothing', async () => {
			const { made, grant, giveBack, counts } = seated;
			const license = await makeLicense(made);
			await grant(license, await makeMachine('again'));
			const later = await makeMachine('again');
			const { file, gen } = await grant(license, later);
			expect(gen).toBe(2);
			expect((await giveBack(await returnOf(file, later))).freed).not.toBe(true);
			expect(await counts(license)).toMatchObject({ active: 0, cooling: 1 });
		});

		test('[SE5] beyond the quota of a year seats cool until their files have ended', async () => {
			const { made, grant, giveBack, counts } = seated;
			const expiresAt = made.clock.now + 700 * DAY;
			const license = await makeLicense(made, { seats: 1, expiresAt });
			const machine = await makeMachine();
			for (let n = 0; n < 4; n++) {
				const { file } = await grant(license, machine);
				expect((await giveBack(await returnOf(file, machine))).freed).toBe(true);
			}
			const fifth = await grant(license, machine);
			expect((await giveBack(await returnOf(fifth.file, machine))).freed).toBe(expiresAt);
			expect(await counts(license)).toMatchObject({ active: 0, cooling: 1 });
		});

		test('[SE5] a machine takes its own cooling seat again, others do not get it', async () => {
			const { made, submit, grant, giveBack, counts, rowOf } = seated;
			const license = await makeLicense(made, { seats: 1 });
			const machine = await makeMachine();
			const first = await grant(license, machine, { held: 'desk' });
			await giveBack(await returnOf(first.file, machine));
			const other = await submit(await askFor(license, await makeMachine()));
			expect(other.refusal?.refused).toBe('SEAT_LIMIT_REACHED');
			const own = await grant(license, machine);
			expect(own.act).not.toBe(first.act);
			expect(own.gen).toBe(1);
			expect(await counts(license)).toMatchObject({ active: 1, cooling: 0 });
			expect(await rowOf(first.act)).toMatchObject({ state: 'returned', coolsUntil: null });
		});

		test('[SY10] no state of the license refuses a return', async () => {
			const { made, grant, giveBack, counts } = seated;
			const license = await makeLicense(made, { expiresAt: made.clock.now + DAY });
			const machine = await makeMachine();
			const { file } = await grant(license, machine);
			await suspendLicense(made.hub, license);
			made.clock.now += 2 * DAY;
			expect((await giveBack(await returnOf(file, machine))).freed).toBe(true);
			expect(await counts(license)).toMatchObject({ active: 0, cooling: 0 });
		});

		test('[MA3] a repaired machine: its old seat and its new request in one file', async () => {
			const { made, submit, grant, counts } = seated;
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
			expect(await counts(license)).toMatchObject({ active: 1, cooling: 0 });
			expect(await submit(both)).toMatchObject({ isNew: false, file: answer.file });
			expect(await counts(license)).toMatchObject({ active: 1, cooling: 0 });
		});

		test('[SY10] a return counts though the request that carries it is refused or names nothing', async () => {
			const { made, submit, grant, counts } = seated;
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
			expect(await counts(license)).toMatchObject({ active: 1, cooling: 0 });
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
			expect(await counts(license)).toMatchObject({ active: 0, cooling: 0 });
		});

		test('[FI6] a return alone, as a QR code carries it, is completed from the ledger', async () => {
			const { made, grant, giveBack, counts } = seated;
			const license = await makeLicense(made, { seats: 2 });
			const machine = await makeMachine();
			const { file, act } = await grant(license, machine);
			const bare = (await returnOf(file, machine)).split('~').at(-1)!;
			const forged = (await returnOf(file, await makeMachine())).split('~').at(-1)!;
			const [no] = await returnActivations(made.hub, [forged]);
			expect(no).toMatchObject({ refused: 'MACHINE_KEY_MISMATCH' });
			expect(await giveBack(bare)).toMatchObject({ act, freed: true });
			expect(await counts(license)).toMatchObject({ active: 0, cooling: 0 });
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
			const { made } = seated;
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
			const { made, submit, grant, counts } = seated;
			const license = await makeLicense(made, { seats: 1 });
			const { file } = await grant(license, await makeMachine());
			const thief = await makeMachine();
			const answer = await submit(`${await returnOf(file, thief)}~${await askFor(license, thief)}`);
			expect(answer.refusal?.refused).toBe('SEAT_LIMIT_REACHED');
			expect(answer.notices).toMatchObject([{ refused: 'MACHINE_KEY_MISMATCH' }]);
			expect(await counts(license)).toMatchObject({ active: 1, cooling: 0 });
		});

		test('[MA4] a return of what this hub has forgotten is recorded, and its request is spent', async () => {
			const { made, submit, grant, giveBack, counts, rowOf } = seated;
			const license = await makeLicense(made, { seats: 2 });
			const machine = await makeMachine();
			const { file, act, request } = await grant(license, machine);
			await forget(license, act);
			expect(await counts(license)).toMatchObject({ active: 0, cooling: 0 });
			expect((await giveBack(await returnOf(file, machine))).freed).toBe(true);
			expect(await rowOf(act)).toMatchObject({ state: 'returned', gen: 1 });
			expect((await submit(request)).refusal?.refused).toBe('REQUEST_SPENT');
			expect(await counts(license)).toMatchObject({ active: 0, cooling: 0 });
		});

		test('[SE5, SE4] a forgotten return that proves nothing cools, over the limit if it must', async () => {
			const { store, made, grant, giveBack, counts } = seated;
			const license = await makeLicense(made, { seats: 1 });
			await grant(license, await makeMachine('lost'));
			const later = await makeMachine('lost');
			const { file, act } = await grant(license, later);
			await forget(license, act);
			await grant(license, await makeMachine('next'));
			expect((await giveBack(await returnOf(file, later))).freed).not.toBe(true);
			expect(await counts(license)).toMatchObject({ active: 1, cooling: 1 });
			expect(await licenseRowOf(store.db, license)).toMatchObject({ seats: 1, ceiling: 2 });
		});

		/** As a restored backup would: the grant was after it. */
		async function forget({ customerId, licenseId }: TestLicense, act: string): Promise<void> {
			const { store } = seated;
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
			const { made, grant } = seated;
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

		test('[SE2] returns, retirements and requests at once never leave more than the seats', async () => {
			const { made, submit, grant, giveBack, counts } = seated;
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
			expect(await counts(license)).toMatchObject({ active: 1 + granted, cooling: 0 });
		});
	});
}
