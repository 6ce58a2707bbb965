/** `keyferry doctor` of a site server: what it needs of its machine, each with its mend. [ST6] */
import { existsSync } from 'node:fs';
import { examineSite } from '#server/doctor/site.ts';
import { recordedSources } from '#lib/sdk/node/sources/recorded.ts';
import { readKeptReach } from '#server/http/kept-reach.ts';
import { besideProgram } from '#server/site/folder.ts';
import { command } from '#server/cli/base/command.ts';
import { clientDoctorArgs, examineServer } from '#server/cli/field/doctor-server.ts';
import type { Outcome } from '#server/cli/base/outcome.ts';
import { findingsOutcome } from '#server/cli/base/findings.ts';
import { portOf } from './serve-options.ts';

export const siteDoctorArgs = {
	data: { type: 'string', valueHint: 'DIR', default: 'data', description: 'Data folder' },
	port: { type: 'string', valueHint: 'N', default: '4870', description: 'Port' },
	host: { type: 'string', valueHint: 'ADDRESS', default: '127.0.0.1', description: 'Address' },
	url: { type: 'string', valueHint: 'URL', description: 'Public address (default: KEYFERRY_URL)' },
	roots: {
		type: 'string',
		valueHint: 'FILE',
		description: 'Root keys: before the first start, and of clients'
	}
} as const;

type SiteDoctorArgs = { data: string; port: string; host: string; url?: string; roots?: string };

export async function examineSiteBy(args: SiteDoctorArgs): Promise<Outcome> {
	const { data, host } = args;
	const roots = args.roots ?? besideProgram('roots.json').find(existsSync);
	const url = args.url ?? process.env.KEYFERRY_URL ?? readKeptReach(data).url;
	const probe = recordedSources();
	const port = portOf(args.port);
	return findingsOutcome(await examineSite({ data, port, host, url, roots, probe }));
}

export const siteDoctorCommand = command({
	name: 'doctor',
	description: 'Check the machine of a site server, or from a client a server (--server)',
	args: { ...clientDoctorArgs, ...siteDoctorArgs },
	run: ({ server, ...args }) =>
		server === undefined ? examineSiteBy(args) : examineServer({ server, ...args })
});
