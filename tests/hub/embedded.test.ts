import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded, type Store } from '#server/db/store.ts';
import { hubContract } from './contract.ts';
import { syncContract } from './sync-contract.ts';

async function makeStore(): Promise<Store> {
	const folder = mkdtempSync(join(tmpdir(), 'keyferry-store-'));
	const store = await openEmbedded(folder);
	const close = async () => {
		await store.close();
		rmSync(folder, { recursive: true, force: true });
	};
	return { ...store, close };
}

hubContract('the embedded database', makeStore);
syncContract('the embedded database', makeStore);
