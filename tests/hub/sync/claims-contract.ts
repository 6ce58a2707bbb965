/**
 * What becomes of commands whose push ended between their claim and their effect, whatever the hub keeps its
 * ledger in.
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import type { Command, CommandResult } from '#lib/protocol/commands.ts';
import { allotments } from '#server/db/schema/allotments.ts';
import { audit } from '#server/db/schema/hub.ts';
import { commands } from '#server/db/schema/outboxes.ts';
import type { Database } from '#server/db/database.ts';
import type { Asker } from '#server/hub/hub.ts';
import { setDeskPolicy } from '#server/operations/allotments/desk-policy.ts';
import { moveLicense } from '#server/operations/licenses/move-license.ts';
import { hashOf } from '#server/operations/push/judge-commands.ts';
import { push } from '#server/operations/push/push.ts';
import { licenseRowOf } from '../../fixtures/counts.ts';
import { makeDrawingDesk } from '../../fixtures/drawing-desk.ts';
import {
	askFor,
	commandOf,
	customerCalled,
	makeLicense,
	makeMachine,
	type TestLicense
} from '../../fixtures/hub.ts';
import { settledOf } from '../../fixtures/settled.ts';
import { Killed, killedAfter, pausedBefore } from '../../fixtures/with-transaction.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

export function claimsContract(name: string, makeStore: MakeStore): void {
	describe(`claims of commands on ${name}`, () => {
		const { made, store } = openHub(makeStore);

		type Pushed = { outbox: string; commands: Command[]; asker: Asker };
		const send = async ({ outbox, commands, asker }: Pushed, db: Database = made.hub.db) => {
			const reply = await push({ ...made.hub, db }, { outbox, commands }, asker);
			if (isRefusal(reply)) throw new Error(reply.refused);
			return reply.results;
		};
		const settled = async (outbox: string) => (await settledOf(store.db, outbox)).map(({ n }) => n);
		const claimed = async (outbox: string) => {
			const rows = await store.db.select().from(commands).where(eq(commands.outbox, outbox));
			return rows.map(({ n, customerId, moves }) => ({ n, customerId, moves }));
		};
		/** A note on a license, which would be found changed meanwhile if it were written twice. */
		const noting = async () => {
			const license = await makeLicense(made);
			const to = await customerCalled(made.hub, `To ${uuidv7()}`);
			const outbox = uuidv7();
			const args = { license: license.licenseId, value: 'Rack 7', was: '' };
			const body = { type: 'license.note', version: 1, args } as Command;
			const commands = [commandOf(outbox, 1, '', { ...body, hash: hashOf(body) })];
			const roles = new Map([license.customerId, to].map((id) => [id, 'manager' as const]));
			return { license, to, push: { outbox, commands, asker: { userId: uuidv7(), roles } } };
		};
		const move = async ({ licenseId }: TestLicense, from: string, to: string) => {
			const moved = await moveLicense(made.hub, { customerId: from, licenseId }, to, 'staff');
			if (isRefusal(moved)) throw new Error(moved.refused);
		};
		const notedAt = async ({ licenseId }: TestLicense) => {
			const isNote = and(eq(audit.subject, licenseId), eq(audit.action, 'license.noted'));
			const rows = await store.db.select().from(audit).where(isNote);
			return rows.map(({ customerId }) => customerId);
		};
		const refusals = (results: readonly CommandResult[]) =>
			results.map(({ refusal }) => refusal?.refused);

		test('[SY2, DB1] what was claimed by a push that ended is done by the next, and a copy of it shows', async () => {
			const license = await makeLicense(made, { seats: 9 });
			const { number, manager: asker } = license;
			const outbox = uuidv7();
			const asks = async (n: number) =>
				commandOf(outbox, n, await askFor({ number }, await makeMachine()));
			const pushed = { outbox, commands: [await asks(1), await asks(2)], asker };
			await expect(send(pushed, killedAfter(made.hub.db, 1))).rejects.toThrow(Killed);
			const { customerId } = license;
			expect(await claimed(outbox)).toEqual([1, 2].map((n) => ({ n, customerId, moves: 0 })));
			expect(await settled(outbox)).toEqual([]);
			expect(await licenseRowOf(store.db, license)).toMatchObject({ active: 0 });
			// Its answer is lost as well.
			await expect(send(pushed, killedAfter(made.hub.db, 2))).rejects.toThrow(Killed);
			expect(await licenseRowOf(store.db, license)).toMatchObject({ active: 2 });
			const results = await send(pushed);
			expect(results.map(({ file }) => file?.includes('ACTIVATION'))).toEqual([true, true]);
			expect(await send(pushed)).toEqual(results);
			expect(await licenseRowOf(store.db, license)).toMatchObject({ active: 2 });

			const copied = uuidv7();
			const first = commandOf(copied, 1, await askFor({ number }, await makeMachine()));
			const other = commandOf(copied, 1, await askFor({ number }, await makeMachine()));
			const claiming = send(
				{ outbox: copied, commands: [first], asker },
				killedAfter(made.hub.db, 1)
			);
			await expect(claiming).rejects.toThrow(Killed);
			expect(await push(made.hub, { outbox: copied, commands: [other] }, asker)).toEqual(
				refuse('OUTBOX_FORKED', { outbox: copied })
			);
		});

		test('[SY2] commands keep their ids under another outbox, and their places are known there', async () => {
			const license = await makeLicense(made, { seats: 9 });
			const { number, manager: asker } = license;
			const [before, after] = [uuidv7(), uuidv7()];
			const asks = await Promise.all(
				[1, 2].map(async (n) => commandOf(before, n, await askFor({ number }, await makeMachine())))
			);
			await send({ outbox: before, commands: asks.slice(0, 1), asker });
			const ending = send({ outbox: before, commands: asks, asker }, killedAfter(made.hub.db, 1));
			await expect(ending).rejects.toThrow(Killed);
			const moved = asks.map((ask) => ({ ...ask, outbox: after }));
			const results = await send({ outbox: after, commands: moved, asker });
			expect(results.map(({ file }) => file?.includes('ACTIVATION'))).toEqual([true, true]);
			expect(await send({ outbox: before, commands: asks, asker })).toEqual(results);
			expect(await licenseRowOf(store.db, license)).toMatchObject({ active: 2 });
			const other = commandOf(after, 2, await askFor({ number }, await makeMachine()));
			expect(await push(made.hub, { outbox: after, commands: [other] }, asker)).toEqual(
				refuse('OUTBOX_FORKED', { outbox: after })
			);
		});

		test('[SY2, DB1] what was claimed of a license that has moved since is done where it went, once', async () => {
			const { license, to, push: pushed } = await noting();
			const { customerId: from } = license;
			// One that claimed it stands still, while the license moves and the next goes on with it.
			const late = send(
				pushed,
				pausedBefore(made.hub.db, 1, async () => {
					await move(license, from, to);
					expect(refusals(await send(pushed))).toEqual([undefined]);
				})
			);
			expect(await late, 'is told by the next push').toEqual([]);
			expect(refusals(await send(pushed))).toEqual([undefined]);
			expect(await notedAt(license)).toEqual([to]);
			expect(await claimed(pushed.outbox)).toEqual([{ n: 1, customerId: to, moves: 1 }]);
		});

		test('[SY2, DB1] of a license that comes back as well, wherever the pushes ended', async () => {
			const { license, to, push: pushed } = await noting();
			const { customerId: from } = license;
			const ended = (commits: number) =>
				expect(send(pushed, killedAfter(made.hub.db, commits))).rejects.toThrow(Killed);
			await ended(1);
			await move(license, from, to);
			// Passed on, and the claim not moved yet.
			await ended(2);
			await move(license, to, from);
			expect(refusals(await send(pushed))).toEqual([undefined]);
			expect(refusals(await send(pushed))).toEqual([undefined]);
			expect(await notedAt(license)).toEqual([from]);
			expect(await claimed(pushed.outbox)).toEqual([{ n: 1, customerId: from, moves: 1 }]);
		});

		test('[SY2] two that bring the same at once do it once', async () => {
			const { license, push: pushed } = await noting();
			const replies = await Promise.all(Array.from({ length: 4 }, () => send(pushed)));
			expect(replies.map(refusals)).toEqual(Array(4).fill([undefined]));
			expect(await notedAt(license)).toEqual([license.customerId]);
		});

		test('[SY2, AL5] seats set aside while their outbox is found copied freeze all the same', async () => {
			const license = await makeLicense(made, { seats: 5 });
			const policy = { deskSeats: 3, offlineShare: 5 };
			await setDeskPolicy(made.hub, license, { policy, asker: license.manager });
			const hub = { ...made.hub };
			const desk = await makeDrawingDesk({ hub }, license.manager);
			await desk.tell('license.note', { license: license.licenseId, value: 'x', was: '' });
			hub.db = pausedBefore(made.hub.db, 1, async () => {
				const { outbox } = desk;
				const copy = commandOf(outbox, 1, await askFor(license, await makeMachine()));
				const copied = await push(
					made.hub,
					{ outbox, commands: [copy], desk: desk.signed },
					license.manager
				);
				expect(copied).toEqual(refuse('OUTBOX_FORKED', { outbox }));
			});
			await desk.reserve(license.number, 2);
			const own = eq(allotments.licenseId, license.licenseId);
			const rows = await store.db.select().from(allotments).where(own);
			expect(rows.map(({ state }) => state)).toEqual(['frozen']);
		});
	});
}
