/** Entry of `keyferry` in a checkout: the field commands and the hub's own. */
import { defineCommand } from 'citty';
import { about, fieldCommands } from './field-commands.ts';
import { run } from './run.ts';

const main = defineCommand({
	meta: about,
	subCommands: {
		// A hub brings its database along: loaded only when it is asked for.
		serve: () => import('./serve.ts').then(({ serve }) => serve),
		init: () => import('./init.ts').then(({ init }) => init),
		backup: () => import('./backup.ts').then(({ backup }) => backup),
		restore: () => import('./restore.ts').then(({ restore }) => restore),
		audit: () => import('./audit.ts').then(({ audit }) => audit),
		'hub-key': () => import('./hub-key.ts').then(({ hubKey }) => hubKey),
		trust: () => import('./hub-key.ts').then(({ trust }) => trust),
		'hub-time': () => import('./hub-time.ts').then(({ hubTime }) => hubTime),
		...fieldCommands
	}
});

await run(main, process.argv.slice(2));
