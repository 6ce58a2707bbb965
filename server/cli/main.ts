/** Entry of `keyferry` in a checkout: the field commands and the hub's own. */
import { defineCommand } from 'citty';
import { about, fieldCommands } from './field-commands.ts';
import { run } from './run.ts';

const main = defineCommand({
	meta: about,
	subCommands: {
		// A hub brings its database along: loaded only when it is asked for.
		serve: () => import('#server/cli/operator/serve.ts').then(({ serve }) => serve),
		init: () => import('#server/cli/operator/init.ts').then(({ init }) => init),
		backup: () => import('#server/cli/operator/backup.ts').then(({ backup }) => backup),
		restore: () => import('#server/cli/operator/restore.ts').then(({ restore }) => restore),
		audit: () => import('#server/cli/operator/audit.ts').then(({ audit }) => audit),
		'hub-key': () => import('#server/cli/operator/hub-key.ts').then(({ hubKey }) => hubKey),
		trust: () => import('#server/cli/operator/hub-key.ts').then(({ trust }) => trust),
		'hub-time': () => import('#server/cli/operator/hub-time.ts').then(({ hubTime }) => hubTime),
		...fieldCommands
	}
});

await run(main, process.argv.slice(2));
