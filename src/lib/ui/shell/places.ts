/**
 * The places of the desk, in the order of the rail. Those under the thumb make a phone's bar; the
 * others are on its page "More".
 *
 * @module
 */
import IconActivate from '~icons/lucide/key-round';
import IconAllotments from '~icons/lucide/ticket-check';
import IconLicenses from '~icons/lucide/files';
import IconLookup from '~icons/lucide/search';
import IconOverview from '~icons/lucide/layout-dashboard';
import IconRequests from '~icons/lucide/send';
import IconSettings from '~icons/lucide/settings';
import IconSync from '~icons/lucide/refresh-cw';
import IconImport from '~icons/lucide/inbox';
import IconVendor from '~icons/lucide/building-2';
import type { Component } from 'svelte';
import type { SVGAttributes } from 'svelte/elements';
import type { ShellTexts } from '#lib/messages/en/shell.ts';

export type Place = {
	href: string;
	name: keyof ShellTexts['nav'];
	icon: Component<SVGAttributes<SVGSVGElement>>;
	/** In a phone's bar, which has room for four. */
	thumb?: true;
	/** For the vendor's own people alone. */
	vendor?: true;
	/** Paths that belong to it, besides its own. */
	also?: readonly string[];
};

/** Path of the page that lists the rest. */
export const MORE = '/more';

const all: readonly Place[] = [
	{ href: '#/lookup', name: 'lookup', icon: IconLookup, thumb: true },
	{ href: '#/', name: 'overview', icon: IconOverview },
	{ href: '#/licenses', name: 'licenses', icon: IconLicenses, thumb: true },
	{ href: '#/activate', name: 'activate', icon: IconActivate },
	{ href: '#/requests', name: 'requests', icon: IconRequests, thumb: true },
	// A one-file desk reaches no hub, and its storage is no place for seats. [AL1]
	...(__ONE_FILE__
		? []
		: [{ href: '#/allotments', name: 'allotments' as const, icon: IconAllotments }]),
	{ href: '#/import', name: 'import', icon: IconImport, thumb: true },
	...(__ONE_FILE__ ? [] : [{ href: '#/sync', name: 'sync' as const, icon: IconSync }]),
	// Its pages are made of what the hub says.
	...(__ONE_FILE__
		? []
		: [{ href: '#/vendor', name: 'vendor' as const, icon: IconVendor, vendor: true as const }]),
	{ href: '#/settings', name: 'settings', icon: IconSettings, also: ['/sign-in'] }
];

export function placesFor(isVendor: boolean): readonly Place[] {
	return isVendor ? all : all.filter(({ vendor }) => !vendor);
}

export function isHere({ href, also = [] }: Place, path: string): boolean {
	const own = href.slice(1);
	if (own === '/') return path === own;
	return [own, ...also].some((begin) => path === begin || path.startsWith(`${begin}/`));
}
