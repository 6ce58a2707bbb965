import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { describe } from 'vitest';
import { openPostgres, type Store } from '#server/db/store.ts';
import { hubContract } from './contract.ts';
import { syncContract } from './sync-contract.ts';

const server = process.env.TEST_DATABASE_URL;

/** A database of its own for each suite. */
async function makeStore(): Promise<Store> {
	const name = `keyferry_${randomBytes(6).toString('hex')}`;
	await administer(`create database ${name}`);
	const url = new URL(server!);
	url.pathname = `/${name}`;
	const store = await openPostgres(url.href);
	const close = async () => {
		await store.close();
		await administer(`drop database ${name} with (force)`);
	};
	return { ...store, close };
}

async function administer(statement: string): Promise<void> {
	const client = new pg.Client({ connectionString: server });
	await client.connect();
	await client.query(statement);
	await client.end();
}

describe.skipIf(server === undefined)('with TEST_DATABASE_URL', () => {
	hubContract('PostgreSQL', makeStore);
	syncContract('PostgreSQL', makeStore);
});
