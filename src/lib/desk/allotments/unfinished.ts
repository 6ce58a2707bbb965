/**
 * What a crash left half done, looked for at every start; what finishes it is loaded only then.
 *
 * @module
 */
import { strict } from '#lib/desk/store/database.ts';

/** Signs and stores what was bound to a slot, or closed, and no more. [AL2] */
export async function finishUnfinished(): Promise<void> {
	const bound = await strict.draws.where('state').equals('bound').count();
	const closing = await strict.ownAllotments
		.filter(({ close }) => close !== undefined && close.signedAt === undefined)
		.count();
	if (bound + closing === 0) return;
	const { finishDraws } = await import('./draws.ts');
	await finishDraws();
}
