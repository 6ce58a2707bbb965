/** Entry of the kit's one-file `keyferry`: no hub inside, so its bundle stays small. [O10] */
import { defineCommand } from 'citty';
import { about, fieldCommands } from './field-commands.ts';
import { run } from './run.ts';

await run(defineCommand({ meta: about, subCommands: fieldCommands }), process.argv.slice(2));
