/**
 * Giving a site server the license that somebody here chooses: its code says which server it is. [GL2]
 *
 * @module
 */
import type { Refusal } from '#lib/domain/refusal.ts';
import { askHub } from './asking.ts';
import type { hubClient } from './hub.ts';

/** Which server asks, as it says it of itself. */
export type AskedServer = Awaited<ReturnType<typeof hubClient.siteServer.open.mutate>>;
export type GivenServer = Awaited<ReturnType<typeof hubClient.siteServer.approve.mutate>>;

/** A license by which a site server may serve clients. */
export type ServerLicense = Awaited<
	ReturnType<typeof hubClient.license.list.query>
>['licenses'][number];

export function askServer(code: string): Promise<AskedServer | Refusal> {
	return askHub((hub) => hub.siteServer.open.mutate({ code }));
}

export function approveServer(code: string, number: string): Promise<GivenServer | Refusal> {
	return askHub((hub) => hub.siteServer.approve.mutate({ code, number }));
}

export function denyServer(code: string): Promise<null | Refusal> {
	return askHub((hub) => hub.siteServer.deny.mutate({ code }));
}

/** As many as a person looks through; others are found by typing. */
const MOST = 20;

export function findServerLicenses(
	text: string
): Promise<{ licenses: ServerLicense[]; hasMore: boolean } | Refusal> {
	return askHub(async (hub) => {
		const search = text === '' ? undefined : text;
		const question = { search, forSiteServers: true, limit: MOST };
		const { licenses, next } = await hub.license.list.query(question);
		return { licenses, hasMore: next !== undefined };
	});
}
