/**
 * What happens in the pools, written down: connections in the log, numbers in the usage. [S7]
 *
 * @module
 */
import type { PoolEvent } from './leases/commons.ts';
import type { Pools } from './leases/pools.ts';
import type { ConnectionLog } from './log/connection-log.ts';
import type { UsageCounter } from './usage/usage.ts';

const named: Partial<Record<PoolEvent['event'], string>> = {
	claimed: 'claim',
	released: 'release',
	ended: 'end',
	expired: 'expire',
	denied: 'refused',
	waiting: 'wait'
};

export function recordPools(
	pools: Pools,
	{ log, usage }: { log: ConnectionLog; usage: UsageCounter }
): void {
	pools.watch((happened) => {
		const { event, product, holding, refusal, inUse, waiting, clients: allowed } = happened;
		// Each client renews three times in a minute: that says nothing.
		if (event === 'renewed') return;
		usage.seen(product, { inUse, waiting });
		if (event === 'denied') usage.denied(product);
		const name = named[event];
		if (name === undefined) return;
		const { client, user, machine, version } = holding ?? {};
		const level = event === 'denied' ? 'error' : 'info';
		const who = { client, user, machine, version };
		const counted = { inUse, allowed, place: undefined };
		log.write({
			with: 'client',
			level,
			event: name,
			product,
			...who,
			code: refusal?.refused,
			...counted
		});
	});
}
