/**
 * What push and pull promise, whatever the hub keeps its ledger in.
 *
 * @module
 */
import { describe, expect, test } from 'vitest';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Command, CommandResult } from '#lib/protocol/commands.ts';
import { rowsOf } from '#lib/protocol/alike.ts';
import type { PullPage } from '#lib/protocol/pull.ts';
import { toldKey } from '#lib/protocol/told-keys.ts';
import { writeKeyFile } from '#lib/formats/key-file.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { pullKeys } from '#server/operations/pull/pull-keys.ts';
import { pull } from '#server/operations/pull/pull.ts';
import { push } from '#server/operations/push/push.ts';
import { suspendLicense } from '#server/operations/licenses/suspend-license.ts';
import { askFor, claimsOf, commandOf, makeLicense, makeMachine } from '../../fixtures/hub.ts';
import { copyLicense } from '../../fixtures/licenses.ts';
import { settledOf } from '../../fixtures/settled.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

export function syncContract(name: string, makeStore: MakeStore): void {
	describe(`sync with a hub on ${name}`, () => {
		const { made, store } = openHub(makeStore);

		const send = async (asker: Parameters<typeof push>[2], pushed: readonly Command[]) => {
			const outbox = pushed[0]!.outbox;
			const reply = await push(made.hub, { outbox, commands: pushed }, asker);
			return isRefusal(reply) ? reply : reply.results;
		};

		test('[SY2] the same commands again get the stored results and do nothing twice', async () => {
			const { manager, ...license } = await makeLicense(made, { seats: 2 });
			const outbox = uuidv7();
			const pushed = await Promise.all(
				[1, 2, 3].map(async (n) =>
					commandOf(outbox, n, await askFor({ number: license.number }, await makeMachine()))
				)
			);
			const first = results(await send(manager, pushed));
			expect(first.map(({ refusal }) => refusal?.refused)).toEqual([
				undefined,
				undefined,
				'SEAT_LIMIT_REACHED'
			]);
			expect(first.every(({ file }) => file?.includes('BEGIN KEYFERRY'))).toBe(true);
			expect(results(await send(manager, pushed))).toEqual(first);
			// A part of it, reordered in time: a push whose answer was lost.
			expect(results(await send(manager, pushed.slice(1)))).toEqual(first.slice(1));
			const kept = await settledOf(store.db, outbox);
			expect(kept).toHaveLength(3);
		});

		test('[AU1] a repeated push is told where the audit ends as well', async () => {
			const { manager, customerId, number } = await makeLicense(made, { seats: 2 });
			const outbox = uuidv7();
			const pushed = [commandOf(outbox, 1, await askFor({ number }, await makeMachine()))];
			const first = await push(made.hub, { outbox, commands: pushed }, manager);
			const again = await push(made.hub, { outbox, commands: pushed }, manager);
			if (isRefusal(first) || isRefusal(again)) throw new Error('refused');
			expect(again.heads).toEqual(first.heads);
			expect(again.heads[customerId]).toMatchObject({ n: 3 });
		});

		test('[SY2] one push sent ten times at once does everything once', async () => {
			const { manager, number } = await makeLicense(made, { seats: 3 });
			const outbox = uuidv7();
			const pushed = await Promise.all(
				[1, 2, 3, 4].map(async (n) =>
					commandOf(outbox, n, await askFor({ number }, await makeMachine()))
				)
			);
			const answers = await Promise.all(Array.from({ length: 10 }, () => send(manager, pushed)));
			for (const answer of answers) expect(answer).toEqual(answers[0]);
			expect(results(answers[0]!).filter(({ refusal }) => !refusal)).toHaveLength(3);
		});

		test('[SY2] the same place with another command is a fork, and closes the outbox', async () => {
			const { manager, number } = await makeLicense(made);
			const outbox = uuidv7();
			const request = await askFor({ number }, await makeMachine());
			const mine = commandOf(outbox, 1, request);
			await send(manager, [mine]);
			const copied = commandOf(outbox, 1, await askFor({ number }, await makeMachine()));
			const forked = refuse('OUTBOX_FORKED', { outbox });
			expect(await send(manager, [copied])).toEqual(forked);
			expect(await send(manager, [commandOf(outbox, 2, request)]), 'closed for good').toEqual(
				forked
			);
			// A new outbox takes the unsettled commands along, under their ids.
			const next = uuidv7();
			const [moved] = results(await send(manager, [{ ...mine, outbox: next, n: 1 }]));
			expect(moved).toMatchObject({ id: mine.id, n: 1 });
			expect(moved?.refusal).toBeUndefined();
		});

		test('[SY2] the same id with other contents is a fork', async () => {
			const { manager, number } = await makeLicense(made);
			const outbox = uuidv7();
			const id = uuidv7();
			const request = async () => askFor({ number }, await makeMachine());
			await send(manager, [commandOf(outbox, 1, await request(), { id })]);
			expect(await send(manager, [commandOf(outbox, 1, await request(), { id })])).toEqual(
				refuse('OUTBOX_FORKED', { outbox })
			);
		});

		test('[SY3] what cannot be read or found is a result, beside those that could', async () => {
			const { manager, number } = await makeLicense(made);
			const outbox = uuidv7();
			const pushed = [
				commandOf(outbox, 1, 'no request at all'),
				commandOf(outbox, 2, await askFor({ number }, await makeMachine())),
				commandOf(outbox, 3, await askFor({ number: 'KF-0000-0000-0000' }, await makeMachine()))
			];
			const answers = results(await send(manager, pushed));
			expect(answers.map(({ refusal }) => refusal?.refused)).toEqual([
				'FILE_MALFORMED',
				undefined,
				'LICENSE_NOT_FOUND'
			]);
			expect(claimsOf<'refusal'>(answers[2]!.file!).code).toBe('LICENSE_NOT_FOUND');
		});

		test.for([
			['NUL', { name: 'Ada\0' }],
			['NUL in what a refusal would repeat', { pv: '7\0' }],
			['half a surrogate pair', { label: 'rack \ud800' }]
		] as const)('[FI3] %s in a request is refused, and the rest is done', async ([, changes]) => {
			const { manager, number } = await makeLicense(made);
			const outbox = uuidv7();
			const request = await askFor({ number }, await makeMachine(), changes);
			const pushed = [
				commandOf(outbox, 1, request),
				commandOf(outbox, 2, await askFor({ number }, await makeMachine()))
			];
			const [bad, good] = results(await send(manager, pushed));
			expect(bad?.refusal).toEqual(refuse('TOKEN_MALFORMED', { reason: 'text' }));
			expect(good?.refusal).toBeUndefined();
		});

		test('[SY1] a command whose hash does not fit is refused, and the rest is done', async () => {
			const { manager, number } = await makeLicense(made);
			const outbox = uuidv7();
			const bad = commandOf(outbox, 1, await askFor({ number }, await makeMachine()), {
				hash: 'x'.repeat(43)
			});
			const good = commandOf(outbox, 2, await askFor({ number }, await makeMachine()));
			const [done, refused] = results(await send(manager, [bad, good]));
			expect(done).toMatchObject({ id: good.id, refusal: undefined });
			expect(refused).toMatchObject({
				id: bad.id,
				refusal: { refused: 'BODY_INVALID', facts: { path: 'commands.0.hash' } }
			});
		});

		test('an unknown command is answered and not settled', async () => {
			const { manager } = await makeLicense(made);
			const outbox = uuidv7();
			const version = 9;
			const known = commandOf(outbox, 1, 'x');
			const { hashOf } = await import('#server/operations/push/judge-commands.ts');
			const newer = { ...known, version, hash: hashOf({ ...known, version }) };
			expect(results(await send(manager, [newer]))[0]?.refusal).toEqual(
				refuse('COMMAND_UNKNOWN', { type: 'activation.request', version })
			);
			const kept = await settledOf(store.db, outbox);
			expect(kept).toEqual([]);
		});

		test('[SY4] pull brings what changed since the cursor, once', async () => {
			const { manager, ...license } = await makeLicense(made, { seats: 3 });
			const first = await pull(made.hub, undefined, manager);
			expect(first).toMatchObject({ reset: [license.customerId], gone: [], more: false });
			expect(first.licenses).toHaveLength(1);

			const answer = await activate(made.hub, await askFor(license, await makeMachine('pc')));
			if (isRefusal(answer)) throw new Error(answer.refused);
			const second = await pull(made.hub, first.cursor, manager);
			expect(second.reset).toEqual([]);
			expect(second.licenses).toMatchObject([{ counts: { active: 1 } }]);
			expect(second.activations).toMatchObject([{ label: 'pc', generation: 1 }]);
			expect(second.answers).toMatchObject([{ request: answer.request, state: 'granted' }]);

			const third = await pull(made.hub, second.cursor, manager);
			expect(third).toMatchObject({ licenses: [], activations: [], answers: [], more: false });
			await suspendLicense(made.hub, license);
			const fourth = await pull(made.hub, third.cursor, manager);
			expect(fourth.licenses[0]?.suspendedAt).toBe(made.clock.now);
		});

		test('[SY4] pages end between revisions and together hold everything', async () => {
			const { manager, ...license } = await makeLicense(made, { seats: 1100 });
			const outbox = uuidv7();
			// 1,000 rows of one transaction, 1,000 of another, then 100 more: none is torn.
			const many = async (from: number, count: number) =>
				Promise.all(
					Array.from({ length: count }, async (_, at) =>
						commandOf(outbox, from + at, await askFor(license, await makeMachine()))
					)
				);
			for (const command of await many(1, 20)) await send(manager, [command]);
			await send(manager, await many(21, 500));
			await send(manager, await many(521, 500));
			await send(manager, await many(1021, 50));
			const pages: PullPage[] = [];
			do pages.push(await pull(made.hub, pages.at(-1)?.cursor, manager));
			while (pages.at(-1)!.more && pages.length < 20);
			expect(pages.length).toBeGreaterThan(1);
			const acts = pages.flatMap(({ activations }) => activations);
			expect(new Set(acts.map(({ id }) => id)).size).toBe(1070);
			for (const revision of new Set(acts.map((row) => row.revision)))
				expect(
					pages.filter(({ activations }) => activations.some((row) => row.revision === revision)),
					`revision ${revision}`
				).toHaveLength(1);
		});

		test('[SY4] a very large revision comes in parts, and each row once', async () => {
			const { customerId, licenseId, manager } = await makeLicense(made);
			const technician = { ...manager, roles: new Map([[customerId, 'technician' as const]]) };
			const { cursor } = await pull(made.hub, undefined, technician);
			await copyLicense(store.db, { customerId, licenseId, copies: 5_500 });
			const pages: PullPage[] = [];
			do
				pages.push(
					await pull(made.hub, pages.at(-1)?.cursor ?? cursor, technician, {
						count: pages.length < 1
					})
				);
			while (pages.at(-1)!.more && pages.length < 20);
			expect(pages.map(({ licenses }) => licenses.length)).toEqual([2_000, 2_000, 1_500]);
			expect(pages[0]!.left, 'of a revision told in part, the whole counts').toBe(5_500);
			const ids = pages.flatMap(({ licenses }) => licenses.map(({ id }) => id));
			expect(new Set(ids).size).toBe(5_500);
			expect(await pull(made.hub, pages.at(-1)!.cursor, technician)).toMatchObject({
				licenses: [],
				more: false
			});
		});

		test('[SY4] [RE2] keys that come beside their rows are the same files, for the same roles', async () => {
			const { manager, customerId } = await makeLicense(made);
			await makeLicense(made, { customerId });
			const inRows = await pull(made.hub, undefined, manager);
			const apart = await pull(made.hub, undefined, manager, { keysApart: true });
			expect(inRows.licenses).toHaveLength(2);
			const { before, own } = apart.keys!;
			expect(
				apart.licenses.map((row) => {
					const { kid, token } = own[row.id]!;
					return { ...row, key: writeKeyFile([...before[kid]!, token]) };
				})
			).toEqual(inRows.licenses);
			expect(apart.licenses.every((row) => row.key === undefined)).toBe(true);
			const technician = { ...manager, roles: new Map([[customerId, 'technician' as const]]) };
			const without = await pull(made.hub, undefined, technician, { keysApart: true });
			expect(without.licenses).toHaveLength(2);
			expect(without.keys).toEqual({ before: {}, own: {} });
		});

		test('[SY4] [RE2] keys that are asked for after all rows are the same files, for the same roles', async () => {
			const { manager, customerId } = await makeLicense(made);
			for (let more = 0; more < 2; more++) await makeLicense(made, { customerId });
			const inRows = await pull(made.hub, undefined, manager);
			const later = await pull(made.hub, undefined, manager, { keysApart: true, keysLater: true });
			expect(later.licenses).toEqual(inRows.licenses.map(({ key: _, ...row }) => row));
			expect(later).not.toHaveProperty('keys');
			const { before, customers, next } = await pullKeys(
				made.hub,
				{ customerIds: [customerId] },
				manager
			);
			expect(next).toBeUndefined();
			const files = customers.flatMap(({ own }) =>
				Object.entries(own).map(([id, { kid, token }]) => {
					return { id, key: writeKeyFile([...before[kid]!, token]) };
				})
			);
			expect(files).toEqual(inRows.licenses.map(({ id, key }) => ({ id, key })));
			const [first, ...others] = inRows.licenses.map(({ id }) => id);
			const rest = await pullKeys(made.hub, { customerIds: [customerId], after: first }, manager);
			expect(rest.customers.map((each) => Object.keys(each.own))).toEqual([others]);
			const asked = { customerIds: [customerId], alike: true };
			const told = await pullKeys(made.hub, asked, manager);
			expect(told).toMatchObject({ before, customers: [] });
			const again = told.alike!.flatMap((some) =>
				Object.keys(some.own).map((id) => [id, toldKey(some, id)])
			);
			expect(again).toEqual(customers.flatMap(({ own }) => Object.entries(own)));
			// Ids, secret, numbers and signature are a third of a token: the rest is told once.
			const lengths = Object.values(told.alike![0]!.own).map(([, own]) => own.length);
			expect(Math.max(...lengths)).toBeLessThan(toldKey(told.alike![0]!, first!)!.token.length / 2);
			const technician = { ...manager, roles: new Map([[customerId, 'technician' as const]]) };
			const hidden = await pullKeys(made.hub, { customerIds: [customerId] }, technician);
			expect(hidden).toEqual({ before: {}, customers: [] });
			expect(await pullKeys(made.hub, asked, technician)).toEqual({ ...hidden, alike: [] });
		});

		test('[SY4] rows that come by what they have in common are the same rows', async () => {
			const { manager, ...license } = await makeLicense(made, { seats: 3 });
			const { customerId } = license;
			for (let more = 0; more < 2; more++) await makeLicense(made, { customerId });
			for (let more = 0; more < 2; more++)
				await activate(made.hub, await askFor(license, await makeMachine()));
			const plain = await pull(made.hub, undefined, manager);
			expect([plain.licenses.length, plain.activations.length]).toEqual([3, 2]);
			const page = await pull(made.hub, undefined, manager, { rowsAlike: true });
			expect(page).toMatchObject({ cursor: plain.cursor, licenses: [], activations: [] });
			// As it is sent: nothing is there that has no value.
			const sent = <T>(value: T) => JSON.parse(JSON.stringify(value)) as T;
			const { licenses, activations } = sent(page.alike!);
			expect(licenses.flatMap((some) => rowsOf(some))).toEqual(sent(plain.licenses));
			expect(activations.flatMap((some) => rowsOf(some))).toEqual(sent(plain.activations));
			expect(licenses[0]!.like).toMatchObject({ customerId });
			expect(licenses[0]!.rows[1]).not.toHaveProperty('customerId');
		});

		test('[SY4] of many customers that are behind each comes once, whole or up to a revision', async () => {
			const { manager, ...one } = await makeLicense(made);
			const licenses = [one];
			for (let more = 0; more < 20; more++) licenses.push(await makeLicense(made));
			const roles = new Map(licenses.map(({ customerId }) => [customerId, 'manager' as const]));
			const asker = { ...manager, roles };
			const first = await pull(made.hub, undefined, asker);
			const ids = (page: PullPage) => page.licenses.map(({ id }) => id).sort();
			expect(ids(first)).toEqual(licenses.map(({ licenseId }) => licenseId).sort());
			expect(first.more).toBe(false);
			const changed = licenses.filter((_, at) => at % 4 === 0);
			for (const license of changed) await suspendLicense(made.hub, license);
			const second = await pull(made.hub, first.cursor, asker);
			expect(ids(second)).toEqual(changed.map(({ licenseId }) => licenseId).sort());
			expect(second.more).toBe(false);
			expect((await pull(made.hub, second.cursor, asker)).licenses).toEqual([]);
		});

		test('[SY4] another role reads its customer again: keys come with it and go with it', async () => {
			const { manager, customerId } = await makeLicense(made);
			const technician = { ...manager, roles: new Map([[customerId, 'technician' as const]]) };
			const asTechnician = await pull(made.hub, undefined, technician);
			expect(asTechnician.licenses.map(({ key }) => key)).toEqual([undefined]);
			const asManager = await pull(made.hub, asTechnician.cursor, manager);
			expect(asManager.reset).toEqual([customerId]);
			expect(asManager.licenses.map(({ key }) => typeof key)).toEqual(['string']);
			expect((await pull(made.hub, asManager.cursor, manager)).reset).toEqual([]);
			const again = await pull(made.hub, asManager.cursor, technician);
			expect(again.reset).toEqual([customerId]);
			expect(again.licenses.map(({ key }) => key)).toEqual([undefined]);
		});

		test('[SY4] a customer that one no longer belongs to is gone; another hub resets', async () => {
			const { manager, customerId } = await makeLicense(made);
			const { cursor } = await pull(made.hub, undefined, manager);
			const stranger = { ...manager, roles: new Map() };
			expect(await pull(made.hub, cursor, stranger)).toMatchObject({
				gone: [customerId],
				licenses: []
			});
			const elsewhere = { ...cursor, hubEpoch: 'another' };
			const page = await pull(made.hub, elsewhere, manager);
			expect(page.reset).toEqual([customerId]);
			expect(page.licenses).toHaveLength(1);
		});
	});
}

function results(answer: CommandResult[] | Refusal): CommandResult[] {
	if (isRefusal(answer)) throw new Error(answer.refused);
	return answer;
}
