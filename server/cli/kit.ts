/** Entry of the kit's one-file `keyferry`: no hub inside, so its bundle stays small. [O10] */
import { defineCommand } from 'citty';
import { clientDoctorCommand } from '#server/cli/field/doctor-server.ts';
import { about, fieldCommands } from './field-commands.ts';
import { run } from './run.ts';

const subCommands = { ...fieldCommands, doctor: clientDoctorCommand };
await run(defineCommand({ meta: about, subCommands }), process.argv.slice(2));
