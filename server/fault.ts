/**
 * Faults that a person running the hub can put right: said in one sentence, with the way out.
 * The CLI prints them without a stack and exits with 1.
 *
 * @module
 */
export type FaultCode =
	| 'FOLDER_IN_USE'
	| 'FOLDER_NOT_READY'
	| 'FOLDER_NOT_WRITABLE'
	| 'FILE_EXISTS'
	| 'DISK_FULL'
	| 'PORT_IN_USE'
	| 'PORT_NOT_ALLOWED'
	| 'DATABASE_UNREACHABLE'
	| 'TLS_FILES_INVALID'
	| 'ROLE_NOT_AVAILABLE'
	| 'KEYS_INVALID'
	| 'BACKUP_UNUSABLE'
	| 'STORE_NOT_EMPTY';

export class Fault extends Error {
	readonly code: FaultCode;
	/** What to do about it. */
	readonly next: string;

	constructor(code: FaultCode, message: string, next: string, options?: ErrorOptions) {
		super(message, options);
		this.name = 'Fault';
		this.code = code;
		this.next = next;
	}
}

/** The system's own code of an error, such as `EADDRINUSE`. */
export function systemCode(error: unknown): string | undefined {
	return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/** Whether it was for want of room: said by the hub, by PostgreSQL (SQLSTATE 53100) or by the system. */
export function isDiskFull(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	return (
		['DISK_FULL', '53100', 'ENOSPC'].includes(systemCode(error) ?? '') || isDiskFull(error.cause)
	);
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
