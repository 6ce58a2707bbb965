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
		...fieldCommands
	}
});

await run(main, process.argv.slice(2));
