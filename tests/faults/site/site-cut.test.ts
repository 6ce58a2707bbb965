/** The network between a site server and its clients is cut and heals. `FAULT_ROUNDS_CUT` says how often (2). */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { makeSiteMachine, makeVendor } from '../../fixtures/running-site.ts';
import { chooseSettings } from '../../site/choose-settings.ts';
import { findLeaseDifferences } from './lease-journal.ts';
import type { LeaseTraffic } from './lease-traffic.ts';
import { countFaults, FAULT_SEED, roundsOf } from '../rounds.ts';
import { inOwnNetwork, noNetworks } from './two-networks.ts';

const ROUNDS = roundsOf('FAULT_ROUNDS_CUT', 2);
const TTL = 4;
const CLIENTS = 40;

test(
	'[LE1, LE2] network between server and clients cut and healed: none too many, none lost in its time',
	{ timeout: 300_000 + ROUNDS * 30_000 },
	async ({ skip }) => {
		const reason = noNetworks();
		if (reason) skip(reason);
		const machine = makeSiteMachine(await makeVendor());
		await machine.activate({ clients: CLIENTS });
		const { data, roots } = machine;
		await chooseSettings(data, { ttl: TTL });
		const order = { data, roots, product: 'atlas-server', ttl: TTL * 1000 };
		const args = [
			...[...inOwnNetwork, process.execPath, join(import.meta.dirname, 'site-cut.fixture.ts')],
			JSON.stringify({ ...order, seed: FAULT_SEED, rounds: ROUNDS })
		];
		const { stdout } = await promisify(execFile)(args[0]!, args.slice(1), { maxBuffer: 2 ** 26 });
		const { journal, counts } = JSON.parse(stdout) as Pick<LeaseTraffic, 'journal' | 'counts'>;
		console.log('leases over a cut network:', { rounds: ROUNDS, ...counts });
		countFaults('site-cut', { faults: ROUNDS });
		expect(findLeaseDifferences(journal, CLIENTS)).toEqual([]);
		expect(counts.strange).toEqual({});
		expect(counts.cut).toBeGreaterThan(ROUNDS);
		machine.remove();
	}
);
