/**
 * Reading what people name: a file, a folder of answers, or the text itself.
 *
 * @module
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

export type NamedText = { source: string; text: string };

/** A hundred files in one paste; anything larger is not ours. */
const BYTES_LIMIT = 8 * 1024 * 1024;

/**
 * @param input - A path; a text with armour or tokens is taken as it is.
 * @throws When there is no such file.
 */
export function readInput(input: string): NamedText[] {
	if (input.includes('-----BEGIN') || /^[\w-]{20,}\.[\w-]+\.[\w.~-]+$/.test(input.trim()))
		return [{ source: 'text', text: input }];
	if (!statSync(input).isDirectory()) return [readOne(input, basename(input))];
	const names = readdirSync(input).sort();
	return names
		.filter((name) => /\.kf[a-z]+$|\.txt$/i.test(name) && !name.startsWith('.'))
		.map((name) => readOne(join(input, name), name))
		.filter(isOurs);
}

/** Share sheets add `.txt` to names; other texts on a stick are left alone. [FI4] */
function isOurs({ source, text }: NamedText): boolean {
	return /\.kf[a-z]+(\.txt)?$/i.test(source) || text.includes('-----BEGIN KEYFERRY ');
}

function readOne(path: string, source: string): NamedText {
	// Too large shows as damaged, without reading it all.
	const text = statSync(path).size > BYTES_LIMIT ? '' : readFileSync(path, 'utf8');
	return { source, text };
}
