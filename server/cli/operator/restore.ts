/** `keyferry restore`: a backup into an empty folder or database. [SY6] */
import { command } from '#server/cli/base/command.ts';
import { UsageError } from '#server/cli/base/outcome.ts';
import { withWayOut } from './serving.ts';

export const restoreCommand = command({
	name: 'restore',
	description: 'Restore a backup into an empty folder or database',
	args: {
		file: { type: 'positional', required: true, valueHint: 'FILE', description: 'Backup file' },
		data: { type: 'string', valueHint: 'DIR', required: true, description: 'Data folder' },
		'database-url': {
			type: 'string',
			valueHint: 'URL',
			description: 'PostgreSQL instead of the embedded database (default: DATABASE_URL)'
		},
		moved: {
			type: 'boolean',
			description: 'The old hub is stopped and lost nothing: keep its keys, freeze nothing'
		},
		root: {
			type: 'string',
			valueHint: 'FILE',
			description: 'Root private key: make a new hub key and freeze every license'
		}
	},
	async run({ file, data, moved, root, ...args }) {
		if ((moved === true) === (root !== undefined))
			throw new UsageError('Give either --moved or --root FILE.');
		const { restoreHub } = await import('#server/roles/offline.ts');
		const databaseUrl = args['database-url'] ?? process.env.DATABASE_URL;
		const place = { data, databaseUrl };
		const done = await restoreHub(place, { file, rootFile: root }).catch(withWayOut);
		const lines = [`Restored ${done.licenses} licenses.`];
		if (moved) lines.push('The hub goes on as it was. Never start the old one again.');
		else
			lines.push(
				`The hub signs with the new key ${done.kid}. Take the root key away again.`,
				'Every license is frozen: it grants nothing until you lift it.',
				'Next: start the hub, let every desk sync, submit machines’ files ' +
					'(keyferry adopt), then: keyferry license unfreeze NUMBER…'
			);
		if (done.newKeys > 0)
			lines.push(
				`The secrets of the old folder are lost: ${done.newKeys} license keys were made anew. ` +
					'Old ones count again once they are submitted (keyferry adopt).'
			);
		if (done.missing.length > 0)
			lines.push(
				`${done.missing.length} files of releases are not here. Copy them from the folder releases of before, ` +
					'or send them again (keyferry release add):',
				...done.missing.map((each) => `  ${each}`)
			);
		return { lines, json: { ...done, data, frozen: !moved } };
	}
});
