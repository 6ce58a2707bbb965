/**
 * The hub that operations work with, made from its folder and its store, and made again in place
 * when its keys have changed.
 *
 * @module
 */
import { join } from 'node:path';
import type { Leap } from '#lib/domain/hub/hub-time.ts';
import type { Store } from '#server/db/store.ts';
import { bindSigner } from '#server/keys/bound-signer.ts';
import { readHubKeys, type HubKeys } from '#server/keys/folder.ts';
import type { Hub } from '#server/hub/hub.ts';
import { openHubTime, type HubClock } from '#server/hub/hub-time.ts';
import { registerHub } from '#server/hub/register-hub.ts';
import { signOwed } from '#server/operations/licenses/sign-owed.ts';
import { reissueLicenses } from '#server/operations/licenses/reissue-licenses.ts';
import type { Published } from '#server/rest/well-known.ts';

export type HubContext = {
	hub: Hub;
	time: HubClock;
	published: () => Published;
	/** Reads the keys again: a rotated one signs from now on, licenses of a voided one are reissued. */
	reload: () => Promise<void>;
	close: () => Promise<void>;
};

export async function openHub(
	store: Store,
	folder: string,
	{
		keys: first,
		authority,
		reissue = true,
		address = '',
		onLeap,
		onFault
	}: {
		keys: HubKeys;
		authority?: string;
		/** False where the secrets that sealed license keys are lost, and where another process does it. */
		reissue?: boolean;
		/** Where people reach it; a hub that serves may learn it when it listens. */
		address?: string;
		onLeap?: (leap: Leap) => void;
		onFault?: Hub['onFault'];
	}
): Promise<HubContext> {
	let keys = first;
	let { epoch, grants } = await registerHub(store.db, { iss: keys.iss, keys: keys.hubKeys });
	const time = await openHubTime(store.db, { onLeap });
	const hub: Hub = {
		db: store.db,
		isSpread: store.distributed,
		epoch,
		iss: keys.iss,
		signer: bindSigner(keys.signer, time.now),
		keys: keys.hubKeys,
		roots: keys.roots,
		rootKids: keys.rootKids,
		voided: keys.voided,
		trustToken: keys.rides ? keys.trustToken : undefined,
		seal: keys.seal,
		address,
		releasesFolder: join(folder, 'releases'),
		onFault,
		now: time.now,
		freeingTime: time.freeingTime,
		catchUpTime: time.catchUp,
		confirmTime: time.confirm,
		addGrant: async (kid, grant) => {
			grants.set(kid, grant);
		},
		grantOf: (kid) => {
			const grant = grants.get(kid);
			if (grant === undefined) throw new Error(`the grant of hub key ${kid} is missing`);
			return grant;
		}
	};
	const settle = async () => {
		if (!reissue) return;
		await reissueLicenses(hub);
		await signOwed(hub);
	};
	await settle();
	return {
		hub,
		time,
		published: () => ({ ...keys, authority }),
		reload: async () => {
			keys = await readHubKeys(folder);
			({ epoch, grants } = await registerHub(store.db, { iss: keys.iss, keys: keys.hubKeys }));
			const { iss, hubKeys, roots, rootKids, voided } = keys;
			const signer = bindSigner(keys.signer, time.now);
			const trustToken = keys.rides ? keys.trustToken : undefined;
			Object.assign(hub, {
				epoch,
				iss,
				signer,
				keys: hubKeys,
				roots,
				rootKids,
				voided,
				trustToken
			});
			await settle();
		},
		// A database that went away first must not keep the process.
		close: () => time.close().catch(() => undefined)
	};
}
