/**
 * Signing in and out on the screens, as a person does.
 *
 * @module
 */
import type { Page } from '@playwright/test';
import type { Demo } from '../fixtures/running-hub.ts';
import { expect } from './fixtures.ts';
import { openAt } from './open-at.ts';

/** Signs a demo user in, in whatever language. Ends on the first screen, with what the hub has of theirs. */
export async function signInAs(
	page: Page,
	{ address, demo }: { address: string; demo: Demo },
	role: string
): Promise<void> {
	await fillSignIn(page, { address, demo }, role);
	await loadedAnew(page, () => page.locator('main form button[type=submit]').click());
	await expect(page.getByText(/licenses, activated on|Lizenzen, aktiviert auf/)).toBeVisible();
	await keptForOffline(page);
}

/** A page that may keep the desk has kept it. Where workers are blocked it may not: Playwright's own function registers none. */
async function keptForOffline(page: Page): Promise<void> {
	await page.evaluate(async () => {
		const { register, ready } = navigator.serviceWorker;
		if (register.toString().includes('[native code]')) await ready;
	});
}

/** As far as the button. */
export async function fillSignIn(
	page: Page,
	{ address, demo }: { address: string; demo: Demo },
	role: string
): Promise<void> {
	const user = demo.users.find((each) => each.role === role)!;
	await openAt(page, '/sign-in', address);
	await page.locator('main input[type=email]').fill(user.email);
	await page.locator('main input[type=password]').fill(user.password);
}

/** Whoever signs in or out sees another desk: the page is loaded anew, at the first screen. [PE5] */
export async function loadedAnew(page: Page, act: () => Promise<void>): Promise<void> {
	await Promise.all([page.waitForEvent('load'), act()]);
	await expect(page.locator('main h1')).toBeVisible();
	await expect(page).toHaveURL(/#\/$/);
}
