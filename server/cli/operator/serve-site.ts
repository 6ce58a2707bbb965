/** `keyferry serve` of the kit: a site server, and no hub. [ST1] */
import { command } from '#server/cli/base/command.ts';
import { UsageError } from '#server/cli/base/outcome.ts';
import { roleOf } from './serve-options.ts';
import { attend, servingArgs, servingOptions } from './serving.ts';

export const serveSiteCommand = command({
	name: 'serve',
	description: 'Run a site server until it is told to stop',
	args: {
		role: {
			type: 'string',
			valueHint: 'site',
			default: 'site',
			description: 'Role of this process'
		},
		...servingArgs
	},
	async run(args) {
		if (roleOf(args.role) !== 'site') throw new UsageError('This kit has no hub: use --role site.');
		const { serveSite } = await import('#server/serve-site.ts');
		const { data, roots } = args;
		return attend('site', data, () => serveSite({ ...servingOptions(args), roots }));
	}
});
