/**
 * What browser tests stand on: a real hub with demo data for each worker, its address as the pages'
 * base, and a camera that sees what the test holds before it.
 *
 * @module
 */

import { test as base } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHub, type Demo, type RunningHub } from '../fixtures/running-hub.ts';
import { Camera } from './camera.ts';

export { expect } from '@playwright/test';

/**
 * Of tests that never go offline: nothing is kept for a start with no network, which takes each of
 * their browsers more than a second of a processor.
 */
export const online = { serviceWorkers: 'block' } as const;

type OfTest = {
	/** The sign-ins and licenses of the hub's demo data. */
	demo: Demo;
};

type OfWorker = {
	/** Shared by the tests of a worker: a test that changes much starts its own with `startHub`. */
	hub: RunningHub;
	/** What any page of this worker films. */
	camera: Camera;
};

export const test = base.extend<OfTest, OfWorker>({
	hub: [
		async ({}, use) => {
			const hub = await startHub();
			await use(hub);
			await hub.stop();
		},
		{ scope: 'worker', timeout: 300_000 }
	],
	camera: [
		async ({}, use) => {
			const folder = mkdtempSync(join(tmpdir(), 'keyferry-camera-'));
			await use(new Camera(join(folder, 'camera.y4m')));
			rmSync(folder, { recursive: true, force: true });
		},
		{ scope: 'worker' }
	],
	launchOptions: [
		async ({ launchOptions, camera }, use) => {
			await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...camera.switches] });
		},
		{ scope: 'worker' }
	],
	baseURL: async ({ hub }, use) => use(hub.address),
	permissions: async ({ permissions }, use) =>
		use([...(permissions ?? []), 'clipboard-read', 'clipboard-write']),
	demo: async ({ hub }, use) => use(hub.demo)
});
