/**
 * What a hub promises of machines that are retired and of seats that cool, whatever it keeps its ledger in.
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import { giveBacks } from '#server/db/schema/ledger.ts';
import { coolSeats } from '#server/jobs/cool-seats.ts';
import { pull } from '#server/operations/pull/pull.ts';
import { audit } from '#server/db/schema/hub.ts';
import { forecastRetirements } from '#server/operations/activations/forecast-retirements.ts';
import { retireMachine } from '#server/operations/activations/retire-machine.ts';
import { shortHash } from '#server/ledger/revocations.ts';
import {
	askFor,
	makeLicense,
	makeMachine,
	returnOf,
	type TestLicense
} from '../../fixtures/hub.ts';
import { submitUnderLocks } from '../../fixtures/under-locks.ts';
import { openSeated, type MakeStore } from '../../fixtures/open-hub.ts';

const DAY = 86_400;

export function retiringContract(name: string, makeStore: MakeStore): void {
	describe(`machines retired at a hub on ${name}`, () => {
		const seated = openSeated(makeStore);

		test('[SE5, CL3] a seat that has cooled is free for the next who asks', async () => {
			const { made, submit, grant, giveBack, counts, rowOf } = seated;
			const license = await makeLicense(made, { seats: 1 });
			const machine = await makeMachine();
			const first = await grant(license, machine, { held: 'desk' });
			const { freed } = await giveBack(await returnOf(first.file, machine));
			const request = await askFor(license, await makeMachine());
			made.clock.now = Number(freed) - 1;
			expect((await submit(request)).refusal?.refused).toBe('SEAT_LIMIT_REACHED');
			made.clock.now = Number(freed);
			expect((await submit(request)).refusal).toBeUndefined();
			expect(await counts(license)).toMatchObject({ active: 1, cooling: 0 });
			expect(await rowOf(first.act)).toMatchObject({ state: 'returned' });
		});

		test('[CL3] no seat is freed by a leap that nobody has confirmed', async () => {
			const { made, submit, grant, giveBack, counts } = seated;
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
			expect(await counts(license)).toMatchObject({ active: 0, cooling: 1 });
			delete made.clock.freeing;
			expect((await submit(request)).refusal).toBeUndefined();
		});

		test('[CL3] a job frees it too, and desks hear of it', async () => {
			const { made, grant, giveBack, counts } = seated;
			const license = await makeLicense(made);
			const machine = await makeMachine();
			const { file } = await grant(license, machine, { held: 'desk' });
			const { freed } = await giveBack(await returnOf(file, machine));
			const { cursor } = await pull(made.hub, undefined, license.manager);
			await coolSeats(made.hub);
			expect((await counts(license)).cooling, 'not yet').toBe(1);
			made.clock.now = Number(freed);
			expect(await coolSeats(made.hub)).toBeGreaterThan(0);
			expect(await counts(license)).toMatchObject({ active: 0, cooling: 0 });
			const page = await pull(made.hub, cursor, license.manager);
			expect(page.licenses).toMatchObject([{ counts: { cooling: 0 } }]);
			expect(page.activations).toMatchObject([{ state: 'returned' }]);
			expect(await coolSeats(made.hub), 'nothing is left to free').toBe(0);
		});

		const retire = async (license: TestLicense, act: string) => {
			const { made } = seated;
			const done = await retireMachine(made.hub, { act, reason: 'burnt' }, license.manager);
			if (isRefusal(done)) throw new Error(done.refused);
			return done;
		};

		test('[SE6] one machine of two is replaced at once, the next one cools', async () => {
			const { store, made, grant, counts, rowOf } = seated;
			const license = await makeLicense(made, { seats: 2 });
			const acts = [];
			for (const each of ['a', 'b']) acts.push((await grant(license, await makeMachine(each))).act);
			expect(await retire(license, acts[0]!)).toMatchObject({ freed: true, isNew: true });
			expect(await retire(license, acts[1]!)).toMatchObject({
				freed: false,
				coolsUntil: made.clock.now + 90 * DAY
			});
			expect(await counts(license)).toMatchObject({ active: 0, cooling: 1 });
			expect(await rowOf(acts[0]!)).toMatchObject({ state: 'retired' });
			expect(await retire(license, acts[0]!), 'once').toMatchObject({
				freed: true,
				isNew: false
			});
			const kept = await store.db.select().from(giveBacks).where(eq(giveBacks.act, acts[0]!));
			expect(kept).toMatchObject([{ way: 'retire', reason: 'burnt', freed: true }]);
		});

		test('[SE6, FI8] the revocation list rides in the next files, and what follows stays', async () => {
			const { made, submit, grant } = seated;
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
			const { store, made, grant, counts } = seated;
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
			expect(await counts(license)).toMatchObject({ active: 2, cooling: 0 });
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
			const { made, grant } = seated;
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
			const { made, grant, counts } = seated;
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
			expect(await counts(license)).toMatchObject({ active: 1, cooling: 0 });
		});

		test('[MA4] the return of a retired machine gets a receipt that says what was decided', async () => {
			const { made, grant, giveBack, counts, rowOf } = seated;
			const license = await makeLicense(made, { seats: 1 });
			const machine = await makeMachine();
			const { file, act } = await grant(license, machine);
			await retire(license, act);
			const receipt = await giveBack(await returnOf(file, machine));
			expect(receipt).toMatchObject({ act, freed: true });
			expect(await counts(license)).toMatchObject({ active: 0, cooling: 0 });
			expect((await rowOf(act)).state).toBe('retired');
		});
	});
}
