/**
 * Stores that go away with the test that made them.
 *
 * @module
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openEmbedded, openPostgres, type Store } from '#server/db/store.ts';

/** A PostgreSQL to make databases in; absent where there is none. */
export const testServer = process.env.TEST_DATABASE_URL;

export async function makeEmbeddedStore(): Promise<Store> {
	const folder = mkdtempSync(join(tmpdir(), 'keyferry-store-'));
	const store = await openEmbedded(folder);
	const close = async () => {
		await store.close();
		rmSync(folder, { recursive: true, force: true });
	};
	return { ...store, close };
}

export async function makePostgresStore(): Promise<Store> {
	const { url, drop } = await makeDatabase();
	const store = await openPostgres(url);
	const close = async () => {
		await store.close();
		await drop();
	};
	return { ...store, close };
}

/** An empty database on the test server. */
export async function makeDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
	const name = `keyferry_${randomBytes(6).toString('hex')}`;
	await administer(`create database ${name}`);
	const url = Object.assign(new URL(testServer!), { pathname: `/${name}` }).href;
	return { url, drop: () => administer(`drop database ${name} with (force)`) };
}

async function administer(statement: string): Promise<void> {
	const client = new pg.Client({ connectionString: testServer });
	await client.connect();
	await client.query(statement);
	await client.end();
}
