import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { expect, test, vi } from 'vitest';
import { openDesk } from './fixtures/desk.ts';
import { Profile } from './fixtures/profile.ts';

vi.stubGlobal('location', { protocol: 'http:', origin: 'http://hub.example' });
const { DeskDatabase } = await import('#lib/desk/store/database.ts');

const refusal = { refused: 'LICENSE_NOT_FOUND', facts: { number: 'KF' } };

test('[FI1] what a desk stored before version 5 is all there, under the names of today', async () => {
	const old = new Dexie('desk', { cache: 'disabled' });
	old.version(4).stores({
		requests: 'jti, number, storedAt',
		files: 'jti, kind, request, number, storedAt',
		keys: 'jti, licenseId, number',
		outbox: 'id, &[outbox+n], state, subject',
		facts: 'name'
	});
	await old.open();
	await old.table('requests').bulkAdd([
		{ jti: 'r1', number: 'KF', storedAt: 1, text: 'one', origin: 'taken', said: { label: 'rack' } },
		{ jti: 'r2', number: 'KF', storedAt: 2, text: 'two', origin: 'made', said: {} }
	]);
	await old.table('files').add({ jti: 'f1', kind: 'refusal', text: 'no', said: { no: refusal } });
	await old.table('keys').add({ jti: 'k1', number: 'KF', text: 'key', said: { product: 'Atlas' } });
	await old.table('facts').add({ name: 'outbox', value: { id: 'o', lastN: 7 } });
	old.close();

	const desk = new DeskDatabase('desk', 'strict');
	await desk.open();
	expect(await desk.requests.toArray()).toEqual([
		{
			jti: 'r1',
			number: 'KF',
			storedAt: 1,
			text: 'one',
			origin: 'imported',
			summary: { label: 'rack' }
		},
		{ jti: 'r2', number: 'KF', storedAt: 2, text: 'two', origin: 'made', summary: {} }
	]);
	expect(await desk.files.toArray()).toEqual([
		{ jti: 'f1', kind: 'refusal', text: 'no', summary: { refusal } }
	]);
	expect(await desk.keys.toArray()).toEqual([
		{ jti: 'k1', number: 'KF', text: 'key', summary: { product: 'Atlas' } }
	]);
	expect(await desk.states.get('outbox')).toEqual({ name: 'outbox', value: { id: 'o', lastN: 7 } });
	expect([...desk.backendDB().objectStoreNames]).not.toContain('facts');
	desk.close();
});

const ORIGIN = 'http://hub.example';
const request = (jti: string) => {
	const row = { jti, number: 'KF', text: jti, fileName: jti, storedAt: 1 } as const;
	return { ...row, origin: 'made', summary: {} } as const;
};
const command = (outbox: string, n: number, state: 'waiting' | 'settled') => {
	const args = { request: '' };
	const row = { id: `${outbox}-${n}`, outbox, n, version: 1, args, hash: '', createdAt: n };
	return { ...row, type: 'activation.request' as const, state, subject: `${outbox}-${n}` };
};

test('[PE5] what belongs to nobody is taken along whole, whenever that is cut short', async () => {
	for (let writes = 0; writes < 8; writes++) {
		const profile = new Profile();
		const desk = await openDesk(profile, ORIGIN);
		await desk.do(async ({ strict, databaseOf }) => {
			await strict.requests.bulkAdd([request('r1'), request('r2')]);
			await strict.outbox.bulkAdd([command('o', 1, 'settled'), command('o', 2, 'waiting')]);
			await strict.outbox.add({ ...command('o', 3, 'waiting'), dependsOn: 2 });
			await strict.states.put({ name: 'outbox', value: { id: 'o', lastN: 3 } });
			const theirs = databaseOf('ada');
			await theirs.requests.add({ ...request('r2'), label: 'theirs' } as never);
			await theirs.outbox.add(command('a', 1, 'waiting'));
			await theirs.states.put({ name: 'outbox', value: { id: 'a', lastN: 1 } });
			theirs.close();
		});
		desk.life.endAfter(writes);
		await desk.do((calls) => calls.adoptUnowned('ada'));
		desk.life.end();

		const again = await openDesk(profile, ORIGIN);
		await again.do((calls) => calls.adoptUnowned('ada'));
		await again.do(async ({ strict, databaseOf, countUnowned }) => {
			expect(await countUnowned()).toBe(0);
			expect(await strict.outbox.count()).toBe(0);
			const theirs = databaseOf('ada');
			expect(await theirs.requests.toArray()).toEqual([
				request('r1'),
				{ ...request('r2'), label: 'theirs' }
			]);
			// The ids that they have, in one outbox without gaps; what is settled stays where it was.
			const rows = await theirs.outbox.orderBy('id').toArray();
			expect(rows.map(({ id, outbox, n, dependsOn }) => [id, outbox, n, dependsOn])).toEqual([
				['a-1', 'a', 1, undefined],
				['o-1', 'o', 1, undefined],
				['o-2', 'a', 2, undefined],
				['o-3', 'a', 3, 2]
			]);
			expect(await theirs.states.get('outbox')).toMatchObject({ value: { id: 'a', lastN: 3 } });
			theirs.close();
		});
		again.life.end();
	}
});

test('[PE5] the one database of earlier versions belongs to whoever used it last', async () => {
	for (const isSignedIn of [true, false]) {
		const profile = new Profile();
		const desk = await openDesk(profile, ORIGIN);
		await desk.do(async ({ strict, moveEarlier }) => {
			await strict.requests.add(request('r1'));
			await strict.customers.add({ customerId: 'c', name: 'Example' });
			const states = [{ name: 'outbox', value: { id: 'o', lastN: 0, user: 'ada' } }];
			if (isSignedIn) states.push({ name: 'identity', value: { id: 'ada' } as never });
			await strict.states.bulkPut(states as never);
			await moveEarlier();
		});
		const seen = await desk.do(async (calls) => ({
			owner: calls.readOwner(),
			here: await calls.strict.requests.count(),
			unowned: await calls.countUnowned(),
			mirrored: await calls.device.customers.count()
		}));
		const owner = isSignedIn ? 'ada' : undefined;
		expect(seen).toEqual({ owner, here: isSignedIn ? 1 : 0, unowned: 0, mirrored: 0 });
		desk.life.end();
	}
});
