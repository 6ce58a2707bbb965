/**
 * Push: commands of one outbox, each settled once. Results are stored with their effects in one
 * transaction, so the same command again gets the stored result. [SY1, SY2]
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { and, eq, inArray, or } from 'drizzle-orm';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Command, CommandResult, PushReply } from '#lib/domain/sync.ts';
import type { VerifiedReturn } from '#lib/signing/return.ts';
import { commands, customers, outboxes } from '#server/db/schema.ts';
import type { Transaction } from '#server/db/store.ts';
import { writing, type Writing } from '#server/db/writing.ts';
import { admit, readRequest, readWaiting, type ReadRequest } from './admit.ts';
import type { Ask } from './ask.ts';
import { answerFile, signRefusal, type Answer, type Signed } from './answer.ts';
import { decideTogether } from './decide-requests.ts';
import type { PlacedReturn } from './ask.ts';
import { actorOf, type Asker, type Hub } from './hub.ts';
import { placeReturns, readReturn } from './read-return.ts';

export const PUSH_COMMAND_LIMIT = 500;

export type Push = { outbox: string; commands: readonly Command[] };

type CommandRecord = typeof commands.$inferInsert;

/**
 * @returns A result per command in the order of the push, with where the audits end now that they
 * were written to, repeated commands included [AU1], or a refusal of the push as a whole:
 * `BODY_INVALID`, `OUTBOX_FORKED`.
 */
export async function push(
	hub: Hub,
	{ outbox, commands: pushed }: Push,
	asker: Asker
): Promise<PushReply | Refusal> {
	const invalid = judgePush(outbox, pushed);
	if (invalid) return invalid;
	// Signatures are checked and licenses found before any lock is taken.
	const prepared = await prepare(hub, pushed, asker);
	return writing(hub.db, async (shell) => {
		const closed = await lockOutbox(hub, shell.tx, { outbox, userId: asker.userId });
		if (closed) return closed;
		const known = await findKnown(shell.tx, outbox, pushed);
		if (pushed.some((command) => isFork(command, known))) {
			// Stored, not thrown: the fork is a fact, and the commit keeps it.
			const forkedAt = hub.now();
			await shell.tx.update(outboxes).set({ forkedAt }).where(eq(outboxes.outbox, outbox));
			return refuse('OUTBOX_FORKED', { outbox });
		}
		const settled = new Map<string, CommandRecord>(known.map((record) => [record.id, record]));
		const fresh = prepared.filter(({ command }) => !settled.has(command.id));
		const { records, riding } = await settle(hub, shell, fresh);
		if (records.length > 0) await shell.tx.insert(commands).values(records);
		for (const record of records) settled.set(record.id, record);
		const results = pushed.map((command) =>
			resultOf(hub, command, { record: settled.get(command.id), ...riding.get(command.id) })
		);
		const customerIds = [...settled.values()].flatMap(({ customerId }) => customerId ?? []);
		return { results, heads: await headsOf(shell, customerIds) };
	});
}

/** Those that this push wrote to, and those that its repeated commands wrote to before. */
async function headsOf(
	{ tx, auditHeads }: Writing,
	customerIds: readonly string[]
): Promise<PushReply['heads']> {
	const heads = await auditHeads();
	const others = [...new Set(customerIds)].filter((id) => !(id in heads));
	if (others.length === 0) return heads;
	const rows = await tx
		.select({ id: customers.customerId, n: customers.auditN, hash: customers.auditHash })
		.from(customers)
		.where(inArray(customers.customerId, others));
	return { ...heads, ...Object.fromEntries(rows.map(({ id, ...head }) => [id, head])) };
}

function judgePush(
	outbox: string,
	pushed: readonly Command[]
): Refusal<'BODY_INVALID'> | undefined {
	const no = (path: string, reason: string) => refuse('BODY_INVALID', { path, reason });
	let before = 0;
	for (const [at, command] of pushed.entries()) {
		const path = `commands.${at}`;
		if (command.outbox !== outbox) return no(`${path}.outbox`, 'other-outbox');
		if (command.n <= before) return no(`${path}.n`, 'order');
		if (command.hash !== hashOf(command)) return no(`${path}.hash`, 'mismatch');
		if (command.dependsOn !== undefined && command.dependsOn >= command.n)
			return no(`${path}.dependsOn`, 'order');
		before = command.n;
	}
	return undefined;
}

/** base64url SHA-256 over the JSON of `[type, version, args]`. */
export function hashOf({
	type,
	version,
	args
}: Pick<Command, 'type' | 'version' | 'args'>): string {
	return createHash('sha256')
		.update(JSON.stringify([type, version, args]))
		.digest('base64url');
}

/** A command with what it asks for, or with the "no" that needs no license to be said. */
type Prepared = {
	command: Command;
	request?: string;
	what: Ask | PlacedReturn | Refusal;
	/** Returns that a refused request carries: facts all the same. [SY10] */
	carried?: readonly PlacedReturn[];
};

async function prepare(hub: Hub, pushed: readonly Command[], asker: Asker): Promise<Prepared[]> {
	const read = await Promise.all(
		pushed.map(async (command) => ({ command, read: await readCommand(hub, command, asker) }))
	);
	const requests: ReadRequest[] = [];
	const returns: VerifiedReturn[] = [];
	for (const { read: each } of read) {
		if (isRefusal(each)) continue;
		if ('request' in each) requests.push(each);
		else returns.push(each);
	}
	const asks = await admit(
		hub,
		requests.map(({ request, returns: carried, way }) => ({
			request,
			asker,
			returns: carried,
			way
		}))
	);
	const placed = await placeReturns(hub, returns, actorOf(asker));
	const askOf = new Map(requests.map((each, at) => [each, asks[at]!]));
	const placeOf = new Map(returns.map((each, at) => [each, placed[at]!]));
	return read.map(({ command, read: each }) => {
		if (isRefusal(each)) return { command, what: each };
		if (!('request' in each)) return { command, what: placeOf.get(each)! };
		const { request, returns: carried } = each;
		return { command, request: request.claims.jti, what: askOf.get(each)!, carried };
	});
}

