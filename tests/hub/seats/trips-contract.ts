/**
 * How often an activation waits for its database, and for how many statements: on a network each wait
 * is a round trip, and every statement is work for the one thing that all hubs share.
 *
 * @module
 */
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { setDeskPolicy } from '#server/operations/allotments/desk-policy.ts';
import { countTrips } from '../../fixtures/count-trips.ts';
import { makeDrawingDesk } from '../../fixtures/drawing-desk.ts';
import { askFor, makeLicense, makeMachine } from '../../fixtures/hub.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

export function tripsContract(name: string, makeStore: MakeStore): void {
	describe(`round trips on ${name}`, () => {
		const { made, store } = openHub(makeStore);

		const ask = async (request: string) => {
			const counted = await countTrips(() => activate(made.hub, request));
			const { done: answer, trips, statements } = counted;
			if (isRefusal(answer)) throw new Error(answer.refused);
			expect(answer.refusal).toBeUndefined();
			return { trips, statements: statements.length, isNew: answer.isNew };
		};

		test('an activation, the same again, and the next file of its machine', async () => {
			const license = await makeLicense(made, { seats: 5 });
			await ask(await askFor(license, await makeMachine()));
			const machine = await makeMachine();
			const request = await askFor(license, machine);
			expect(await ask(request)).toEqual({ trips: 1, statements: 1, isNew: true });
			expect(await ask(request)).toEqual({ trips: 1, statements: 1, isNew: false });
			const next = await askFor(license, machine);
			expect(await ask(next)).toEqual({ trips: 2, statements: 2, isNew: true });
		});

		test('rows are found by their keys, however few there were when that was planned', async () => {
			const { customerId, licenseId } = await makeLicense(made);
			await ask(await askFor(await makeLicense(made), await makeMachine()));
			await store.db.execute(sql`analyze license, request, activation_component`);
			const none = sql`'[]'::json`;
			const [before, after] = await store.db.transaction(async (tx) => {
				const readWhole = async () => {
					const found = await tx.execute(sql`select relname, seq_scan
						from pg_stat_xact_user_tables
						where relname in ('license', 'request', 'activation_component') order by relname`);
					return (found as { rows: unknown[] }).rows;
				};
				const before = await readWhole();
				await tx.execute(sql`select store_grants(${customerId}, -1, '', 0, '',
					array[${licenseId}], array['unknown'], array['os:unknown'], array[]::text[],
					${none}, ${none}, ${none}, ${none}, ${none}, ${none}, ${none})`);
				return [before, await readWhole()];
			});
			expect(before).toHaveLength(3);
			expect(after).toEqual(before);
		});

		test('no plan of a grant is compiled: one that is told to avoid whole tables looks dear enough for it', async () => {
			const found = await store.db.execute(
				sql`select proconfig as settings from pg_proc where proname = 'store_grants'`
			);
			// Whoever makes the function anew takes both away.
			const settings = ['enable_seqscan=off', 'jit=off'];
			expect((found as { rows: unknown[] }).rows).toEqual([{ settings }]);
		});

		test('a draw that a desk pushes', async () => {
			const license = await makeLicense(made, { seats: 5 });
			const policy = { deskSeats: 3, offlineShare: 5 };
			await setDeskPolicy(made.hub, license, { policy, asker: license.manager });
			const desk = await makeDrawingDesk(made, license.manager);
			const block = await desk.reserve(license.number, 3);
			const request = await askFor({ number: license.number }, await makeMachine());
			const file = await desk.draw(block, request, made.clock.now);
			if (isRefusal(file)) throw new Error(file.refused);
			const { trips, statements } = await countTrips(() => desk.tell('activation.draw', { file }));
			expect({ trips, statements: statements.length }).toEqual({ trips: 12, statements: 37 });
		});
	});
}
