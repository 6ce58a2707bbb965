/**
 * Counts leases from what was said of them alone: what a pool keeps in mind is not asked. [LE1]
 *
 * @module
 */
import type { Lease, LinePlace, PoolLicense } from './pool.ts';

export type Seen = {
	licenses: readonly PoolLicense[];
	/** The number of the terms of now. */
	terms: number;
	leases: readonly Lease[];
	line: readonly LinePlace[];
};

/** What is wrong, in words. Leases of before may be over the number; nobody new may be. [LE6] */
export function findWrongs({ licenses, terms, leases, line }: Seen): string[] {
	const wrongs: string[] = [];
	const clients = new Set(leases.map(({ client }) => client));
	if (clients.size < leases.length) wrongs.push('a client holds two leases');
	const current = leases.filter((lease) => lease.terms === terms);
	const offers = line.flatMap(({ offer }) => offer ?? []);
	const allowed = licenses.reduce((sum, license) => sum + license.clients, 0);
	if (current.length + offers.length > allowed) wrongs.push('more leases than clients');
	for (const { activation, clients: own } of licenses) {
		const of = [...current, ...offers].filter((each) => each.activation === activation);
		if (of.length > own) wrongs.push(`more leases than clients of ${activation}`);
	}
	const known = new Set(licenses.map(({ activation }) => activation));
	if (current.some(({ activation }) => !known.has(activation)))
		wrongs.push('a lease of a license that is not active');
	if (leases.some((lease) => lease.terms !== terms && lease.endsAt === undefined))
		wrongs.push('a lease under other terms that never ends');
	return wrongs;
}
