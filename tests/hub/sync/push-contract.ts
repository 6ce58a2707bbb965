/**
 * What signed, relayed, damaged and poisoned pushes come to, whatever the hub keeps its ledger in.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Command, CommandResult } from '#lib/protocol/commands.ts';
import type { PushBody, PushReply } from '#lib/protocol/push.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { readPushFile, writePushFile } from '#lib/formats/push.ts';
import { signToken } from '#lib/signing/jws.ts';
import { signPush } from '#lib/signing/push.ts';
import { outboxes } from '#server/db/schema/outboxes.ts';
import { expireResults } from '#server/jobs/expire-results.ts';
import type { Asker } from '#server/hub/hub.ts';
import { hashOf } from '#server/operations/push/judge-commands.ts';
import { push } from '#server/operations/push/push.ts';
import { pushSigned, relayPush } from '#server/operations/push/push-signed.ts';
import { makeKey, type TestKey } from '../../fixtures/chain.ts';
import {
	askFor,
	claimsOf,
	commandOf,
	makeLicense,
	makeMachine,
	returnOf,
	type TestLicense
} from '../../fixtures/hub.ts';
import { licenseRowOf } from '../../fixtures/counts.ts';
import { withPoison } from '../../fixtures/poison.ts';
import { settledOf } from '../../fixtures/settled.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

type TestDesk = { outbox: string; key: TestKey };

export function pushContract(name: string, makeStore: MakeStore): void {
	describe(`pushes to a hub on ${name}`, () => {
		const { made, store } = openHub(makeStore);
		const faults: string[] = [];
		beforeAll(() => {
			made.hub.onFault = (support) => faults.push(support);
		});

		const makeDesk = async (): Promise<TestDesk> => ({ outbox: uuidv7(), key: await makeKey() });
		const sign = (
			{ outbox, key }: TestDesk,
			pushed: readonly Command[],
			changes: Partial<PushBody> = {}
		) => {
			const content = { protocol: 2, outbox, key: key.jwk, desk: 'Field phone' };
			return signPush(
				{ ...content, commands: [...pushed], ...changes },
				{ signer: key.signer, now: 1 }
			);
		};
		const send = async (desk: TestDesk, pushed: readonly Command[], asker: Asker) =>
			pushSigned(made.hub, await sign(desk, pushed), { asker });
		const askOf = async (desk: TestDesk, n: number, license: { number: string; sec?: string }) =>
			commandOf(desk.outbox, n, await askFor(license, await makeMachine()));
		const kept = (outbox: string) => settledOf(store.db, outbox);

		test('[SY9] the first push enrols the key, and then only this key of this user speaks', async () => {
			const { manager, number } = await makeLicense(made, { seats: 9 });
			const desk = await makeDesk();
			const [granted] = results(await send(desk, [await askOf(desk, 1, { number })], manager));
			expect(granted?.refusal).toBeUndefined();
			const [row] = await store.db.select().from(outboxes).where(eq(outboxes.outbox, desk.outbox));
			expect(row).toMatchObject({ jkt: desk.key.signer.kid, desk: 'Field phone' });

			const next = await askOf(desk, 2, { number });
			const { outbox } = desk;
			const notYours = refuse('OUTBOX_NOT_YOURS', { outbox });
			const thief = { outbox, key: await makeKey() };
			expect(await send(thief, [next], manager)).toEqual(notYours);
			expect(await send(desk, [next], { ...manager, userId: uuidv7() })).toEqual(notYours);
			expect(await push(made.hub, { outbox, commands: [next] }, manager)).toEqual(
				refuse('PUSH_NOT_SIGNED', { outbox, reason: 'unsigned' })
			);
			expect(await kept(outbox)).toHaveLength(1);
			// None of them closed the outbox for its own desk.
			expect(results(await send(desk, [next], manager))[0]?.refusal).toBeUndefined();
		});

		test('[SY9] other bytes, another outbox and another signature are no push of this desk', async () => {
			const { manager, number } = await makeLicense(made);
			const [desk, other] = [await makeDesk(), await makeDesk()];
			const signed = await sign(desk, [await askOf(desk, 1, { number })]);
			const of = (changes: Partial<typeof signed>) =>
				pushSigned(made.hub, { ...signed, ...changes }, { asker: manager });
			const reasons = [
				await of({ body: signed.body.replace('Field phone', 'Other phone') }),
				await of({ push: (await sign(other, [await askOf(other, 1, { number })])).push }),
				await pushSigned(made.hub, await sign(desk, [], { commands: [], protocol: 3 }), {
					asker: manager
				})
			];
			expect(reasons).toMatchObject([
				{ refused: 'PUSH_NOT_SIGNED', facts: { reason: 'body' } },
				{ refused: 'PUSH_NOT_SIGNED', facts: { reason: 'signature' } },
				{ refused: 'PROTOCOL_UNSUPPORTED', facts: { found: 3, oldest: 1, newest: 2 } }
			]);
			expect(await kept(desk.outbox)).toEqual([]);
		});

		test('[SY9] pushes of protocol 1 are taken as they were recorded, until a key is enrolled', async () => {
			const file = join(import.meta.dirname, '../../vectors/push-protocol-1.json');
			const recorded = JSON.parse(readFileSync(file, 'utf8')) as RecordedPush;
			const { manager } = await makeLicense(made);
			const reply = await push(made.hub, recorded.push, manager);
			expect(results(reply).map(({ id, n, refusal }) => [id, n, refusal?.refused])).toEqual(
				recorded.results
			);
			// The same desk after its update: its outbox gets a key, and the old results stay.
			const desk = { outbox: recorded.push.outbox, key: await makeKey() };
			expect(results(await send(desk, recorded.push.commands, manager))).toEqual(results(reply));
			expect(await push(made.hub, recorded.push, manager)).toMatchObject({
				refused: 'PUSH_NOT_SIGNED'
			});
		});

		test('[SY8] a relayed push runs under the rights that its author has now', async () => {
			const { manager, number, customerId } = await makeLicense(made, { seats: 9 });
			const desk = await makeDesk();
			results(await send(desk, [await askOf(desk, 1, { number })], manager));
			const later = [await askOf(desk, 2, { number }), await askOf(desk, 3, { number })];
			const file = writePushFile(await sign(desk, later), ['Field phone', '2 commands']);
			const carried = readPushFile(file.replaceAll('\n', '\r\n> '));
			if (isRefusal(carried)) throw new Error(carried.refused);

			const author = (userId: string) =>
				Promise.resolve(userId === manager.userId ? manager : undefined);
			const first = results(await relayPush(made.hub, carried, { findAuthor: author }));
			expect(first.map(({ refusal }) => refusal)).toEqual([undefined, undefined]);
			expect(results(await relayPush(made.hub, carried, { findAuthor: author })), 'again').toEqual(
				first
			);
			expect(results(await send(desk, later, manager)), 'by its own desk').toEqual(first);

			const fourth = await sign(desk, [await askOf(desk, 4, { number })]);
			const left = { ...manager, roles: new Map() };
			const [refused] = results(
				await relayPush(made.hub, fourth, { findAuthor: () => Promise.resolve(left) })
			);
			expect(refused?.refusal?.refused, customerId).toBe('LICENSE_NOT_FOUND');
		});

		test('[SY8] [SY10] of an outbox that nobody knows, what proves itself is done', async () => {
			const license = await makeLicense(made, { seats: 9 });
			const { number } = license;
			const desk = await makeDesk();
			const machine = await makeMachine();
			const proven = commandOf(desk.outbox, 2, await askFor(license, machine));
			const pushed = [await askOf(desk, 1, { number }), proven];
			const nobody = () => Promise.resolve(undefined);
			const [unproven, granted] = results(
				await relayPush(made.hub, await sign(desk, pushed), { findAuthor: nobody })
			);
			expect(unproven?.refusal?.refused).toBe('SIGN_IN_REQUIRED');
			expect(granted?.file).toContain('BEGIN KEYFERRY ACTIVATION');
			const args = { file: await returnOf(granted!.file!, machine) };
			const fact = { type: 'activation.return' as const, version: 1, args };
			const given = commandOf(desk.outbox, 3, '', { ...fact, hash: hashOf(fact) });
			const [receipt] = results(
				await relayPush(made.hub, await sign(desk, [given]), { findAuthor: nobody })
			);
			expect(receipt?.file).toContain('BEGIN KEYFERRY RECEIPT');
			// Nothing of it is settled or enrolled: its author does that.
			expect(await kept(desk.outbox)).toEqual([]);
			const own = results(await send(desk, [...pushed, given], license.manager));
			expect(own.map(({ refusal }) => refusal?.refused)).toEqual([
				undefined,
				'REQUEST_SPENT',
				undefined
			]);
			expect(own[2]?.file).toBe(receipt?.file);
		});

		test('[SY2] [SY10] a copied outbox is closed, and its facts are taken all the same', async () => {
			const { manager, number } = await makeLicense(made, { seats: 9 });
			const desk = await makeDesk();
			const machine = await makeMachine();
			const first = commandOf(desk.outbox, 1, await askFor({ number }, machine));
			const [granted] = results(await send(desk, [first], manager));
			const forked = refuse('OUTBOX_FORKED', { outbox: desk.outbox });
			expect(await send(desk, [await askOf(desk, 1, { number })], manager)).toEqual(forked);
			const args = { file: await returnOf(granted!.file!, machine) };
			const fact = { type: 'activation.return' as const, version: 1, args };
			const given = commandOf(desk.outbox, 2, '', { ...fact, hash: hashOf(fact) });
			const [receipt, held] = results(
				await send(desk, [given, await askOf(desk, 3, { number })], manager)
			);
			expect(receipt?.file).toContain('BEGIN KEYFERRY RECEIPT');
			expect(held?.refusal).toEqual(forked);
		});

		test('[SY2, SY10, DB1] a copy shows before any customer has anything of it, and facts of all are taken', async () => {
			const licenses = [
				await makeLicense(made, { seats: 9 }),
				await makeLicense(made, { seats: 9 })
			].sort((a, b) => (a.customerId < b.customerId ? -1 : 1));
			const roles = licenses.map(({ customerId }) => [customerId, 'manager'] as const);
			const asker = { userId: uuidv7(), roles: new Map(roles) };
			const [first, last] = licenses as [TestLicense, TestLicense];
			const desk = await makeDesk();
			const machine = await makeMachine();
			const granting = commandOf(desk.outbox, 1, await askFor(last, machine));
			const [granted] = results(await send(desk, [granting], asker));
			// The copy has another command in its second place.
			results(await send(desk, [await askOf(desk, 2, last)], asker));
			const args = { file: await returnOf(granted!.file!, machine) };
			const fact = { type: 'activation.return' as const, version: 1, args };
			const reply = results(
				await send(
					desk,
					[
						await askOf(desk, 2, last),
						await askOf(desk, 3, first),
						commandOf(desk.outbox, 4, '', { ...fact, hash: hashOf(fact) })
					],
					asker
				)
			);
			const forked = refuse('OUTBOX_FORKED', { outbox: desk.outbox });
			expect(reply.map(({ refusal }) => refusal)).toEqual([forked, forked, undefined]);
			expect(await licenseRowOf(store.db, first)).toMatchObject({ active: 0 });
			expect(await licenseRowOf(store.db, last)).toMatchObject({ active: 1 });
		});

		test('[MA4, DB1] a request of one customer that carries the return of another: both count', async () => {
			const [before, after] = [await makeLicense(made), await makeLicense(made)];
			const roles = [before, after].map(({ customerId }) => [customerId, 'manager'] as const);
			const asker = { userId: uuidv7(), roles: new Map(roles) };
			const desk = await makeDesk();
			const machine = await makeMachine();
			const first = commandOf(desk.outbox, 1, await askFor(before, machine));
			const [granted] = results(await send(desk, [first], asker));
			const moving = `${await returnOf(granted!.file!, machine)}~${await askFor(after, machine)}`;
			const second = commandOf(desk.outbox, 2, moving);
			const [told] = results(await send(desk, [second], asker));
			expect(told?.refusal).toBeUndefined();
			expect(claimsOf<'activation'>(told!.file!).num).toBe(after.number);
			expect(claimsOf<'receipt'>(told!.receipts![0]!)).toMatchObject({ freed: true });
			expect(await licenseRowOf(store.db, before)).toMatchObject({ active: 0 });
			expect(await licenseRowOf(store.db, after)).toMatchObject({ active: 1 });
			const [again] = results(await send(desk, [second], asker));
			expect(again?.file).toBe(told?.file);
		});

		test('[SY3] a command that is not whole is refused by itself', async () => {
			const { manager, number } = await makeLicense(made, { seats: 9 });
			const desk = await makeDesk();
			const good = [await askOf(desk, 1, { number }), await askOf(desk, 4, { number })];
			const bad = [
				{ ...(await askOf(desk, 2, { number })), createdAt: -1 },
				{ ...(await askOf(desk, 3, { number })), args: 'none' as unknown as Command['args'] },
				{ ...(await askOf(desk, 5, { number })), hash: 'A'.repeat(43) }
			];
			const depends = await askOf(desk, 6, { number });
			const reply = await send(
				desk,
				[good[0]!, bad[0]!, bad[1]!, good[1]!, bad[2]!, { ...depends, dependsOn: 5 }],
				manager
			);
			const codes = new Map(results(reply).map(({ n, refusal }) => [n, refusal?.refused]));
			expect([...codes].sort(([a], [b]) => a - b)).toEqual([
				[1, undefined],
				[2, 'BODY_INVALID'],
				[3, 'BODY_INVALID'],
				[4, undefined],
				[5, 'BODY_INVALID'],
				[6, 'DEPENDENCY_REFUSED']
			]);
		});

		test('[SY3] [SY10] a return in a newer format stays unsettled until the hub can read it', async () => {
			const { manager } = await makeLicense(made);
			const desk = await makeDesk();
			const { signer, jwk } = desk.key;
			const ids = { jti: uuidv7(), act: uuidv7(), sub: uuidv7() };
			const file = await signToken(
				'return',
				{ v: 2, ...ids, iat: 1, gen: 1, cnf: { jwk } },
				signer
			);
			const body = { type: 'activation.return' as const, version: 1, args: { file } };
			const newer = commandOf(desk.outbox, 1, '', { ...body, hash: hashOf(body) });
			expect(results(await send(desk, [newer], manager))[0]?.refusal).toEqual(
				refuse('FORMAT_VERSION_UNSUPPORTED', { found: 2, newest: 1 })
			);
			expect(await kept(desk.outbox)).toEqual([]);
		});

		test('[SY1] what depends on a refused command is refused, on a granted one it is done', async () => {
			const { manager, number } = await makeLicense(made, { seats: 9 });
			const desk = await makeDesk();
			const nowhere = { number: 'KF-0000-0000-0000' };
			const after = async (n: number, dependsOn: number) => ({
				...(await askOf(desk, n, { number })),
				dependsOn
			});
			const newer = { ...(await askOf(desk, 6, { number })), version: 9 };
			const pushed = [
				await askOf(desk, 1, { number }),
				await after(2, 1),
				await askOf(desk, 3, nowhere),
				await after(4, 3),
				await after(5, 4),
				{ ...newer, hash: hashOf(newer) },
				await after(7, 6)
			];
			const answers = results(await send(desk, pushed, manager));
			expect(answers.map(({ refusal }) => refusal?.refused)).toEqual([
				...[undefined, undefined, 'LICENSE_NOT_FOUND', 'DEPENDENCY_REFUSED', 'DEPENDENCY_REFUSED'],
				...['COMMAND_UNKNOWN', 'COMMAND_UNKNOWN']
			]);
			expect(results(await send(desk, pushed, manager)), 'again').toEqual(answers);
			expect((await kept(desk.outbox)).map(({ n }) => n).sort()).toEqual([1, 2, 3, 4, 5]);
		});

		test('[SY3] a command that throws is refused alone, stored and logged; the rest is done', async () => {
			const { manager, number } = await makeLicense(made, { seats: 9 });
			await withPoison(
				store,
				{ table: 'activation', column: 'label', value: 'poison' },
				async () => {
					const desk = await makeDesk();
					const poison = await askFor({ number }, await makeMachine(), { label: 'poison' });
					const pushed = [
						await askOf(desk, 1, { number }),
						commandOf(desk.outbox, 2, poison),
						{ ...(await askOf(desk, 3, { number })), dependsOn: 1 },
						{ ...(await askOf(desk, 4, { number })), dependsOn: 2 }
					];
					faults.length = 0;
					const answers = results(await send(desk, pushed, manager));
					expect(answers.map(({ refusal }) => refusal?.refused)).toEqual([
						...[undefined, 'COMMAND_FAILED', undefined, 'DEPENDENCY_REFUSED']
					]);
					expect(answers[1]?.refusal?.facts).toEqual({ support: faults[0] });
					expect(answers[1]?.file).toContain('BEGIN KEYFERRY REFUSAL');
					expect(faults).toHaveLength(1);
					// Its place is taken: the same push again is answered, and nothing throws any more.
					expect(results(await send(desk, pushed, manager))).toEqual(answers);
					expect(faults).toHaveLength(1);
				}
			);
		});

		test('[SY10] a fact that throws is not settled, nor what depends on it; brought again it is recorded', async () => {
			const { manager, number } = await makeLicense(made, { seats: 9 });
			const desk = await makeDesk();
			const machine = await makeMachine();
			const first = commandOf(desk.outbox, 1, await askFor({ number }, machine));
			const [granted] = results(await send(desk, [first], manager));
			const { act } = claimsOf<'activation'>(granted!.file!);
			const fact = {
				type: 'activation.return' as const,
				version: 1,
				args: { file: await returnOf(granted!.file!, machine) }
			};
			const pushed = [
				commandOf(desk.outbox, 2, '', { ...fact, hash: hashOf(fact) }),
				await askOf(desk, 3, { number }),
				{ ...(await askOf(desk, 4, { number })), dependsOn: 2 }
			];
			const codesOf = (reply: PushReply | Refusal) =>
				results(reply).map(({ refusal }) => refusal?.refused);
			const poison = { table: 'give_back', column: 'act', value: act };
			await withPoison(store, poison, async () => {
				for (const time of ['first', 'again']) {
					const codes = codesOf(await send(desk, pushed, manager));
					expect(codes, time).toEqual(['FACT_FAILED', undefined, 'FACT_FAILED']);
				}
				const relayed = await relayPush(made.hub, await sign(desk, pushed.slice(0, 1)), {
					findAuthor: () => Promise.resolve(undefined)
				});
				expect(codesOf(relayed), 'by nobody that is known').toEqual(['FACT_FAILED']);
				expect((await kept(desk.outbox)).map(({ n }) => n).sort()).toEqual([1, 3]);
			});
			const [receipt, , dependent] = results(await send(desk, pushed, manager));
			expect(claimsOf<'receipt'>(receipt!.file!)).toMatchObject({ act, freed: true });
			expect(dependent?.file).toContain('BEGIN KEYFERRY ACTIVATION');
		});

		test('[SY10] a return counts though the request that carries it throws', async () => {
			const { manager, number } = await makeLicense(made, { seats: 9 });
			const desk = await makeDesk();
			const machine = await makeMachine();
			const first = commandOf(desk.outbox, 1, await askFor({ number }, machine));
			const [granted] = results(await send(desk, [first], manager));
			const { act } = claimsOf<'activation'>(granted!.file!);
			const request = await askFor({ number }, await makeMachine(), { label: 'poison' });
			const both = `${await returnOf(granted!.file!, machine)}~${request}`;
			const pushed = [commandOf(desk.outbox, 2, both)];
			const newSeats = { table: 'activation', column: 'label', value: 'poison' };
			await withPoison(store, newSeats, async () => {
				const isGone = { table: 'give_back', column: 'act', value: act };
				const unrecorded = await withPoison(store, isGone, () => send(desk, pushed, manager));
				expect(results(unrecorded)).toMatchObject([{ refusal: { refused: 'FACT_FAILED' } }]);
				const [told] = results(await send(desk, pushed, manager));
				expect(told?.refusal?.refused).toBe('COMMAND_FAILED');
				expect(claimsOf<'receipt'>(told!.receipts![0]!)).toMatchObject({ act, freed: true });
			});
		});

		test('[SY2] a result is kept for 400 days; after that nothing is done again', async () => {
			const { manager, number } = await makeLicense(made, { seats: 9 });
			const desk = await makeDesk();
			const old = await askOf(desk, 1, { number });
			const [granted] = results(await send(desk, [old], manager));
			made.clock.now += 399 * 86_400;
			const young = await askOf(desk, 2, { number });
			results(await send(desk, [young], manager));
			await expireResults(made.hub);
			expect(results(await send(desk, [old], manager))).toEqual([granted]);
			made.clock.now += 2 * 86_400;
			expect(await expireResults(made.hub)).toBeGreaterThan(0);
			const [first, second] = results(await send(desk, [old, young], manager));
			expect(first).toMatchObject({ refusal: refuse('ALREADY_DONE', { id: old.id }) });
			expect(first?.file).toBeUndefined();
			expect(second?.file).toContain('BEGIN KEYFERRY ACTIVATION');
			expect(await expireResults(made.hub)).toBe(0);
			const copied = await askOf(desk, 1, { number });
			expect(await send(desk, [copied], manager)).toMatchObject({ refused: 'OUTBOX_FORKED' });
		});
	});
}

type RecordedPush = {
	push: { outbox: string; commands: Command[] };
	/** Id, place and refusal of each. */
	results: [string, number, string | undefined][];
};

function results(reply: PushReply | Refusal): CommandResult[] {
	if (isRefusal(reply)) throw new Error(`${reply.refused} ${JSON.stringify(reply.facts)}`);
	return reply.results;
}
