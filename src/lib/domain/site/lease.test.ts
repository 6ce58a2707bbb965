import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	changeTerms,
	decideClaim,
	endOf,
	lapsed,
	placeIn,
	serveLine,
	type Telling
} from './lease.ts';
import { findWrongs } from './pool-check.fixture.ts';
import {
	clientsOf,
	dropLease,
	dropPlace,
	makePool,
	putLease,
	type Claim,
	type Lease,
	type LinePlace,
	type Pool,
	type PoolLicense
} from './pool.ts';

const license = (activation: string, clients: number, more: Partial<PoolLicense> = {}) => ({
	activation,
	generation: 1,
	number: `KF-${activation}`,
	clients,
	entitlements: ['dataflow'],
	cover: { ver: { from: 8, to: 9 }, mnt: 1_800_000_000, contact: 'licenses@example.com' },
	graceSeconds: 900,
	...more
});
const at = (now: number): Telling => ({ now, seconds: 1_800_000_000 + now / 1000 });
const TTL = 60_000;

function poolOf(...licenses: PoolLicense[]): Pool {
	const pool = makePool('atlas-server', 0);
	changeTerms(pool, licenses, 0);
	return pool;
}

let ids = 0;
function claim(pool: Pool, client: string, now = 0, more: Partial<Claim> = {}) {
	const decided = decideClaim(pool, { client, needs: [], ...more }, at(now));
	if ('refused' in decided) return decided;
	const place = pool.line.find((each) => each.claim.client === client);
	if (place) dropPlace(pool, place);
	const { activation, graceSeconds } = decided;
	const lease: Lease = {
		id: `l${++ids}`,
		client,
		activation,
		terms: pool.terms,
		resource: more.resource?.name,
		user: client,
		since: 1_800_000_000 + Math.floor(now / 1000),
		graceSeconds,
		livesUntil: now + TTL
	};
	putLease(pool, lease);
	return lease;
}

function wait(pool: Pool, client: string, now = 0, needs: string[] = []): LinePlace {
	const place = { id: `p${++ids}`, claim: { client, needs }, livesUntil: now + TTL };
	pool.line.push(place);
	return place;
}

describe('a claim', () => {
	test('[LE1] two licenses of a product add up, and each carries its own', () => {
		const pool = poolOf(license('a', 1), license('b', 2));
		const granted = ['x', 'y', 'z'].map((client) => claim(pool, client));
		expect(granted.map((each) => ('refused' in each ? each : each.activation))).toEqual([
			'b',
			'a',
			'b'
		]);
		expect(claim(pool, 'w')).toMatchObject({
			refused: 'CLIENT_LIMIT_REACHED',
			facts: { clients: 3 }
		});
	});

	test('[LE1] what is needed picks the license; nobody else has it for them', () => {
		const pool = poolOf(license('a', 5), license('b', 1, { entitlements: ['workflow'] }));
		expect(claim(pool, 'x', 0, { needs: ['workflow'] })).toMatchObject({ activation: 'b' });
		expect(claim(pool, 'y', 0, { needs: ['workflow'] })).toMatchObject({
			refused: 'CLIENT_LIMIT_REACHED'
		});
		expect(claim(pool, 'z', 0, { needs: ['export'] })).toEqual({
			refused: 'ENTITLEMENT_MISSING',
			facts: { entitlement: 'export' }
		});
		expect(claim(poolOf(), 'x')).toEqual({
			refused: 'NO_SERVER_LICENSE',
			facts: { product: 'atlas-server' }
		});
	});

	test('[LE1] a license that does not cover the program gives no lease that would open nothing', () => {
		const older = license('a', 5, {
			cover: { ver: { from: 6, to: 7 }, mnt: 1_700_000_000, contact: 'licenses@example.com' }
		});
		const pool = poolOf(older, license('b', 1));
		expect(claim(pool, 'x', 0, { version: '8.2' })).toMatchObject({ activation: 'b' });
		expect(claim(pool, 'y', 0, { version: '8.2' })).toMatchObject({
			refused: 'CLIENT_LIMIT_REACHED'
		});
		expect(claim(pool, 'y', 0, { version: '7.4' })).toMatchObject({ activation: 'a' });
		expect(claim(pool, 'z', 0, { version: '9', builtAt: 1_800_000_001 })).toMatchObject({
			refused: 'VERSION_NOT_COVERED'
		});
		expect(claim(poolOf(older), 'z', 0, { builtAt: 1_700_000_001 })).toEqual({
			refused: 'MAINTENANCE_ENDED',
			facts: {
				maintainedUntil: 1_700_000_000,
				builtAt: 1_700_000_001,
				contact: 'licenses@example.com'
			}
		});
	});

	test('[LE3] the same client has one lease, and keeps its license', () => {
		const pool = poolOf(license('a', 1), license('b', 1));
		expect(claim(pool, 'x')).toMatchObject({ activation: 'a' });
		expect(claim(pool, 'x')).toMatchObject({ activation: 'a' });
		expect(pool.leases.size).toBe(1);
		expect(claim(pool, 'y')).toMatchObject({ activation: 'b' });
	});

	test('[LE7] the one too many reads who, since when, and when one may be free', () => {
		const pool = poolOf(license('a', 2));
		claim(pool, 'x', 1000);
		claim(pool, 'y', 2000);
		changeTerms(pool, [license('a', 1, { generation: 2 })], 10_000);
		expect(claim(pool, 'z', 20_000)).toEqual({
			refused: 'CLIENT_LIMIT_REACHED',
			facts: {
				product: 'atlas-server',
				clients: 1,
				holders: [
					{ user: 'x', machine: undefined, since: 1_800_000_001, freeAt: 1_800_000_910 },
					{ user: 'y', machine: undefined, since: 1_800_000_002, freeAt: 1_800_000_910 }
				],
				freeAt: 1_800_000_910
			}
		});
	});

	test('[RS1] a resource has its license, and a limit of its own', () => {
		const pool = poolOf(license('a', 5), license('b', 5));
		const open = { license: 'KF-b', limit: 1 };
		const resource = { name: 'plant-west', open };
		expect(claim(pool, 'x', 0, { resource })).toMatchObject({ activation: 'b' });
		expect(claim(pool, 'x', 0, { resource })).toMatchObject({ activation: 'b' });
		expect(claim(pool, 'y', 0, { resource })).toMatchObject({
			refused: 'RESOURCE_LIMIT_REACHED',
			facts: { resource: 'plant-west', limit: 1, holders: [{ user: 'x' }] }
		});
		for (const other of [{ name: 'x' }, { name: 'x', open: { license: 'KF-gone' } }])
			expect(claim(pool, 'y', 0, { resource: other })).toEqual({
				refused: 'RESOURCE_NOT_OPEN',
				facts: { resource: 'x' }
			});
	});
});

