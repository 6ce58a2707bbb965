import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LicenseHere } from '#lib/domain/site/resource.ts';
import { importList } from './import-list.ts';
import { listDatabases } from './list-databases.ts';
import { openResources } from './resources.ts';

const migration = join(import.meta.dirname, '../../../drizzle/site/0010_resources.sql');

function emptyDatabase(): DatabaseSync {
	const db = new DatabaseSync(':memory:');
	db.exec(readFileSync(migration, 'utf8'));
	return db;
}

const licenses: LicenseHere[] = [
	{ number: 'KF-1', product: 'atlas', customer: 'North Works' },
	{ number: 'KF-2', product: 'atlas', customer: 'South Works' }
];
const options = { licenses, now: 1_800_000_000 };

const list = `\uFEFFName;Kind;Customer;Limit
plant west;database;North Works;2
"plant; east";database;South Works;
nobody's;database;East Works;
plant west;database;North Works;5
`;

describe('[RS2] a list of resources', () => {
	test('is imported row by row, once, and what is wrong is said by line', () => {
		const db = emptyDatabase();
		const resources = openResources(db);
		const first = importList(resources, list, options);
		expect(first).toEqual({
			rows: 4,
			imported: 2,
			known: 0,
			wrong: 2,
			problems: [
				{ line: 4, column: 'customer', fault: 'not-active-here', value: 'East Works' },
				{ line: 5, column: 'name', fault: 'twice-in-the-file', value: 'plant west' }
			]
		});
		expect(importList(resources, list, options)).toMatchObject({ imported: 0, known: 2 });
		// What is in memory is what is on the disk.
		expect(openResources(db).list()).toEqual(resources.list());
		expect(resources.list().map(({ name, license, limit }) => [name, license, limit])).toEqual(
			[
				['plant west', 'KF-1', 2],
				['plant; east', 'KF-2', undefined]
			].sort()
		);
	});

	test('imports nothing in a dry run, and never moves a resource to another license', () => {
		const resources = openResources(emptyDatabase());
		const dry = importList(resources, list, { ...options, dryRun: true });
		expect([dry, resources.list()]).toMatchObject([{ imported: 2, wrong: 2 }, []]);
		importList(resources, 'name,license\nplant,KF-1', options);
		expect(importList(resources, 'name,license\nplant,KF-2', options)).toMatchObject({
			wrong: 1,
			problems: [{ line: 2, fault: 'name-taken' }]
		});
		expect(resources.find('atlas', 'plant')?.license).toBe('KF-1');
	});

	test.each([
		['', 'empty'],
		['title,license\na,KF-1', 'name-column-missing'],
		['name,colour\na,blue', 'unknown-column'],
		['name,name\na,b', 'unknown-column'],
		['name\n"a', 'quotation']
	])('%j is no list', (text, reason) => {
		const resources = openResources(emptyDatabase());
		expect(importList(resources, text, options)).toMatchObject({
			refused: 'LIST_UNREADABLE',
			facts: { reason }
		});
	});

	test('a removed resource is gone from the disk too', () => {
		const db = emptyDatabase();
		const resources = openResources(db);
		importList(resources, 'name,license\na,KF-1\nb,KF-1', options);
		const { id } = resources.find('atlas', 'a')!;
		expect([resources.remove(id)?.name, resources.remove(id)]).toEqual(['a', undefined]);
		expect(
			openResources(db)
				.list()
				.map(({ name }) => name)
		).toEqual(['b']);
	});
});

test('[RS2] a database server that is not there is a refusal, without a word of the password', async () => {
	const asked = { host: '127.0.0.1', port: 1, user: 'ada', password: 'CANARY', tls: false };
	const refusal = await listDatabases(asked);
	expect(refusal).toEqual({
		refused: 'DATABASE_SERVER_REFUSED',
		facts: { address: '127.0.0.1:1', reason: 'unreachable' }
	});
});
