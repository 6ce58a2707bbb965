/**
 * Who speaks for an outbox: its key, its author's rights, and what a copy of it comes to. [SY8, SY9]
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import type { Command } from '#lib/protocol/commands.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { readPushFile, writePushFile } from '#lib/formats/push.ts';
import { outboxes } from '#server/db/schema/outboxes.ts';
import { hashOf } from '#server/operations/push/judge-commands.ts';
import { push } from '#server/operations/push/push.ts';
import { pushSigned, relayPush } from '#server/operations/push/push-signed.ts';
import { makeKey } from '../../fixtures/chain.ts';
import {
	askFor,
	commandOf,
	makeLicense,
	makeMachine,
	returnOf,
	type TestLicense
} from '../../fixtures/hub.ts';
import { licenseRowOf } from '../../fixtures/counts.ts';
import { type Pushing, results } from '../../fixtures/pushing.ts';

export function signedPushesContract({
	made,
	store,
	makeDesk,
	sign,
	send,
	askOf,
	kept
}: Pushing): void {
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
}

type RecordedPush = {
	push: { outbox: string; commands: Command[] };
	/** Id, place and refusal of each. */
	results: [string, number, string | undefined][];
};
