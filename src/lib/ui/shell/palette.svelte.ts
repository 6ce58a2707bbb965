/**
 * Whether the command palette is open. What it is made of is loaded aside: see `routes/CommandPalette.svelte`.
 * [DK6]
 *
 * @module
 */
class Palette {
	isOpen = $state(false);

	open(): void {
		this.isOpen = true;
	}
}

export const palette = new Palette();
