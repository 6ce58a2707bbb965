/**
 * A claim: granted, in line, or refused with who holds what. [LE1, LE3, LE7]
 *
 * @module
 */
import type { KeyObject } from 'node:crypto';
import { judgeClientVersion, warnOfVersions } from '#lib/domain/site/client-version.ts';
import { decideClaim, placeIn } from '#lib/domain/site/lease.ts';
import {
	dropLease,
	dropPlace,
	putLease,
	type Claim,
	type Lease,
	type PoolLicense
} from '#lib/domain/site/pool.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import type { LeaseAnswer, LeaseAsk } from '#lib/protocol/lease.ts';
import { keyOfLease } from './client-keys.ts';
import { tellingOf, type Commons, type Pooled, type PoolsParts } from './commons.ts';
import type { Holding } from './holdings.ts';
import type { LeaseRow } from './lease-rows.ts';
import { sweep } from './line.ts';

/** The nonce of the claim, and what its client shares with the site. */
export type ClaimProof = { nonce: string; shared: KeyObject };

export type Claimed = { answer: LeaseAnswer; isNew: boolean };

type Made = { ask: LeaseAsk; claim: Claim } & ClaimProof;

export async function claimLease(
	commons: Commons,
	ask: LeaseAsk,
	proof: ClaimProof
): Promise<Claimed | Refusal> {
	const { parts, holdings, pools } = commons;
	const of = pools.get(ask.product);
	if (!of) return refuse('NO_SERVER_LICENSE', { product: ask.product });
	const before = holdings.ofClient(ask.product, ask.client);
	// A retry: its answer may have been lost on the way.
	if (before?.nonce === proof.nonce && isRepeatable(of, before)) return repeat(commons, of, before);
	if (holdings.isSpent(proof.nonce)) return refuse('REPLACED', {});
	const made = { ask, claim: claimOf(ask, parts), ...proof };
	const decided = decide(commons, of, made);
	if (!isRefusal(decided)) return grant(commons, of, { ...made, license: decided });
	const isFull = ['CLIENT_LIMIT_REACHED', 'RESOURCE_LIMIT_REACHED'].includes(decided.refused);
	if (ask.wait && isFull) return enqueue(commons, of, { ...made, before });
	commons.say('denied', of, { refusal: decided, holding: { id: '', ...whoOf(ask) } });
	return decided;
}

function claimOf(
	{ client, product, needs = [], version, builtAt, resource }: LeaseAsk,
	{ findResource }: PoolsParts
): Claim {
	const asked = { client, needs, version, builtAt };
	if (resource === undefined) return asked;
	return { ...asked, resource: { name: resource, open: findResource(product, resource) } };
}

/** Looks what has ended only where nothing is free. */
function decide(commons: Commons, of: Pooled, { ask, claim }: Made): PoolLicense | Refusal {
	const { parts } = commons;
	const { clientVersions } = parts.versionsOf(ask.product);
	const tooOther = judgeClientVersion(ask.version, clientVersions);
	if (tooOther) return tooOther;
	const decided = decideClaim(of.pool, claim, tellingOf(parts));
	if (!isRefusal(decided) || !sweep(commons, of)) return decided;
	return decideClaim(of.pool, claim, tellingOf(parts));
}

/** After a restart its license may be gone. */
function isRepeatable({ serving }: Pooled, { lease, answer }: Holding): boolean {
	return !lease || answer !== undefined || serving.has(lease.activation);
}

async function repeat(commons: Commons, of: Pooled, holding: Holding): Promise<Claimed> {
	const { id, place, product, version } = holding;
	if (place) return { answer: waiting(commons, of, { id, place }), isNew: false };
	holding.answer ??= signedLease(commons, of, holding);
	const lease = await holding.answer;
	return {
		answer: { state: 'granted', lease, ...warningOf(commons, product, version) },
		isNew: false
	};
}

function warningOf({ parts }: Commons, product: string, version: string | undefined) {
	const warning = warnOfVersions(version, parts.versionsOf(product).version);
	return warning && { warning };
}

function waiting(
	{ parts }: Commons,
	{ pool }: Pooled,
	{ id, place }: { id: string; place: NonNullable<Holding['place']> }
): LeaseAnswer {
	return { state: 'waiting', id, place: placeIn(pool, place), ttl: parts.chosen().ttl };
}

