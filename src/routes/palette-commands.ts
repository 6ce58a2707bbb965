/**
 * Screens and actions of the command palette: those that this desk has, for whoever uses it. [DK6]
 *
 * @module
 */
import IconActivate from '~icons/lucide/key-round';
import IconAudit from '~icons/lucide/scroll-text';
import IconColors from '~icons/lucide/sun-moon';
import IconCustomers from '~icons/lucide/building-2';
import IconDevices from '~icons/lucide/smartphone';
import IconFilter from '~icons/lucide/list-filter';
import IconHelp from '~icons/lucide/keyboard';
import IconImport from '~icons/lucide/inbox';
import IconIssue from '~icons/lucide/ticket-check';
import IconIssued from '~icons/lucide/files';
import IconKeys from '~icons/lucide/braces';
import IconLanguage from '~icons/lucide/languages';
import IconNew from '~icons/lucide/file-plus-2';
import IconOrders from '~icons/lucide/shopping-cart';
import IconPeople from '~icons/lucide/users';
import IconProducts from '~icons/lucide/package';
import IconSave from '~icons/lucide/download';
import IconScan from '~icons/lucide/scan-qr-code';
import IconSearch from '~icons/lucide/search';
import IconServer from '~icons/lucide/server';
import IconCalendar from '~icons/lucide/calendar-days';
import IconReminders from '~icons/lucide/bell';
import IconSessions from '~icons/lucide/monitor-smartphone';
import IconSignIn from '~icons/lucide/log-in';
import IconSignOut from '~icons/lucide/log-out';
import IconSync from '~icons/lucide/refresh-cw';
import IconWays from '~icons/lucide/shield-check';
import IconWebhooks from '~icons/lucide/send';
import { mayAct } from '#lib/domain/access.ts';
import type { PaletteTexts } from '#lib/messages/en/palette.ts';
import type { ShellTexts } from '#lib/messages/en/shell.ts';
import type { Identity, Settings } from '#lib/desk/store/state-rows.ts';
import type { PaletteEntry } from '#lib/ui/shell/palette-entry.ts';
import { placesFor } from '#lib/ui/shell/places.ts';

export type CommandFacts = {
	/** `null`: nobody is signed in. `undefined`: not read yet, so neither is offered. */
	identity: Identity | null | undefined;
	settings: Settings | undefined;
	/** Answers to carry back. */
	toCarry: number;
	language: 'en' | 'de';
};

export type CommandActs = {
	save: () => unknown;
	help: () => unknown;
	change: (settings: Partial<Settings>) => unknown;
};

type Texts = {
	t: PaletteTexts;
	shell: ShellTexts;
	/** In the language that is not chosen, for whoever cannot read this one. */
	other: PaletteTexts;
};

/** What does something, or begins it. */
export function listActions(facts: CommandFacts, acts: CommandActs, { t }: Texts): PaletteEntry[] {
	const { identity, toCarry } = facts;
	const { act, also } = t;
	const isSignedIn = !__ONE_FILE__ && Boolean(identity);
	const isSignedOut = !__ONE_FILE__ && identity === null;
	const actions: (PaletteEntry | false)[] = [
		{ ...named('activate', act.activate, also.activate), icon: IconActivate, href: '#/activate' },
		{ ...named('import', act.import, also.import), icon: IconImport, href: '#/import' },
		{ ...named('scan', act.scan, also.scan), icon: IconScan, href: '#/lookup?scan' },
		toCarry > 0 && {
			...named('save', act.save(toCarry), also.save),
			icon: IconSave,
			act: acts.save
		},
		isSignedIn && {
			...named('sync', act.sync, also.sync),
			icon: IconSync,
			href: '#/sync?now'
		},
		!__ONE_FILE__ && {
			...named('issue', act.issue, also.issue),
			icon: IconIssue,
			href: '#/allotments/issue'
		},
		mayAct(identity?.vendor, 'license.change') && {
			...named('issue-license', act.issueLicense, also.vendor),
			icon: IconNew,
			href: '#/vendor/issue'
		},
		isSignedOut && {
			...named('sign-in', act.signIn, also.signIn),
			icon: IconSignIn,
			href: '#/sign-in'
		}
	];
	return actions.filter((action) => action !== false);
}

