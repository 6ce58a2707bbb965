/**
 * Both ways to decide a request, over the same random histories: on licenses as they were seen, stored in
 * one round trip, and under locks. Two customers live through the same, one each way, and what the tables
 * say of them in the end is compared row by row. `HISTORIES` says how many on each store (30), and `SEED`
 * repeats them.
 * [SE1, SE2, SE3]
 */
import { KeyObject, verify } from 'node:crypto';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkChain, type AuditEntry } from '#lib/domain/audit/audit.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { webhookKinds } from '#lib/domain/vendor/webhook.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { webhookEndpoints } from '#server/db/schema/webhooks.ts';
import { sha256 } from '#server/db/sha256.ts';
import type { Store } from '#server/db/store.ts';
import { answerFile, type RequestAnswer } from '#server/ledger/held/answer.ts';
import { grantSeen } from '#server/operations/activations/grant-seen.ts';
import { retireMachine } from '#server/operations/activations/retire-machine.ts';
import { returnActivations } from '#server/operations/facts/return-activations.ts';
import { resumeLicense, suspendLicense } from '#server/operations/licenses/suspend-license.ts';
import { countTrips } from '../fixtures/count-trips.ts';
import { testServer } from '../fixtures/empty-database.ts';
import {
	askFor,
	claimsOf,
	makeLicense,
	makeMachine,
	makeTestHub,
	returnOf,
	type TestHub,
	type TestLicense,
	type TestMachine
} from '../fixtures/hub.ts';
import { makeEmbeddedStore, makePostgresStore } from '../fixtures/stores.ts';
import { decideUnderLocks, readRequests } from '../fixtures/under-locks.ts';
import { fingerprint } from '../fixtures/chain.ts';

const HISTORIES = Number(process.env.HISTORIES ?? 30);
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const DAY = 86_400;
const MACHINES = 4;

const at = fc.nat({ max: MACHINES - 1 });
const of = fc.nat({ max: 1 });
const step = fc.oneof(
	{ weight: 8, arbitrary: fc.record({ do: fc.constant('request' as const), at, of }) },
	{ weight: 3, arbitrary: fc.record({ do: fc.constant('again' as const), at, of }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('changed' as const), at, of }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('stolen' as const), at, of }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('together' as const), at, of }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('return' as const), at, of }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('retire' as const), at, of }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('suspend' as const), at, of }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('resume' as const), at, of }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('days' as const), at, of }) }
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

type Submit = (made: TestHub, texts: readonly string[]) => Promise<RequestAnswer[]>;

/** Those that this way leaves go the other one. */
const asSeen: Submit = async (made, texts) => {
	const asked = await readRequests(made, texts);
	const shortly = await grantSeen(made.hub, asked);
	const left = asked.filter((each) => !shortly.has(each));
	const answers = left.length > 0 ? await decideUnderLocks(made, left) : [];
	return asked.map((each) => shortly.get(each) ?? answers[left.indexOf(each)]!);
};

const underLocks: Submit = async (made, texts) =>
	decideUnderLocks(made, await readRequests(made, texts));

/** What one customer lives through. */
class Life {
	readonly made: TestHub;
	readonly licenses: readonly TestLicense[];
	readonly submit: Submit;
	/** In the order in which they were granted. */
	readonly acts: string[] = [];
	/** The newest request and file of each machine at each license. */
	readonly held = new Map<string, { request: string; file?: string; act?: string }>();

	constructor(made: TestHub, licenses: readonly TestLicense[], submit: Submit) {
		this.made = made;
		this.licenses = licenses;
		this.submit = submit;
	}

	static async begin(made: TestHub, submit: Submit): Promise<Life> {
		const one = await makeLicense(made, { seats: 2 });
		const other = await makeLicense(made, { seats: 3, customerId: one.customerId });
		return new Life(made, [one, other], submit);
	}

	async ask(places: readonly string[], texts: readonly string[]): Promise<string[]> {
		const answers = await this.submit(this.made, texts);
		return answers.map((answer, n) => {
			const file = answerFile(this.made.hub, answer);
			if (answer.refusal) return `${answer.refusal.refused} ${answer.isNew}`;
			const { act, gen } = claimsOf<'activation'>(file);
			if (!this.acts.includes(act)) this.acts.push(act);
			this.held.set(places[n]!, { request: texts[n]!, file, act });
			return `${this.acts.indexOf(act)} ${gen} ${answer.isNew}`;
		});
	}
}

