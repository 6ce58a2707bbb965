import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dump } from '#server/db/dump.ts';
import { openPostgres, type Store } from '#server/db/store.ts';
import type { Running } from '#server/listening.ts';
import { serve } from '#server/serve.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { writeBackup } from '#server/operations/restore/backup-file.ts';
import { restore } from '#server/operations/restore/restore.ts';
import { askFor, claimsOf, makeLicense, makeMachine, makeTestHub } from '../fixtures/hub.ts';
import { makeDatabase, testServer } from '../fixtures/empty-database.ts';
import { startMailServer } from '../fixtures/mail-server.ts';
import {
	makeEmbeddedStore,
	makePlainPostgresStore,
	makePostgresStore
} from '../fixtures/stores.ts';
import type { Demo } from '../fixtures/running-hub.ts';
import { adoptingContract } from './restore/adopting-contract.ts';
import { copiedDeskContract } from './allotments/copied-desk-contract.ts';
import { drawingContract } from './allotments/drawing-contract.ts';
import { endingContract } from './allotments/ending-contract.ts';
import { reservingContract } from './allotments/reserving-contract.ts';
import { auditSearchContract } from './restore/audit-search-contract.ts';
import { catalogContract } from './vendor/catalog-contract.ts';
import { claimsContract } from './sync/claims-contract.ts';
import { changingContract } from './seats/changing-contract.ts';
import { attachContract } from './people/attach-contract.ts';
import { codesContract } from './people/codes-contract.ts';
import { hubContract } from './contract.ts';
import { auditContract } from './restore/audit-contract.ts';
import { backupContract } from './restore/backup-contract.ts';
import { devicesContract } from './people/devices-contract.ts';
import { retiringContract } from './seats/retiring-contract.ts';
import { returningContract } from './seats/returning-contract.ts';
import { mailContract } from './people/mail-contract.ts';
import { movingContract } from './licenses/moving-contract.ts';
import { ordersContract } from './vendor/orders-contract.ts';
import { webhooksContract } from './vendor/webhooks-contract.ts';
import { peopleContract } from './people/people-contract.ts';
import { siteServersContract } from './vendor/site-servers-contract.ts';
import { usageContract } from './vendor/usage-contract.ts';
import { importingContract } from './licenses/importing-contract.ts';
import { pushContract } from './sync/push-contract.ts';
import { releasesContract } from './vendor/releases-contract.ts';
import { remindersContract } from './people/reminders-contract.ts';
import { renewalContract } from './licenses/renewal-contract.ts';
import { saidContract } from './seats/said-contract.ts';
import { sticksContract } from './licenses/sticks-contract.ts';
import { switchesContract } from './licenses/switches-contract.ts';
import { syncContract } from './sync/sync-contract.ts';
import { textsContract } from './licenses/texts-contract.ts';
import { readsContract } from './seats/reads-contract.ts';
import { tripsContract } from './seats/trips-contract.ts';
import { upgradingContract } from './licenses/upgrading-contract.ts';
import { waitingContract } from './seats/waiting-contract.ts';

