/**
 * Leases of a site server in a process of its own: claims, renewals and releases, each on its own, durable
 * and signed, beside bare HTTP and one signature in another process of the same run.
 *
 * @module
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	MAC_HEADER,
	NONCE_HEADER,
	requestText,
	type LeaseAnswer,
	type SiteInfo
} from '#lib/protocol/lease.ts';
import {
	clientIdOf,
	leaseKey,
	macOf,
	makeDhKey,
	openDhKey,
	sharedKey
} from '#lib/sdk/node/lease-keys.ts';
import { claimsIn, nonceOf } from '../tests/site/client.ts';
import {
	makeSiteMachine,
	makeVendor,
	startSite,
	type SiteProcess
} from '../tests/fixtures/running-site.ts';
import { askAll, requestBytes, type Timed } from './http-lines.ts';
import type { Result } from './result.ts';

const LINES = [1, 10, 100, 500];
/** Clients for each number of lines: enough for a second or two. */
const CLIENTS = new Map([
	[1, 500],
	[10, 2_000],
	[100, 4_000],
	[500, 4_000]
]);
const PER_SECOND = 6_000;
const P99_MS = 40;
const TIMES = 1.5;
/** 500 clients that renew three times a minute, and 50 claims a second. */
const STEADY = { renewing: 500, claims: 50, seconds: 10, p99: 20 };

type Member = { id: string; dh: string; shared: Buffer };
type Held = { id: string; key: Buffer };

export async function leases(): Promise<Result[]> {
	const machine = makeSiteMachine(await makeVendor());
	await machine.activate({ clients: 10_000 });
	const site = await startSite(machine);
	const info = (await (await fetch(`${site.address}/v1/site`)).json()) as SiteInfo;
	const members = Array.from({ length: 4_000 }, () => memberOf(info.dh));
	const results: Result[] = [];
	for (const lines of LINES)
		results.push(...(await measure(site, members.slice(0, CLIENTS.get(lines)), lines)));
	results.push(await steady(site, members));
	await site.end();
	machine.remove();
	return results;
}

function memberOf(site: string): Member {
	const own = makeDhKey();
	return { id: clientIdOf(own.x), dh: own.x, shared: sharedKey(openDhKey(own), site) };
}

/** The processor time of the server is what a claim costs; what callers have of it goes with the machine. */
async function measure(
	site: SiteProcess,
	members: readonly Member[],
	lines: number
): Promise<Result[]> {
	const bare = await startBare();
	const plain = members.map(() =>
		requestBytes({ method: 'POST', path: '/', body: 'x'.repeat(300) })
	);
	await askAll(bare.port, plain.slice(0, 500), lines);
	const before = cpuOf(bare.pid);
	const raw = await askAll(bare.port, plain, lines);
	const rawCost = (cpuOf(bare.pid) - before) / members.length;
	bare.end();

	// Known clients: the first round of each number of lines is the one that makes them so.
	const first = await claimAll(site, members, lines);
	await askAll(
		site.port,
		first.held.map((held) => holderBytes('DELETE', held)),
		lines
	);
	const started = cpuOf(site.process.pid!);
	const claims = await claimAll(site, members, lines);
	const cost = (cpuOf(site.process.pid!) - started) / members.length;
	const renewals = await of(site, 'PUT', claims.held, lines);
	const releases = await of(site, 'DELETE', claims.held, lines);
	const isAsked = lines === 100;
	const rows = [
		['claims', claims.timed],
		['renewals', renewals],
		['releases', releases]
	] as const;
	console.error(
		`${lines} lines: new clients ${Math.round(first.timed.perSecond)}/s; ` +
			rows
				.map(
					([name, { perSecond, p99 }]) =>
						`${name} ${Math.round(perSecond)}/s p99 ${p99.toFixed(1)} ms`
				)
				.join('; ') +
			`; bare ${Math.round(raw.perSecond)}/s p99 ${raw.p99.toFixed(1)} ms; ` +
			`a claim costs ${(cost * 1e6).toFixed(0)} µs, bare ${(rawCost * 1e6).toFixed(0)} µs`
	);
	return [
		...rows.flatMap(([name, timed]): Result[] => [
			{
				name: `Leases, ${lines} connections, ${name}`,
				figure: timed.perSecond,
				unit: '/s',
				raw: raw.perSecond,
				ratio: timed.perSecond / raw.perSecond,
				bar: isAsked ? `≥ ${PER_SECOND}/s` : '(no bar)',
				reached: !isAsked || timed.perSecond >= PER_SECOND
			},
			{
				name: `Leases, ${lines} connections, ${name}, p99`,
				figure: timed.p99,
				unit: 'ms',
				raw: raw.p99,
				ratio: timed.p99 / raw.p99,
				bar: isAsked ? `< ${P99_MS} ms` : '(no bar)',
				reached: !isAsked || timed.p99 < P99_MS
			}
		]),
		{
			name: `Leases, ${lines} connections, processor time of a claim`,
			figure: cost * 1000,
			unit: 'ms',
			raw: rawCost * 1000,
			ratio: cost / rawCost,
			bar: isAsked ? `≤ ${TIMES} × bare HTTP and a signature` : '(no bar)',
			reached: !isAsked || cost <= TIMES * rawCost
		}
	];
}

