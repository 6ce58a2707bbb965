/**
 * Work on a hub's folder while no hub runs on it: audit, backup, restore, and what needs the root
 * key.
 *
 * @module
 */
import { VENDOR_ID } from '#lib/domain/access.ts';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder } from '#server/db/folder-lock.ts';
import { schemaVersion } from '#server/db/migrations.ts';
import { openEmbedded, openPostgres, type Store } from '#server/db/store.ts';
import { readKeptReach, usualPlace } from '#server/http/kept-reach.ts';
import { readHubKeys } from '#server/keys/folder.ts';
import { rotateHubKey } from '#server/keys/rotate.ts';
import { takeUpHub } from '#server/keys/take-up.ts';
import {
	auditPage,
	keptPage,
	type AuditPage,
	type KeptPage
} from '#server/operations/audit/audit-pages.ts';
import {
	checkBackup,
	grantsOfBackup,
	opensSeal,
	writeBackup
} from '#server/operations/restore/backup-file.ts';
import type { Hub } from '#server/hub/hub.ts';
import { listCustomers, type AfterCustomer } from '#server/operations/catalog/list-customers.ts';
import type { Invited } from '#server/operations/people/invitations.ts';
import { inviteFirstAdmin } from '#server/operations/people/invite.ts';
import { listReleases } from '#server/operations/releases/read-releases.ts';
import { renewSecrets } from '#server/operations/restore/renew-secrets.ts';
import { refuseUsedStore, restore } from '#server/operations/restore/restore.ts';
import { askAsOperator, type AskHub } from '#server/rpc/operator.ts';
import { openHub } from './hub-context.ts';
import { Fault } from '#server/fault.ts';

export { distributePostgres } from '#server/db/store.ts';
export type { AuditPage, KeptPage };

/** Where a hub keeps its things. */
export type HubPlace = {
	data: string;
	databaseUrl?: string;
	/** Where people will reach it, for links; by default as it is served without further options. */
	address?: string;
};

/** Opens the hub of a folder that no process holds, and closes it after the work. */
async function withHub<T>(
	{ data, databaseUrl, address }: HubPlace,
	program: string,
	work: (hub: Hub) => Promise<T>
): Promise<T> {
	if (!existsSync(data))
		throw new Fault('FOLDER_NOT_READY', `There is no folder ${data}.`, 'Name it by --data.');
	const lock = lockFolder(data, program);
	let store: Store | undefined;
	try {
		const keys = await readHubKeys(data);
		store = await openStoreOf({ data, databaseUrl });
		const context = await openHub(store, data, {
			keys,
			address: (address ?? defaultAddress(data)).replace(/\/+$/, '')
		});
		try {
			return await work(context.hub);
		} finally {
			await context.close();
		}
	} finally {
		await store?.close();
		lock.release();
	}
}

/** @param tables - Their version, where it is not the newest. */
function openStoreOf({ data, databaseUrl }: HubPlace, tables?: string): Promise<Store> {
	return databaseUrl === undefined ? openEmbedded(data, tables) : openPostgres(databaseUrl, tables);
}

function defaultAddress(data: string): string {
	const { url } = readKeptReach(data);
	if (url !== undefined) return url;
	const scheme = existsSync(join(data, 'tls', 'server.crt')) ? 'https' : 'http';
	return `${scheme}://localhost:${usualPlace.port}`;
}

/** The first admin of a new hub, with the link by which they sign in. */
export function makeFirstAdmin(place: HubPlace, email: string): Promise<Invited> {
	return withHub(place, 'keyferry init', (hub) => inviteFirstAdmin(hub, email));
}

/** A customer's audit, page by page. */
export type AuditSource = {
	customers: { id: string; name: string }[];
	page(customerId: string, after: number): Promise<AuditPage>;
	rows(asked: Parameters<typeof keptPage>[1]): Promise<KeptPage>;
};

export function withAudit<T>(
	place: HubPlace,
	work: (source: AuditSource) => Promise<T>
): Promise<T> {
	return withHub(place, 'keyferry audit verify', async (hub) => {
		const customers = [...(await allCustomers(hub)), { id: VENDOR_ID, name: 'the vendor' }];
		const page = (customerId: string, after: number) => auditPage(hub.db, { customerId, after });
		const rows: AuditSource['rows'] = (asked) => keptPage(hub.db, asked);
		return work({ customers, page, rows });
	});
}