describe('other terms', () => {
	test('[LE6] fewer clients: who starts again first stays, and the others until their grace is over', () => {
		const pool = poolOf(license('a', 3));
		for (const client of ['x', 'y', 'z']) claim(pool, client);
		const fewer = [license('a', 1, { generation: 2 })];
		expect(changeTerms(pool, fewer, 1000)).toBe('license-changed');
		expect(claim(pool, 'y', 2000)).toMatchObject({ client: 'y', terms: pool.terms });
		expect(claim(pool, 'z', 3000)).toMatchObject({ refused: 'CLIENT_LIMIT_REACHED' });
		expect(claim(pool, 'new', 3000)).toMatchObject({ refused: 'CLIENT_LIMIT_REACHED' });
		for (const { client } of lapsed(pool, 59_999).leases) expect(client).toBeUndefined();
		for (const lease of pool.leases.values()) lease.livesUntil = Infinity;
		expect(lapsed(pool, 900_999).leases).toEqual([]);
		expect(lapsed(pool, 901_000).leases.map(({ client }) => client)).toEqual(['x', 'z']);
	});

	test('[LE6] more clients: nobody waits for those who have not started again', () => {
		const pool = poolOf(license('a', 1));
		claim(pool, 'x');
		expect(changeTerms(pool, [license('a', 1), license('b', 1)], 0)).toBe('license-added');
		expect(claim(pool, 'y')).toMatchObject({ activation: 'b' });
		expect(claim(pool, 'x')).toMatchObject({ activation: 'a', terms: pool.terms });
		expect(changeTerms(pool, [license('b', 1)], 0)).toBe('license-ended');
		expect(changeTerms(pool, [license('b', 1)], 0)).toBeUndefined();
	});

	test('[LE6] a second change gives nobody a second grace', () => {
		const pool = poolOf(license('a', 1));
		claim(pool, 'x');
		changeTerms(pool, [license('a', 2)], 1000);
		changeTerms(pool, [license('a', 3)], 500_000);
		expect(endOf({ ...pool.leases.get('x')!, livesUntil: Infinity })).toBe(901_000);
	});
});

