/** Entry of `keyferry` in a checkout: the field commands and the hub's own. */
import { defineCommand } from 'citty';
import { about, fieldCommands } from './field-commands.ts';
import { run } from './run.ts';

const main = defineCommand({
	meta: about,
	subCommands: {
		// A hub brings its database along: loaded only when it is asked for.
		serve: () => import('#server/cli/operator/serve.ts').then((module) => module.serveCommand),
		init: () => import('#server/cli/operator/init.ts').then((module) => module.initCommand),
		backup: () => import('#server/cli/operator/backup.ts').then((module) => module.backupCommand),
		restore: () =>
			import('#server/cli/operator/restore.ts').then((module) => module.restoreCommand),
		audit: () => import('#server/cli/operator/audit.ts').then((module) => module.auditCommand),
		'hub-key': () =>
			import('#server/cli/operator/hub-key.ts').then((module) => module.hubKeyCommand),
		trust: () => import('#server/cli/operator/hub-key.ts').then((module) => module.trustCommand),
		'hub-time': () =>
			import('#server/cli/operator/hub-time.ts').then((module) => module.hubTimeCommand),
		...fieldCommands
	}
});

await run(main, process.argv.slice(2));
