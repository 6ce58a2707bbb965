/** `keyferry doctor`: what a server needs of its machine, line by line, each with its mend. */
import { command } from '#server/cli/base/command.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import type { Outcome } from '#server/cli/base/outcome.ts';
import { findingsOutcome } from '#server/cli/base/findings.ts';
import { clientDoctorArgs, examineServer } from '#server/cli/field/doctor-server.ts';
import { roleOf, roleOfFolder, smtpOf } from './serve-options.ts';
import { examineSiteBy, placeOf, siteDoctorArgs } from './doctor-site.ts';

export const doctorCommand = command({
	name: 'doctor',
	description:
		'Check the machine of a server: folder, disk, keys, port, clock, address …; or from a client a site server (--server)',
	args: {
		role: {
			type: 'string',
			valueHint: 'hub|site',
			description: 'Role of the server (default: that of the folder, else hub)'
		},
		...clientDoctorArgs,
		...siteDoctorArgs,
		'database-url': {
			type: 'string',
			valueHint: 'URL',
			description: 'PostgreSQL (default: DATABASE_URL)'
		}
	},
	async run({ server, ...args }): Promise<Outcome | Refusal> {
		if (server !== undefined) return examineServer({ server, ...args });
		const role = args.role === undefined ? roleOfFolder(args.data) : roleOf(args.role);
		if (role === 'site') return examineSiteBy(args);
		const { examine } = await import('#server/doctor/hub.ts');
		const findings = await examine({
			...placeOf(args),
			databaseUrl: args['database-url'] ?? process.env.DATABASE_URL,
			smtp: smtpOf(process.env.KEYFERRY_SMTP, process.env.KEYFERRY_MAIL_FROM)
		});
		return findingsOutcome(findings);
	}
});