type Carried = { machines: readonly TestMachine[]; jtis: readonly string[] };

const steps: Record<Step['do'], (life: Life, step: Step, carried: Carried) => Promise<unknown>> = {
	async request(life, { at, of }, { machines, jtis }) {
		const text = await askFor(life.licenses[of]!, machines[at]!, { jti: jtis[0]!, iat: 1 });
		if (!life.held.has(`${of} ${at}`)) life.held.set(`${of} ${at}`, { request: text });
		return life.ask([`${of} ${at}`], [text]);
	},
	async again(life, { at, of }) {
		const known = life.held.get(`${of} ${at}`);
		return known && life.ask([`${of} ${at}`], [known.request]);
	},
	async changed(life, { at, of }, { machines, jtis }) {
		const { name } = machines[at]!;
		const fp = { ...fingerprint(name), disk: fingerprint(`${name} new`).disk };
		const text = await askFor(life.licenses[of]!, machines[at]!, { jti: jtis[0]!, iat: 1, fp });
		return life.ask([`${of} ${at}`], [text]);
	},
	async stolen(life, { at, of }, { machines }) {
		const known = life.held.get(`${of} ${at}`);
		if (!known) return undefined;
		const { jti } = JSON.parse(
			Buffer.from(known.request.split('.')[1]!, 'base64url').toString()
		) as { jti: string };
		const thief = machines[(at + 1) % MACHINES]!;
		return life.ask(['thief'], [await askFor(life.licenses[of]!, thief, { jti, iat: 1 })]);
	},
	async together(life, { at, of }, { machines, jtis }) {
		const places = [at, (at + 1) % MACHINES, (at + 2) % MACHINES];
		const texts = await Promise.all(
			places.map((place, n) =>
				askFor(life.licenses[(of + n) % 2]!, machines[place]!, { jti: jtis[n]!, iat: 1 })
			)
		);
		return life.ask(
			places.map((place, n) => `${(of + n) % 2} ${place}`),
			texts
		);
	},
	async return(life, { at, of }, { machines }) {
		const file = life.held.get(`${of} ${at}`)?.file;
		if (!file) return undefined;
		const [receipt] = await returnActivations(life.made.hub, [await returnOf(file, machines[at]!)]);
		return receipt && isRefusal(receipt) ? receipt.refused : receipt?.isNew;
	},
	async retire(life, { at, of }) {
		const act = life.held.get(`${of} ${at}`)?.act;
		const { manager: asker } = life.licenses[of]!;
		if (act === undefined) return undefined;
		const retired = await retireMachine(life.made.hub, { act, reason: 'gone' }, asker);
		return isRefusal(retired) ? retired.refused : retired.isNew;
	},
	suspend: async (life, { of }) => suspendLicense(life.made.hub, life.licenses[of]!, 'hub'),
	resume: async (life, { of }) => resumeLicense(life.made.hub, life.licenses[of]!, 'hub'),
	days: () => Promise.resolve(undefined)
};

/** What is random, or made of what is. */
const LEFT_OUT = new Set(['jti', 'prev', 'audit_hash', 'event_id', 'sealed_key', 'sealed_secret']);
/** Ids of the token itself, and of the return that a receipt answers. */
const RANDOM_CLAIMS = new Set(['jti', 'ret']);
const TABLES = [
	'license',
	'activation',
	'activation_component',
	'activation_file',
	'request',
	'give_back',
	'waiting_request',
	'revocation',
	'customer',
	'audit',
	'webhook_delivery'
];
const TOKEN = /^[\w-]+\.([\w-]+)\.[\w-]+$/;

