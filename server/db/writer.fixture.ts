/** Writes rows until it is killed, and tells its parent of each that has been committed. */
import { hubKeys } from './schema/hub.ts';
import { openEmbedded } from './store.ts';

const store = await openEmbedded(process.argv[2]!);
for (let n = 1; ; n++) {
	await store.db.insert(hubKeys).values({ kid: `${n}`, token: 'token', createdAt: 1 });
	process.send!(n);
}
