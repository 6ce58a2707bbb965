/**
 * A hub process that stands still in the middle of a transaction, on a real PostgreSQL that it shares
 * with another: what that one answers meanwhile. [HT2]
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPostgres } from '#server/db/store.ts';
import { startPostgres, type OwnPostgres } from '../../../scripts/find-postgres.ts';
import { askFor, makeMachine } from '../../fixtures/hub.ts';
import { differencesOfCounts, readLedger } from '../checker.ts';
import { issueOver, startHubProcess, type FaultLicense, type HubProcess } from '../hub-process.ts';

/** The package with PostgreSQL may be out of reach. */
const own = await startPostgres().catch((cause: unknown) => String(cause));
const reason = typeof own === 'string' ? own : '';

describe('a hub that stands still while its transaction is open', () => {
	/** Ended when all is over, the last first, however far the beginning got. */
	const started = new AsyncDisposableStack();
	let postgres: OwnPostgres;
	let still: HubProcess;
	let neighbor: HubProcess;
	let license: FaultLicense;
	/** Of the same customer. */
	let another: FaultLicense;
	beforeAll(async () => {
		if (typeof own === 'string') return;
		postgres = own;
		started.defer(() => own.stop());
		const home = mkdtempSync(join(tmpdir(), 'keyferry-paused-'));
		started.defer(() => rmSync(home, { recursive: true, force: true }));
		const [one, two] = [join(home, 'one'), join(home, 'two')];
		still = await startHubProcess({ data: one, databaseUrl: postgres.url });
		started.defer(() => {
			still.resume();
			return still.end('SIGTERM');
		});
		cpSync(one, two, { recursive: true, filter: (path) => !path.includes('lock') });
		neighbor = await startHubProcess({ data: two, databaseUrl: postgres.url });
		started.defer(() => neighbor.end('SIGTERM'));
		license = await issueOver(still, 10);
		another = await issueOver(still, 10);
	});
	afterAll(() => started.disposeAsync());

	const ask = async ({ address }: HubProcess, request: string) => {
		const body = JSON.stringify({ request });
		const answer = await fetch(`${address}/v1/activations`, { method: 'POST', body });
		const { code } = (await answer.json()) as { code?: string };
		return { status: answer.status, code, retryAfter: answer.headers.get('retry-after') };
	};
	const readyOf = async ({ address }: HubProcess) =>
		(await fetch(`${address}/health/ready`)).status;
	const suspend = ({ address, token }: HubProcess) =>
		fetch(`${address}/rpc/license.suspend`, {
			method: 'POST',
			headers: {
				'x-keyferry': '1',
				'content-type': 'application/json',
				authorization: `Bearer ${token}`
			},
			body: JSON.stringify({ licenseId: another.licenseId })
		});

	test('[HT2] its neighbors say no within bounds, are not ready, and go on by themselves', async (context) => {
		context.skip(reason !== '', reason);
		const [held, other] = [
			await askFor(license, await makeMachine()),
			await askFor(license, await makeMachine())
		];
		await still.order('hold-next');
		const open = still.held();
		const unanswered = ask(still, held);
		await open;
		still.pause();
		expect(await readyOf(neighbor)).toBe(200);

		const [rest, rpc] = await Promise.all([ask(neighbor, other), suspend(neighbor)]);
		expect(rest).toEqual({ status: 503, code: 'HUB_BUSY', retryAfter: '5' });
		expect([rpc.status, rpc.headers.get('retry-after')]).toEqual([503, '5']);
		expect(await rpc.json()).toMatchObject({
			error: { data: { refusal: { refused: 'HUB_BUSY', facts: { retryAfterSeconds: 5 } } } }
		});
		expect(await readyOf(neighbor)).toBe(503);

		// The other still stands: PostgreSQL has taken its transaction from it.
		await expect.poll(async () => (await ask(neighbor, other)).status).toBe(201);
		expect(await readyOf(neighbor)).toBe(200);

		still.resume();
		// Nobody was told that it is granted, and it is not.
		expect(await unanswered).toMatchObject({ status: 503, code: 'DATABASE_AWAY' });
		await expect.poll(async () => (await ask(still, held)).status).toBe(201);
		const store = await openPostgres(postgres.url);
		const ledger = await readLedger(store);
		await store.close();
		expect(differencesOfCounts(ledger)).toEqual([]);
		const counted = ledger.licenses.find(({ licenseId }) => licenseId === license.licenseId);
		expect(counted).toMatchObject({ seats: 10, active: 2 });
	});
});
