/**
 * What the admin of a site server has chosen: small values, by name, in its store.
 *
 * @module
 */
import type { SiteStore } from './site-store.ts';

/** Every setting, with what it is until somebody chooses. */
export const siteDefaults = {
	/** What people call this server; empty: the name of its machine. */
	name: '',
	/** Whoever is one too many reads pseudonyms. [LE7] */
	hideNames: false,
	/** Seconds that a lease lives after its last renewal. [LE2] */
	ttl: 60,
	/** A switch that holds: nothing is ever sent to the hub. */
	neverContactHub: false,
	/** Address of the hub, where the site may reach it. */
	hub: '',
	/** Says in the network where it is, by DNS-SD. [LC5] */
	announce: false,
	/** What the connection log has. [S7] */
	log: 'errors' as 'off' | 'errors' | 'all',
	/** Whether the connection log has names instead of pseudonyms. */
	logNames: false,
	/** Of the connection log: megabytes and days that are kept. */
	logMegabytes: 50,
	logDays: 30
};

export type SettingValues = typeof siteDefaults;

export type SiteSettings = {
	read<N extends keyof SettingValues>(name: N): SettingValues[N];
	/** @returns Once it is kept. */
	write<N extends keyof SettingValues>(name: N, value: SettingValues[N]): Promise<void>;
};

export function openSettings({ db, commit }: SiteStore): SiteSettings {
	const kept: SettingValues = { ...siteDefaults };
	for (const { name, value } of db.prepare('select name, value from setting').all())
		if (Object.hasOwn(siteDefaults, String(name)))
			Object.assign(kept, { [String(name)]: JSON.parse(String(value)) as unknown });
	const put = db.prepare('insert or replace into setting (name, value) values (?, ?)');
	return {
		read: (name) => kept[name],
		write: async (name, value) => {
			await commit(() => void put.run(name, JSON.stringify(value)));
			kept[name] = value;
		}
	};
}
