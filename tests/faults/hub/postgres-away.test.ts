/** What a hub answers while its PostgreSQL is ended or stands still, and that it goes on afterwards. [HT2] */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writePushFile } from '#lib/formats/push.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { signPush } from '#lib/signing/push.ts';
import { openPostgres } from '#server/db/store.ts';
import { startPostgres, type OwnPostgres } from '../../../scripts/find-postgres.ts';
import { makeKey } from '../../fixtures/chain.ts';
import { askFor, commandOf, makeMachine } from '../../fixtures/hub.ts';
import { differencesOfCounts, readLedger } from '../checker.ts';
import { demoPeople } from '../desk/desk-traffic.ts';
import { issueOver, startHubProcess, type FaultLicense, type HubProcess } from '../hub-process.ts';

/** Longer than the hub waits for its database, by as much as a busy machine may need. */
const BOUND_MS = 120_000;

/** The package with PostgreSQL may be out of reach. */
const own = await startPostgres().catch((cause: unknown) => String(cause));

describe.skipIf(typeof own === 'string')('a hub whose PostgreSQL is away', () => {
	/** Ended when all is over, the last first, however far the beginning got. */
	const started = new AsyncDisposableStack();
	let postgres: OwnPostgres;
	let hub: HubProcess;
	let license: FaultLicense;
	let asked: { path: string; body: object }[];
	beforeAll(async () => {
		if (typeof own === 'string') return;
		postgres = own;
		started.defer(() => own.stop());
		const home = mkdtempSync(join(tmpdir(), 'keyferry-away-'));
		started.defer(() => rmSync(home, { recursive: true, force: true }));
		const data = join(home, 'data');
		hub = await startHubProcess({ data, databaseUrl: postgres.url });
		started.defer(() => {
			own.resume();
			return hub.end('SIGTERM');
		});
		license = await issueOver(hub, 10);
		const [person] = demoPeople(data);
		const { email, password } = person!;
		asked = [
			{ path: '/v1/activations', body: { request: await askFor(license, await makeMachine()) } },
			{ path: '/v1/pushes', body: { push: await pushFor(license) } },
			{ path: '/auth/sign-in/email', body: { email, password } },
			{ path: '/rpc/license.suspend', body: { licenseId: license.licenseId } }
		];
	});
	afterAll(() => started.disposeAsync());

	const ask = ({ path, body }: { path: string; body: object }) =>
		fetch(`${hub.address}${path}`, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				...(path.startsWith('/auth/') && { origin: hub.address }),
				...(path.startsWith('/rpc/') && {
					'x-keyferry': '1',
					authorization: `Bearer ${hub.token}`
				})
			},
			body: JSON.stringify(body),
			signal: AbortSignal.timeout(BOUND_MS)
		});
	const ready = () => fetch(`${hub.address}/health/ready`).then(({ status }) => status);

	type Away = { how: string; leave: () => unknown; comeBack: () => unknown };
	test.each<Away>([
		{ how: 'ended', leave: () => postgres.kill(), comeBack: () => postgres.start() },
		{ how: 'standing still', leave: () => postgres.pause(), comeBack: () => postgres.resume() }
	])('[HT2] while it is $how: 503 within bounds, not ready; then all goes on', async (away) => {
		await expect.poll(ready).toBe(200);
		await Promise.resolve(away.leave());
		const answers = await Promise.all(asked.map(ask));
		for (const answer of answers) {
			expect(answer.status, answer.url).toBe(503);
			expect(answer.headers.get('retry-after'), answer.url).toMatch(/^(5|10)$/);
			expect(await answer.text(), answer.url).toMatch(/"(DATABASE_AWAY|HUB_BUSY)"/);
		}
		expect(await ready()).toBe(503);

		await Promise.resolve(away.comeBack());
		await expect.poll(ready).toBe(200);
		const [activation, push, signIn] = asked;
		for (const each of [activation!, push!, signIn!])
			await expect.poll(async () => (await ask(each)).status).toBeLessThan(300);
		const store = await openPostgres(postgres.url);
		const ledger = await readLedger(store);
		await store.close();
		expect(differencesOfCounts(ledger)).toEqual([]);
		const counted = ledger.licenses.find(({ licenseId }) => licenseId === license.licenseId);
		// Two machines have asked, each again and again.
		expect(counted).toMatchObject({ seats: 10, active: 2 });
	});
});

/** One machine’s request, as a desk brings it. */
async function pushFor(license: FaultLicense): Promise<string> {
	const { signer, jwk } = await makeKey();
	const outbox = uuidv7();
	const commands = [commandOf(outbox, 1, await askFor(license, await makeMachine()))];
	const body = { protocol: 2, outbox, key: jwk, desk: 'A', commands } as const;
	return writePushFile(await signPush(body, { signer, now: Math.floor(Date.now() / 1000) }), ['']);
}
