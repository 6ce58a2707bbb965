/**
 * What a hub promises of blocks of seats as desks reserve them, whatever it keeps its ledger in.
 *
 * @module
 */
import { describe, expect, test } from 'vitest';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { auditPage } from '#server/operations/audit/audit-pages.ts';
import { setDeskPolicy } from '#server/operations/allotments/desk-policy.ts';
import { writeOffAllotment } from '#server/operations/allotments/end-allotment.ts';
import { push } from '#server/operations/push/push.ts';
import { recordFacts } from '#server/operations/facts/record-facts.ts';
import { suspendLicense } from '#server/operations/licenses/suspend-license.ts';
import { makeDrawingDesk } from '../../fixtures/drawing-desk.ts';
import { askFor, claimsOf, makeLicense, makeMachine } from '../../fixtures/hub.ts';
import { openDrawing, type MakeStore } from '../../fixtures/open-hub.ts';

const DAY = 86_400;

export function reservingContract(name: string, makeStore: MakeStore): void {
	describe(`blocks of seats being reserved on ${name}`, () => {
		const drawing = openDrawing(makeStore);

		test('[AL1, AL4] a block is reserved, drawn from, recorded and closed', async () => {
			const { counts, drawFor, field, verify } = drawing;
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

		test('[AL1] the same command again is the same allotment, byte for byte', async () => {
			const { made, make, counts } = drawing;
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
			const { made, make, counts } = drawing;
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
			const { made, make, counts, submit } = drawing;
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
			const { store, made, counts, drawFor, field, submit, rowOf } = drawing;
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
			const { made, make, counts } = drawing;
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
			const { made, make, counts, submit } = drawing;
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
			const { made, field } = drawing;
			const expiresAt = made.clock.now + 20 * DAY;
			const { block } = await field({ seats: 2, expiresAt }, 1);
			expect(block.claims).toMatchObject({ exp: expiresAt, fexp: expiresAt });
		});
	});
}
