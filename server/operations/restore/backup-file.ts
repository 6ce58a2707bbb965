/**
 * A backup as one file: gzip of lines of JSON. The first says what it is, the last how many rows of
 * each table there are and the SHA-256 of all lines before it; between them are rows in an order in
 * which they can be inserted again. It holds no private key, and no secret that is not sealed.
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import { dump, type DumpLine } from '#server/db/dump.ts';
import { schemaVersion, schemaVersions } from '#server/db/migrations.ts';
import { Fault, systemCode } from '#server/fault.ts';
import type { Hub } from '#server/hub/hub.ts';

const VERSION = 1;

export type BackupHeader = {
	keyferry: 'backup';
	/** Of this file's form. */
	version: number;
	/** Of the tables. */
	schema: string;
	hubEpoch: string;
	createdAt: number;
	iss: string;
	roots: PublicJwk[];
	/** What the root had last said of roots and voided keys, where that is more than itself. */
	trust?: string;
	/** Sealed by the hub that wrote it: tells whether a folder has the right secrets. */
	sealed: string;
};

type Trailer = { end: { rows: Record<string, number>; sha256: string } };

const SEALED_TEXT = 'keyferry backup';

/** Writes a backup while the hub goes on. @returns How many rows of each table are in it. */
export async function writeBackup(hub: Hub, path: string): Promise<Record<string, number>> {
	const gzip = createGzip();
	const file = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true });
	gzip.pipe(file);
	const opened = once(file, 'open');
	await opened;
	const hash = createHash('sha256');
	const rows: Record<string, number> = {};
	const put = async (value: unknown) => {
		const line = JSON.stringify(value) + '\n';
		hash.update(line);
		if (!gzip.write(line)) await once(gzip, 'drain');
	};
	const header: BackupHeader = {
		keyferry: 'backup',
		version: VERSION,
		schema: schemaVersion(),
		hubEpoch: hub.epoch,
		createdAt: hub.now(),
		iss: hub.iss,
		roots: hub.roots.map(({ kty, crv, x }) => ({ kty, crv, x })),
		trust: hub.trustToken,
		sealed: hub.seal.seal(SEALED_TEXT, hub.epoch)
	};
	await put(header);
	await dump(hub.db, async (line) => {
		rows[line.table] = (rows[line.table] ?? 0) + line.rows.length;
		await put(line);
	});
	const trailer: Trailer = { end: { rows, sha256: hash.digest('hex') } };
	gzip.end(JSON.stringify(trailer) + '\n');
	await finished(file);
	return rows;
}

/** Reads a backup from its first line to its last, and only then says that it is whole. */
export async function checkBackup(
	path: string
): Promise<{ header: BackupHeader; rows: Record<string, number> }> {
	const hash = createHash('sha256');
	const counted: Record<string, number> = {};
	let header: BackupHeader | undefined;
	let trailer: Trailer | undefined;
	for await (const line of linesOf(path)) {
		if (trailer) throw damaged(path);
		const value = parse(path, line);
		if (isTrailer(value)) trailer = value;
		else {
			hash.update(line + '\n');
			if (!header) header = headerOf(path, value);
			else {
				const { table, rows } = value as DumpLine;
				counted[table] = (counted[table] ?? 0) + rows.length;
			}
		}
	}
	const isWhole =
		trailer !== undefined &&
		trailer.end.sha256 === hash.digest('hex') &&
		sorted(trailer.end.rows) === sorted(counted);
	if (!header || !isWhole) throw damaged(path);
	return { header, rows: counted };
}

/** The rows of a backup that was checked before. */
export async function* rowsOfBackup(path: string): AsyncGenerator<DumpLine> {
	for await (const line of linesOf(path)) {
		const value = parse(path, line);
		// Sound: the file was checked from end to end.
		if (typeof value === 'object' && value !== null && 'table' in value) yield value as DumpLine;
	}
}

/** Whether this hub's secrets are those that the backup was made under. */
export function opensSeal({ sealed, hubEpoch }: BackupHeader, seal: Hub['seal']): boolean {
	try {
		return seal.open(sealed, hubEpoch) === SEALED_TEXT;
	} catch {
		return false;
	}
}

async function* linesOf(path: string): AsyncGenerator<string> {
	const source = createReadStream(path);
	const unzipped = createGunzip();
	source.on('error', (error) => unzipped.destroy(error));
	source.pipe(unzipped);
	const lines = createInterface({ input: unzipped, crlfDelay: Infinity });
	let broken: Error | undefined;
	unzipped.on('error', (error) => {
		broken = error;
		lines.close();
	});
	try {
		for await (const line of lines) yield line;
	} catch (error) {
		// A break between two lines is thrown here, one inside a line ends them early.
		broken ??= error as Error;
	}
	if (broken === undefined) return;
	throw systemCode(broken) === 'ENOENT' ? broken : damaged(path, broken);
}

function parse(path: string, line: string): unknown {
	try {
		return JSON.parse(line);
	} catch (cause) {
		throw damaged(path, cause);
	}
}

function headerOf(path: string, value: unknown): BackupHeader {
	const header = value as Partial<BackupHeader> | null;
	if (header?.keyferry !== 'backup') throw damaged(path);
	if (header.version !== VERSION || !schemaVersions().includes(header.schema ?? ''))
		throw new Fault(
			'BACKUP_UNUSABLE',
			`The backup ${path} has form ${header.version} and tables ${header.schema}; ` +
				`this version reads form ${VERSION} and tables up to ${schemaVersion()}.`,
			'A newer version of Keyferry wrote it: restore it with that one.'
		);
	return header as BackupHeader;
}

function isTrailer(value: unknown): value is Trailer {
	return typeof value === 'object' && value !== null && 'end' in value;
}

function damaged(path: string, cause?: unknown): Fault {
	return new Fault(
		'BACKUP_UNUSABLE',
		`The backup ${path} is damaged or not a whole backup.`,
		'Use another copy of it. Nothing was restored.',
		{ cause }
	);
}

function sorted(rows: Record<string, number>): string {
	return JSON.stringify(Object.entries(rows).sort());
}

/** Root-signed grants of the hub's keys, from a backup that was checked before. */
export async function grantsOfBackup(path: string): Promise<string[]> {
	const grants: string[] = [];
	for await (const { table, rows } of rowsOfBackup(path))
		if (table === 'hub_key') grants.push(...(rows as { token: string }[]).map((row) => row.token));
	return grants;
}
