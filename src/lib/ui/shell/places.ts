/**
 * The places of the desk, in the order of the rail. Those under the thumb make a phone's bar; the
 * others are on its page "More".
 *
 * @module
 */
import IconAttach from '~icons/lucide/link';
import IconActivate from '~icons/lucide/key-round';
import IconAllotments from '~icons/lucide/ticket-check';
import IconActivations from '~icons/lucide/monitor-check';
import IconLicenses from '~icons/lucide/files';
import IconDownloads from '~icons/lucide/download';
import IconHome from '~icons/lucide/house';
import IconRequests from '~icons/lucide/send';
import IconServer from '~icons/lucide/server';
import IconSettings from '~icons/lucide/settings';
import IconSync from '~icons/lucide/refresh-cw';
import IconImport from '~icons/lucide/inbox';
import IconVendor from '~icons/lucide/building-2';
import type { Component } from 'svelte';
import type { SVGAttributes } from 'svelte/elements';
import type { ShellTexts } from '#lib/messages/en/shell.ts';

export type Place = {
	href: string;
	name: keyof ShellTexts['nav'] & keyof ShellTexts['hints'];
	icon: Component<SVGAttributes<SVGSVGElement>>;
	/** In a phone's bar, which has room for four. */
	thumb?: boolean;
	/** For the vendor's own people alone. */
	vendor?: true;
	/** Paths that belong to it, besides its own. */
	also?: readonly string[];
};

/** Path of the page that lists the rest. */
export const MORE = '/more';

/** A one-file desk reaches no hub, and its storage is no place for seats. [AL1] */
const ofServer = (place: Place): Place[] => (__ONE_FILE__ ? [] : [place]);

const all: readonly Place[] = [
	{ href: '#/', name: 'overview', icon: IconHome, thumb: true, also: ['/lookup'] },
	{ href: '#/licenses', name: 'licenses', icon: IconLicenses },
	{ href: '#/activations', name: 'activations', icon: IconActivations },
	{ href: '#/activate', name: 'activate', icon: IconActivate, thumb: true },
	...ofServer({ href: '#/allotments', name: 'allotments', icon: IconAllotments, thumb: true }),
	{ href: '#/requests', name: 'requests', icon: IconRequests, thumb: true },
	{ href: '#/import', name: 'import', icon: IconImport, thumb: __ONE_FILE__ },
	...ofServer({ href: '#/sync', name: 'sync', icon: IconSync }),
	...ofServer({ href: '#/attach', name: 'attach', icon: IconAttach }),
	...ofServer({ href: '#/downloads', name: 'downloads', icon: IconDownloads }),
	...ofServer({ href: '#/device', name: 'device', icon: IconServer }),
	// Its pages are made of what the hub says.
	...ofServer({ href: '#/vendor', name: 'vendor', icon: IconVendor, vendor: true }),
	{ href: '#/settings', name: 'settings', icon: IconSettings, also: ['/sign-in'] }
];

export function placesFor(isVendor: boolean): readonly Place[] {
	return isVendor ? all : all.filter(({ vendor }) => !vendor);
}

export function isHere({ href, also = [] }: Place, path: string): boolean {
	const own = href.slice(1);
	return [own, ...also].some(
		(begin) => path === begin || (begin !== '/' && path.startsWith(`${begin}/`))
	);
}
