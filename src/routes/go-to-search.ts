/**
 * Where the focus goes when a screen is opened, and when somebody wants to search.
 *
 * @module
 */
import { goto } from '$app/navigation';

const SEARCH = 'main input[type=search]';

/** What it looks for may still be on its way from the database. */
export async function focusSoon(selector: string): Promise<void> {
	const before = document.activeElement;
	for (let frame = 0; frame < 60; frame++) {
		const found = document.querySelector<HTMLElement>(selector);
		// Whoever has moved on in the meantime is not pulled back.
		if (document.activeElement !== before) return;
		found?.focus();
		if (found) return;
		await new Promise(requestAnimationFrame);
	}
}

/** To the screen's own field where it has one, else to Lookup's. */
export async function goToSearch(): Promise<void> {
	const own = [...document.querySelectorAll<HTMLElement>(SEARCH)].find((field) =>
		field.checkVisibility()
	);
	if (own) own.focus();
	else {
		await goto('#/lookup');
		await focusSoon(SEARCH);
	}
}
