/** `keyferry backup`: the whole ledger in one file, while the hub goes on or from its folder. */
import { createWriteStream, existsSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isRefusal } from '#lib/domain/refusal.ts';
import { command, hubOrFolder } from '#server/cli/base/command.ts';
import { downloadFrom, findHub } from '#server/cli/base/hub-client.ts';
import { UsageError } from '#server/cli/base/outcome.ts';
import { withWayOut } from './serving.ts';

const keysStay =
	'Keys and secrets are not in it: keep a copy of keys/, secrets.json, roots.json and trust.jwt ' +
	'of the data folder in another safe place.';

export const backupCommand = command({
	name: 'backup',
	description: 'Back up a hub, running or stopped, into one file',
	args: {
		file: {
			type: 'positional',
			required: true,
			valueHint: 'FILE',
			description: 'File to write, for example hub.kfbackup'
		},
		...hubOrFolder
	},
	async run({ file, data, ...args }) {
		if (existsSync(file)) throw new UsageError(`${file} is there already.`);
		if (data === undefined) {
			const stream = await downloadFrom(findHub(args), '/v1/backup');
			if (isRefusal(stream)) return stream;
			const out = createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true });
			await pipeline(Readable.fromWeb(stream), out).catch((error: unknown) => {
				// Half a backup would be found out on the day it is needed.
				rmSync(file, { force: true });
				throw error;
			});
		}
		const { backupOffline, checkBackupFile } = await import('#server/roles/offline.ts');
		if (data !== undefined) {
			const databaseUrl = args['database-url'] ?? process.env.DATABASE_URL;
			await backupOffline({ data, databaseUrl }, file).catch(withWayOut);
		}
		const rows = await checkBackupFile(file).catch(withWayOut);
		const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
		return {
			lines: [`Backup of ${total} rows in ${file}, read back and whole.`, keysStay],
			json: { file, rows }
		};
	}
});
