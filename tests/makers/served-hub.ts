/**
 * A hub with its HTTP face in this process, on a clock of its own, that can crash in the middle of a
 * transaction, be kept in a backup and be restored from it.
 *
 * @module
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll } from 'vitest';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { makeApp } from '#server/roles/hub-app.ts';
import { makeAuth, type Auth } from '#server/auth/auth.ts';
import { member } from '#server/db/auth-schema.ts';
import { openEmbedded, openPostgres, type Database, type Store } from '#server/db/store.ts';
import { checkBackup, writeBackup } from '#server/operations/restore/backup-file.ts';
import { openHubTime, type HubClock } from '#server/hub/hub-time.ts';
import type { Hub, Role } from '#server/hub/hub.ts';
import { restore } from '#server/operations/restore/restore.ts';
import { and, eq } from 'drizzle-orm';
import { makeTestHub, type TestHub } from './hub.ts';
import type { Line } from './profile.ts';
import { makeDatabase } from './stores.ts';

export const ORIGIN = 'http://hub.example.com';

/** Where a hub keeps its ledger, and goes on keeping it when the hub is gone. */
export type Home = { open: () => Promise<Store>; remove: () => Promise<void> };

/** The same file in every home: initializing a cluster takes seconds. */
let cluster: Promise<string> | undefined;

async function emptyCluster(): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'keyferry-store-'));
	const store = await openEmbedded(folder);
	await store.close();
	return folder;
}
afterAll(async () => {
	if (cluster) rmSync(await cluster, { recursive: true, force: true });
});

export async function embeddedHome(): Promise<Home> {
	const from = await (cluster ??= emptyCluster());
	const folder = mkdtempSync(join(tmpdir(), 'keyferry-store-'));
	cpSync(from, folder, { recursive: true });
	return {
		open: () => openEmbedded(folder),
		remove: async () => rmSync(folder, { recursive: true, force: true })
	};
}

export async function postgresHome(): Promise<Home> {
	const { url, drop } = await makeDatabase();
	return { open: () => openPostgres(url), remove: drop };
}

export type Crash = 'before-commit' | 'after-commit';

export type Person = { id: string; email: string; password: string };

export type ServedHub = {
	readonly hub: Hub;
	readonly store: Store;
	readonly isDown: boolean;
	/** What the hub's clock says, in seconds; a test moves it. */
	readonly clock: { now: number };
	/** How a desk reaches it. Throws what `fetch` throws while it is down. */
	line: Line;
	/** Ends the hub at its next write: nobody is answered any more. */
	crashAt: (crash: Crash | undefined) => void;
	/** As after a crash, or a restart. */
	start: () => Promise<void>;
	stop: () => Promise<void>;
	addPerson: (name: string) => Promise<Person>;
	/** Without a role: none any more. */
	setRole: (person: Person, customerId: string, role?: Role) => Promise<void>;
	backUp: (file: string) => Promise<void>;
	/** Another hub of the same root and secrets, made of a backup. The one that was is gone. [SY6] */
	restore: (file: string) => Promise<void>;
	remove: () => Promise<void>;
};

type Running = { store: Store; made: TestHub; time: HubClock; auth: Auth; answer: Line };

export async function serveHub(makeHome: () => Promise<Home>): Promise<ServedHub> {
	const clock = { now: Math.floor(Date.now() / 1000) };
	const secret = uuidv7() + uuidv7();
	const life: Life = { isDown: false };
	let home = await makeHome();
	let now = await run();
	const first = now.made;

	async function run(of?: TestHub): Promise<Running> {
		const opened = await home.open();
		const store = { ...opened, db: breaking(opened.db, life) };
		const made = await makeTestHub(store, of && { ...of, seal: of.hub.seal });
		const time = await openHubTime(store.db, { clock: () => clock.now });
		const { freeingTime, confirm: confirmTime } = time;
		Object.assign(made.hub, { now: time.now, freeingTime, confirmTime });
		const auth = makeAuth({ db: store.db, secret, isTls: false });
		const app = makeApp({
			hub: made.hub,
			store,
			auth,
			published: () => ({ hubKeys: [], roots: made.roots, trustFile: '' }),
			time,
			limits: { perAddress: 1e9, perNumber: 1e9 },
			isTls: false,
			log: pino({ level: process.env.HUB_LOG ?? 'silent' }),
			isReady: () => true
		});
		let callers = 0;
		const answer: Line = async (request) => {
			// Each call from another address: how often one may sign in is not what is tested.
			const remoteAddress = `10.${(++callers >> 16) & 255}.${(callers >> 8) & 255}.${callers & 255}`;
			return app.fetch(request, { incoming: { socket: { remoteAddress } } });
		};
		return { store, made, time, auth, answer };
	}

	async function stop(): Promise<void> {
		life.isDown = true;
		await now.time.close().catch(() => undefined);
		await now.store.close().catch(() => undefined);
	}

	async function start(): Promise<void> {
		await stop();
		delete life.crash;
		life.isDown = false;
		now = await run(first);
	}

	return {
		get hub() {
			return now.made.hub;
		},
		get store() {
			return now.store;
		},
		get isDown() {
			return life.isDown;
		},
		clock,
		line: async (request) => {
			mustBeUp(life, 'fetch failed');
			const answer = await now.answer(request);
			// Read, so that nothing of the answer is still to be made by a hub that is gone.
			const body = await answer.arrayBuffer();
			mustBeUp(life, 'fetch failed');
			return new Response(body.byteLength > 0 ? body : null, answer);
		},
		crashAt: (crash) => {
			life.crash = crash;
		},
		start,
		stop,
		addPerson: async (name) => {
			const email = `${name}-${uuidv7()}@example.com`;
			const password = uuidv7();
			const { user: added } = await now.auth.api.signUpEmail({ body: { email, password, name } });
			return { id: added.id, email, password };
		},
		setRole: async ({ id: userId }, organizationId, role) => {
			const { db } = now.store;
			const which = and(eq(member.userId, userId), eq(member.organizationId, organizationId));
			await db.delete(member).where(which);
			if (role) await db.insert(member).values({ id: uuidv7(), organizationId, userId, role });
		},
		backUp: async (file) => {
			await writeBackup(now.made.hub, file);
		},
		restore: async (file) => {
			await stop();
			await home.remove();
			home = await makeHome();
			const empty = await home.open();
			await checkBackup(file);
			await restore(empty.db, file, { moved: false, now: clock.now });
			await empty.close();
			await start();
		},
		remove: async () => {
			await stop();
			await home.remove();
		}
	};
}

type Life = { isDown: boolean; crash?: Crash };

function mustBeUp(life: Life, message: string): void {
	if (life.isDown) throw new TypeError(message);
}

/** The same database, in whose next transaction the hub may die. */
function breaking(db: Database, life: Life): Database {
	const transaction: Database['transaction'] = async (work, config) => {
		const { crash } = life;
		delete life.crash;
		const done = await db.transaction(async (tx) => {
			const result = await work(tx);
			if (crash === 'before-commit') life.isDown = true;
			mustBeUp(life, 'the hub is gone');
			return result;
		}, config);
		if (crash === 'after-commit') life.isDown = true;
		mustBeUp(life, 'the hub is gone');
		return done;
	};
	return new Proxy(db, {
		get: (target, name) =>
			name === 'transaction' ? transaction : (Reflect.get(target, name, target) as unknown)
	});
}