/** Every row of a life's customer, with its ids called by their places in its history. */
async function rowsOf(store: Store, { made, licenses, acts }: Life): Promise<string[]> {
	const [{ customerId }] = licenses as [TestLicense];
	const called = new Map([[customerId, 'customer']]);
	for (const [n, { licenseId, number, manager }] of licenses.entries()) {
		called.set(licenseId, `license ${n}`).set(number, `number ${n}`);
		called.set(manager.userId, `manager ${n}`);
	}
	for (const [n, act] of acts.entries())
		called.set(act, `act ${n}`).set(shortOf(act), `short ${n}`);
	const rows: string[] = [];
	const entries: AuditEntry[] = [];
	for (const table of TABLES) {
		const name = sql.identifier(table);
		const found = await store.db.execute(
			sql`select to_jsonb(${name}.*) as row from ${name} where customer_id = ${customerId}`
		);
		for (const { row } of (found as { rows: { row: Record<string, unknown> }[] }).rows) {
			const { customer_id: _, ...rest } = row;
			if (table === 'audit') entries.push({ customerId, ...rest } as AuditEntry);
			if (typeof row.token === 'string') expect(isSigned(made, row.token), table).toBe(true);
			let text = JSON.stringify(row, (key, value: unknown) =>
				LEFT_OUT.has(key) || (table === 'audit' && key === 'hash') ? undefined : openToken(value)
			);
			for (const [id, known] of called) text = text.replaceAll(id, known);
			rows.push(`${table} ${text.replaceAll(/Example [0-9a-f-]{36}/g, 'Example')}`);
		}
	}
	const chain = entries.toSorted((one, other) => one.n - other.n);
	expect(checkChain(chain, sha256)).toBeUndefined();
	return rows.sort();
}

/** First bytes of its hash, as revocation lists name it. */
function shortOf(act: string): string {
	return Buffer.from(sha256(act), 'base64url').subarray(0, 9).toString('base64url');
}

/** However late it was signed. */
function isSigned({ key }: TestHub, token: string): boolean {
	const at = token.lastIndexOf('.');
	const signature = Buffer.from(token.slice(at + 1), 'base64url');
	return verify(null, Buffer.from(token.slice(0, at)), KeyObject.from(key.publicKey), signature);
}

function openToken(value: unknown): unknown {
	const payload = typeof value === 'string' ? TOKEN.exec(value)?.[1] : undefined;
	if (payload === undefined) return value;
	const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
	return Object.fromEntries(Object.entries(claims).filter(([name]) => !RANDOM_CLAIMS.has(name)));
}

describe.for([
	['the embedded database', makeEmbeddedStore, false],
	['PostgreSQL', makePostgresStore, testServer === undefined]
] as const)('two ways to decide, on %s', ([, makeStore, isMissing]) => {
	test.skipIf(isMissing)(
		'[SE1, SE2, SE3] as seen and under locks, the same history leaves the same ledger',
		{ timeout: 300_000 + HISTORIES * 5_000 },
		async () => {
			const store = await makeStore();
			const made = await makeTestHub(store);
			await store.db.insert(webhookEndpoints).values({
				id: uuidv7(),
				url: 'https://store.example.com',
				kinds: [...webhookKinds],
				sealed: '',
				createdAt: 1,
				createdBy: 'hub'
			});
			const start = made.clock.now;
			const ways = { shortly: 0, locked: 0 };
			await fc.assert(
				fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (history) => {
					made.clock.now = start;
					const machines = await Promise.all(Array.from({ length: MACHINES }, () => makeMachine()));
					const seen = await Life.begin(made, asSeen);
					const locked = await Life.begin(made, underLocks);
					for (const each of history) {
						if (each.do === 'days') made.clock.now += (1 + each.at) * 40 * DAY;
						const carried = { machines, jtis: [uuidv7(), uuidv7(), uuidv7()] };
						const { done, statements } = await countTrips(() =>
							steps[each.do](seen, each, carried)
						);
						if (statements.some(({ text }) => text.includes('store_grants')))
							ways[
								statements.some(({ text }) => text === 'begin read write') ? 'locked' : 'shortly'
							] += 1;
						expect(done).toEqual(await steps[each.do](locked, each, carried));
					}
					expect(await rowsOf(store, seen)).toEqual(await rowsOf(store, locked));
				}),
				{ numRuns: HISTORIES, seed: SEED }
			);
			await store.close();
			console.info(`HISTORIES=${HISTORIES} SEED=${SEED}, steps ${JSON.stringify(ways)}`);
			expect(ways.shortly, 'most of them go the short way').toBeGreaterThan(ways.locked);
		}
	);
});
