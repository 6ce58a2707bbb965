/**
 * `keyferry serve`: runs a hub, or a site server, until it is told to stop.
 *
 * @module
 */
import type { ServeOptions } from '#server/serve.ts';
import { command } from '#server/cli/base/command.ts';
import { roleOf, roleOfFolder, smtpOf, workersOf } from './serve-options.ts';
import { providersOf } from './provider-options.ts';
import { attend, servingArgs, servingOptions } from './serving.ts';

export const serveCommand = command({
	name: 'serve',
	description: 'Run a hub or a site server until it is told to stop',
	args: {
		role: {
			type: 'string',
			valueHint: 'hub|site',
			description: 'Role of this process (default: that of the folder, else hub)'
		},
		...servingArgs,
		'database-url': {
			type: 'string',
			valueHint: 'URL',
			description: 'PostgreSQL instead of the embedded database (default: DATABASE_URL)'
		},
		workers: {
			type: 'string',
			valueHint: 'N',
			description: 'Processes that serve one hub, on PostgreSQL (default: 1)'
		},
		demo: { type: 'boolean', description: 'Fill in fictional data on the first start' },
		'webhooks-to-lan': {
			type: 'boolean',
			description: 'Send webhooks to private addresses and by plain HTTP as well'
		},
		'open-sign-up': { type: 'boolean', description: 'Let anybody make an account (--demo does)' }
	},
	async run(args) {
		const options = servingOptions(args);
		const role = args.role === undefined ? roleOfFolder(args.data) : roleOf(args.role);
		// Each is loaded only when it is needed: help and the other commands start without them.
		if (role === 'site') {
			const { serveSite } = await import('#server/serve-site.ts');
			return attend('site', args.data, () => serveSite({ ...options, roots: args.roots }));
		}
		const hubOptions: ServeOptions = {
			...options,
			databaseUrl: args['database-url'] ?? process.env.DATABASE_URL,
			workers: args.workers === undefined ? undefined : workersOf(args.workers),
			demo: args.demo,
			openSignUp: args['open-sign-up'],
			webhooksToLan: args['webhooks-to-lan'],
			smtp: smtpOf(process.env.KEYFERRY_SMTP, process.env.KEYFERRY_MAIL_FROM),
			providers: providersOf(process.env),
			say: (line) => void process.stdout.write(`${line}\n`)
		};
		const { serve } = await import('#server/serve.ts');
		return attend('hub', args.data, () => serve(hubOptions));
	}
});
