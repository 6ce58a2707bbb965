import type { Component } from 'svelte';
import type { SVGAttributes } from 'svelte/elements';
import type { ChipState } from '#lib/ui/base/chip.ts';

/** A line of the command palette: a screen, an action, a license, a machine. */
export type PaletteEntry = {
	/** The same thing again, in another session too: by it, what was used last is found. */
	id: string;
	name: string;
	/** What else people call it. */
	also?: string;
	/** What tells it from others of its name, each part in one piece. */
	details?: readonly string[];
	icon: Component<SVGAttributes<SVGSVGElement>>;
	state?: ChipState;
	/** Leads to another screen. Else `act` does something here. */
	href?: string;
	act?: () => unknown;
};

export type PaletteGroup = { title: string; entries: readonly PaletteEntry[] };

/** The entry before or after one, round in a circle; the first or last where there is none. */
export function neighbor(
	groups: readonly PaletteGroup[],
	id: string | undefined,
	step: number
): string | undefined {
	const ids = groups.flatMap(({ entries }) => entries.map((entry) => entry.id));
	const at = id === undefined ? -1 : ids.indexOf(id);
	if (at < 0) return step > 0 ? ids[0] : ids.at(-1);
	return ids.at((at + step) % ids.length);
}
