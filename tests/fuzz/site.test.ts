/** Hostile calls to a site server. `FUZZ_RUNS` says how many (3,000), `FUZZ_SEED` repeats a run. */
import { createConnection } from 'node:net';
import http from 'node:http';
import { expect, test } from 'vitest';
import { makeSiteMachine, makeVendor, startSite } from '../fixtures/running-site.ts';
import { call, newNonce, WireClient, type Hold } from '../site/wire-client.ts';
import { damaged, madeUp, oneOf, randomOf } from './inputs.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 3_000);
const SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 32));
const CALLERS = 8;
const RENEWED_EACH = 500;
const PRODUCT = 'atlas-server';

const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'];

test(
	'[LE4, LE5] whatever is sent, a site server answers, never with a fault, and holds what it held',
	{
		timeout: 300_000 + RUNS * 60
	},
	async () => {
		console.log(`fuzz: FUZZ_SEED=${SEED}`);
		const machine = makeSiteMachine(await makeVendor());
		await machine.activate({ clients: 2 });
		const site = await startSite(machine);
		const agent = new http.Agent({ keepAlive: true, maxSockets: CALLERS });
		const client = new WireClient(site, { product: PRODUCT, agent });
		const said = await client.claim();
		if (said.said !== 'yes') throw new Error(said.code);
		const { hold } = said;
		// Whose claims may be granted, as it proves them; and nobody else's.
		const other = new WireClient(site, { product: PRODUCT, agent });
		const shared = other.sharedWith(await other.siteKey());
		const statuses = new Map<number, number>();
		const random = randomOf(SEED);
		let left = RUNS;
		const one = async () => {
			while (left-- > 0) {
				const sent = hostileCall(random, { client: other, hold, shared });
				const answer = await call({ address: site.address, agent, ...sent }).catch(
					(fault: unknown) => {
						// Node itself refuses to send some of it, and the server may hang up on what is no HTTP.
						if (
							['ERR_INVALID_CHAR', 'ERR_UNESCAPED_CHARACTERS', 'ECONNRESET', 'EPIPE'].includes(
								codeOf(fault)
							)
						)
							return undefined;
						throw fault;
					}
				);
				const status = answer?.status ?? 0;
				statuses.set(status, (statuses.get(status) ?? 0) + 1);
				if (status >= 500)
					throw new Error(`${status} for ${JSON.stringify(sent)}: ${answer?.body}`);
				// Its lease lives on only while it is renewed, as any client's.
				if (left % RENEWED_EACH === 0)
					expect(await client.renew(hold)).toMatchObject({ said: 'yes', proven: true });
				expect(answer?.body ?? '', JSON.stringify(sent)).not.toMatch(
					/\n\s+at |node:internal|\.ts:\d/
				);
			}
		};
		await Promise.all(Array.from({ length: CALLERS }, one));
		for (let raw = 0; raw < RUNS / 100; raw++) await sendRaw(site.port, madeUp(random));
		console.log('fuzz: answers of a site server:', Object.fromEntries(statuses));
		expect(site.process.exitCode).toBeNull();
		expect(await client.renew(hold)).toMatchObject({ said: 'yes', proven: true });
		const { products } = JSON.parse(
			(await call({ address: site.address, method: 'GET', path: '/v1/site' })).body
		) as { products: object[] };
		expect([{ inUse: 1 }, { inUse: 2 }], 'nobody got in by a made up proof').toContainEqual({
			inUse: (products[0] as { inUse: number }).inUse
		});
		expect(site.log()).not.toMatch(/"level":(50|60)/);
		await site.end();
		machine.remove();
	}
);

type Hostile = { client: WireClient; hold: Hold; shared: Buffer };

/** A call of a client, some part of which is not as it should be; proven or not. */
function hostileCall(random: () => number, { client, hold, shared }: Hostile) {
	const ask = { client: client.id, dh: client.dh, product: PRODUCT, user: 'fuzz' };
	const valid = JSON.stringify({ ...ask, wait: true, needs: ['dataflow'], resource: 'db' });
	const calls = [
		['POST', '/v1/leases'],
		['POST', '/v1/leases'],
		['PUT', `/v1/leases/${hold.id}`],
		['DELETE', `/v1/leases/${hold.id}`],
		['GET', '/v1/site'],
		['GET', `/v1/resources?product=${PRODUCT}`]
	] as const;
	let [method, path]: readonly [string, string] = oneOf(random, calls);
	if (random() < 0.15) method = oneOf(random, methods);
	if (random() < 0.2) path = encoded(damaged(random, [path]));
	const body = bodyOf(random, { valid, ask });
	const nonce = random() < 0.8 ? newNonce() : printable(madeUp(random).slice(0, 40));
	// Only claims are proven rightly: what is held here is not to be ended.
	const key = path.startsWith('/v1/leases/') ? client.sharedWith(client.dh) : shared;
	const headers: Record<string, string> = {};
	if (random() < 0.7) Object.assign(headers, client.headers(key, { method, path, nonce, body }));
	else if (random() < 0.7) {
		headers['keyferry-nonce'] = nonce;
		headers['keyferry-mac'] = printable(madeUp(random).slice(0, 60));
	}
	if (random() < 0.05) headers.host = printable(madeUp(random).slice(0, 30)) || 'x';
	if (random() < 0.1) headers['content-type'] = oneOf(random, ['text/plain', 'text/html', '']);
	const bare = method === 'GET' || method === 'HEAD';
	return { method, path, headers, body: bare ? undefined : body };
}

function bodyOf(random: () => number, { valid, ask }: { valid: string; ask: object }): string {
	const kind = random();
	if (kind < 0.4) return damaged(random, [valid]);
	return kind < 0.8 ? fieldsOf(random, ask) : madeUp(random);
}

/** The right fields with values of the wrong kinds. */
function fieldsOf(random: () => number, ask: object): string {
	const values = [
		null,
		0,
		-1,
		1e308,
		'',
		[],
		{},
		true,
		'x'.repeat(5_000),
		['', null],
		{ a: { b: 1 } }
	];
	const changed = Object.entries({ ...ask, needs: [], resource: '', wait: false, version: '' }).map(
		([name, value]) => [name, random() < 0.3 ? oneOf(random, values) : value] as const
	);
	return JSON.stringify(Object.fromEntries(changed));
}

const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').trim();
const encoded = (path: string): string =>
	(path.startsWith('/') ? path : `/${path}`).replace(/[^\x21-\x7e]/g, '%00');
const codeOf = (fault: unknown): string => (fault as { code?: string }).code ?? '';

/** What is no HTTP at all. */
function sendRaw(port: number, text: string): Promise<void> {
	return new Promise((done) => {
		const socket = createConnection(port, '127.0.0.1');
		socket.on('error', () => done());
		socket.on('close', () => done());
		socket.on('data', () => socket.destroy());
		socket.end(text);
	});
}
