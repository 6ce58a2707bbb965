/**
 * Asking a hub, running or not: the same procedures either way.
 *
 * @module
 */
import type { AskHub } from '#server/rpc/operator.ts';
import { callHub, findHub } from './hub-client.ts';
import { UsageError } from './outcome.ts';

type Place = { data: string; databaseUrl?: string };

type OpenFolder = <T>(place: Place, work: (ask: AskHub) => Promise<T>) => Promise<T>;

let openFolder: OpenFolder | undefined;

/** Said by programs that have a hub inside; the kit's has none. */
export function openFoldersWith(open: OpenFolder): void {
	openFolder = open;
}

/** Asks the hub that `--hub` names, or the folder that `--data` names, of a hub that does not run. */
export async function asking<T>(
	args: {
		data?: string;
		'database-url'?: string;
		hub?: string;
		token?: string;
		ca?: string;
	},
	work: (ask: AskHub) => Promise<T>
): Promise<T> {
	const { data } = args;
	if (data === undefined) {
		const hub = findHub(args);
		return work((asked) => callHub(hub, asked));
	}
	if (!openFolder) throw new UsageError('There is no hub in this program: name one by --hub.');
	return openFolder({ data, databaseUrl: args['database-url'] ?? process.env.DATABASE_URL }, work);
}