async function allCustomers(hub: Hub): Promise<{ id: string; name: string }[]> {
	const all: { id: string; name: string }[] = [];
	let after: AfterCustomer | undefined;
	do {
		const page = await listCustomers(hub, { archived: true, after });
		all.push(...page.customers);
		after = page.next;
	} while (after);
	return all;
}

/** Asks the hub of a folder as its operator, who may do everything. */
export function askFolder<T>(place: HubPlace, work: (ask: AskHub) => Promise<T>): Promise<T> {
	return withHub(place, 'keyferry', (hub) => work(askAsOperator(hub)));
}

/** @returns How many rows of each table a backup holds, read from end to end. */
export async function checkBackupFile(file: string): Promise<Record<string, number>> {
	return (await checkBackup(file)).rows;
}

export function backupOffline(place: HubPlace, file: string): Promise<Record<string, number>> {
	return withHub(place, 'keyferry backup', (hub) => writeBackup(hub, file));
}

export type Restored = {
	licenses: number;
	/** The key that the restored hub signs with, where it is a new one. */
	kid?: string;
	/** The folder had other secrets than the backup: every license key was made anew. */
	newKeys: number;
	/** Files of releases that the folder does not hold: a backup has rows alone. [P8] */
	missing: string[];
};

/**
 * A backup into an empty store. A move goes on with the keys that were copied into the folder; a
 * restore takes the root key once and makes a hub of another epoch, frozen. [SY6]
 */
export async function restoreHub(
	{ data, databaseUrl }: HubPlace,
	{ file, rootFile }: { file: string; rootFile?: string }
): Promise<Restored> {
	const { header } = await checkBackup(file);
	mkdirSync(data, { recursive: true, mode: 0o700 });
	const lock = lockFolder(data, 'keyferry restore');
	let store: Store | undefined;
	try {
		const moved = rootFile === undefined;
		const hasKeys = existsSync(join(data, 'secrets.json'));
		if (moved && !hasKeys)
			throw new Fault(
				'FOLDER_NOT_READY',
				`The folder ${data} has no keys: a move goes on with those of the old hub.`,
				'Copy keys/, secrets.json, roots.json and trust.jwt from the old data folder first.'
			);
		// The store first: what is not empty is refused before any key is made.
		store = await openStoreOf({ data, databaseUrl }, header.schema);
		if (moved) {
			const { seal } = await readHubKeys(data);
			if (!opensSeal(header, seal))
				throw new Fault(
					'KEYS_INVALID',
					`The keys in ${data} are not those of the hub that wrote this backup.`,
					'Copy keys/ and secrets.json from its data folder.'
				);
		}
		await refuseUsedStore(store.db, header.schema);
		// Keys before rows: a restore that was interrupted can be run again.
		let kid: string | undefined;
		if (rootFile !== undefined)
			kid = hasKeys
				? (await rotateHubKey(data, rootFile)).kid
				: await takeUpHub(data, { rootFile, header, grants: await grantsOfBackup(file) });
		await restore(store.db, file, { moved, now: Math.floor(Date.now() / 1000) });
		if (header.schema !== schemaVersion()) {
			await store.close();
			store = await openStoreOf({ data, databaseUrl });
		}
		const keys = await readHubKeys(data);
		const canOpen = opensSeal(header, keys.seal);
		const context = await openHub(store, data, { keys, reissue: canOpen });
		const newKeys = canOpen ? 0 : await renewSecrets(context.hub);
		const licenses = await countLicenses(store);
		const missing = await missingFiles(context.hub);
		await context.close();
		return { licenses, kid, newKeys, missing };
	} finally {
		await store?.close();
		lock.release();
	}
}

/** As `PRODUCT VERSION NAME`, of releases that are not withdrawn. */
async function missingFiles(hub: Hub): Promise<string[]> {
	const listed = await listReleases(hub);
	return listed
		.filter(({ withdrawnAt }) => withdrawnAt === undefined)
		.flatMap(({ product, version, artefacts, missing }) =>
			artefacts
				.filter(({ id }) => missing.includes(id))
				.map(({ name }) => `${product} ${version} ${name}`)
		);
}

async function countLicenses({ db }: Store): Promise<number> {
	const { licenses } = await import('#server/db/schema/ledger.ts');
	return db.$count(licenses);
}
