/**
 * Faults that a person running the hub can put right: said in one sentence, with the way out.
 * The CLI prints them without a stack and exits with 1.
 *
 * @module
 */
import type { Refusal } from '#lib/domain/refusal.ts';

export type FaultCode =
	| 'FOLDER_IN_USE'
	| 'FOLDER_NOT_READY'
	| 'FOLDER_NOT_WRITABLE'
	| 'FILE_EXISTS'
	| 'DISK_FULL'
	| 'SITE_NOT_RUNNING'
	| 'PORT_IN_USE'
	| 'PORT_NOT_ALLOWED'
	| 'DATABASE_UNREACHABLE'
	| 'WORKERS_NEED_POSTGRESQL'
	| 'CITUS_MISSING'
	| 'HUB_KEY_ENDED'
	| 'TLS_FILES_INVALID'
	| 'KEYS_INVALID'
	| 'BACKUP_UNUSABLE'
	| 'STORE_NOT_EMPTY';

type FaultOptions = ErrorOptions & { told?: Refusal };

export class Fault extends Error {
	readonly code: FaultCode;
	/** What to do about it. */
	readonly next: string;
	/** What whoever asked the hub is told of it. */
	readonly told: Refusal | undefined;

	constructor(code: FaultCode, message: string, next: string, options?: FaultOptions) {
		super(message, options);
		this.name = 'Fault';
		this.code = code;
		this.next = next;
		this.told = options?.told;
	}
}

/** The system's own code of an error, such as `EADDRINUSE`. */
export function systemCode(error: unknown): string | undefined {
	return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/** @see https://www.sqlite.org/rescode.html#full */
const SQLITE_FULL = 13;

/** Whether it was for want of room: said by the hub, by PostgreSQL (SQLSTATE 53100), by SQLite or by the system. */
export function isDiskFull(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	const isFull = ['DISK_FULL', '53100', 'ENOSPC'].includes(systemCode(error) ?? '');
	return isFull || ('errcode' in error && error.errcode === SQLITE_FULL) || isDiskFull(error.cause);
}

/** What may be logged of an error: one of the database repeats its statement and parameters. */
export function describeFault(error: unknown): { name: string; code?: string; at?: string } {
	if (!(error instanceof Error)) return { name: typeof error };
	const cause = error.cause instanceof Error ? error.cause : error;
	const at = error.stack
		?.split('\n')
		.find((line) => line.includes('/server/'))
		?.trim();
	return { name: cause.name, code: systemCode(cause), at };
}
