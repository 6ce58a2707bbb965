import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { expect, test } from 'vitest';
import { DeskDatabase } from '#lib/desk/store/database.ts';

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