/** A newer desk may send what this hub does not know. */
function readCommand(
	hub: Hub,
	{ type, version, args }: Command,
	asker: Asker
): Promise<ReadRequest | VerifiedReturn | Refusal> {
	const readers = new Map<
		string,
		(text: string) => Promise<ReadRequest | VerifiedReturn | Refusal>
	>([
		['activation.request', (text) => readRequest(hub, text, asker)],
		['activation.return', (text) => readReturn(hub, text)],
		['request.wait', (text) => readWaiting(hub, text, { asker, way: 'wait' })],
		['request.withdraw', (text) => readWaiting(hub, text, { asker, way: 'withdraw' })]
	]);
	const read = version === 1 ? readers.get(type) : undefined;
	if (!read) return Promise.resolve(refuse('COMMAND_UNKNOWN', { type, version }));
	const text: unknown = 'request' in args ? args.request : 'file' in args ? args.file : undefined;
	if (typeof text === 'string') return read(text);
	return Promise.resolve(refuse('BODY_INVALID', { path: 'args', reason: 'missing' }));
}

async function lockOutbox(
	hub: Hub,
	tx: Transaction,
	{ outbox, userId }: { outbox: string; userId: string }
): Promise<Refusal | undefined> {
	await tx.insert(outboxes).values({ outbox, userId, createdAt: hub.now() }).onConflictDoNothing();
	const [row] = await tx.select().from(outboxes).where(eq(outboxes.outbox, outbox)).for('update');
	if (row?.forkedAt !== null) return refuse('OUTBOX_FORKED', { outbox });
	return undefined;
}

function findKnown(tx: Transaction, outbox: string, pushed: readonly Command[]) {
	const ids = pushed.map(({ id }) => id);
	const places = pushed.map(({ n }) => n);
	return tx
		.select()
		.from(commands)
		.where(
			or(inArray(commands.id, ids), and(eq(commands.outbox, outbox), inArray(commands.n, places)))
		);
}

/** The same id with another hash, or the same place with another id: this outbox was copied. */
function isFork(command: Command, known: readonly (typeof commands.$inferSelect)[]): boolean {
	return known.some((record) =>
		record.id === command.id
			? record.hash !== command.hash
			: record.outbox === command.outbox && record.n === command.n
	);
}

async function settle(
	hub: Hub,
	shell: Writing,
	prepared: readonly Prepared[]
): Promise<{ records: CommandRecord[]; riding: ReadonlyMap<string, Riding> }> {
	const returns = prepared.flatMap(({ what }) => ('proof' in what ? [what] : []));
	const asks = prepared.flatMap(({ what }) => ('actor' in what && 'request' in what ? [what] : []));
	const carried = prepared.flatMap(({ what, carried: each = [] }) => (isRefusal(what) ? each : []));
	const decided = await decideTogether(hub, shell, { asks, returns: [...returns, ...carried] });
	const receiptOf = new Map(
		carried.map((each, at) => [each, decided.receipts[returns.length + at]!])
	);
	const saidOf = new Map<Prepared['what'], Said>([
		...asks.map((ask, at) => [ask, decided.answers[at]!] as const),
		...returns.map((each, at) => [each, decided.receipts[at]!] as const)
	]);
	const records: CommandRecord[] = [];
	const riding = new Map<string, Riding>();
	for (const { command, request, what, carried: left = [] } of prepared) {
		// Not settled: this very command may be understood after the hub's next update.
		if (isRefusal(what) && what.refused === 'COMMAND_UNKNOWN') continue;
		const { id, outbox, n, hash } = command;
		const record: CommandRecord = { id, outbox, n, hash, settledAt: hub.now() };
		if (!isRefusal(what)) {
			const { kid, token, refusal, revocation, receipts, standing } = saidOf.get(what)!;
			const { customerId } = what;
			// Done as it was asked: the request's own answer is told by pulling. [RE1]
			const said = standing ? {} : { refusal, kid, token };
			records.push({ ...record, customerId, request, ...said });
			riding.set(id, { revocation, receipts });
		} else if (request === undefined) records.push({ ...record, refusal: what });
		else {
			const token = await signRefusal(hub, request, what);
			records.push({ ...record, refusal: what, kid: hub.signer.kid, token });
			if (left.length > 0) riding.set(id, { receipts: left.map((each) => receiptOf.get(each)!) });
		}
	}
	return { records, riding };
}

/** What a command is answered by: the answer to its request, or the receipt of its return. */
type Said = Signed & Partial<Pick<Answer, 'refusal' | 'revocation' | 'receipts' | 'standing'>>;

/** Goes along with the first delivery; who asks again finds it by pulling. */
type Riding = Pick<Answer, 'revocation' | 'receipts'>;

function resultOf(
	hub: Hub,
	{ id, n, type, version }: Command,
	{ record, revocation, receipts }: { record: CommandRecord | undefined } & Riding
): CommandResult {
	if (!record) return { id, n, refusal: refuse('COMMAND_UNKNOWN', { type, version }) };
	const { kid, token, refusal } = record;
	const file = kid && token ? answerFile(hub, { kid, token, revocation }) : undefined;
	return {
		...{ id, n, file, refusal: refusal ?? undefined },
		receipts: receipts?.map((receipt) => answerFile(hub, receipt))
	};
}
