import { expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { listDatabases } from '#server/site/resources/list-databases.ts';
import { testServer } from '../fixtures/empty-database.ts';

test.skipIf(testServer === undefined)(
	'[RS2] databases of a PostgreSQL server are listed, without its templates; a user that it does not know is refused',
	async () => {
		const url = new URL(testServer ?? '');
		const host = url.hostname;
		const port = Number(url.port);
		const [user, password] = [url.username, url.password].map(decodeURIComponent);
		const server = { host, port, user: user!, password: password!, tls: false };
		const found = await listDatabases(server);
		if (isRefusal(found)) throw new Error(JSON.stringify(found));
		const names = found.map(({ name }) => name);
		expect(names).toContain('postgres');
		expect(names).not.toContain('template1');
		expect(await listDatabases({ ...server, user: 'nobody-here', password: 'CANARY' })).toEqual({
			refused: 'DATABASE_SERVER_REFUSED',
			facts: { address: `${host}:${port}`, reason: 'sign-in' }
		});
	}
);
