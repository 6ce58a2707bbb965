/**
 * One turn of a push: commands settled in one transaction, and where that throws, each in its own.
 * [SY2, SY3]
 *
 * @module
 */
import type { AuditHead } from '#lib/domain/audit.ts';
import { refuse, isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { isFact, type Command, type CommandResult } from '#lib/protocol/commands.ts';
import { insertRows } from '#server/db/rows.ts';
import { commands } from '#server/db/schema/outboxes.ts';
import { within, writing, type Writing } from '#server/db/writing.ts';
import type { Receipts } from '#server/ledger/decide.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';
import { commandFailure, isCommandFault, reportFault } from './command-fault.ts';
import { closeForked, findKnown, isFork, lockOutbox } from './outboxes.ts';
import type { Push } from './judge-commands.ts';
import type { Prepared } from './prepare-commands.ts';
import {
	refusedRecord,
	requestOf,
	resultOf,
	settleCommands,
	type CommandRecord
} from './settle-commands.ts';

/** Who pushes. Without an asker the author is not known: only what proves itself is done. [SY8] */
export type Pushing = {
	push: Push;
	asker: Asker | undefined;
	places: ReadonlySet<number>;
	/** Whose turn it is: the vendor's for what is no customer's. */
	customerId: string;
	/** Of the first turn: all that is pushed. */
	whole?: readonly Command[];
	/** Receipts of what requests carry for other customers. */
	told: Receipts;
};

/** What one transaction made of commands. `later`: what depends on others of the same push. */
export type Turn = {
	results: CommandResult[];
	/** Where the audit of the customer ends, where it was written to. */
	head?: AuditHead;
	/** Customers that repeated commands have written to before. */
	repeated: string[];
	later: Prepared[];
};

/** All in one transaction; where that throws, each by itself. */
export async function takeTurn(
	hub: Hub,
	pushing: Pushing,
	prepared: readonly Prepared[]
): Promise<Turn | Refusal> {
	try {
		return await writing(hub.db, pushing.customerId, (shell) =>
			settleTogether(hub, shell, pushing, prepared)
		);
	} catch (fault) {
		if (!isCommandFault(fault)) throw fault;
	}
	const whole: Turn = { results: [], repeated: [], later: [] };
	for (const each of prepared) {
		const turn = await settleAlone(hub, pushing, each);
		if (isRefusal(turn)) return turn;
		whole.results.push(...turn.results);
		whole.later.push(...turn.later);
		whole.repeated.push(...turn.repeated);
		whole.head = turn.head ?? whole.head;
	}
	return whole;
}

/**
 * A command that throws is undone alone, and the refusal stored in its place names the fault. What
 * has happened is not lost by it: the returns that a request carries count all the same, and a fact
 * stays unsettled, so that it is sent again. [SY3, SY10]
 */
function settleAlone(hub: Hub, pushing: Pushing, prepared: Prepared): Promise<Turn | Refusal> {
	return writing(hub.db, pushing.customerId, async (outer) => {
		const settle = (each: Prepared) =>
			within(outer, (inner) => settleTogether(hub, inner, pushing, [each]));
		const { command, asked } = prepared;
		try {
			return await settle(prepared);
		} catch (fault) {
			if (!isCommandFault(fault)) throw fault;
			const returns = asked.kind === 'request' || asked.kind === 'declined' ? asked.returns : [];
			const refusal = commandFailure(hub, command, fault);
			const request = requestOf(asked);
			const settling = settle({ command, asked: { kind: 'declined', refusal, request, returns } });
			if (returns.length === 0) return await settling;
			return await settling.catch((again: unknown) => {
				if (!isCommandFault(again)) throw again;
				const { id, n } = command;
				const support = reportFault(hub, again);
				const result = { id, n, refusal: refuse('FACT_FAILED', { support }) };
				return { results: [result], repeated: [], later: [] };
			});
		}
	});
}

async function settleTogether(
	hub: Hub,
	shell: Writing,
	{ push: { outbox, desk }, asker, places, whole, told }: Pushing,
	brought: readonly Prepared[]
): Promise<Turn | Refusal> {
	if (!asker) return settleUnrecorded(hub, shell, { prepared: brought, told });
	const closed = await lockOutbox(hub, shell.tx, { outbox, asker, desk });
	const isEnded = closed?.refused === 'DESK_ENDED';
	if (closed && !isEnded)
		return refusedButFacts(hub, shell, { refusal: closed, prepared: brought, told });
	const prepared = isEnded ? brought.map((each) => declineButFacts(each, closed)) : brought;
	const pushed = prepared.map(({ command }) => command);
	const known = await findKnown(shell.tx, outbox, whole ?? pushed);
	if (isFork(whole ?? pushed, known)) {
		await closeForked(hub, shell, outbox);
		const refusal = refuse('OUTBOX_FORKED', { outbox });
		return refusedButFacts(hub, shell, { refusal, prepared, told });
	}
	const records = new Map<string, CommandRecord>(known.map((record) => [record.id, record]));
	const own = known.filter((record) => record.outbox === outbox);
	const atPlace = new Map(own.map((record) => [record.n, record]));
	const ready: Prepared[] = [];
	const later: Prepared[] = [];
	const fresh: CommandRecord[] = [];
	const results = new Map<string, CommandResult>();
	for (const each of prepared) {
		const { id, dependsOn } = each.command;
		if (records.has(id)) continue;
		const before = dependsOn === undefined ? undefined : atPlace.get(dependsOn);
		if (dependsOn === undefined) ready.push(each);
		else if (before?.refusal && before.refusal.refused !== 'ALREADY_DONE') {
			const request = requestOf(each.asked);
			const refusal = refuse('DEPENDENCY_REFUSED', { dependsOn });
			const record = await refusedRecord(hub, { command: each.command, request }, refusal);
			if (isRefusal(record)) results.set(id, { id, n: each.command.n, refusal: record });
			else fresh.push(record);
		} else if (before || !places.has(dependsOn)) ready.push(each);
		else later.push(each);
	}
	const settled = await settleCommands(hub, shell, ready, told);
	for (const { command, result } of settled) results.set(command.id, result);
	fresh.push(...settled.flatMap(({ record }) => record ?? []));
	await insertRows(shell.tx, commands, fresh);
	for (const record of fresh) records.set(record.id, record);
	return {
		results: pushed.flatMap((command) => {
			const record = records.get(command.id);
			return results.get(command.id) ?? (record ? resultOf(hub, command, record) : []);
		}),
		head: await shell.auditHead(),
		repeated: known.flatMap(({ customerId }) => customerId ?? []),
		later
	};
}

/** What a device asked for is refused once it was ended, and stays so. What has happened counts. [DV1, SY10] */
function declineButFacts({ command, asked }: Prepared, refusal: Refusal): Prepared {
	if (isFact(command.type)) return { command, asked };
	const returns = asked.kind === 'request' || asked.kind === 'declined' ? asked.returns : [];
	return { command, asked: { kind: 'declined', refusal, request: requestOf(asked), returns } };
}

/** A closed outbox refuses no fact; everything else of it waits for its desk's next one. [SY10] */
async function refusedButFacts(
	hub: Hub,
	shell: Writing,
	{ refusal, ...brought }: Brought & { refusal: Refusal }
): Promise<Turn | Refusal> {
	const { prepared, told } = brought;
	const facts = prepared.filter(({ command }) => isFact(command.type));
	if (refusal.refused !== 'OUTBOX_FORKED' || facts.length === 0) return refusal;
	const turn = await settleUnrecorded(hub, shell, { prepared: facts, told });
	const others = prepared.filter(({ command }) => !isFact(command.type));
	const held = others.map(({ command: { id, n } }) => ({ id, n, refusal }));
	return { ...turn, results: [...turn.results, ...held] };
}

type Brought = { prepared: readonly Prepared[]; told: Receipts };

/** What proves itself is keyed by its own ids: nothing is stored for the outbox that sent it. */
async function settleUnrecorded(
	hub: Hub,
	shell: Writing,
	{ prepared, told }: Brought
): Promise<Turn> {
	const settled = await settleCommands(hub, shell, prepared, told);
	const results = settled.map(({ result }) => result);
	return { results, head: await shell.auditHead(), repeated: [], later: [] };
}
