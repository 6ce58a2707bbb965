/**
 * A client and a site server say their versions of the product to each other. [S5]
 *
 * @module
 */
import { refuse, type Refusal } from '../refusal.ts';
import { versionNumbers } from '../version.ts';

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
	if (compareCommon(version, from) >= 0 && compareCommon(version, to) <= 0) return undefined;
	return refuse('CLIENT_VERSION_REFUSED', { version, from, to });
}

/** Another major, or a client that is newer than its server. */
export function warnOfVersions(
	client: string | undefined,
	server: string | undefined
): VersionWarning | undefined {
	if (client === undefined || server === undefined) return undefined;
	if (compareCommon(client, server) > 0) return { client, server, update: 'server' };
	const [major = 0] = versionNumbers(client);
	const [served = 0] = versionNumbers(server);
	return major < served ? { client, server, update: 'client' } : undefined;
}

/** By as many numbers as both have: `8.2` and `8.2.5` are the same one to a range. */
function compareCommon(one: string, other: string): number {
	const [a, b] = [versionNumbers(one), versionNumbers(other)];
	for (let at = 0; at < Math.min(a.length, b.length); at++)
		if (a[at] !== b[at]) return a[at]! - b[at]!;
	return 0;
}
