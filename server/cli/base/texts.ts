/**
 * How files, times and tables are read and written by the commands.
 *
 * @module
 */
import { existsSync, lstatSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBytes, readInput, type NamedText } from '#lib/sdk/node/files.ts';

/** `-` is standard input. */
export async function readInputs(inputs: readonly string[]): Promise<NamedText[]> {
	const pieces: NamedText[] = [];
	for (const input of inputs)
		pieces.push(
			...(input === '-'
				? await readBytes('standard input', readFileSync(0))
				: await readInput(input))
		);
	return pieces;
}

export type Written = { path: string; written: 'new' | 'same' | 'beside' };

/**
 * Writes a file and never over a different one: the same text stays, another gets a name beside it.
 */
export function writeBeside(path: string, text: string): Written {
	const dot = path.lastIndexOf('.');
	for (let n = 1; ; n++) {
		const place = n === 1 ? path : `${path.slice(0, dot)}-${n}${path.slice(dot)}`;
		if (!existsSync(place)) {
			// Exclusive: a file that appears in between is not lost.
			writeFileSync(place, text, { flag: 'wx' });
			return { path: place, written: n === 1 ? 'new' : 'beside' };
		}
		if (lstatSync(place).isFile() && readFileSync(place, 'utf8') === text)
			return { path: place, written: 'same' };
	}
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
	return seconds === undefined ? without : new Date(seconds * 1000).toISOString().slice(0, 10);
}

export function isoMoment(seconds: number): string {
	return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Columns as wide as their longest cell; two blanks between. */
export function table(rows: readonly (readonly string[])[]): string[] {
	const plain = rows.map((row) => row.map(printable));
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

/** Labels and names come from files of strangers: no control character reaches a terminal. */
export function printable(text: string): string {
	return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
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