/** How this desk looks and behaves, and whose it is. */
export function listSettings(
	facts: CommandFacts,
	acts: CommandActs,
	{ t, other }: Texts
): PaletteEntry[] {
	const { identity, settings, language } = facts;
	const { act, also } = t;
	const letters = settings?.letters ?? true;
	const themes = (['light', 'dark', 'auto'] as const).filter((each) => each !== settings?.theme);
	const entries: (PaletteEntry | false)[] = [
		{ ...named('help', act.help, also.help), icon: IconHelp, act: acts.help },
		...themes.map((theme) => ({
			...named(`theme-${theme}`, act[theme], also.theme),
			icon: IconColors,
			act: () => acts.change({ theme })
		})),
		{
			...named('language', other.act.language, also.language),
			icon: IconLanguage,
			act: () => acts.change({ language: language === 'en' ? 'de' : 'en' })
		},
		{
			...named('letters', letters ? act.lettersOff : act.lettersOn, also.letters),
			icon: IconHelp,
			act: () => acts.change({ letters: !letters })
		},
		!__ONE_FILE__ &&
			Boolean(identity) && {
				...named('sign-out', act.signOut, also.signOut),
				icon: IconSignOut,
				href: '#/settings?sign-out'
			}
	];
	return entries.filter((entry) => entry !== false);
}

/** Where one can go. */
export function listScreens({ identity }: CommandFacts, { t, shell }: Texts): PaletteEntry[] {
	const { screen, also } = t;
	const known: Record<string, string | undefined> = also;
	const account = [
		['people', IconPeople],
		['ways', IconWays],
		['devices', IconDevices],
		['sessions', IconSessions],
		['reminders', IconReminders],
		['calendar', IconCalendar],
		['keys', IconKeys]
	] as const;
	const filters = [
		['attention', 'attention'],
		['full', 'full'],
		['ends', 'ends-30'],
		['expired', 'expired']
	] as const;
	const console = [
		['customers', '#/vendor', IconCustomers],
		['products', '#/vendor/products', IconProducts],
		['issued', '#/vendor/licenses', IconIssued],
		['orders', '#/vendor/orders', IconOrders],
		['audit', '#/vendor/audit', IconAudit],
		...(mayAct(identity?.vendor, 'hub.settings')
			? [
					['webhooks', '#/vendor/webhooks', IconWebhooks] as const,
					['server', '#/vendor/server', IconServer] as const
				]
			: [])
	] as const;
	return [
		...placesFor(false).map(({ name, icon, href }) => ({
			...named(href, shell.nav[name], `${known[name] ?? ''} ${shell.hints[name]}`),
			icon,
			href
		})),
		{ ...named('#/lookup', screen.lookup, also.lookup), icon: IconSearch, href: '#/lookup' },
		...filters.map(([name, filter]) => ({
			...named(`#/licenses?is=${filter}`, screen[name], also.licenses),
			icon: IconFilter,
			href: `#/licenses?is=${filter}`
		})),
		...(identity && !__ONE_FILE__
			? account.map(([name, icon]) => ({
					...named(`#/settings/${name}`, screen[name], also.account),
					icon,
					href: `#/settings/${name}`
				}))
			: []),
		...(identity?.vendor && !__ONE_FILE__
			? console.map(([name, href, icon]) => ({
					...named(href, screen[name], also.vendor),
					details: [shell.nav.vendor],
					icon,
					href
				}))
			: [])
	];
}

function named(id: string, name: string, also: string): { id: string; name: string; also: string } {
	return { id, name, also };
}
