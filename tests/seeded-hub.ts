/**
 * A hub with many licenses, on a folder of its own, and the sign-ins of its demo.
 *
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '#server/db/store.ts';
import { openHub } from '#server/roles/hub-context.ts';
import { readHubKeys } from '#server/keys/folder.ts';
import { issueMany, type Many } from './makers/licenses.ts';
import { startHub, type RunningHub } from './running-hub.ts';

export async function startSeededHub(many: Omit<Many, 'product'>): Promise<RunningHub> {
	const home = mkdtempSync(join(tmpdir(), 'keyferry-seeded-'));
	const data = join(home, 'data');
	await (await startHub({ data })).end();
	const store = await openEmbedded(data);
	const { hub, close } = await openHub(store, data, { keys: await readHubKeys(data) });
	await issueMany(hub, { ...many, product: 'atlas' });
	await close();
	await store.close();
	const running = await startHub({ data });
	const stop = async () => {
		await running.end();
		rmSync(home, { recursive: true, force: true });
	};
	return { ...running, stop };
}
