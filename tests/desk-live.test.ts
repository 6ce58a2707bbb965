/** A query that is observed hears of a change of anything that it has read, however many steps it took to it. */
import 'fake-indexeddb/auto';
import { expect, onTestFinished, test, vi } from 'vitest';

vi.stubGlobal('location', { protocol: 'http:', origin: 'http://hub.example' });
const { strict } = await import('#lib/desk/store/database.ts');
const { observeQuery } = await import('#lib/desk/store/observe-query.ts');
const { readState, writeState } = await import('#lib/desk/store/state.ts');

/** Each is an asynchronous function that awaits the one before. */
async function readThrough(steps: number): Promise<void> {
	if (steps === 0) await strict.requests.count();
	else await readThrough(steps - 1);
}

test.for([2, 3, 10, 40])('[DK1] what is read after %d steps is heard of', async (steps) => {
	const seen: unknown[] = [];
	const subscription = observeQuery(async () => {
		for (let time = 0; time < 5; time++) await readThrough(steps);
		return readState('hubEpoch');
	}).subscribe((epoch) => seen.push(epoch));
	onTestFinished(() => subscription.unsubscribe());
	await vi.waitFor(() => expect(seen).toHaveLength(1));
	await writeState('hubEpoch', `epoch-${steps}`);
	await vi.waitFor(() => expect(seen.at(-1)).toBe(`epoch-${steps}`));
});
