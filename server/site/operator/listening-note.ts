/**
 * Where a site server listens, for commands on its own machine: a note in its folder, as long as it runs.
 *
 * @module
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readKeptReach } from '#server/http/kept-reach.ts';

type Note = { url: string; origin?: string };

/** @param origin - Its public address, where an option named one. */
export function noteListening(folder: string, note: Note): void {
	writeFileSync(fileOf(folder), `${JSON.stringify(note)}\n`);
}

export function endListening(folder: string): void {
	rmSync(fileOf(folder), { force: true });
}

/** @returns Where to ask and the host to name; `undefined` where no server runs, as far as the folder says. */
export function readListening(folder: string): { url: string; host: string } | undefined {
	try {
		const { url, origin } = JSON.parse(readFileSync(fileOf(folder), 'utf8')) as Note;
		return { url, host: new URL(origin ?? readKeptReach(folder).url ?? url).host };
	} catch {
		return undefined;
	}
}

function fileOf(folder: string): string {
	return join(folder, 'listening.json');
}
