/**
 * What the desk's screens claim: that something is not there, that all is well, how many there are,
 * that all has been sent. Each by the key of its words, and when it is so. [DK1]
 *
 * @module
 */
import { accountEn } from '#lib/messages/en/account.ts';
import { activationsEn } from '#lib/messages/en/activations.ts';
import { activateEn } from '#lib/messages/en/activate.ts';
import { licenseEn } from '#lib/messages/en/license.ts';
import { licensesEn } from '#lib/messages/en/licenses.ts';
import { lookupEn } from '#lib/messages/en/lookup.ts';
import { machineEn } from '#lib/messages/en/machine.ts';
import { overviewEn } from '#lib/messages/en/overview.ts';
import { paletteEn } from '#lib/messages/en/palette.ts';
import { requestsEn } from '#lib/messages/en/requests.ts';
import { settingsEn } from '#lib/messages/en/settings.ts';
import { shellEn } from '#lib/messages/en/shell.ts';
import { syncEn } from '#lib/messages/en/sync.ts';
import type { Claim, Store } from './record.ts';

/** Stand for what is filled in. */
const NUMBER = 48_611;
const WORDS = '⟪words⟫';

/** A sentence with what was filled in, as the words of a claim. */
function saying(sentence: string): RegExp {
	const pattern = sentence
		.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
		.replaceAll(/48,?611/g, '([\\d,]+)')
		.replaceAll(WORDS, '(.+?)');
	return new RegExp(`^${pattern}$`);
}

const count = (words: readonly string[], at = 0) => Number(words[at]?.replaceAll(',', ''));
const knowsAll = ({ known }: Store) => known !== 'part';
const finds = ({ licenses }: Store, text: string) =>
	[...licenses.values()].some((all) =>
		text
			.toLowerCase()
			.split(/\s+/)
			.every((word) => all.includes(word))
	);
/** What the address names. */
const named = (path: string, at: number) => decodeURIComponent(path.split(/[/?]/)[at] ?? '');

