/**
 * How files, times and tables are read and written by the commands.
 *
 * @module
 */
import { existsSync, lstatSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { utcDay } from '#lib/domain/calendar.ts';
import { forTerminal, UsageError } from './outcome.ts';
import { readBytes, readInput, unreadable, type NamedText } from '#lib/sdk/node/files.ts';

/**
 * `-` is standard input.
 *
 * @throws Where the only one cannot be read; of several, each has its place in what comes back.
 */
export async function readInputs(inputs: readonly string[]): Promise<NamedText[]> {
	const pieces: NamedText[] = [];
	for (const input of inputs)
		try {
			pieces.push(...(await readInputOrStdin(input)));
		} catch (fault) {
			if (inputs.length === 1) throw fault;
			pieces.push(unreadable(input));
		}
	return pieces;
}

async function readInputOrStdin(input: string): Promise<NamedText[]> {
	return input === '-' ? readBytes('standard input', readFileSync(0)) : readInput(input);
}

export type Written = { path: string; written: 'new' | 'same' | 'beside' };

/**
 * Asked before the hub does what cannot be undone: what it answers is to be written there.
 *
 * @throws {@link UsageError} where there is a file already.
 */
export function mustBeNew(path: string | undefined): void {
	if (path !== undefined && existsSync(path)) throw new UsageError(`${path} is there already.`);
}

/**
 * Writes a file and never over a different one: the same content stays, another gets a name beside it.
 */
export function writeBeside(path: string, content: string | Uint8Array): Written {
	const bytes = typeof content === 'string' ? Buffer.from(content) : content;
	const dot = path.lastIndexOf('.');
	for (let n = 1; ; n++) {
		const place = n === 1 ? path : `${path.slice(0, dot)}-${n}${path.slice(dot)}`;
		if (!existsSync(place)) {
			// Exclusive: a file that appears in between is not lost.
			writeFileSync(place, bytes, { flag: 'wx' });
			return { path: place, written: n === 1 ? 'new' : 'beside' };
		}
		if (lstatSync(place).isFile() && readFileSync(place).equals(bytes))
			return { path: place, written: 'same' };
	}
}

/** A text of ours, to be printed as it is. */
export function linesOf(text: string): string[] {
	return text.trimEnd().split('\n');
}

export function isFolder(path: string): boolean {
	return existsSync(path) && statSync(path).isDirectory();
}

/** @param out - A file, a folder, or nothing for the present folder. */
export function placeFor(out: string | undefined, name: string): string {
	if (out === undefined) return name;
	return isFolder(out) || /[/\\]$/.test(out) ? join(out, name) : out;
}

export function isoDay(seconds: number | undefined, without = 'no end'): string {
	return seconds === undefined ? without : utcDay(seconds);
}

export function isoMoment(seconds: number): string {
	return `${iso(seconds).slice(0, 16).replace('T', ' ')} UTC`;
}

/** What is shown unverified may lie beyond any calendar. */
function iso(seconds: number): string {
	const date = new Date(seconds * 1000);
	return Number.isNaN(date.getTime()) ? `${seconds}` : date.toISOString();
}

/** Columns as wide as their longest cell; two blanks between. */
export function table(rows: readonly (readonly string[])[]): string[] {
	const plain = rows.map((row) => row.map(forTerminal));
	const widths = plain.reduce<number[]>(
		(most, row) => row.map((cell, at) => Math.max(cell.length, most[at] ?? 0)),
		[]
	);
	return plain.map((row) =>
		row
			.map((cell, at) => cell.padEnd(widths[at] ?? 0))
			.join('  ')
			.trimEnd()
	);
}

/** `3 of 40` on a terminal, for what takes longer than a second. */
export function progress(total: number): (done: number) => void {
	const begun = Date.now();
	return (done) => {
		if (!process.stderr.isTTY || Date.now() - begun < 1000) return;
		const bar = '█'.repeat(Math.round((done / total) * 24)).padEnd(24, '░');
		process.stderr.write(done === total ? '\r\x1b[K' : `\r${bar} ${done} of ${total}`);
	};
}
