/**
 * The desk's database, over two connections: that of whoever is signed in, else the device's. [PE5]
 *
 * A browser sets durability per connection, not per table. What exists nowhere else (outbox,
 * requests, files, keys) is written through `strict`, which returns after the disk has it; what the
 * hub can send again is written through `relaxed`, which is many times faster.
 *
 * Never await anything but the database inside a transaction: a foreign promise (fetch, Web Crypto)
 * commits it early.
 *
 * @module
 */
import { Dexie, type EntityTable, type Table } from 'dexie';
import type { ActivationRow, AllotmentRow, AnswerRow, ReceiptRow } from '#lib/protocol/rows.ts';
import type { Seconds } from '#lib/domain/time.ts';
import type {
	BlockNamesRow,
	BlockRow,
	CustomerRow,
	KeyBlockRow,
	KeysRow,
	StoredLicense
} from './mirror-rows.ts';
import type {
	DeskKeyRow,
	DrawRow,
	MachineKeyRow,
	OutboxRow,
	OwnAllotmentRow
} from './desk-rows.ts';
import { isCurrent, owner, setOwner } from './owner.ts';
import { renameStored } from './upgrades.ts';
import type { StateRow } from './state-rows.ts';
import type { FileRow, KeyRow, StoredRequest } from './file-rows.ts';

export class DeskDatabase extends Dexie {
	/** Licenses and activations that came one by one: they lie on top of those in blocks. See `desk/mirror`. */
	declare licenses: Table<StoredLicense, string>;
	declare licenseKeys: EntityTable<KeyBlockRow, 'id'>;
	declare customers: EntityTable<CustomerRow, 'customerId'>;
	declare activations: Table<ActivationRow, string>;
	declare licenseBlocks: EntityTable<BlockRow, 'id'>;
	declare activationBlocks: EntityTable<BlockRow, 'id'>;
	declare blockNames: EntityTable<BlockNamesRow, 'id'>;
	declare blockKeys: EntityTable<KeysRow, 'id'>;
	declare answers: EntityTable<AnswerRow, 'request'>;
	declare receipts: EntityTable<ReceiptRow, 'act'>;
	declare allotments: EntityTable<AllotmentRow, 'id'>;
	declare ownAllotments: EntityTable<OwnAllotmentRow, 'id'>;
	declare draws: EntityTable<DrawRow, 'id'>;
	declare deskKeys: EntityTable<DeskKeyRow, 'outbox'>;
	declare keys: EntityTable<KeyRow, 'jti'>;
	declare machineKeys: EntityTable<MachineKeyRow, 'request'>;
	declare requests: EntityTable<StoredRequest, 'jti'>;
	declare files: EntityTable<FileRow, 'jti'>;
	declare outbox: EntityTable<OutboxRow, 'id'>;
	declare states: EntityTable<StateRow, 'name'>;

	constructor(name: string, chromeTransactionDurability: 'strict' | 'relaxed') {
		// The cache would serve one connection what the other has already replaced.
		super(name, { chromeTransactionDurability, cache: 'disabled' });
		this.version(1).stores({
			licenses: 'id, customerId, number',
			activations: 'id, customerId, licenseId, request',
			answers: 'request, customerId, licenseId',
			keys: 'jti, licenseId, number',
			machineKeys: 'request',
			requests: 'jti, number, storedAt',
			files: 'jti, kind, request, number, storedAt',
			outbox: 'id, &[outbox+n], state, subject',
			facts: 'name'
		});
		this.version(2).stores({ receipts: 'act, customerId, licenseId' });
		this.version(3).stores({
			allotments: 'id, customerId, licenseId, jkt',
			ownAllotments: 'id, number',
			draws: 'id, allotment, request, state',
			deskKeys: 'outbox, jkt'
		});
		this.version(4)
			.stores({
				activations: 'id, customerId, licenseId, request, label, *parts',
				licenseKeys: 'id, customerId',
				customers: 'customerId'
			})
			// What is new here comes from the hub: the mirror is asked for once more.
			.upgrade((upgrade) => upgrade.table('facts').delete('cursor'));
		this.version(5).stores({ states: 'name', facts: null }).upgrade(renameStored);
		// What is here stays as it is, on top of the blocks, until it is folded into them.
		this.version(6).stores({
			licenseBlocks: '++id, customerId',
			activationBlocks: '++id, customerId',
			blockNames: '++id, customerId, table, block',
			blockKeys: '++id, kind'
		});
		// Blocks say once what their rows have in common, which no earlier version reads: its tabs are told to close.
		this.version(7).stores({});
		// Nor do they read license keys that are told alike.
		this.version(8).stores({});
	}
}

/** Tables of what the hub shows, and can send again, that find their rows by `customerId`. */
export function tablesByCustomer(connection: DeskDatabase) {
	const { licenses, licenseKeys, customers, activations, answers, receipts, allotments } =
		connection;
	const { licenseBlocks, activationBlocks, blockNames } = connection;
	return [
		...[licenses, licenseKeys, customers, activations, answers, receipts, allotments],
		...[licenseBlocks, activationBlocks, blockNames]
	];
}

/** All that the hub shows, and can send again. */
export function mirrorTables(connection: DeskDatabase) {
	return [...tablesByCustomer(connection), connection.blockKeys];
}

/** All file:// pages of a browser share one store, so the name says whose it is. */
const NAME = 'keyferry-desk';

/** What this device knows whoever is signed in, and what is made while nobody is. */
export const device = new DeskDatabase(NAME, 'strict');
export const strict = owner === undefined ? device : databaseOf(owner);
export const relaxed = databaseOf(owner, 'relaxed');

// A sign-out is in the database at once; the browser may remember whose it is for some seconds more.
if (owner !== undefined)
	strict.on('ready', async () => {
		if (await strict.states.get('identity')) return;
		setOwner(undefined);
		location.reload();
		// No query is answered meanwhile.
		await new Promise(() => {});
	});

/** A connection of its own to one person's database, or to the device's. */
export function databaseOf(
	user: string | undefined,
	durability: 'strict' | 'relaxed' = 'strict'
): DeskDatabase {
	return new DeskDatabase(user === undefined ? NAME : `${NAME}-${user}`, durability);
}

let isBlocked = false;

/**
 * Opens the connection that reads, before anything is drawn: the disk is found while the processor
 * draws. What goes wrong is told by `openDatabase`.
 */
export function openEarly(): void {
	strict.on('blocked', () => (isBlocked = true));
	strict.open().catch(() => undefined);
}

/** What the page must tell people when another tab changed the database's version. */
export type DatabaseTrouble = 'replaced-by-newer-version' | 'blocked-by-another-tab';

/** Opens all connections, and reports what only a person can resolve. */
export async function openDatabase(onTrouble: (trouble: DatabaseTrouble) => void): Promise<void> {
	for (const connection of new Set([device, strict, relaxed])) {
		connection.on('versionchange', () => {
			connection.close();
			// Somebody signed out and had everything removed: the page is loaded anew in any case.
			if (isCurrent()) onTrouble('replaced-by-newer-version');
		});
		connection.on('blocked', () => onTrouble('blocked-by-another-tab'));
	}
	if (isBlocked && !strict.isOpen()) onTrouble('blocked-by-another-tab');
	// One after the other: the first does an upgrade, the second finds it done.
	await device.open();
	await strict.open();
	await relaxed.open();
}

/** The desk's own time, for people only; nothing is decided by it. [CL2] */
export function deskNow(): Seconds {
	return Math.floor(Date.now() / 1000);
}
