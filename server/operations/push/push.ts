/**
 * Push: commands of one outbox, each settled once. Results are stored with their effects in one
 * transaction, so the same command again gets the stored result. [SY1, SY2]
 *
 * @module
 */
import { createHash, randomUUID } from 'node:crypto';
import { inArray } from 'drizzle-orm';
import type { AuditHead } from '#lib/domain/audit.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { isFact, type Command, type CommandResult } from '#lib/protocol/commands.ts';
import type { PushReply } from '#lib/protocol/push.ts';
import type { DamagedCommand } from '#lib/formats/push.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { commands } from '#server/db/schema/ledger.ts';
import { insertRows } from '#server/db/rows.ts';
import { within, writing, type Writing } from '#server/db/writing.ts';
import { isCommandFault } from './command-fault.ts';
import { freezeForked } from '#server/operations/allotments/end-allotment.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';
import { closeForked, findKnown, isFork, lockOutbox, type SigningDesk } from './outboxes.ts';
import { prepareCommands, type Author, type Prepared } from './prepare-commands.ts';
import { refusedRecord, resultOf, settleCommands, type CommandRecord } from './settle-commands.ts';

export type Push = {
	outbox: string;
	commands: readonly Command[];
	/** Commands that could not be read; each is refused by itself. */
	damaged?: readonly DamagedCommand[];
	/** The desk that signed it. Absent: protocol 1, taken for outboxes that have no key. [SY9] */
	desk?: SigningDesk;
};

/** Who pushes. Without an asker the author is not known: only what proves itself is done. [SY8] */
type Pushing = { push: Push; asker: Asker | undefined; places: ReadonlySet<number> };

/**
 * Commands are executed with the rights that the asker has now, whenever they were written.
 *
 * @returns A result per command, with where the audits end now that they were written to, repeated
 * commands included [AU1], or a refusal of the push as a whole: `OUTBOX_FORKED`, `OUTBOX_NOT_YOURS`,
 * `PUSH_NOT_SIGNED`. One bad command is its own refusal and holds up no other.
 */
export async function push(
	hub: Hub,
	pushed: Push,
	asker: Asker | undefined
): Promise<PushReply | Refusal> {
	const { sound, damaged } = judgeCommands(pushed);
	const results = new Map<number, CommandResult>();
	const heads: PushReply['heads'] = {};
	const pushing = { push: pushed, asker, places: new Set(sound.map(({ n }) => n)) };
	let left = await prepareEach(hub, sound, { asker, desk: pushed.desk });
	while (left.length > 0) {
		const turn = await takeTurn(hub, pushing, left);
		if (isForked(turn)) await freezeForked(hub, pushed.outbox);
		if (isRefusal(turn)) return turn;
		for (const result of turn.results) results.set(result.n, result);
		Object.assign(heads, turn.heads);
		// What depends on a command that stays unsettled stays so as well.
		const stuck = turn.later.length === left.length;
		for (const { command } of stuck ? turn.later : []) {
			const { id, n, dependsOn = 0 } = command;
			results.set(n, { id, n, refusal: results.get(dependsOn)?.refusal });
		}
		left = stuck ? [] : turn.later;
	}
	const inOrder = sound.flatMap(({ n }) => results.get(n) ?? []);
	return { results: [...inOrder, ...damaged], heads };
}

/** What one transaction made of commands. `later`: what depends on others of the same push. */
type Turn = { results: CommandResult[]; heads: Record<string, AuditHead>; later: Prepared[] };

function isForked(turn: Turn | Refusal): boolean {
	const said = isRefusal(turn) ? [turn] : turn.results.map(({ refusal }) => refusal);
	return said.some((refusal) => refusal?.refused === 'OUTBOX_FORKED');
}

/** All in one transaction; where that throws, each by itself. */
async function takeTurn(
	hub: Hub,
	pushing: Pushing,
	prepared: readonly Prepared[]
): Promise<Turn | Refusal> {
	try {
		return await writing(hub.db, (shell) => settleTogether(hub, shell, pushing, prepared));
	} catch (fault) {
		if (!isCommandFault(fault)) throw fault;
	}
	const whole: Turn = { results: [], heads: {}, later: [] };
	for (const each of prepared) {
		const turn = await settleAlone(hub, pushing, each);
		if (isRefusal(turn)) return turn;
		whole.results.push(...turn.results);
		whole.later.push(...turn.later);
		Object.assign(whole.heads, turn.heads);
	}
	return whole;
}

/**
 * A command that throws is undone alone, and the refusal stored in its place names the fault. What
 * has happened is not lost by it: the returns that a request carries count all the same, and a fact
 * stays unsettled, so that it is brought again. [SY3, SY10]
 */
function settleAlone(hub: Hub, pushing: Pushing, prepared: Prepared): Promise<Turn | Refusal> {
	return writing(hub.db, async ({ tx }) => {
		const settle = (each: Prepared) =>
			within(tx, (inner) => settleTogether(hub, inner, pushing, [each]));
		const { command, request, what } = prepared;
		try {
			return await settle(prepared);
		} catch (fault) {
			if (!isCommandFault(fault)) throw fault;
			const carried = 'returns' in what ? what.returns : prepared.carried;
			const refusal = failed(hub, command, fault);
			if (!carried?.length) return await settle({ command, request, what: refusal });
			return await settle({ command, request, what: refusal, carried }).catch((again: unknown) => {
				if (!isCommandFault(again)) throw again;
				const { id, n } = command;
				return {
					results: [{ id, n, refusal: refuse('FACT_FAILED', { support: report(hub, again) }) }],
					heads: {},
					later: []
				};
			});
		}
	});
}

