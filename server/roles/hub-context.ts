/**
 * The hub that operations work with, made from its folder and its store, and made again in place
 * when its keys have changed.
 *
 * @module
 */
import type { Store } from '#server/db/store.ts';
import { readHubKeys, type HubKeys } from '#server/keys/folder.ts';
import type { Hub } from '#server/hub/hub.ts';
import { openHubTime, type HubClock } from '#server/hub/hub-time.ts';
import { registerHub } from '#server/hub/register-hub.ts';
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
		onLeap,
		onFault
	}: {
		keys: HubKeys;
		authority?: string;
		/** False where the secrets that sealed license keys are lost. */
		reissue?: boolean;
		onLeap?: (leap: { from: number; to: number }) => void;
		onFault?: Hub['onFault'];
	}
): Promise<HubContext> {
	let keys = first;
	let { epoch, grants } = await registerHub(store.db, keys.hubKeys);
	const time = await openHubTime(store.db, { onLeap });
	const hub: Hub = {
		db: store.db,
		epoch,
		iss: keys.iss,
		signer: keys.signer,
		roots: keys.roots,
		voided: keys.voided,
		trustToken: keys.rides ? keys.trustToken : undefined,
		seal: keys.seal,
		onFault,
		now: time.now,
		freeingTime: time.freeingTime,
		confirmTime: time.confirm,
		addGrant: (kid, grant) => grants.set(kid, grant),
		grantOf: (kid) => {
			const grant = grants.get(kid);
			if (grant === undefined) throw new Error(`the grant of hub key ${kid} is missing`);
			return grant;
		}
	};
	const settle = () => reissueLicenses(hub);
	if (reissue) await settle();
	return {
		hub,
		time,
		published: () => ({ ...keys, authority }),
		reload: async () => {
			keys = await readHubKeys(folder);
			({ epoch, grants } = await registerHub(store.db, keys.hubKeys));
			const { iss, signer, roots, voided } = keys;
			const trustToken = keys.rides ? keys.trustToken : undefined;
			Object.assign(hub, { epoch, iss, signer, roots, voided, trustToken });
			await settle();
		},
		// A database that went away first must not keep the process.
		close: () => time.close().catch(() => undefined)
	};
}
