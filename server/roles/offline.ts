/**
 * Work on a hub's folder while no hub runs on it: audit, backup, restore, and what needs the root
 * key.
 *
 * @module
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder } from '#server/db/folder-lock.ts';
import { openEmbedded, openPostgres, type Store } from '#server/db/store.ts';
import { readHubKeys } from '#server/keys/folder.ts';
import { rotateHubKey } from '#server/keys/rotate.ts';
import { takeUpHub } from '#server/keys/take-up.ts';
import { auditPage, type AuditPage } from '#server/operations/audit/audit-pages.ts';
import {
	checkBackup,
	grantsOfBackup,
	opensSeal,
	writeBackup
} from '#server/operations/restore/backup-file.ts';
import type { Hub } from '#server/hub/hub.ts';
import { listCustomers } from '#server/operations/people/list-customers.ts';
import { renewSecrets } from '#server/operations/restore/renew-secrets.ts';
import { refuseUsedStore, restore } from '#server/operations/restore/restore.ts';
import { openHub } from './hub-context.ts';
import { Fault } from '#server/fault.ts';

export type { AuditPage };

/** Where a hub keeps its things. */
export type HubPlace = { data: string; databaseUrl?: string };

/** Opens the hub of a folder that no process holds, and closes it after the work. */
async function withHub<T>(
	{ data, databaseUrl }: HubPlace,
	program: string,
	work: (hub: Hub) => Promise<T>
): Promise<T> {
	if (!existsSync(data))
		throw new Fault('FOLDER_NOT_READY', `There is no folder ${data}.`, 'Name it by --data.');
	const lock = lockFolder(data, program);
	let store: Store | undefined;
	try {
		const keys = await readHubKeys(data);
		store = databaseUrl === undefined ? await openEmbedded(data) : await openPostgres(databaseUrl);
		const context = await openHub(store, data, { keys });
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

/** A customer's audit, page by page. */
export type AuditSource = {
	customers: { id: string; name: string }[];
	page(customerId: string, after: number): Promise<AuditPage>;
};

export function withAudit<T>(
	place: HubPlace,
	work: (source: AuditSource) => Promise<T>
): Promise<T> {
	return withHub(place, 'keyferry audit verify', async (hub) => {
		const customers = await listCustomers(hub);
		const page = (customerId: string, after: number) => auditPage(hub.db, { customerId, after });
		return work({ customers, page });
	});
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
		store = databaseUrl === undefined ? await openEmbedded(data) : await openPostgres(databaseUrl);
		if (moved) {
			const { seal } = await readHubKeys(data);
			if (!opensSeal(header, seal))
				throw new Fault(
					'KEYS_INVALID',
					`The keys in ${data} are not those of the hub that wrote this backup.`,
					'Copy keys/ and secrets.json from its data folder.'
				);
		}
		await refuseUsedStore(store.db);
		// Keys before rows: a restore that was interrupted can be run again.
		let kid: string | undefined;
		if (rootFile !== undefined)
			kid = hasKeys
				? (await rotateHubKey(data, rootFile)).kid
				: await takeUpHub(data, { rootFile, header, grants: await grantsOfBackup(file) });
		await restore(store.db, file, { moved, now: Math.floor(Date.now() / 1000) });
		const keys = await readHubKeys(data);
		const canOpen = opensSeal(header, keys.seal);
		const context = await openHub(store, data, { keys, reissue: canOpen });
		const newKeys = canOpen ? 0 : await renewSecrets(context.hub);
		const licenses = await countLicenses(store);
		await context.close();
		return { licenses, kid, newKeys };
	} finally {
		await store?.close();
		lock.release();
	}
}

async function countLicenses({ db }: Store): Promise<number> {
	const { licenses } = await import('#server/db/schema/ledger.ts');
	return db.$count(licenses);
}
