/**
 * The outbox: what this desk asks of the hub, kept until the hub's answer is stored. [SY1]
 *
 * @module
 */
import {
	isChangeCommand,
	type Command,
	type CommandArgs,
	type CommandResult,
	type CommandType
} from '#lib/protocol/commands.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { textHash } from '#lib/signing/text-hash.ts';
import { readState, writeState } from './state.ts';
import { deskNow, strict } from './database.ts';
import type { StateValues } from './state-rows.ts';
import type { OutboxRow } from './desk-rows.ts';

/** Version of each command's meaning. A changed meaning gets the next one. */
const versions: Record<CommandType, number> = {
	'activation.request': 1,
	'activation.return': 1,
	'activation.draw': 1,
	'allotment.reserve': 1,
	'allotment.close': 1,
	'request.wait': 1,
	'request.withdraw': 1,
	'license.note': 1,
	'machine.label': 1,
	'machine.site': 1,
	'license.allow': 1
};

/** A command before it has a place in the outbox; hashed outside any transaction. */
export type Draft = Pick<OutboxRow, 'id' | 'type' | 'version' | 'args' | 'hash' | 'subject'>;

/**
 * @param subject - What the command is about; while it waits, the same is not asked of it twice. A
 * changed text is another one each time.
 */
export async function draftCommand<T extends CommandType>(
	type: T,
	args: CommandArgs[T],
	subject: string
): Promise<Draft> {
	const version = versions[type];
	const hash = await textHash(JSON.stringify([type, version, args]));
	return { id: uuidv7(), type, version, args, hash, subject };
}

/** The command as it goes to the hub: without what the desk notes beside it. */
export function commandOf(row: OutboxRow): Command {
	const { id, outbox, n, type, version, args, hash, dependsOn, createdAt } = row;
	const command: Command = { id, outbox, n, type, version, args, hash, createdAt };
	return dependsOn === undefined ? command : { ...command, dependsOn };
}

/**
 * Appends commands, all or none, with gap-free numbers. Returns after the disk has them.
 *
 * @returns The rows that wait for the hub: those written now, and those that were waiting already.
 */
export async function appendCommands(drafts: readonly Draft[]): Promise<OutboxRow[]> {
	return strict.transaction('rw', strict.outbox, strict.states, async () => {
		const head = (await readState('outbox')) ?? newHead();
		const rows: OutboxRow[] = [];
		for (const draft of drafts) {
			const before = await strict.outbox.where('subject').equals(draft.subject).toArray();
			const waiting = isChangeCommand(draft.type)
				? undefined
				: (before.find((row) => row.state === 'waiting' && row.type === draft.type) ??
					rows.find((row) => row.subject === draft.subject && row.type === draft.type));
			if (waiting) {
				if (!rows.includes(waiting)) rows.push(waiting);
				continue;
			}
			head.lastN += 1;
			const row: OutboxRow = {
				...draft,
				outbox: head.id,
				n: head.lastN,
				createdAt: deskNow(),
				state: 'waiting'
			};
			await strict.outbox.add(row);
			rows.push(row);
		}
		await writeState('outbox', head);
		await writeState('changedAt', deskNow());
		return rows;
	});
}

/** What waits for the hub, in the order in which it was asked. */
export async function waitingCommands(connection = strict): Promise<OutboxRow[]> {
	const rows = await connection.outbox.where('state').equals('waiting').toArray();
	return rows.sort(byPlace);
}

/** Outboxes that came one after another, each in its own order: their ids rise with time. */
export function byPlace(one: OutboxRow, other: OutboxRow): number {
	if (one.outbox === other.outbox) return one.n - other.n;
	return one.outbox < other.outbox ? -1 : 1;
}

/** How much waits, and since when. */
export async function countWaiting(): Promise<{ count: number; oldestAt?: number }> {
	const rows = await waitingCommands();
	return { count: rows.length, oldestAt: rows[0]?.createdAt };
}

/** Stores results; call inside a transaction over `outbox`. A result already stored stays. */
export async function settleOutbox(
	results: readonly CommandResult[],
	connection = strict
): Promise<void> {
	for (const result of results) {
		const row = await connection.outbox.get(result.id);
		if (!row || row.state === 'settled') continue;
		await connection.outbox.put({ ...row, state: 'settled', result, settledAt: deskNow() });
	}
}

export function newHead(): StateValues['outbox'] {
	return { id: uuidv7(), lastN: 0 };
}

/**
 * Begins a new outbox, with a key of its own: after a fork, because this profile was copied or
 * restored from a backup, or because the old one was enrolled for somebody else. Unsettled commands
 * keep their ids, so nothing is done twice, and get new numbers. [SY2]
 */
export async function renewOutbox(): Promise<void> {
	await strict.transaction('rw', strict.outbox, strict.states, async () => {
		const head = newHead();
		await strict.outbox.bulkPut(placeCommands(await waitingCommands(), head));
		await writeState('outbox', head);
	});
}

/** Unsettled commands with the next numbers of another outbox, under the ids that they have. [SY2] */
export function placeCommands(
	rows: readonly OutboxRow[],
	head: StateValues['outbox']
): OutboxRow[] {
	const places = new Map<string, number>();
	return rows.map((row) => {
		head.lastN += 1;
		places.set(`${row.outbox} ${row.n}`, head.lastN);
		const moved = { ...row, outbox: head.id, n: head.lastN };
		// What it depended on either moves along under a new number, or is settled already.
		const dependsOn = places.get(`${row.outbox} ${row.dependsOn}`);
		delete moved.dependsOn;
		return dependsOn === undefined ? moved : { ...moved, dependsOn };
	});
}