/** Whoever stands in line already keeps the place; a lease under old terms goes on beside it. */
function enqueue(commons: Commons, of: Pooled, made: Made & { before?: Holding }): Claimed {
	const { parts, holdings } = commons;
	const { line } = of.pool;
	const holding = holdingOf(made, parts);
	const { id, client } = holding;
	const livesUntil = parts.monotonic() + parts.chosen().ttl * 1000;
	const place = { id, claim: made.claim, livesUntil };
	const at = line.findIndex((each) => each.claim.client === client);
	if (at < 0) line.push(place);
	else {
		dropPlace(of.pool, line[at]!);
		line.splice(at, 0, place);
	}
	if (made.before?.place) holdings.end(made.before, refuse('REPLACED', {}));
	holdings.put({ ...holding, place });
	commons.say('waiting', of, { holding });
	return { answer: waiting(commons, of, { id, place }), isNew: true };
}

async function grant(
	commons: Commons,
	of: Pooled,
	made: Made & { license: PoolLicense }
): Promise<Claimed> {
	const { parts, rows, holdings } = commons;
	const { ask, claim, license } = made;
	const { pool } = of;
	const { activation, graceSeconds } = license;
	const holding = holdingOf(made, parts);
	const { id, client } = holding;
	const { ttl } = parts.chosen();
	const former = pool.leases.get(client);
	const place = pool.line.find((each) => each.claim.client === client);
	const since = former?.since ?? parts.now();
	const lease: Lease = {
		id,
		client,
		activation,
		terms: pool.terms,
		resource: claim.resource?.name,
		user: ask.user,
		machine: ask.machine,
		since,
		graceSeconds,
		livesUntil: parts.monotonic() + ttl * 1000
	};
	if (place) dropPlace(pool, place);
	putLease(pool, lease);
	holding.lease = lease;
	const before = former && holdings.find(former.id)?.nonce;
	const kept = parts.store.commit(() => {
		rows.putLease(rowOf(holding, { lease, ttl }));
		if (before !== undefined) rows.spend(before, parts.now());
	});
	holding.answer = Promise.all([signedLease(commons, of, holding), kept]).then(([token]) => token);
	holdings.put(holding);
	let token: string;
	try {
		token = await holding.answer;
	} catch (error) {
		// Not on the disk: nobody was told, so nobody has it.
		holdings.undo(holding);
		if (dropLease(pool, lease) && former) putLease(pool, former);
		throw error;
	}
	for (const over of [former, place]) {
		const replaced = over && holdings.find(over.id);
		if (replaced && !replaced.over) holdings.end(replaced, refuse('REPLACED', {}));
	}
	commons.say('claimed', of, { holding });
	const warning = warningOf(commons, ask.product, ask.version);
	return { answer: { state: 'granted', lease: token, ...warning }, isNew: true };
}

function signedLease({ parts }: Commons, of: Pooled, holding: Holding): Promise<string> {
	const { ttl, site } = parts.chosen();
	const { id, nonce, client, product } = holding;
	const lease = holding.lease!;
	return parts.sign(of.serving.get(lease.activation)!, {
		jti: id,
		iat: parts.now(),
		nonce,
		cid: client,
		dh: parts.dh,
		site,
		pv: parts.versionsOf(product).version,
		ttl,
		grace: lease.graceSeconds,
		used: of.pool.leases.size,
		res: lease.resource
	});
}

function whoOf({ client, user, machine, version }: LeaseAsk) {
	return { client, user, machine, version };
}

function holdingOf({ ask, nonce, shared }: Made, { now }: PoolsParts): Holding {
	const id = uuidv7(now() * 1000);
	const key = keyOfLease(shared, { id, nonce });
	const { product, dh } = ask;
	return { id, product, dh, nonce, key, ...whoOf(ask), listeners: new Set() };
}

function rowOf(
	{ product, dh, nonce, version }: Holding,
	{ lease, ttl }: { lease: Lease; ttl: number }
): LeaseRow {
	return {
		product,
		client: lease.client,
		id: lease.id,
		activation: lease.activation,
		terms: lease.terms,
		dh,
		nonce,
		user: lease.user,
		machine: lease.machine ?? null,
		version: version ?? null,
		resource: lease.resource ?? null,
		grace: lease.graceSeconds,
		since: lease.since,
		ttl
	};
}
