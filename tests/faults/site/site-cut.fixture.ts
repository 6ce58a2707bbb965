/**
 * A site server in one network and its clients in another, whose cable is pulled and plugged in again.
 * Prints what the clients saw. Runs inside `unshare -rn`.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { randomOf } from '../../fuzz/inputs.ts';
import { startSite } from '../../fixtures/running-site.ts';
import { startLeaseTraffic } from './lease-traffic.ts';
import { inOtherNetwork, joinNetworks, THERE } from './two-networks.ts';

export type CutOrder = {
	data: string;
	roots: string;
	product: string;
	seed: number;
	rounds: number;
	/** Milliseconds that a lease lives. */
	ttl: number;
};

const order = JSON.parse(process.argv[2] ?? '') as CutOrder;
const { data, roots, product, seed, rounds, ttl } = order;
const random = randomOf(seed);
let cable: Awaited<ReturnType<typeof joinNetworks>> | undefined;
const site = await startSite(
	{ data, roots },
	{
		around: inOtherNetwork,
		address: (port) => `http://${THERE}:${port}`,
		onStarted: async (pid) => void (cable = await joinNetworks(pid)),
		args: ['--host', '0.0.0.0']
	}
);
const traffic = startLeaseTraffic({
	address: site.address,
	product,
	random,
	patience: 1_000,
	clients: 120,
	claimsPerSecond: 40
});
const { counts } = traffic;
const until = async (holds: () => boolean) => {
	while (!holds()) await sleep(20);
};
for (let round = 0; round < rounds; round++) {
	const { granted, cut } = counts;
	await until(() => counts.granted > granted + 30);
	cable!.pull();
	await until(() => counts.cut > cut + 5);
	// Shorter than a lease lives, and longer.
	await sleep(round % 2 === 0 ? ttl * 0.3 : ttl * 1.3);
	cable!.plug();
}
const { granted } = counts;
await until(() => counts.granted > granted + 30);
await traffic.stop();
await site.end();
process.stdout.write(JSON.stringify({ journal: traffic.journal, counts }));