describe('the line', () => {
	test('[LE7] serves in order, once, and for thirty seconds', () => {
		const pool = poolOf(license('a', 1));
		const lease = claim(pool, 'x') as Lease;
		const [first, second] = [wait(pool, 'y'), wait(pool, 'z')];
		expect([first, second].map((each) => placeIn(pool, each))).toEqual([1, 2]);
		expect(serveLine(pool, at(0))).toEqual([]);
		dropLease(pool, lease);
		expect(serveLine(pool, at(1000))).toEqual([first]);
		expect(placeIn(pool, second)).toBe(1);
		expect(claim(pool, 'w', 1000)).toMatchObject({ refused: 'CLIENT_LIMIT_REACHED' });
		expect(lapsed(pool, 30_999).places).toEqual([]);
		expect(lapsed(pool, 31_000).places).toEqual([first]);
		dropPlace(pool, first);
		expect(serveLine(pool, at(31_000))).toEqual([second]);
		expect(claim(pool, 'z', 31_000)).toMatchObject({ client: 'z' });
		expect(pool.line).toEqual([]);
	});

	test('[LE7] one whom nothing free fits lets others pass', () => {
		const pool = poolOf(license('a', 1), license('b', 1, { entitlements: ['workflow'] }));
		claim(pool, 'x', 0, { needs: ['workflow'] });
		const [, passing] = [wait(pool, 'y', 0, ['workflow']), wait(pool, 'z')];
		expect(serveLine(pool, at(0))).toEqual([passing]);
	});
});

/** What may happen to a pool. */
const happening = fc.oneof(
	{ weight: 6, arbitrary: fc.record({ do: fc.constant('claim'), who: fc.nat(9), of: fc.nat(2) }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('wait'), who: fc.nat(9), of: fc.nat(2) }) },
	{
		weight: 3,
		arbitrary: fc.record({ do: fc.constant('release'), who: fc.nat(9), of: fc.nat(2) })
	},
	{ weight: 3, arbitrary: fc.record({ do: fc.constant('pass'), who: fc.nat(9), of: fc.nat(99) }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('change'), who: fc.nat(3), of: fc.nat(5) }) }
);

describe('whatever happens', () => {
	test('[LE1, LE6] no pool ever has a lease too many, and none is left empty while somebody waits', () => {
		fc.assert(
			fc.property(fc.array(happening, { maxLength: 80 }), (history) => {
				const licenses = new Map<string, PoolLicense>([
					['a', license('a', 2)],
					['b', license('b', 2, { entitlements: ['dataflow', 'workflow'] })]
				]);
				const pool = poolOf(...licenses.values());
				let now = 0;
				for (const { do: what, who, of } of history) {
					const client = `c${who}`;
					const needs = of === 2 ? ['workflow'] : [];
					const isOld = pool.leases.has(client);
					const before = pool.used;
					if (what === 'claim') {
						const granted = claim(pool, client, now, { needs });
						// Whoever held none gets in only below the number, the leases of before counted.
						if (!('refused' in granted) && !isOld && pool.used > before)
							expect(pool.used).toBeLessThanOrEqual(clientsOf(pool));
					} else if (what === 'wait' && !pool.line.some((each) => each.claim.client === client))
						wait(pool, client, now, needs);
					else if (what === 'release') {
						const lease = pool.leases.get(client);
						if (lease) dropLease(pool, lease);
					} else if (what === 'pass') {
						now += of * 1000;
						const { leases, places } = lapsed(pool, now);
						for (const lease of leases) dropLease(pool, lease);
						for (const place of places) dropPlace(pool, place);
					} else if (what === 'change') {
						const id = ['a', 'b', 'c', 'd'][who]!;
						if (of === 0) licenses.delete(id);
						else licenses.set(id, license(id, of, { graceSeconds: 30 }));
						changeTerms(pool, [...licenses.values()], now);
					}
					serveLine(pool, at(now));
					const { leases, line, terms } = pool;
					expect(
						findWrongs({ licenses: pool.licenses, terms, leases: [...leases.values()], line })
					).toEqual([]);
					expect(pool.used).toBe(leases.size + line.filter(({ offer }) => offer).length);
					for (const place of line)
						if (!place.offer && leases.get(place.claim.client)?.terms !== terms)
							expect(decideClaim(pool, place.claim, at(now))).toHaveProperty('refused');
				}
			}),
			{ numRuns: 400 }
		);
	});

	test('[LE1] the checker finds a planted lease', () => {
		const pool = poolOf(license('a', 1));
		const lease = claim(pool, 'x') as Lease;
		const seen = { licenses: pool.licenses, terms: pool.terms, line: [] };
		expect(findWrongs({ ...seen, leases: [lease] })).toEqual([]);
		expect(findWrongs({ ...seen, leases: [lease, { ...lease, client: 'y' }] })).toEqual([
			'more leases than clients',
			'more leases than clients of a'
		]);
		expect(findWrongs({ ...seen, leases: [lease, { ...lease, terms: 0 }] })).toContain(
			'a client holds two leases'
		);
	});
});
