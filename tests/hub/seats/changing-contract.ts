/**
 * What a hub promises of machines that change, or pretend to, whatever it keeps its ledger in.
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { Fingerprint } from '#lib/domain/machines/machine.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { emptyTrustState } from '#lib/domain/machines/verification.ts';
import { verifyActivation } from '#lib/sdk/verify.ts';
import { activations } from '#server/db/schema/ledger.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { retireMachine } from '#server/operations/activations/retire-machine.ts';
import { setDeskPolicy } from '#server/operations/allotments/desk-policy.ts';
import { returnActivations } from '#server/operations/facts/return-activations.ts';
import { renewLicense } from '#server/operations/licenses/renew-license.ts';
import { pull } from '#server/operations/pull/pull.ts';
import { fingerprint } from '../../fixtures/chain.ts';
import { makeDrawingDesk } from '../../fixtures/drawing-desk.ts';
import {
	askFor,
	claimsOf,
	makeLicense,
	makeMachine,
	returnOf,
	type TestLicense,
	type TestMachine
} from '../../fixtures/hub.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

export function changingContract(name: string, makeStore: MakeStore): void {
	describe(`machines that change, at a hub on ${name}`, () => {
		const { made, store } = openHub(makeStore);

		/** What a key holder's script asks for: any fingerprint at all, signed by any key. */
		const ask = async (license: TestLicense, machine: TestMachine, fp: Fingerprint) => {
			const answer = await activate(made.hub, await askFor(license, machine, { fp }));
			if (isRefusal(answer)) throw new Error(`unreadable: ${answer.refused}`);
			return { file: answerFile(made.hub, answer), refusal: answer.refusal };
		};
		const grant = async (license: TestLicense, machine: TestMachine, fp: Fingerprint) => {
			const { file, refusal } = await ask(license, machine, fp);
			if (refusal) throw new Error(refusal.refused);
			return { file, ...claimsOf<'activation'>(file) };
		};
		/** An unpatched product on a machine that has loaded nothing before. */
		const opens = async (file: string, on: string) => {
			const verified = await verifyActivation(file, {
				roots: made.roots,
				state: emptyTrustState,
				machine: { fp: fingerprint(on), vm: false },
				now: made.clock.now
			});
			return !isRefusal(verified);
		};
		const retire = async (license: TestLicense, act: string) => {
			const done = await retireMachine(made.hub, { act, reason: 'burnt' }, license.manager);
			if (isRefusal(done)) throw new Error(done.refused);
			return done;
		};
		const rowOf = async (act: string) => {
			const [row] = await store.db.select().from(activations).where(eq(activations.act, act));
			return row!;
		};
		/** The machine `name` with a disk of its own. */
		const withDisk = (on: string, disk: string): Fingerprint => ({
			...fingerprint(on),
			disk: fingerprint(disk).disk
		});

		test('[MA5, SE6] within the quota a changed machine is replaced, and a retirement has one less', async () => {
			const license = await makeLicense(made, { seats: 3, replacementsPerYear: 2 });
			const machine = await makeMachine('rack-41');
			const first = await grant(license, machine, fingerprint('rack-41'));
			const changed = withDisk('rack-41', 'new disk');
			const next = await grant(license, machine, changed);
			expect(next).toMatchObject({ act: first.act, gen: 2, fp: changed });
			const seen = { at: made.clock.now, components: ['disk'], counted: true };
			expect(await rowOf(first.act)).toMatchObject({ fp: changed, changes: [seen] });
			const page = await pull(made.hub, undefined, license.manager);
			expect(page.activations).toMatchObject([{ id: first.act, changes: [seen] }]);

			const [one, two] = [await makeMachine('rack-42'), await makeMachine('rack-43')];
			const acts = [
				(await grant(license, one, fingerprint('rack-42'))).act,
				(await grant(license, two, fingerprint('rack-43'))).act
			];
			expect(await retire(license, acts[0]!)).toMatchObject({ freed: true });
			expect(await retire(license, acts[1]!)).toMatchObject({ freed: false });
		});

		test('[MA5] beyond the quota every file keeps the fingerprint, of renewals and draws too', async () => {
			const expiresAt = made.clock.now + 200 * 86_400;
			const license = await makeLicense(made, { seats: 2, replacementsPerYear: 0, expiresAt });
			await setDeskPolicy(made.hub, license, {
				policy: { deskSeats: 1 },
				asker: license.manager
			});
			const machine = await makeMachine('rack-44');
			const kept = fingerprint('rack-44');
			const { act } = await grant(license, machine, kept);
			for (const disk of ['other disk', 'third disk']) {
				const { fp } = await grant(license, machine, withDisk('rack-44', disk));
				expect(fp).toEqual(kept);
			}
			const renewed = await renewLicense(made.hub, license, { expiresAt: expiresAt + 86_400 });
			if (isRefusal(renewed)) throw new Error(renewed.refused);
			expect(claimsOf<'activation'>(renewed.files[0]!.file)).toMatchObject({ act, fp: kept });
			const { changes } = await rowOf(act);
			expect(changes).toMatchObject([{ components: ['disk'], counted: false }]);

			const desk = await makeDrawingDesk(made, license.manager);
			const block = await desk.reserve(license.number, 1);
			const drawnFor = fingerprint('rack-45');
			const other = await makeMachine('rack-45');
			const draw = async (fp: Fingerprint) => {
				const file = await desk.draw(block, await askFor(license, other, { fp }), made.clock.now);
				if (isRefusal(file)) throw new Error(file.refused);
				const { file: signed } = await desk.tell('activation.draw', { file });
				return [file, signed!].map((text) => claimsOf<'activation'>(text).fp);
			};
			expect(await draw(drawnFor)).toEqual([drawnFor, drawnFor]);
			expect(await draw(withDisk('rack-45', 'other disk'))).toEqual([drawnFor, drawnFor]);
		});

		test('[MA5, SE5] a cooling seat goes back only to a match, and carries its fingerprint on', async () => {
			const license = await makeLicense(made, { seats: 1, returnsPerYear: 0 });
			const machine = await makeMachine('rack-46');
			const { file, act } = await grant(license, machine, fingerprint('rack-46'));
			await returnActivations(made.hub, [await returnOf(file, machine)]);
			expect(await rowOf(act)).toMatchObject({ state: 'cooling' });
			const half: Fingerprint = {
				...fingerprint('stranger'),
				disk: fingerprint('rack-46').disk,
				os: fingerprint('rack-46').os
			};
			expect((await ask(license, machine, half)).refusal?.refused).toBe('SEAT_LIMIT_REACHED');
			const back = await grant(license, machine, withDisk('rack-46', 'new disk'));
			expect(back.act).not.toBe(act);
			expect(back.fp).toEqual(fingerprint('rack-46'));
		});

		test('[MA5] a draw that only looks alike keeps the seat of its slot, and names its twin', async () => {
			const license = await makeLicense(made, { seats: 3 });
			const machine = await makeMachine('rack-47');
			const held = await grant(license, machine, fingerprint('rack-47'));
			const desk = await makeDrawingDesk(made, license.manager);
			const block = await desk.reserve(license.number, 1);
			const request = await askFor(license, machine, { fp: withDisk('rack-47', 'copy') });
			const file = await desk.draw(block, request, made.clock.now);
			if (isRefusal(file)) throw new Error(file.refused);
			await desk.tell('activation.draw', { file });
			const { act } = claimsOf<'activation'>(file);
			expect(await rowOf(act)).toMatchObject({ state: 'active', twin: held.act });
			const page = await pull(made.hub, undefined, license.manager);
			expect(page.activations.find(({ id }) => id === act)).toMatchObject({ twin: held.act });
			expect(page.licenses).toMatchObject([{ counts: { active: 2, reserved: 0 } }]);
		});

		test('[MA5] no mixed requests walk one seat over eight machines', async () => {
			const license = await makeLicense(made, { seats: 1, replacementsPerYear: 1 });
			const key = await makeMachine();
			const racks = Array.from({ length: 8 }, (_, n) => `walk-${n}`);
			const files: string[] = [];
			const parts = ['os', 'fs', 'board', 'disk', 'mac'] as const;
			for (const [n, rack] of racks.entries()) {
				const before = fingerprint(racks[Math.max(0, n - 1)]!);
				let fp = { ...before };
				// One component after the other of the next machine, and at last the whole of it.
				for (const part of parts) {
					fp = { ...fp, [part]: fingerprint(rack)[part] };
					const { file, refusal } = await ask(license, key, fp);
					if (!refusal) files.push(file);
				}
			}
			expect(files.length).toBeGreaterThan(0);
			const open = [];
			for (const rack of racks) {
				const opened = await Promise.all(files.map((file) => opens(file, rack)));
				if (opened.some(Boolean)) open.push(rack);
			}
			expect(open[0], 'the machine itself').toBe(racks[0]);
			expect(open.length, 'its seat and one replacement').toBeLessThanOrEqual(2);
		});
	});
}
