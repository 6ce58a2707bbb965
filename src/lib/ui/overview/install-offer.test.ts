import { expect, test } from 'vitest';
import { offersInstall } from './install-offer.ts';

test('[DK5] installing is offered after the first request, where it can be done, until it is closed', () => {
	const made = { requests: 1, closed: false };
	for (const state of ['ready', 'ios', 'menu', 'dock'] as const) {
		expect(offersInstall(state, made), state).toBe(true);
		expect(offersInstall(state, { ...made, requests: 0 }), state).toBe(false);
		expect(offersInstall(state, { ...made, closed: true }), state).toBe(false);
	}
	// What is open, and a page from a file or a browser that installs nothing.
	expect(offersInstall('installed', made)).toBe(false);
	expect(offersInstall('none', made)).toBe(false);
});
