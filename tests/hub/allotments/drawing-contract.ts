/**
 * What a hub promises of seats that desks have drawn, as it hears of them, whatever it keeps its ledger in.
 *
 * @module
 */
import { describe, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { recordFacts } from '#server/operations/facts/record-facts.ts';
import { renewLicense } from '#server/operations/licenses/renew-license.ts';
import { retireMachine } from '#server/operations/activations/retire-machine.ts';
import { shortHash } from '#server/ledger/revocations.ts';
import { resumeLicense, suspendLicense } from '#server/operations/licenses/suspend-license.ts';
import { fingerprint } from '../../fixtures/chain.ts';
import { askFor, claimsOf, makeMachine, returnOf } from '../../fixtures/hub.ts';
import { returnOfFile } from '../../fixtures/returned.ts';
import { joinedLast } from '../../fixtures/drawing.ts';
import { openDrawing, type MakeStore } from '../../fixtures/open-hub.ts';

export function drawingContract(name: string, makeStore: MakeStore): void {
	describe(`draws being recorded on ${name}`, () => {
		const drawing = openDrawing(makeStore);

		test('[SY10] a draw counts once, whoever brings it and however often', async () => {
			const { made, counts, drawFor, field } = drawing;
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
			const { made, drawFor, field } = drawing;
			const at = await field({ seats: 3 }, 1);
			const { file } = await drawFor(at, 'rack-12');
			const [fact] = await recordFacts(made.hub, [joinedLast(file)]);
			expect(fact).toMatchObject({ kind: 'draw', answer: { state: 'recorded' } });
		});

		test('[AL4, SY10] under a suspended license the draw is its own answer, until it is resumed', async () => {
			const { made, drawFor, field, rowOf, pullAll, verify } = drawing;
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
			const { made, drawFor, field } = drawing;
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
			const { counts, drawFor, field, rowOf } = drawing;
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
			const { counts, drawFor, field, submit } = drawing;
			const at = await field({ seats: 3 }, 1);
			const { file, request } = await drawFor(at, 'rack-17');
			const told = await at.desk.tell('activation.draw', { file });
			const answer = await submit(request, at.license.manager);
			expect(answer.token).toBe(joinedLast(told.file!));
			expect(await counts(at.license)).toEqual({ active: 1, reserved: 0, cooling: 0 });
		});

		test('[SE3, AL5] a machine that holds a seat joins it by its draw, and gives each back by itself', async () => {
			const { made, counts, drawFor, field, submit, rowOf } = drawing;
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
			const { made, counts, drawFor, field, submit, rowOf } = drawing;
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
			const { made, counts, drawFor, field, submit } = drawing;
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
			const { counts, drawFor, field, submit, rowOf } = drawing;
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
			const { made, counts, drawFor, field, submit, rowOf } = drawing;
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
			const { made, drawFor, field, submit } = drawing;
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
}
