/**
 * A client and a site server say their versions of the product to each other. [S5]
 *
 * @module
 */
import { refuse, type Refusal } from '../refusal.ts';

/** Both go on; somebody is to update. */
export type VersionWarning = {
	client: string;
	server: string;
	/** Which one is to be updated. */
	update: 'client' | 'server';
};

/** Versions of clients that a server serves, both ends included: `8` stands for all of 8. */
export type VersionRange = { from: string; to: string };

/** Whether a server serves this version of a client at all. */
export function judgeClientVersion(
	version: string | undefined,
	range: VersionRange | undefined
): Refusal<'CLIENT_VERSION_REFUSED'> | undefined {
	if (version === undefined || range === undefined) return undefined;
	const { from, to } = range;
	if (compareVersions(version, from) >= 0 && compareVersions(version, to) <= 0) return undefined;
	return refuse('CLIENT_VERSION_REFUSED', { version, from, to });
}

/** Another major, or a client that is newer than its server. */
export function warnOfVersions(
	client: string | undefined,
	server: string | undefined
): VersionWarning | undefined {
	if (client === undefined || server === undefined) return undefined;
	if (compareVersions(client, server) > 0) return { client, server, update: 'server' };
	const [major = 0] = numbersOf(client);
	const [served = 0] = numbersOf(server);
	return major < served ? { client, server, update: 'client' } : undefined;
}

/** By as many numbers as both have: `8.2` and `8.2.5` are the same one to a range. */
function compareVersions(one: string, other: string): number {
	const [a, b] = [numbersOf(one), numbersOf(other)];
	for (let at = 0; at < Math.min(a.length, b.length); at++)
		if (a[at] !== b[at]) return a[at]! - b[at]!;
	return 0;
}

/** `8.2.1-beta`: what follows the numbers is ignored. */
function numbersOf(version: string): number[] {
	return (/^\d+(\.\d+)*/.exec(version.trim())?.[0] ?? '').split('.').map(Number);
}