async function settleTogether(
	hub: Hub,
	shell: Writing,
	{ push: { outbox, desk }, asker, places }: Pushing,
	prepared: readonly Prepared[]
): Promise<Turn | Refusal> {
	if (!asker) return settleUnrecorded(hub, shell, prepared);
	const closed = await lockOutbox(hub, shell.tx, { outbox, userId: asker.userId, desk });
	if (closed) return refusedButFacts(hub, shell, { refusal: closed, prepared });
	const pushed = prepared.map(({ command }) => command);
	const known = await findKnown(shell.tx, outbox, pushed);
	if (isFork(pushed, known)) {
		await closeForked(hub, shell, outbox);
		const refusal = refuse('OUTBOX_FORKED', { outbox });
		return refusedButFacts(hub, shell, { refusal, prepared });
	}
	const records = new Map<string, CommandRecord>(known.map((record) => [record.id, record]));
	const own = known.filter((record) => record.outbox === outbox);
	const atPlace = new Map(own.map((record) => [record.n, record]));
	const ready: Prepared[] = [];
	const later: Prepared[] = [];
	const fresh: CommandRecord[] = [];
	for (const each of prepared) {
		const { id, dependsOn } = each.command;
		if (records.has(id)) continue;
		const before = dependsOn === undefined ? undefined : atPlace.get(dependsOn);
		if (dependsOn === undefined) ready.push(each);
		else if (before?.refusal && before.refusal.refused !== 'ALREADY_DONE')
			fresh.push(await refusedRecord(hub, each, refuse('DEPENDENCY_REFUSED', { dependsOn })));
		else if (before || !places.has(dependsOn)) ready.push(each);
		else later.push(each);
	}
	const settled = await settleCommands(hub, shell, ready);
	const results = new Map(settled.map(({ command, result }) => [command.id, result]));
	fresh.push(...settled.flatMap(({ record }) => record ?? []));
	await insertRows(shell.tx, commands, fresh);
	for (const record of fresh) records.set(record.id, record);
	const customerIds = [...records.values()].flatMap(({ customerId }) => customerId ?? []);
	return {
		results: pushed.flatMap((command) => {
			const record = records.get(command.id);
			return results.get(command.id) ?? (record ? resultOf(hub, command, record) : []);
		}),
		heads: await headsOf(shell, customerIds),
		later
	};
}

/** A closed outbox refuses no fact; everything else of it waits for its desk's next one. [SY10] */
async function refusedButFacts(
	hub: Hub,
	shell: Writing,
	{ refusal, prepared }: { refusal: Refusal; prepared: readonly Prepared[] }
): Promise<Turn | Refusal> {
	const facts = prepared.filter(({ command }) => isFact(command.type));
	if (refusal.refused !== 'OUTBOX_FORKED' || facts.length === 0) return refusal;
	const turn = await settleUnrecorded(hub, shell, facts);
	const others = prepared.filter(({ command }) => !isFact(command.type));
	const held = others.map(({ command: { id, n } }) => ({ id, n, refusal }));
	return { ...turn, results: [...turn.results, ...held] };
}

/** What proves itself is keyed by its own ids: nothing is stored for the outbox that brought it. */
async function settleUnrecorded(
	hub: Hub,
	shell: Writing,
	prepared: readonly Prepared[]
): Promise<Turn> {
	const settled = await settleCommands(hub, shell, prepared);
	const results = settled.map(({ result }) => result);
	return { results, heads: await shell.auditHeads(), later: [] };
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

/** Reads all, or where one throws, each by itself. */
async function prepareEach(
	hub: Hub,
	sound: readonly Command[],
	author: Author
): Promise<Prepared[]> {
	try {
		return await prepareCommands(hub, sound, author);
	} catch (fault) {
		if (!isCommandFault(fault)) throw fault;
	}
	const prepared: Prepared[] = [];
	for (const command of sound)
		try {
			prepared.push(...(await prepareCommands(hub, [command], author)));
		} catch (fault) {
			if (!isCommandFault(fault)) throw fault;
			prepared.push({ command, what: failed(hub, command, fault) });
		}
	return prepared;
}

function failed(hub: Hub, { type }: Command, fault: unknown): Refusal {
	const support = report(hub, fault);
	return isFact(type) ? refuse('FACT_FAILED', { support }) : refuse('COMMAND_FAILED', { support });
}

/** The log finds the fault by the id that the desk shows. */
function report(hub: Hub, fault: unknown): string {
	const support = randomUUID();
	hub.onFault?.(support, fault);
	return support;
}

/** Tells the sound commands from those that contradict themselves. */
function judgeCommands({ outbox, commands: pushed, damaged: unread = [] }: Push): {
	sound: Command[];
	damaged: DamagedCommand[];
} {
	const sound: Command[] = [];
	const damaged = [...unread];
	let before = 0;
	for (const [at, command] of pushed.entries()) {
		const { id, n, dependsOn } = command;
		const no = (claim: string, reason: string) =>
			damaged.push({
				...{ id, n },
				refusal: refuse('BODY_INVALID', { path: `commands.${at}.${claim}`, reason })
			});
		if (command.outbox !== outbox) no('outbox', 'other-outbox');
		else if (n <= before) no('n', 'order');
		else if (command.hash !== hashOf(command)) no('hash', 'mismatch');
		else if (dependsOn !== undefined && dependsOn >= n) no('dependsOn', 'order');
		else if (dependsOn !== undefined && damaged.some((each) => each.n === dependsOn))
			damaged.push({ id, n, refusal: refuse('DEPENDENCY_REFUSED', { dependsOn }) });
		else sound.push(command);
		before = Math.max(before, n);
	}
	return { sound, damaged };
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
