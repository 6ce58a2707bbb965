/** What a desk may say of itself, and what it keeps of a click when its page ends right after. */
import { expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import type { DeskCalls } from './e2e/desk-calls.ts';
import { openDesk } from './fixtures/desk.ts';
import { Profile } from './fixtures/profile.ts';

const ORIGIN = 'http://hub.example';
const NUMBER = 'KF-7Q2M-90TK-C4XR';

async function compose(calls: DeskCalls, options?: { submit: boolean }) {
	const license = await calls.readLicenseChoice(NUMBER);
	if (isRefusal(license)) throw new Error(license.refused);
	const form = { license, machine: await calls.machineGiven('rack-7'), name: 'Ada' };
	const made = await calls.composeRequest(form, options);
	if (isRefusal(made)) throw new Error(made.refused);
	return made;
}

/** What a desk has of its one request when its page was ended before one of the writes of a click. */
async function afterEachEnd(click: (calls: DeskCalls) => Promise<unknown>): Promise<Set<string>> {
	const found = new Set<string>();
	for (let writes = 0; writes < 6; writes++) {
		const profile = new Profile();
		const desk = await openDesk(profile, ORIGIN);
		desk.life.endAfter(writes);
		await desk.do(click);
		desk.life.end();
		const again = await openDesk(profile, ORIGIN);
		const rows = await again.do((calls) => calls.listRequests());
		found.add(rows?.[0]?.state ?? 'nothing');
		again.life.end();
	}
	return found;
}

test('[DK1] a lid closed right after the click keeps the request with the wish to submit it, or neither', async () => {
	const bothOrNeither = new Set(['nothing', 'queued']);
	expect(await afterEachEnd((calls) => compose(calls, { submit: true }))).toEqual(bothOrNeither);

	const maker = await openDesk(new Profile(), ORIGIN);
	const made = await maker.do(compose);
	maker.life.end();
	if (!made) throw new Error('nothing was made');
	const bring = async (calls: DeskCalls) => {
		const { items } = await calls.importText(made.text, 'stick');
		return calls.keepItems(items, { submit: [made.jti] });
	};
	expect(await afterEachEnd(bring)).toEqual(bothOrNeither);
});

test('[DK1] one write submits what is imported together with what was here before, once', async () => {
	const maker = await openDesk(new Profile(), ORIGIN);
	const brought = await maker.do(compose);
	maker.life.end();
	const desk = await openDesk(new Profile(), ORIGIN);
	await desk.do(async (calls) => {
		if (!brought) throw new Error('nothing was made');
		const here = await compose(calls);
		const { items } = await calls.importText(brought.text, 'stick');
		const submit = [here.jti, brought.jti];
		await calls.keepItems(items, { submit });
		await calls.keepItems([], { submit });
		const states = (await calls.listRequests()).map(({ state }) => state);
		expect(states).toEqual(['queued', 'queued']);
		expect((await calls.waitingCommands()).map(({ n }) => n)).toEqual([1, 2]);
	});
	desk.life.end();
});

test('[DK1] a desk knows of the server nothing, a part, or everything as of a time', async () => {
	const desk = await openDesk(new Profile(), ORIGIN);
	await desk.do(async (calls) => {
		const { readKnowledge, writeState, clearState } = calls;
		expect(await readKnowledge()).toEqual({ of: 'device' });

		await writeState('identity', { id: 'ada' } as never);
		expect(await readKnowledge()).toEqual({ of: 'part', done: 0 });

		await writeState('cursor', { hubEpoch: 'e' } as never);
		await writeState('firstSync', { done: 250, left: 750 });
		expect(await readKnowledge()).toEqual({ of: 'part', done: 250, left: 750 });

		await clearState('firstSync');
		expect(await readKnowledge()).toEqual({ of: 'whole' });

		// A round that failed takes nothing away: what is here is as old as the last complete one.
		await writeState('sync', { phase: 'waiting', faults: 3, fault: 'unreachable', syncedAt: 7 });
		expect(await readKnowledge()).toEqual({ of: 'whole', syncedAt: 7 });
	});
	desk.life.end();
});

test('[DK1] who asks for a sync is told how it ended, also where nothing can be sent and where nobody syncs', async () => {
	const desk = await openDesk(new Profile(), ORIGIN);
	await desk.do(async (calls) => {
		const { syncOnce, startSync } = calls;
		expect(await syncOnce({ patienceMs: 50 })).toBeUndefined();
		const stop = startSync();
		expect(await syncOnce()).toMatchObject({ settled: 0 });
		await compose(calls, { submit: true });
		// The next round, or the one after: one may have been under way.
		await expect.poll(() => syncOnce()).toMatchObject({ settled: 0, held: 'signed-out' });
		stop();
	});
	desk.life.end();
});
