/**
 * What begins with a desk, whatever screen is shown: its database, the sync, and what an earlier page left undone.
 *
 * @module
 */
import { finishUnfinished } from '#lib/desk/allotments/unfinished.ts';
import { learnFace } from '#lib/desk/hub/face.ts';
import { openDatabase, type DatabaseTrouble } from '#lib/desk/store/database.ts';
import { moveEarlier } from '#lib/desk/store/earlier.ts';
import { hasEd25519 } from '#lib/signing/ed25519.ts';

type Told = {
	/** Nothing here works without Ed25519, so nothing else is shown or started. [FI9] */
	tooOld: () => void;
	trouble: (found: DatabaseTrouble) => void;
};

/** @returns Stops it. */
export function startDesk({ tooOld, trouble }: Told): () => void {
	let stop = () => {};
	const start = async () => {
		// Without HTTPS it is the address that is at fault, which the banner says.
		const isTooOld = !(await hasEd25519()) && isSecureContext;
		if (isTooOld) tooOld();
		await openDatabase(trouble);
		if (isTooOld) {
			// Whose desk this is may be said all the same; with a sync it is asked by itself.
			void learnFace();
			return;
		}
		await moveEarlier();
		// Nothing of it is drawn.
		const { startSync } = await import('#lib/desk/sync/sync.ts');
		stop = startSync();
		await finishUnfinished();
	};
	void start();
	return () => stop();
}
