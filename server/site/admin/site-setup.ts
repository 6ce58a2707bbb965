/**
 * How far the set-up of a site server is: each step is stored before it is answered, so that one that was
 * killed goes on where it was. [ST2]
 *
 * @module
 */
import { maySiteStep, nextSiteStep, siteSteps, type SiteStep } from '#lib/domain/site/setup.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { SetupReach, SetupSeen } from '#lib/protocol/setup.ts';
import type { SiteSetup } from '#lib/protocol/site.ts';
import {
	judgeReach,
	keepSaid,
	makeTls,
	newlySaid,
	reachOnly,
	seenFrom,
	tlsOf,
	type SaidReach
} from '#server/reach/said-reach.ts';
import type { Site } from '#server/site/site.ts';
import type { Account } from './account.ts';
import type { AdminPort } from './admin-port.ts';

/** Under it the page asks whether the address leads here. */
export const SITE_CHECK = '/site/check/';

type SetupRecord = {
	/** SHA-256 of the token of the browser that used the code. */
	browser?: string;
	reach?: SaidReach;
	settled?: SiteStep[];
};

export type SiteSetupSteps = {
	state(): SiteSetup;
	/** The first step that is not done. */
	next(): SiteStep | undefined;
	reach(): SetupReach | undefined;
	/** Somebody has gone on from it. */
	isReachSettled(): boolean;
	/** Takes it up at once, so that the page can ask for itself there. @returns Why it is not taken. */
	setReach(reach: SetupReach): Promise<Refusal | undefined>;
	/** Somebody goes on from a step. */
	settle(step: SiteStep): Refusal | undefined;
	/** What came of asking at the address; `undefined` for whoever does not know what to ask for. */
	seen(nonce: string, by: { origin: string; from: string }): SetupSeen | undefined;
	/** The browser that may make the account. */
	browser: { read: () => string | undefined; write: (hash: string) => void };
};

type Parts = { site: Site; port: AdminPort; account: Account };

export function openSiteSetup({ site, port, account }: Parts): SiteSetupSteps {
	const { folder, settings } = site;
	const { db } = site.store;
	const { given } = port;
	const record = (): SetupRecord => {
		const row = db.prepare('SELECT record FROM site_setup').get();
		return row ? (JSON.parse(String(row.record)) as SetupRecord) : {};
	};
	const change = (changed: Partial<SetupRecord>) => {
		const text = JSON.stringify({ ...record(), ...changed });
		db.prepare('INSERT OR REPLACE INTO site_setup (id, record) VALUES (1, ?)').run(text);
	};
	const done = () => {
		const { reach, settled = [] } = record();
		const found = new Set<SiteStep>(settled);
		if (account.name() !== undefined) found.add('admin');
		if (reach?.isSettled) found.add('reach');
		return found;
	};
	const refuseStep = (step: SiteStep) => {
		const before = done();
		if (maySiteStep(step, before)) return undefined;
		return refuse('BODY_INVALID', {
			path: step,
			reason: `the next step is ${nextSiteStep(before) ?? 'none'}`
		});
	};
	const use = (reach: SetupReach) => {
		const tls = tlsOf(folder, reach);
		if (tls) port.useTls(tls);
	};
	// Once it is settled, every start reads it from the folder.
	const before = record().reach;
	if (before && !before.isSettled) use(before);
	return {
		state: () => {
			const found = done();
			const { reach } = record();
			return {
				next: nextSiteStep(found),
				done: siteSteps.filter((step) => found.has(step)),
				folder,
				listening: port.listening(),
				admin: account.name(),
				reach: reach && { ...reachOnly(reach), vendor: site.name() },
				check: reach && `${reach.url}${SITE_CHECK}${reach.nonce}`,
				given: { url: given.url, proxies: given.proxies !== undefined, tls: given.tls },
				names: port.names(),
				isLocalOnly: port.isLocalOnly
			};
		},
		next: () => nextSiteStep(done()),
		reach: () => record().reach,
		isReachSettled: () => record().reach?.isSettled ?? false,
		setReach: async (reach) => {
			const refused = refuseStep('reach') ?? judgeReach(reach, { given, now: () => site.now() });
			if (refused) return refused;
			await makeTls(folder, reach);
			change({ reach: newlySaid(reach) });
			await settings.write('name', reach.vendor);
			use(reach);
			return undefined;
		},
		settle: (step) => {
			const refused = refuseStep(step);
			if (refused) return refused;
			const { reach, settled = [] } = record();
			if (step !== 'reach') {
				change({ settled: [...new Set([...settled, step])] });
				return undefined;
			}
			if (!reach) return refuse('BODY_INVALID', { path: 'reach', reason: 'missing' });
			change({ reach: { ...reach, isSettled: true } });
			keepSaid(folder, reach, given);
			return undefined;
		},
		seen: (nonce, by) => seenFrom({ reach: record().reach, given }, nonce, by),
		browser: { read: () => record().browser, write: (browser) => change({ browser }) }
	};
}
