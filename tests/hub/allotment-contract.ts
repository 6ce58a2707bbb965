/**
 * What a hub promises of blocks of seats for desks, whatever it keeps its ledger in.
 *
 * @module
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import type { Store } from '#server/db/store.ts';
import { licenseRowOf, recount } from '../makers/counts.ts';
import { makeDrawingDesk, type DrawingDesk, type OwnBlock } from '../makers/drawing-desk.ts';
import {
	askFor,
	claimsOf,
	makeLicense,
	makeMachine,
	makeTestHub,
	type TestHub,
	type TestLicense
} from '../makers/hub.ts';
import type { MakeStore } from './contract.ts';

export function allotmentContract(name: string, makeStore: MakeStore): void {
	describe(`allotments at a hub on ${name}`, () => {
		let store: Store;
		let made: TestHub;
		beforeAll(async () => {
			store = await makeStore();
			made = await makeTestHub(store);
		});
		afterAll(() => store.close());

		const counts = async (license: TestLicense) => {
			const row = await licenseRowOf(store.db, license);
			const { active, reserved, cooling } = row;
			expect({ active, reserved, cooling }, '[SE1] counts').toEqual(
				await recount(store.db, license)
			);
			expect(row.ceiling).toBe(Math.max(row.seats, active + reserved + cooling));
			return { active, reserved, cooling };
		};
		const drawFor = async (
			{ license, desk, block }: { license: TestLicense; desk: DrawingDesk; block: OwnBlock },
			machine: string
		) => {
			const request = await askFor({ number: license.number }, await makeMachine(machine));
			const file = await desk.draw(block, request, made.clock.now);
			if (isRefusal(file)) throw new Error(file.refused);
			return file;
		};
		const verify = async (file: string) => {
			const read = readFile(file);
			return isRefusal(read) ? read : verifyFile(read, { roots: made.roots });
		};

		test('[AL1, AL4] a block is reserved, drawn from, recorded and closed', async () => {
			const license = await makeLicense(made, { seats: 5 });
			const desk = await makeDrawingDesk(made, license.manager);
			const block = await desk.reserve(license.number, 2);
			expect(await counts(license)).toEqual({ active: 0, reserved: 2, cooling: 0 });

			const file = await drawFor({ license, desk, block }, 'rack-01');
			expect(isRefusal(await verify(file))).toBe(false);
			const drawn = claimsOf<'activation'>(file);
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
	});
}
