/**
 * A license of a test's own: what other tests of the same hub hold takes none of its seats.
 *
 * @module
 */

import type { Demo } from '../fixtures/running-hub.ts';
import { expect } from './fixtures.ts';

type Wishes = {
	product?: string;
	edition?: string;
	entitlements?: string[];
	seats?: number;
	clients?: number;
	virtualMachines?: boolean;
	givenFingerprints?: boolean;
	/** Unix seconds. */
	expiresAt?: number;
};

const DEFAULTS = {
	product: 'atlas-server',
	edition: 'Professional',
	entitlements: ['dataflow', 'workflow'],
	seats: 1,
	versions: { from: 8, to: 9 },
	matches: 2,
	virtualMachines: true,
	givenFingerprints: false,
	graceMinutes: 15
};

/** Issued to the customer that the demo's people belong to. */
export async function issueOwn(
	{ address, demo }: { address: string; demo: Demo },
	wishes: Wishes = {}
): Promise<{ key: string; number: string }> {
	const headers = {
		'x-keyferry': '1',
		'content-type': 'application/json',
		authorization: `Bearer ${demo.token}`
	};
	const listed = await fetch(`${address}/rpc/license.list?input={}`, { headers });
	const { result } = (await listed.json()) as {
		result: { data: { licenses: { customerId: string; number: string }[] } };
	};
	const first = demo.licenses[0]!.number;
	const { customerId } = result.data.licenses.find(({ number }) => number === first)!;
	const body = JSON.stringify({ customerId, ...DEFAULTS, ...wishes });
	const issued = await fetch(`${address}/rpc/license.issue`, { method: 'POST', headers, body });
	expect(issued.status).toBe(200);
	return ((await issued.json()) as { result: { data: { key: string; number: string } } }).result
		.data;
}
