/**
 * The log of a process: lines of JSON on stdout, wherever that leads.
 *
 * @module
 */
import pino, { type Logger } from 'pino';

/** So much waits for room on a full disk; what is more is left out. */
const KEPT_CHARACTERS = 64 * 1024;

/** A disk that is full, or a reader that is gone, costs lines and never the process. [HT2] */
export function openLog(level: 'silent' | 'info' | 'warn'): Logger {
	const lines = pino.destination({ dest: 1, sync: true, maxLength: KEPT_CHARACTERS });
	lines.on('error', () => undefined);
	return pino({ level, base: undefined }, lines);
}
