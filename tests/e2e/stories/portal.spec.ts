/**
 * The portal, each sentence of its capabilities as a step of one journey: somebody buys, signs in, attaches,
 * activates, switches, downloads; then the server is stopped, and what needs none goes on. On either store.
 */
import type { Browser } from '@playwright/test';
import { startPostgres } from '../../../scripts/find-postgres.ts';
import { test } from '../fixtures.ts';
import { PortalDesk } from './portal-desk.ts';
import { useWithoutServer } from './portal-offline.ts';
import { useWithServer } from './portal-online.ts';

async function journey(browser: Browser, env: Record<string, string>): Promise<void> {
	const desk = await PortalDesk.open(browser, env);
	try {
		await desk.buy();
		await useWithServer(desk);
		await useWithoutServer(desk);
	} finally {
		await desk.close();
	}
}

test('[P1, P2, P3, P4, P5, P6, P7, P8, P9, P10, P11] the portal with its server and without', async ({
	browser
}) => {
	await journey(browser, {});
});

test('[P1, P2, P3, P4, P5, P6, P7, P8, P9, P10, P11] the same on PostgreSQL', async ({
	browser
}) => {
	const postgres = await startPostgres();
	try {
		await journey(browser, { DATABASE_URL: postgres.url });
	} finally {
		await postgres.stop();
	}
});
