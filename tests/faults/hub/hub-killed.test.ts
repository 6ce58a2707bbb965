/**
 * A hub that is ended with kill -9 while requests arrive, again and again. `FAULT_ROUNDS_HUB` says
 * how often (2), `FAULT_SEED` repeats a run.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openEmbedded } from '#server/db/store.ts';
import { randomOf } from '../../fuzz/inputs.ts';
import { differencesOfCounts, findDifferences, readLedger } from '../checker.ts';
import { findDeskDifferences, readDeskLedger } from '../desk/desk-journals.ts';
import { demoPeople, lineTo, makeDeskTraffic } from '../desk/desk-traffic.ts';
import { startHubProcess, issueOver } from '../hub-process.ts';
import { countFaults, FAULT_SEED, roundsOf } from '../rounds.ts';
import { startTraffic } from '../traffic.ts';

const ROUNDS = roundsOf('FAULT_ROUNDS_HUB', 2);

test(
	'[SE3] kill -9 of the hub: every answer given is there, none twice, and asked again the same',
	{ timeout: 300_000 + ROUNDS * 30_000 },
	async () => {
		const random = randomOf(FAULT_SEED);
		const home = mkdtempSync(join(tmpdir(), 'keyferry-killed-'));
		const data = join(home, 'data');
		let hub = await startHubProcess({ data, waitMs: 150 });
		const license = await issueOver(hub, 100_000);
		const traffic = startTraffic({ address: hub.address, license, callers: 8, random });
		let betweenCommitAndAnswer = 0;
		for (let round = 0; round < ROUNDS; round++) {
			// Some answers first; then, of four kills, three between a commit and its answers.
			for (let commits = Math.floor(random() * 4); commits >= 0; commits--) await hub.committed();
			if (round % 4 === 3) await sleep(random() * 200);
			const known = traffic.foundLater.size;
			await hub.end('SIGKILL');
			hub = await startHubProcess({ data, waitMs: 150 });
			traffic.address = hub.address;
			await traffic.caughtUp();
			if (traffic.foundLater.size > known) betweenCommitAndAnswer++;
		}
		await traffic.stop();
		await traffic.settle();
		await hub.end('SIGTERM');

		const store = await openEmbedded(data);
		const ledger = await readLedger(store);
		await store.close();
		countFaults('hub-killed', { faults: ROUNDS, activations: traffic.journal.size });
		expect(findDifferences(traffic.journal, ledger)).toEqual([]);
		expect(traffic.journal.size).toBeGreaterThan(ROUNDS * 3);
		expect(betweenCommitAndAnswer, 'kills between a commit and its answers').toBeGreaterThanOrEqual(
			Math.ceil(ROUNDS / 4)
		);
		rmSync(home, { recursive: true, force: true });
	}
);

test(
	'[SY2, AL4] kill -9 of the hub while desks sync: each queue drains, every draw is recorded once',
	{ timeout: 300_000 + ROUNDS * 30_000 },
	async () => {
		const random = randomOf(FAULT_SEED);
		const home = mkdtempSync(join(tmpdir(), 'keyferry-killed-'));
		const data = join(home, 'data');
		let hub = await startHubProcess({ data, waitMs: 50 });
		const license = await issueOver(hub, 100_000);
		const at = { address: hub.address };
		const people = [...demoPeople(data), ...demoPeople(data)];
		const traffic = await makeDeskTraffic({ lineOf: () => lineTo(at), people, license, random });
		traffic.start();
		for (let round = 0; round < ROUNDS; round++) {
			// A push commits twice, its claim and its effect: ten desks' first ones are answered before the kill.
			for (let commits = 20 + Math.floor(random() * 20); commits > 0; commits--)
				await hub.committed();
			if (round % 3 === 2) await sleep(random() * 100);
			await hub.end('SIGKILL');
			hub = await startHubProcess({ data, waitMs: 50 });
			at.address = hub.address;
		}
		await traffic.stop();
		await traffic.drain();
		await hub.end('SIGTERM');

		const store = await openEmbedded(data);
		const [ledger, known] = [await readLedger(store), await readDeskLedger(store)];
		await store.close();
		countFaults('hub-killed, desks', { faults: ROUNDS, ...(await traffic.counted()) });
		expect(findDeskDifferences(await traffic.journals(), known)).toEqual([]);
		expect(differencesOfCounts(ledger)).toEqual([]);
		expect(known.draws.length).toBeGreaterThan(ROUNDS);
		rmSync(home, { recursive: true, force: true });
	}
);
