/**
 * Where a hub is reached, as it was said when it was set up: options of the command line go before it. [HT1]
 *
 * @module
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '#server/fault.ts';

/** Where a server listens that is told nothing else. */
export const usualPlace = { port: 4870, host: '127.0.0.1' };

/** `DIR/reach.json`. Absent members are as if the option were not given. */
export type KeptReach = {
	url?: string;
	/** Addresses and networks, with commas between. */
	proxies?: string;
	/** Files of one's own. */
	tls?: { cert: string; key: string };
	/** Where its process listens, as it was started for the set-up. */
	port?: number;
	host?: string;
};

/** @throws Fault `FOLDER_NOT_READY` where the file is damaged. */
export function readKeptReach(folder: string): KeptReach {
	const file = join(folder, 'reach.json');
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch {
		return {};
	}
	try {
		return JSON.parse(text) as KeptReach;
	} catch (cause) {
		throw new Fault(
			'FOLDER_NOT_READY',
			`The file ${file} is damaged.`,
			'Mend it, or remove it and name address, port and certificate by options.',
			{ cause }
		);
	}
}

export function keepReach(folder: string, reach: KeptReach): void {
	const file = join(folder, 'reach.json');
	writeFileSync(`${file}.new`, JSON.stringify(reach, undefined, '\t') + '\n', { flush: true });
	renameSync(`${file}.new`, file);
}
