/**
 * Signed pushes of five hundred queued requests, beside the work that nobody can leave out: checking
 * the signatures, deciding, writing the very same rows in one transaction, and signing the files.
 *
 * @module
 */
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, getTableColumns, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { decideActivation } from '#lib/domain/seats/activation.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import type { Command } from '#lib/protocol/commands.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { exportPrivateJwk, exportPublicJwk, generateKeyPair } from '#lib/signing/keys.ts';
import { signPush } from '#lib/signing/push.ts';
import { insertRows } from '#server/db/rows.ts';
import { audit } from '#server/db/schema/hub.ts';
import { activationComponents, activationFiles, activations } from '#server/db/schema/ledger.ts';
import { requests } from '#server/db/schema/requests.ts';
import { commands } from '#server/db/schema/outboxes.ts';
import { openEmbedded, openPostgres, type Store } from '#server/db/store.ts';
import { pushSigned } from '#server/operations/push/push-signed.ts';
import { startPostgres } from '../scripts/find-postgres.ts';
import { fingerprint, makeKey, terms, type TestKey } from '../tests/fixtures/chain.ts';
import {
	askFor,
	commandOf,
	makeLicense,
	makeTestHub,
	type TestHub,
	type TestLicense
} from '../tests/fixtures/hub.ts';
import type { Result } from './result.ts';

const BATCH = 500;
const ROUNDS = 6;
const BAR = 0.6;

/** A desk that pushes: its outbox, its key and the machines' key, which here is one for all. */
export type PushingDesk = { outbox: string; key: TestKey; machine: TestKey; n: number };

export async function makeDesk(): Promise<PushingDesk> {
	return { outbox: uuidv7(), key: await makeKey(), machine: await makeKey(), n: 0 };
}

/** Five hundred new machines' requests, signed as one push. */
export async function makePush(desk: PushingDesk, license: TestLicense) {
	const pushed: Command[] = [];
	for (let at = 0; at < BATCH; at++) {
		const machine = { name: uuidv7(), key: desk.machine };
		const request = await askFor({ number: license.number }, machine);
		pushed.push(commandOf(desk.outbox, ++desk.n, request));
	}
	const { outbox, key } = desk;
	const body = { protocol: 2, outbox, key: key.jwk, desk: 'Bench', commands: pushed };
	const signed = await signPush(body, { signer: key.signer, now: 1 });
	return { signed, pushed };
}

/** @returns How long the hub took, in milliseconds. */
export async function timePush(
	{ hub }: TestHub,
	{ signed }: Awaited<ReturnType<typeof makePush>>,
	license: TestLicense
): Promise<number> {
	const started = performance.now();
	const reply = await pushSigned(hub, signed, { asker: license.manager });
	const took = performance.now() - started;
	if (isRefusal(reply)) throw new Error(reply.refused);
	const refused = reply.results.find(({ refusal }) => refusal)?.refusal;
	if (refused) throw new Error(refused.refused);
	return took;
}

export async function push(): Promise<Result[]> {
	const home = mkdtempSync(join(tmpdir(), 'keyferry-bench-'));
	const postgres = await startPostgres();
	const results = [
		await onStores('embedded', [
			await openEmbedded(join(home, 'ours')),
			await openEmbedded(join(home, 'raw'))
		]),
		await onStores('PostgreSQL', await openTwo(postgres.url))
	];
	await postgres.stop();
	rmSync(home, { recursive: true, force: true });
	return results;
}

async function openTwo(url: string): Promise<[Store, Store]> {
	const ours = await openPostgres(url);
	await ours.db.execute(sql`create database raw`);
	return [ours, await openPostgres(Object.assign(new URL(url), { pathname: '/raw' }).href)];
}