async function claimAll(site: SiteProcess, members: readonly Member[], lines: number) {
	const nonces = members.map(() => nonceOf());
	const requests = members.map((member, at) => claimBytes(member, nonces[at]!));
	const timed = await askAll(site.port, requests, lines);
	const held = timed.answers.map(({ status, body }, at): Held => {
		if (status !== 201) throw new Error(`${status}: ${body}`);
		const answer = JSON.parse(body) as Extract<LeaseAnswer, { state: 'granted' }>;
		const id = claimsIn(answer.lease).jti;
		return { id, key: leaseKey(members[at]!.shared, { id, nonce: nonces[at]! }) };
	});
	return { timed, held };
}

async function of(
	site: SiteProcess,
	method: string,
	held: readonly Held[],
	lines: number
): Promise<Timed> {
	const timed = await askAll(
		site.port,
		held.map((each) => holderBytes(method, each)),
		lines
	);
	const bad = timed.answers.find(({ status }) => status !== 200);
	if (bad) throw new Error(`${bad.status}: ${bad.body}`);
	return timed;
}

function claimBytes({ id, dh, shared }: Member, nonce: string): Buffer {
	const who = { client: id, dh, product: 'atlas-server', user: 'Demo Person', machine: 'bench-01' };
	return provenBytes({
		method: 'POST',
		path: '/v1/leases',
		body: JSON.stringify(who),
		nonce,
		key: shared
	});
}

function holderBytes(method: string, { id, key }: Held): Buffer {
	return provenBytes({ method, path: `/v1/leases/${id}`, body: '', nonce: nonceOf(), key });
}

function provenBytes({
	method,
	path,
	body,
	nonce,
	key
}: {
	method: string;
	path: string;
	body: string;
	nonce: string;
	key: Buffer;
}): Buffer {
	const mac = macOf(key, requestText({ method, path, nonce, body }));
	return requestBytes({
		method,
		path,
		headers: { [NONCE_HEADER]: nonce, [MAC_HEADER]: mac },
		body
	});
}

/** As on a working day, at the pace of it: what one call takes while nobody hurries. */
async function steady(site: SiteProcess, members: readonly Member[]): Promise<Result> {
	const { renewing, claims, seconds, p99: bar } = STEADY;
	const { held } = await claimAll(site, members.slice(0, renewing), 50);
	const took: number[] = [];
	const started = performance.now();
	const perSecond = renewing / 20 + claims;
	const calls: Promise<void>[] = [];
	for (let n = 0; n < perSecond * seconds; n++) {
		const due = started + (n * 1000) / perSecond;
		const wait = due - performance.now();
		if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
		const isClaim = n % 3 !== 0;
		const request = isClaim
			? claimBytes(members[renewing + (n % 3_000)]!, nonceOf())
			: holderBytes('PUT', held[n % held.length]!);
		calls.push(
			askAll(site.port, [request], 1).then(({ p99, answers: [answer] }) => {
				if (answer!.status > 201) throw new Error(`${answer!.status}: ${answer!.body}`);
				took.push(p99);
			})
		);
	}
	await Promise.all(calls);
	took.sort((one, other) => one - other);
	const p99 = took[Math.floor(took.length * 0.99)]!;
	console.error(`500 clients renewing and 50 claims/s: p99 ${p99.toFixed(1)} ms`);
	return {
		name: 'Leases, 500 clients renewing and 50 claims/s, p99',
		figure: p99,
		unit: 'ms',
		raw: took[Math.floor(took.length * 0.5)]!,
		ratio: p99 / took[Math.floor(took.length * 0.5)]!,
		bar: `< ${bar} ms`,
		reached: p99 < bar
	};
}

async function startBare() {
	const child = fork(join(import.meta.dirname, 'bare-http.fixture.ts'));
	const [port] = (await once(child, 'message')) as [number];
	return { port, pid: child.pid!, end: () => child.disconnect() };
}

/** Seconds that all threads of a process have had, at 100 ticks each. proc(5) */
function cpuOf(pid: number): number {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
	return (Number(fields[11]) + Number(fields[12])) / 100;
}
