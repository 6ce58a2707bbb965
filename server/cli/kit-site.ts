/** Entry of `keyferry` in a kit with a site server: the commands of the field, and that server's own. [ST1] */
import { defineCommand } from 'citty';
import { about, fieldCommands } from './field-commands.ts';
import { run } from './run.ts';

const main = defineCommand({
	meta: about,
	subCommands: {
		serve: () =>
			import('#server/cli/operator/serve-site.ts').then((module) => module.serveSiteCommand),
		lease: () => import('#server/cli/operator/lease.ts').then((module) => module.leaseCommand),
		resource: () =>
			import('#server/cli/operator/resource.ts').then((module) => module.resourceCommand),
		site: () => import('#server/cli/operator/site.ts').then((module) => module.siteCommand),
		doctor: () =>
			import('#server/cli/operator/doctor-site.ts').then((module) => module.siteDoctorCommand),
		service: () => import('#server/cli/operator/boot.ts').then((module) => module.serviceCommand),
		...fieldCommands
	}
});

await run(main, process.argv.slice(2));