async function onStores(kind: string, [ours, raw]: [Store, Store]): Promise<Result> {
	const made = await makeTestHub(ours);
	const license = await makeLicense(made, { seats: 1_000_000 });
	const desk = await makeDesk();
	const parts = { verify: 0, decide: 0, write: 0, sign: 0 };
	let took = 0;
	for (let round = 0; round <= ROUNDS; round++) {
		const each = await makePush(desk, license);
		const whole = await timePush(made, each, license);
		const measured = {
			verify: await timeVerify(),
			decide: timeDecide(),
			write: await timeWrite(ours, raw, license.customerId, round),
			sign: await timeSign()
		};
		// The first one warms everything up.
		if (round === 0) continue;
		took += whole;
		for (const part of Object.keys(parts) as (keyof typeof parts)[]) parts[part] += measured[part];
	}
	await Promise.all([ours.close(), raw.close()]);
	const sum = Object.values(parts).reduce((all, part) => all + part, 0);
	const perSecond = (ms: number) => (BATCH * ROUNDS * 1000) / ms;
	const name = `Push of ${BATCH} requests, ${kind}`;
	const shares = Object.entries(parts).map(([part, ms]) => `${part} ${Math.round(ms / ROUNDS)} ms`);
	console.error(`${name}: ${Math.round(took / ROUNDS)} ms; ${shares.join(', ')}`);
	const ratio = sum / took;
	const bar = `≥ ${BAR} × its unavoidable parts`;
	return {
		name,
		figure: perSecond(took),
		unit: '/s',
		raw: perSecond(sum),
		ratio,
		bar,
		reached: ratio >= BAR
	};
}

const pair = await generateKeyPair(true);
const privateKey = createPrivateKey({
	key: { ...(await exportPrivateJwk(pair.privateKey)) },
	format: 'jwk'
});
const publicKey = createPublicKey({
	key: { ...(await exportPublicJwk(pair.publicKey)) },
	format: 'jwk'
});
/** As long as a request, and as an activation file's token. */
const asked = Buffer.alloc(700, 'x');
const answered = Buffer.alloc(1_100, 'x');
const signature = sign(null, asked, privateKey);

async function timeVerify(): Promise<number> {
	return time(() => verify(null, asked, publicKey, signature));
}

async function timeSign(): Promise<number> {
	return time(() => sign(null, answered, privateKey));
}

function timeDecide(): number {
	const license = {
		seats: 1_000_000,
		terms,
		fileDays: undefined,
		expiresAt: undefined,
		suspendedAt: undefined,
		frozenAt: undefined
	} as unknown as Parameters<typeof decideActivation>[0]['license'];
	const machines = Array.from({ length: BATCH }, () => fingerprint(uuidv7()));
	const started = performance.now();
	for (const fp of machines)
		decideActivation({
			license,
			counts: { active: 1, reserved: 0, cooling: 0 },
			held: [],
			cooling: [],
			request: { id: 'x', fp, vm: false },
			now: 1
		});
	return performance.now() - started;
}

const written = [activations, activationComponents, activationFiles, requests, commands, audit];

/** The rows that the push has written, once more, in one transaction of another store. */
async function timeWrite(
	ours: Store,
	raw: Store,
	customerId: string,
	round: number
): Promise<number> {
	const rows: Record<string, unknown>[][] = [];
	for (const table of written) rows.push(await newRows(ours, table, customerId));
	if (round === 0) await raw.db.transaction(async () => undefined);
	const started = performance.now();
	await raw.db.transaction(async (tx) => {
		await Promise.all(
			written.map((table, at) => insertRows(tx, table as never, rows[at] as never))
		);
	});
	return performance.now() - started;
}

const seen = new Map<PgTable, Set<string>>();

async function newRows(store: Store, table: PgTable, customerId: string) {
	const columns = getTableColumns(table) as Record<string, never>;
	const all = await store.db.select().from(table).where(eq(columns.customerId!, customerId));
	const known = seen.get(table) ?? new Set();
	seen.set(table, known);
	return all.filter((row) => {
		const text = JSON.stringify(row);
		return !known.has(text) && known.add(text);
	});
}

function time(work: () => unknown): number {
	const started = performance.now();
	for (let at = 0; at < BATCH; at++) work();
	return performance.now() - started;
}