describe.skipIf(testServer === undefined)('with TEST_DATABASE_URL', () => {
	hubContract('PostgreSQL', makePostgresStore);
	reservingContract('PostgreSQL', makePostgresStore);
	drawingContract('PostgreSQL', makePostgresStore);
	endingContract('PostgreSQL', makePostgresStore);
	copiedDeskContract('PostgreSQL', makePostgresStore);
	syncContract('PostgreSQL', makePostgresStore);
	pushContract('PostgreSQL', makePostgresStore);
	claimsContract('PostgreSQL', makePostgresStore);
	movingContract('PostgreSQL', makePostgresStore);
	returningContract('PostgreSQL', makePostgresStore);
	retiringContract('PostgreSQL', makePostgresStore);
	changingContract('PostgreSQL', makePostgresStore);
	renewalContract('PostgreSQL', makePostgresStore);
	importingContract('PostgreSQL', makePostgresStore);
	sticksContract('PostgreSQL', makePostgresStore);
	switchesContract('PostgreSQL', makePostgresStore);
	textsContract('PostgreSQL', makePostgresStore);
	readsContract('PostgreSQL', makePostgresStore);
	tripsContract('PostgreSQL', makePlainPostgresStore);
	saidContract('PostgreSQL', makePostgresStore);
	upgradingContract('PostgreSQL', makePostgresStore);
	waitingContract('PostgreSQL', makePostgresStore);
	auditSearchContract('PostgreSQL', makePostgresStore);
	catalogContract('PostgreSQL', makePostgresStore);
	releasesContract('PostgreSQL', makePostgresStore);
	auditContract('PostgreSQL', makePostgresStore);
	backupContract('PostgreSQL', makePostgresStore);
	mailContract('PostgreSQL', makePostgresStore);
	remindersContract('PostgreSQL', makePostgresStore);
	peopleContract('PostgreSQL', makePostgresStore);
	attachContract('PostgreSQL', makePostgresStore);
	codesContract('PostgreSQL', makePostgresStore);
	devicesContract('PostgreSQL', makePostgresStore);
	siteServersContract('PostgreSQL', makePostgresStore);
	usageContract('PostgreSQL', makePostgresStore);
	ordersContract('PostgreSQL', makePostgresStore);
	webhooksContract('PostgreSQL', makePostgresStore);
	adoptingContract('PostgreSQL', makePostgresStore);

	test('[SY6] a hub moves from the embedded database by one file, to every row', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'keyferry-move-'));
		const file = join(folder, 'hub.kfbackup');
		const [from, to] = [await makeEmbeddedStore(), await makePostgresStore()];
		const made = await makeTestHub(from);
		const { number, sec } = await makeLicense(made, { seats: 3 });
		await activate(made.hub, await askFor({ number, sec }, await makeMachine()));
		await writeBackup(made.hub, file);
		await restore(to.db, file, { moved: true, now: 0 });
		const rowsOf = async (store: Store) => {
			const rows: string[] = [];
			await dump(store.db, (line) => {
				rows.push(...line.rows.map((row) => `${line.table} ${JSON.stringify(row)}`));
			});
			return rows.sort();
		};
		expect(await rowsOf(to)).toEqual(await rowsOf(from));
		await Promise.all([from.close(), to.close()]);
		rmSync(folder, { recursive: true, force: true });
	});

	test('[SY6] a backup shows one moment, whatever is granted while it is written', async () => {
		const store = await makePostgresStore();
		const made = await makeTestHub(store);
		const license = await makeLicense(made, { seats: 30 });
		const grant = async () => activate(made.hub, await askFor(license, await makeMachine()));
		await grant();
		const rows = new Map<string, unknown[]>();
		await dump(store.db, async (line) => {
			rows.set(line.table, [...(rows.get(line.table) ?? []), ...line.rows]);
			await grant();
		});
		const [row] = rows.get('license') as { active: number }[];
		for (const table of ['activation', 'activation_file', 'request'])
			expect(rows.get(table), table).toHaveLength(row!.active);
		// Of a cluster the moment of this customer is later than that of another. [DB2]
		if (!store.distributed) expect(row!.active).toBe(1);
		await store.close();
	});

	test('two hubs on one database know the same licenses and give the same bytes', async () => {
		const home = mkdtempSync(join(tmpdir(), 'keyferry-two-'));
		const { url: databaseUrl, drop } = await makeDatabase();
		const data = join(home, 'one');
		const one = await serve({ data, databaseUrl, port: 0, demo: true });
		// The second has the same keys and secrets, as several processes of one vendor do.
		cpSync(data, join(home, 'two'), { recursive: true, filter: (path) => !path.includes('lock') });
		const two = await serve({ data: join(home, 'two'), databaseUrl, port: 0 });

		const demo = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')) as Demo;
		const { number, key } = demo.licenses[1]!;
		const { sec } = claimsOf<'license'>(key);
		const request = await askFor({ number, sec }, await makeMachine());
		const submit = async ({ url }: Running) => {
			const body = JSON.stringify({ request });
			const answer = await fetch(`${url}/v1/activations`, { method: 'POST', body });
			return ((await answer.json()) as { file: string }).file;
		};
		const files = await Promise.all([one, two, one, two].map(submit));
		expect(files[0]).toContain('BEGIN KEYFERRY ACTIVATION');
		expect(new Set(files).size).toBe(1);
		await Promise.all([one.close(), two.close()]);
		rmSync(home, { recursive: true, force: true });
		await drop();
	});

	test('[MS1] two hubs on one database send each mail once', async () => {
		const home = mkdtempSync(join(tmpdir(), 'keyferry-two-'));
		const { url: databaseUrl, drop } = await makeDatabase();
		const mail = await startMailServer();
		const smtp = { url: new URL(mail.url), from: 'licenses@example.com' };
		const data = join(home, 'one');
		const one = await serve({ data, databaseUrl, smtp, port: 0, demo: true });
		cpSync(data, join(home, 'two'), { recursive: true, filter: (path) => !path.includes('lock') });
		const two = await serve({ data: join(home, 'two'), databaseUrl, smtp, port: 0 });
		const { token } = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')) as Demo;
		const ask = async <T>({ url }: Running, path: string, input?: object): Promise<T> => {
			const answer = await fetch(`${url}/rpc/${path}`, {
				method: input ? 'POST' : 'GET',
				headers: {
					'content-type': 'application/json',
					'x-keyferry': '1',
					authorization: `Bearer ${token}`
				},
				body: input && JSON.stringify(input)
			});
			return ((await answer.json()) as { result: { data: T } }).result.data;
		};
		type Page = { customers: { id: string }[] };
		const { customers } = await ask<Page>(one, `customer.list?input=${encodeURIComponent('{}')}`);
		const order = { customerId: customers[0]!.id, role: 'viewer' };
		const emails = Array.from({ length: 12 }, (_, n) => `viewer-${n}@example.com`);
		await Promise.all(
			emails.map((email, n) => ask(n % 2 ? one : two, 'people.invite', { ...order, email }))
		);
		await Promise.all(emails.map((email) => mail.mailTo(email)));
		// Both have looked for more by then.
		await Promise.all([one.close(), two.close()]);
		expect(mail.received).toHaveLength(emails.length);
		await mail.stop();
		rmSync(home, { recursive: true, force: true });
		await drop();
	});

	test('a database that does not answer is said in one sentence', async () => {
		const nowhere = openPostgres('postgresql://nobody@127.0.0.1:1/none');
		await expect(nowhere).rejects.toMatchObject({
			code: 'DATABASE_UNREACHABLE',
			message: expect.stringContaining('ECONNREFUSED')
		});
	});
});
