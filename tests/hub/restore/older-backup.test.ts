/** A backup and a folder that an older version wrote, on both stores. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openEmbedded, openPostgres } from '#server/db/store.ts';
import { schemaVersion } from '#server/db/migrations.ts';
import type { Me } from '#server/rpc/procedures.ts';
import type { LicensePage } from '#server/operations/licenses/list-licenses.ts';
import type { ListedProduct } from '#lib/protocol/catalog.ts';
import { restore } from '#server/operations/restore/restore.ts';
import { restoreHub } from '#server/roles/offline.ts';
import { serve } from '#server/serve.ts';
import { makeBareDatabase, makeDatabase, testServer } from '../../fixtures/empty-database.ts';

const older = resolve(import.meta.dirname, '../../fixtures/older-hub');
const file = join(older, 'hub.kfbackup');
const written = '0002_offline-share';
const { token, numbers, users } = JSON.parse(readFileSync(join(older, 'demo.json'), 'utf8')) as {
	token: string;
	numbers: string[];
	users: { email: string }[];
};

let home: string;
let drop: () => Promise<void>;
beforeEach(() => {
	home = mkdtempSync(join(tmpdir(), 'keyferry-older-'));
	drop = () => Promise.resolve();
});
afterEach(async () => {
	rmSync(home, { recursive: true, force: true });
	await drop();
});

/** What the hub of the folder says, once it serves. */
async function expectServed(databaseUrl?: string): Promise<void> {
	const running = await serve({ data: join(home, 'data'), databaseUrl, port: 0 });
	try {
		const ask = async <T>(procedure: string, input?: object) => {
			const query = input ? `?input=${encodeURIComponent(JSON.stringify(input))}` : '';
			const headers = { 'x-keyferry': '1', authorization: `Bearer ${token}` };
			const answer = await fetch(`${running.url}/rpc/${procedure}${query}`, { headers });
			return ((await answer.json()) as { result: { data: T } }).result.data;
		};
		const me = await ask<Me>('session.me');
		expect(me.user).toMatchObject({ email: users[0]!.email, vendor: 'admin' });
		expect(me.customers).toHaveLength(2);
		const { licenses } = await ask<LicensePage>('license.list', {});
		expect(licenses.map(({ number }) => number)).toEqual(numbers);
		expect(licenses.map(({ counts }) => counts.active)).toEqual([0, 3, 4, 0, 0, 1]);
		const [atlas] = await ask<ListedProduct[]>('product.list');
		expect(atlas!.entitlements[0]).toEqual({ code: 'modeling', title: 'modeling' });
	} finally {
		await running.close();
	}
}

const stores = [
	{ name: 'the embedded database', database: undefined },
	...(testServer === undefined ? [] : [{ name: 'PostgreSQL', database: makeBareDatabase }])
];

describe.for(stores)('an older version’s, on $name', ({ database }) => {
	const empty = async (): Promise<string | undefined> => {
		if (!database) return undefined;
		const made = await database();
		drop = made.drop;
		return made.url;
	};

	test('[SY6] backup restores with the root key, into the tables of today', async () => {
		const databaseUrl = await empty();
		const place = { data: join(home, 'data'), databaseUrl };
		const restored = await restoreHub(place, { file, rootFile: join(older, 'root.json') });
		expect(restored.licenses).toBe(numbers.length);
		await expectServed(databaseUrl);
	});

	test('[SY6] folder starts, and its tables become those of today', async () => {
		const databaseUrl = await empty();
		const data = join(home, 'data');
		cpSync(join(older, 'folder'), data, { recursive: true });
		const open = () =>
			databaseUrl === undefined ? openEmbedded(data, written) : openPostgres(databaseUrl, written);
		const store = await open();
		await restore(store.db, file, { moved: true, now: 0 });
		await store.close();
		await expectServed(databaseUrl);
	});
});

test('[SY6] an older backup does not go into tables that are newer than it', async () => {
	expect(written).not.toBe(schemaVersion());
	const made = testServer === undefined ? undefined : await makeDatabase();
	const data = join(home, 'data');
	if (made) drop = made.drop;
	else await (await openEmbedded(data)).close();
	const place = { data, databaseUrl: made?.url };
	const restoring = restoreHub(place, { file, rootFile: join(older, 'root.json') });
	await expect(restoring).rejects.toMatchObject({ code: 'STORE_NOT_EMPTY' });
});
