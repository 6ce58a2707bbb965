/**
 * A site server: one folder, one process, and everything that its edges work with. [ST1]
 *
 * @module
 */
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Seconds } from '#lib/domain/time.ts';
import type { Probe } from '#lib/sdk/node/sources/probe.ts';
import type { Status } from '#lib/sdk/node/status.ts';
import { markFolder, openLeaseKey, openSiteKey, readRoots } from './folder.ts';
import { openPools, type Pools } from './leases/pools.ts';
import { openClientKeys, type ClientKeys } from './leases/client-keys.ts';
import { openLeaseSigner } from './leases/sign-lease.ts';
import { openSiteLicensing, type SiteLicensing } from './licensing.ts';
import { openConnectionLog, type ConnectionLog } from './log/connection-log.ts';
import { pseudonymKey, pseudonymOf } from './log/pseudonym.ts';
import { recordPools } from './record-pools.ts';
import { openResources, type Resources } from './resources/resources.ts';
import { openSettings, type SiteSettings } from './store/settings.ts';
import { openSiteStore, type SiteStore } from './store/site-store.ts';
import { openUsage, type UsageCounter } from './usage/usage.ts';

export type Site = {
	folder: string;
	/** What people call it: as chosen, or the name of its machine. */
	name(): string;
	/** Public keys of this site: X25519, and Ed25519 of its machine, base64url. */
	keys: { dh: string; machine: string };
	/** What it shares with whoever has this X25519 key; nothing for what is no key. */
	sharedWith: ClientKeys;
	store: SiteStore;
	licensing(): SiteLicensing;
	/** The status of all licenses, as it was looked at last. */
	standing(): Status;
	/** Looks again what is active, as after a change of the state folder. */
	refresh(): Promise<void>;
	pools: Pools;
	resources: Resources;
	log: ConnectionLog;
	usage: UsageCounter;
	settings: SiteSettings;
	now(): Seconds;
	/** Milliseconds of a clock that only goes forward. */
	monotonic(): number;
	close(): Promise<void>;
};

export type SiteOptions = {
	/** Data folder. */
	data: string;
	/** File of the vendor's root keys, for the first start. */
	roots?: string;
	/** Recorded sources of the machine, for tests. */
	probe?: Probe;
	/** Seconds since 1970, for tests. */
	now?: () => Seconds;
	/** Something that happens by time could not be done. */
	onFault?: (error: unknown) => void;
};

/** What ended is reclaimed this often. [LE2] */
const CULL_MS = 5_000;

/** Licenses begin and end by a clock that may be set: what is active is looked at so often. */
const REFRESH_MS = 15_000;

/** @throws Fault with a sentence for whoever started it. */
export async function openSite(options: SiteOptions): Promise<Site> {
	const { data: folder, probe, onFault = () => undefined } = options;
	markFolder(folder);
	const roots = readRoots(folder, options.roots);
	const now = options.now ?? (() => Math.max(0, Math.floor(Date.now() / 1000)));
	const monotonic = () => performance.now();
	const siteKey = openSiteKey(folder);
	const sharedWith = openClientKeys(siteKey);
	const { kid, jwk } = await openLeaseKey(folder);
	const store = openSiteStore(join(folder, 'site.db'));
	const settings = openSettings(store);
	const resources = openResources(store.db);
	const usage = openUsage(store.db, now);
	const keyPath = join(folder, 'log.key');
	const pseudonyms = pseudonymKey(keyPath);
	const log = openConnectionLog({
		folder: join(folder, 'log'),
		keyPath,
		settings: () => ({
			level: settings.read('log'),
			names: settings.read('logNames'),
			bytes: settings.read('logMegabytes') * 2 ** 20,
			days: settings.read('logDays')
		})
	});
	const name = () => settings.read('name') || hostname();
	let refreshing = Promise.resolve();
	const refresh = () => {
		refreshing = refreshing
			.catch(() => undefined)
			.then(async () => pools.setActive(await licensing.active()));
		return refreshing;
	};
	const licensing = await openSiteLicensing({ folder, roots, now, probe, onChange: refresh });
	const about = new Map(licensing.products.map((each) => [each.product, each]));
	const pools = openPools({
		store,
		sign: openLeaseSigner(kid, jwk),
		dh: siteKey.x,
		sharedWith,
		now,
		monotonic,
		chosen: () => ({
			ttl: settings.read('ttl'),
			hideNames: settings.read('hideNames'),
			site: name()
		}),
		findResource: resources.find,
		pseudonymOf: (client) => pseudonymOf(pseudonyms, client),
		versionsOf: (product) => about.get(product) ?? {}
	});
	recordPools(pools, { log, usage });
	await refresh();
	const culling = setInterval(() => pools.sweep(), CULL_MS);
	const looking = setInterval(() => void refresh().catch(onFault), REFRESH_MS);
	return {
		folder,
		name,
		keys: { dh: siteKey.x, machine: jwk.x },
		sharedWith,
		store,
		licensing: () => licensing,
		standing: licensing.standing,
		refresh,
		pools,
		resources,
		log,
		usage,
		settings,
		now,
		monotonic,
		close: async () => {
			clearInterval(culling);
			clearInterval(looking);
			await refreshing.catch(() => undefined);
			usage.close();
			await log.close();
			await store.close();
		}
	};
}