export const claims: readonly Claim[] = [
	{
		key: 'overview.allWell',
		says: saying(overviewEn.allWell),
		holds: (store) => knowsAll(store) && store.troubled === 0
	},
	{
		key: 'overview.truth',
		says: saying(overviewEn.truth(NUMBER, NUMBER, NUMBER)),
		holds: (store, { words }) =>
			knowsAll(store) &&
			count(words) === store.licenses.size &&
			count(words, 1) === store.active &&
			count(words, 2) === store.seats
	},
	{
		key: 'overview.truth',
		says: saying(overviewEn.truth(0, 0, 0)),
		holds: (store) => knowsAll(store) && store.licenses.size === 0
	},
	{
		key: 'overview.need.suspended',
		says: saying(overviewEn.need.suspended(NUMBER)),
		holds: (store, { words }) => count(words) === store.suspended
	},
	{
		key: 'licenses.emptyTitle',
		says: saying(licensesEn.emptyTitle),
		holds: (store) => knowsAll(store) && store.licenses.size + store.keys === 0
	},
	{
		key: 'licenses.emptySignedIn',
		says: saying(licensesEn.emptySignedIn),
		holds: ({ known, licenses }) => known === 'whole' && licenses.size === 0
	},
	{
		key: 'licenses.emptyVendor',
		says: saying(licensesEn.emptyVendor),
		holds: ({ known, licenses }) => known === 'whole' && licenses.size === 0
	},
	{
		key: 'licenses.emptySignedOut',
		says: saying(licensesEn.emptySignedOut),
		holds: ({ isSignedIn }) => !isSignedIn
	},
	{
		key: 'licenses.noMatchText',
		says: saying(licensesEn.noMatchText(WORDS)),
		holds: (store, { words: [text = ''] }) => knowsAll(store) && !finds(store, text)
	},
	{
		key: 'licenses.noneInFilter',
		says: saying(licensesEn.noneInFilter(WORDS)),
		holds: knowsAll
	},
	{
		key: 'licenses.noMatchInFilter',
		says: saying(licensesEn.noMatchInFilter(WORDS, WORDS)),
		holds: knowsAll
	},
	{
		key: 'lookup.emptyTitle',
		says: saying(lookupEn.emptyTitle),
		holds: (store) => knowsAll(store) && store.licenses.size === 0
	},
	{
		key: 'lookup.emptySignedIn',
		says: saying(lookupEn.emptySignedIn),
		holds: ({ known, licenses }) => known === 'whole' && licenses.size === 0
	},
	{
		key: 'lookup.emptyVendor',
		says: saying(lookupEn.emptyVendor),
		holds: ({ known, licenses }) => known === 'whole' && licenses.size === 0
	},
	{
		key: 'lookup.emptySignedOut',
		says: saying(lookupEn.emptySignedOut),
		holds: ({ isSignedIn }) => !isSignedIn
	},
	{
		key: 'palette.none',
		says: saying(paletteEn.none(WORDS)),
		holds: (store, { words: [text = ''] }) => !finds(store, text)
	},
	{
		key: 'lookup.noneText',
		says: saying(lookupEn.noneText(WORDS)),
		holds: (store, { words: [text = ''] }) => knowsAll(store) && !finds(store, text)
	},
	{
		key: 'lookup.notHere',
		says: saying(lookupEn.notHere(WORDS)),
		holds: (store, { words: [number = ''] }) => !finds(store, number)
	},
	{
		key: 'lookup.notHereText',
		says: saying(lookupEn.notHereText),
		holds: knowsAll
	},
	{
		key: 'lookup.notYet',
		says: saying(lookupEn.notYet),
		holds: ({ known }) => known === 'part'
	},
	{
		key: 'activate.noMatch',
		says: saying(activateEn.noMatch),
		holds: ({ known }) => known === 'whole'
	},
	{
		key: 'license.noMachineMatch',
		says: saying(licenseEn.noMachineMatch(WORDS)),
		holds: knowsAll
	},
	{
		key: 'license.noMachines',
		says: saying(licenseEn.noMachines),
		holds: (store, { path }) => knowsAll(store) && !store.activated.has(named(path, 2))
	},
	{
		key: 'license.notFound',
		says: saying(licenseEn.notFound),
		holds: (store, { path }) => !store.licenses.has(named(path, 2)) && !finds(store, named(path, 2))
	},
	{
		key: 'machine.notFound',
		says: saying(machineEn.notFound),
		holds: ({ machines }, { path }) => !machines.has(named(path, 3))
	},
	{
		key: 'activations.count',
		says: saying(activationsEn.count(NUMBER, NUMBER)),
		holds: (store, { words }) => knowsAll(store) && count(words) <= store.machines.size
	},
	{
		key: 'activations.emptyTitle',
		says: saying(activationsEn.emptyTitle),
		holds: (store) => knowsAll(store) && store.machines.size === 0
	},
	{
		key: 'activations.emptySignedIn',
		says: saying(activationsEn.emptySignedIn),
		holds: ({ known, machines }) => known === 'whole' && machines.size === 0
	},
	{
		key: 'activations.emptySignedOut',
		says: saying(activationsEn.emptySignedOut),
		holds: ({ isSignedIn }) => !isSignedIn
	},
	{
		key: 'activations.noMatchText',
		says: saying(activationsEn.noMatchText(WORDS)),
		holds: knowsAll
	},
	{
		key: 'activations.noneInFilter',
		says: saying(activationsEn.noneInFilter(WORDS)),
		holds: knowsAll
	},
	{
		key: 'requests.emptyTitle',
		says: saying(requestsEn.emptyTitle),
		holds: ({ requests }) => requests === 0
	},
	{
		key: 'sync.state.settled',
		says: saying(syncEn.state.settled),
		holds: ({ waiting, known, hasSynced }) => waiting === 0 && known === 'whole' && hasSynced
	},
	{
		key: 'sync.state.settledOwn',
		says: saying(syncEn.state.settledOwn),
		holds: ({ waiting, known, hasSynced }) => waiting === 0 && known === 'whole' && hasSynced
	},
	{
		key: 'sync.state.waiting',
		says: saying(syncEn.state.waiting(NUMBER)),
		holds: ({ waiting }, { words }) => count(words) === waiting
	},
	{
		key: 'sync.state.device',
		says: saying(syncEn.state.device),
		holds: ({ isSignedIn }) => !isSignedIn
	},
	{
		key: 'sync.outcome.nothing',
		says: saying(syncEn.outcome.nothing),
		holds: ({ waiting, known }) => waiting === 0 && known === 'whole'
	},
	{
		key: 'shell.connection.signedOut',
		says: saying(shellEn.connection.signedOut),
		holds: ({ isSignedIn }) => !isSignedIn
	},
	{
		key: 'shell.connection.synced',
		says: new RegExp(`\\b${shellEn.connection.synced('')}\\d`),
		holds: ({ known, hasSynced }) => known === 'whole' && hasSynced
	},
	{
		key: 'settings.signedOut',
		says: saying(settingsEn.signedOut),
		holds: ({ isSignedIn }) => !isSignedIn
	},
	{
		key: 'account.people.noMembers',
		says: saying(accountEn.people.noMembers),
		holds: ({ answered }) => answered.has('people.list')
	},
	{
		key: 'account.devices.emptyTitle',
		says: saying(accountEn.devices.emptyTitle),
		holds: ({ answered }) => answered.has('device.list')
	},
	{
		key: 'account.keys.emptyTitle',
		says: saying(accountEn.keys.emptyTitle),
		holds: ({ answered }) => answered.has('key.list')
	}
];
