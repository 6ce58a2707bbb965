/**
 * What a hub makes of a desk that was copied with its blocks, whatever it keeps its ledger in.
 *
 * @module
 */
import { describe, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { draws } from '#server/db/schema/allotments.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { push } from '#server/operations/push/push.ts';
import { recordFacts } from '#server/operations/facts/record-facts.ts';
import { askFor, claimsOf, makeMachine } from '../../fixtures/hub.ts';
import { returnOfFile } from '../../fixtures/returned.ts';
import { joinedLast } from '../../fixtures/drawing.ts';
import { openDrawing, type MakeStore } from '../../fixtures/open-hub.ts';

export function copiedDeskContract(name: string, makeStore: MakeStore): void {
	describe(`a copied desk on ${name}`, () => {
		const drawing = openDrawing(makeStore);

		test('[AL5, SE1, O11] one slot on two machines: both signatures, frozen, and the second is told', async () => {
			const { store, made, counts, drawFor, field, rowOf, allotmentOf } = drawing;
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
				row.contested!.map(({ slot, draws: each }) => [slot, each.map(({ token }) => token).sort()])
			).toEqual([[1, tokens.sort()]]);
			expect(await counts(license)).toEqual({ active: 2, reserved: 1, cooling: 0 });
			const kept = await store.db.select().from(draws).where(eq(draws.allotment, block.claims.jti));
			expect(kept.map(({ state }) => state).sort()).toEqual(['contested', 'recorded']);
			const overage = kept.find(({ state }) => state === 'contested')!;
			expect(overage.act).not.toBe(first.act);
			expect(await rowOf(first.act)).toMatchObject({ overage: false, gen: 2 });
			expect(await rowOf(overage.act)).toMatchObject({ overage: true, drawn: true });
			const { refusal } = await at.desk.tell('allotment.reserve', { number, seats: 1 });
			expect(refusal?.refused).toBe('ALLOTMENT_CLOSED');
		});

		test('[AL5] each machine of a contested slot gives back its own seat', async () => {
			const { made, counts, drawFor, field, rowOf } = drawing;
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
			const { made, counts, drawFor, field } = drawing;
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
			const { made, counts, drawFor, field, submit, allotmentOf } = drawing;
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
			const { made, counts, drawFor, field } = drawing;
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
			const { made, counts, drawFor, field, allotmentOf } = drawing;
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
}
