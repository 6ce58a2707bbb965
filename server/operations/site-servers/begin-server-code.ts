/**
 * A site server asks for a license: nobody in particular, until a person says which it gets. [GL1]
 *
 * @module
 */
import { lt } from 'drizzle-orm';
import { serverCodes } from '#server/db/schema/people.ts';
import { sha256 } from '#server/db/sha256.ts';
import type { Hub } from '#server/hub/hub.ts';
import {
	CODE_SECONDS,
	KEPT_SECONDS,
	newServerCode,
	POLL_SECONDS,
	userCodeHashOf
} from './server-codes.ts';

/** As the server says it of itself; the person compares it with what stands before them. */
export type AskingServer = {
	name: string;
	organization?: string;
	/** Slug of the product that it is to serve. */
	product?: string;
	/** Thumbprint of its machine key (RFC 7638). */
	jkt: string;
	/** Its fingerprint code, as its own screen shows it. */
	machineCode: string;
	/** What virtualizes it, where something does. */
	virtual?: string;
};

export type BegunCode = {
	deviceCode: string;
	userCode: string;
	/** Where people enter it, and the same with the code in it. */
	page: string;
	pageWithCode: string;
	expiresIn: number;
	interval: number;
};

export async function beginServerCode(hub: Hub, server: AskingServer): Promise<BegunCode> {
	const { deviceCode, userCode } = newServerCode();
	const now = hub.now();
	await hub.db.delete(serverCodes).where(lt(serverCodes.expiresAt, now - KEPT_SECONDS));
	await hub.db.insert(serverCodes).values({
		...server,
		id: sha256(deviceCode),
		codeHash: userCodeHashOf(userCode),
		interval: POLL_SECONDS,
		expiresAt: now + CODE_SECONDS
	});
	const page = `${hub.address}/#/device`;
	const pageWithCode = `${page}?code=${userCode}`;
	return {
		deviceCode,
		userCode,
		page,
		pageWithCode,
		expiresIn: CODE_SECONDS,
		interval: POLL_SECONDS
	};
}
