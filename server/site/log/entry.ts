/**
 * What is written down of a call, and nothing else: an entry is put together from the names below, so
 * that no key, nonce or proof of a call can get into it. [LG1]
 *
 * @module
 */
import { pseudonymOf } from './pseudonym.ts';

export const logLevels = ['off', 'errors', 'all'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Who was at the other end. */
export type LogSide = 'client' | 'hub';

/** Texts that tell who it was: pseudonyms where the site hides names. */
const personal = ['client', 'user', 'machine', 'address'] as const;
const plain = [
	'product',
	'version',
	'license',
	'resource',
	'code',
	'reason',
	'method',
	'path'
] as const;
const counted = ['status', 'place', 'inUse', 'allowed', 'milliseconds'] as const;

export type LogEntry = {
	with: LogSide;
	level: 'info' | 'error';
	/** What happened: `claim`, `release`, `refused`, … */
	event: string;
} & Partial<Record<(typeof personal)[number] | (typeof plain)[number], string | undefined>> &
	Partial<Record<(typeof counted)[number], number | undefined>>;

const LONGEST = 200;

/**
 * One line of JSON, without its line break.
 *
 * @param at - Milliseconds since 1970.
 * @param key - For pseudonyms; without it, names are written as they are.
 */
export function lineOf(entry: LogEntry, { at, key }: { at: number; key?: Buffer }): string {
	const line: Record<string, string | number> = {
		at: new Date(at).toISOString(),
		with: entry.with,
		level: entry.level,
		event: entry.event.slice(0, LONGEST)
	};
	for (const name of personal) {
		const value = entry[name];
		// The hub is nobody's name.
		const isHidden = key && entry.with === 'client';
		if (value !== undefined)
			line[name] = isHidden ? pseudonymOf(key, value) : value.slice(0, LONGEST);
	}
	for (const name of plain) {
		const value = entry[name];
		// A query may say what a client looks for.
		if (value !== undefined)
			line[name] = (name === 'path' ? value.split('?')[0]! : value).slice(0, LONGEST);
	}
	for (const name of counted) {
		const value = entry[name];
		if (value !== undefined) line[name] = value;
	}
	return JSON.stringify(line);
}

/** An entry as it is read again. */
export type KeptEntry = {
	at: string;
	with: LogSide;
	level: 'info' | 'error';
	event: string;
} & Partial<Record<(typeof personal)[number] | (typeof plain)[number], string>> &
	Partial<Record<(typeof counted)[number], number>>;

/** @returns `undefined` of a line that was cut off, or is somebody else's. */
export function readLine(line: string): KeptEntry | undefined {
	try {
		const value: unknown = JSON.parse(line);
		const whole = typeof value === 'object' && value !== null && 'at' in value && 'event' in value;
		// Sound: what this room wrote has these names, and a reader shows whatever else is there as text.
		return whole ? (value as KeptEntry) : undefined;
	} catch {
		return undefined;
	}
}
