/**
 * What becomes of each command of a push: results, odd pieces, faults. [SY1, SY3, SY10]
 *
 * @module
 */
import { expect, test } from 'vitest';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Command } from '#lib/protocol/commands.ts';
import type { PushReply } from '#lib/protocol/push.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { signToken } from '#lib/signing/jws.ts';
import { expireResults } from '#server/jobs/expire-results.ts';
import { hashOf } from '#server/operations/push/judge-commands.ts';
import { relayPush } from '#server/operations/push/push-signed.ts';
import {
	askFor,
	claimsOf,
	commandOf,
	makeLicense,
	makeMachine,
	returnOf
} from '../../fixtures/hub.ts';
import { licenseRowOf } from '../../fixtures/counts.ts';
import { withPoison } from '../../fixtures/poison.ts';
import { type Pushing, results } from '../../fixtures/pushing.ts';

export function settledPushesContract({
	made,
	store,
	faults,
	makeDesk,
	sign,
	send,
	askOf,
	kept
}: Pushing): void {
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
		const file = await signToken('return', { v: 2, ...ids, iat: 1, gen: 1, cnf: { jwk } }, signer);
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
		await withPoison(store, { table: 'activation', column: 'label', value: 'poison' }, async () => {
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
		});
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
}
