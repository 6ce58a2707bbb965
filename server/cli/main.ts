/** Entry of `keyferry` in a checkout: the field commands and the hub's own. */
import { defineCommand } from 'citty';
import { openFoldersWith } from '#server/cli/base/asking.ts';
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
		store: () => import('#server/cli/operator/store.ts').then((module) => module.storeCommand),
		doctor: () => import('#server/cli/operator/doctor.ts').then((module) => module.doctorCommand),
		service: () => import('#server/cli/operator/boot.ts').then((module) => module.serviceCommand),
		audit: () => import('#server/cli/operator/audit.ts').then((module) => module.auditCommand),
		'hub-key': () =>
			import('#server/cli/operator/hub-key.ts').then((module) => module.hubKeyCommand),
		trust: () => import('#server/cli/operator/hub-key.ts').then((module) => module.trustCommand),
		'hub-time': () =>
			import('#server/cli/operator/hub-time.ts').then((module) => module.hubTimeCommand),
		lease: () => import('#server/cli/operator/lease.ts').then((module) => module.leaseCommand),
		resource: () =>
			import('#server/cli/operator/resource.ts').then((module) => module.resourceCommand),
		site: () => import('#server/cli/operator/site.ts').then((module) => module.siteCommand),
		import: () => import('#server/cli/office/import.ts').then((module) => module.importCommand),
		...fieldCommands
	}
});

openFoldersWith(async (place, work) => {
	const { askFolder } = await import('#server/roles/offline.ts');
	const { withWayOut } = await import('#server/cli/operator/serving.ts');
	return askFolder({ ...place, address: process.env.KEYFERRY_URL }, work).catch(withWayOut);
});

await run(main, process.argv.slice(2));
