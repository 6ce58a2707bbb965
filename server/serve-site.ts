/**
 * A process that serves as a site server: its folder is locked, its port opened, and all of it ended in
 * order. A program of its own, that brings no hub along. [ST1]
 *
 * @module
 */
import { lockFolder } from '#server/db/folder-lock.ts';
import { openTwoWayPort } from '#server/http/two-way-port.ts';
import type { GivenReach } from '#server/reach/said-reach.ts';
import { openSiteRole, type SiteProcess, type SiteRoleOptions } from '#server/roles/site.ts';
import {
	KEEP_ALIVE_MS,
	listen,
	onlyOnce,
	readTls,
	shut,
	withKept,
	type PortOptions,
	type Running
} from './listening.ts';

export type SiteServeOptions = SiteRoleOptions & PortOptions;

export type RunningSite = Running & Pick<SiteProcess, 'site'>;

/** @throws Fault with a sentence for whoever started it. */
export async function serveSite(given: SiteServeOptions): Promise<RunningSite> {
	const lock = lockFolder(given.data, 'keyferry serve --role site');
	try {
		const options = withKept(given);
		const { port, host } = options;
		return await open(options, { ...givenReach(given), port, host }, () => lock.release());
	} catch (error) {
		lock.release();
		throw error;
	}
}

async function open(
	options: SiteServeOptions,
	given: GivenReach,
	release: () => void
): Promise<RunningSite> {
	const tls = readTls(options);
	const opened: { role?: SiteProcess } = {};
	const port = openTwoWayPort(
		(request, env) => opened.role?.fetch(request, env) ?? new Response(null, { status: 503 }),
		KEEP_ALIVE_MS,
		(asked, answered) => opened.role?.direct(asked, answered) ?? false
	);
	const { server } = port;
	if (tls) {
		port.addTls(tls);
		port.settle();
	}
	const scheme = tls ? 'https' : 'http';
	const role = await openSiteRole(options, { useTls: port.addTls, tls, given });
	opened.role = role;
	try {
		const url = await listen(server, options, scheme);
		await role.begin(url);
		const end = () => role.close().finally(release);
		return {
			site: role.site,
			url,
			address: options.reach?.origin ?? url,
			setup: role.setup(url),
			reload: role.reload,
			close: onlyOnce(() => {
				role.drain();
				return shut({ server, hangUp: port.hangUp, end });
			})
		};
	} catch (error) {
		await role.close();
		throw error;
	}
}

/** What options of the command line say, and nothing that was said before. */
function givenReach({ reach, tlsCert, tlsKey }: SiteServeOptions): GivenReach {
	const tls = tlsCert !== undefined || tlsKey !== undefined;
	return { url: reach?.origin, proxies: reach?.named, tls };
}
