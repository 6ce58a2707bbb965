/**
 * Where a client looks for its site server: as the program says, as the environment says, or as a file
 * beside the state says, which an administrator can roll out. [S6]
 *
 * @module
 */
import { readAddresses } from './client/address.ts';
import { readStateFile, type StateFolders } from './state-folder.ts';

/** One address in each line; what follows a `#` is for people. */
const SERVERS = 'servers.txt';

/** @param named - Nothing, or an empty list, leaves it to `KEYFERRY_SERVER` and then to the file. */
export function findServers(folders: StateFolders, named: string | readonly string[]): string[] {
	const said = [named, process.env.KEYFERRY_SERVER ?? '', ...folders.read.map(readServers)];
	return said.map(readAddresses).find((addresses) => addresses.length > 0) ?? [];
}

function readServers(folder: string): string {
	return (readStateFile(folder, SERVERS) ?? '').replace(/#.*/g, '');
}
