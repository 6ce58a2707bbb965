/** `keyferry doctor` of a site server: what it needs of its machine, each with its mend. [ST6] */
import { existsSync } from 'node:fs';
import { examineSite } from '#server/doctor/site.ts';
import { recordedSources } from '#lib/sdk/node/sources/recorded.ts';
import { readKeptReach, usualPlace } from '#server/http/kept-reach.ts';
import { besideProgram } from '#server/site/folder.ts';
import { command } from '#server/cli/base/command.ts';
import { clientDoctorArgs, examineServer } from '#server/cli/field/doctor-server.ts';
import type { Outcome } from '#server/cli/base/outcome.ts';
import { findingsOutcome } from '#server/cli/base/findings.ts';
import { portOf } from './serve-options.ts';

export const siteDoctorArgs = {
	data: { type: 'string', valueHint: 'DIR', default: 'data', description: 'Data folder' },
	port: {
		type: 'string',
		valueHint: 'N',
		description: 'Port (default: that of the set-up, else 4870)'
	},
	host: {
		type: 'string',
		valueHint: 'ADDRESS',
		description: 'Address (default: that of the set-up, else 127.0.0.1)'
	},
	url: { type: 'string', valueHint: 'URL', description: 'Public address (default: KEYFERRY_URL)' },
	roots: {
		type: 'string',
		valueHint: 'FILE',
		description: 'Root keys: before the first start, and of clients'
	}
} as const;

type PlaceArgs = { data: string; port?: string; host?: string; url?: string };

/** Where the server of a folder listens and is reached, as its next start will have it. */
export function placeOf({ data, port, host, url }: PlaceArgs) {
	const kept = readKeptReach(data);
	return {
		data,
		port: port === undefined ? (kept.port ?? usualPlace.port) : portOf(port),
		host: host ?? kept.host ?? usualPlace.host,
		url: url ?? process.env.KEYFERRY_URL ?? kept.url
	};
}

export async function examineSiteBy(args: PlaceArgs & { roots?: string }): Promise<Outcome> {
	const roots = args.roots ?? besideProgram('roots.json').find(existsSync);
	const probe = recordedSources();
	return findingsOutcome(await examineSite({ ...placeOf(args), roots, probe }));
}

export const siteDoctorCommand = command({
	name: 'doctor',
	description: 'Check the machine of a site server, or from a client a server (--server)',
	args: { ...clientDoctorArgs, ...siteDoctorArgs },
	run: ({ server, ...args }) =>
		server === undefined ? examineSiteBy(args) : examineServer({ server, ...args })
});
