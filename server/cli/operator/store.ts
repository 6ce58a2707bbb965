/** `keyferry store distribute`: customers spread over the machines of a Citus cluster. [DB2] */
import { defineCommand } from 'citty';
import { command } from '#server/cli/base/command.ts';
import { UsageError } from '#server/cli/base/outcome.ts';
import { withWayOut } from './serving.ts';

const distribute = command({
	name: 'distribute',
	description: 'Spread the customers of a store over the machines of its Citus cluster',
	args: {
		'database-url': {
			type: 'string',
			valueHint: 'URL',
			description: 'The PostgreSQL that coordinates the cluster; by default DATABASE_URL'
		}
	},
	async run(args) {
		const url = args['database-url'] ?? process.env.DATABASE_URL;
		if (url === undefined)
			throw new UsageError('Name the database by --database-url or DATABASE_URL.');
		const { distributePostgres } = await import('#server/roles/offline.ts');
		const done = await distributePostgres(url).catch(withWayOut);
		const { machines, spread, copied } = done;
		const what =
			spread.length + copied.length === 0
				? 'Nothing was left to spread'
				: `Spread ${spread.length} tables by customer and copied ${copied.length}`;
		return { lines: [`${what}; customers are on ${machines} machines.`], json: done };
	}
});

export const storeCommand = defineCommand({
	meta: { name: 'store', description: 'The database of a hub' },
	subCommands: { distribute }
});
