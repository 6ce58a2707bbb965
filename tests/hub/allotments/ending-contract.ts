/**
 * What a hub promises of blocks that end: closed, expired, written off, or forgotten by a restore, whatever it keeps its ledger in.
 *
 * @module
 */
import { describe, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
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
import { adopt } from '#server/operations/restore/adopt.ts';
import { expireAllotments } from '#server/jobs/expire-allotments.ts';
import { endAllotment, writeOffAllotment } from '#server/operations/allotments/end-allotment.ts';
import { recordFacts } from '#server/operations/facts/record-facts.ts';
import { retireMachine } from '#server/operations/activations/retire-machine.ts';
import { askFor, claimsOf, makeMachine, type TestLicense } from '../../fixtures/hub.ts';
import { submitUnderLocks } from '../../fixtures/under-locks.ts';
import { joinedLast } from '../../fixtures/drawing.ts';
import { openDrawing, type MakeStore } from '../../fixtures/open-hub.ts';

const DAY = 86_400;

export function endingContract(name: string, makeStore: MakeStore): void {
	describe(`blocks of seats that end on ${name}`, () => {
		const drawing = openDrawing(makeStore);

		test('[AL4] a close frees what was not drawn; what it names stays until it is recorded', async () => {
			const { made, counts, drawFor, field, allotmentOf } = drawing;
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
			const { made, counts, field, submit, allotmentOf } = drawing;
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
			const { made, counts, drawFor, field, allotmentOf } = drawing;
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
			const { made, counts, drawFor, field, submit, rowOf, pullAll } = drawing;
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
			const { made, counts, drawFor, field, submit, rowOf } = drawing;
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
			await submit(await askFor({ number: license.number }, await makeMachine()), license.manager);
			await recordFacts(made.hub, [file]);
			expect(await counts(license)).toEqual({ active: 2, reserved: 0, cooling: 0 });
			made.clock.now = block.claims.fexp + 2 * DAY;
			expect(await expireAllotments(made.hub)).toBeGreaterThan(0);
			expect(await counts(license)).toEqual({ active: 1, reserved: 0, cooling: 0 });
			expect(await rowOf(act)).toMatchObject({ state: 'returned' });
			made.clock.now = start;
		});

		test('[AL4] a desk that was ended gets no other block, and its seats stay until then', async () => {
			const { made, counts, drawFor, field, allotmentOf } = drawing;
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

		test('[SY6, SE4] a restored hub adopts a block that it has forgotten, with its draws and its close', async () => {
			const { store, made, counts, drawFor, field, submit, allotmentOf, licensesMade } = drawing;
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
