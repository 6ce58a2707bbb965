/**
 * One turn of a push: commands of one customer settled in one transaction, and where that throws, each in
 * its own. [SY3, DB1]
 *
 * @module
 */
import type { AuditHead } from '#lib/domain/audit/audit.ts';
import { refuse } from '#lib/domain/refusal.ts';
import type { CommandResult } from '#lib/protocol/commands.ts';
import { within, writing, type Writing } from '#server/db/writing.ts';
import type { Receipts } from '#server/ledger/decide.ts';
import type { Hub } from '#server/hub/hub.ts';
import { commandFailure, isCommandFault, reportFault } from './command-fault.ts';
import type { ClaimedCommand, OwnedCommand } from './claims.ts';
import type { Prepared } from './prepare-commands.ts';
import { requestOf, settleCommands, type CommandRecord } from './settle-commands.ts';

/** What one transaction made of commands. */
export type Turn<C extends OwnedCommand> = {
	results: CommandResult[];
	/** Where the audit of the customer ends, where it was written to. */
	head?: AuditHead;
	/** Some were done before: the audit ends wherever that has left it. */
	isRepeated?: boolean;
	/** What is stored now, by place. */
	stored?: ReadonlyMap<number, Pick<CommandRecord, 'refusal'>>;
	/** What depends on others of the same push. */
	later?: C[];
	/** Another customer's by now: stored is that they are passed on. */
	passed?: ClaimedCommand[];
};

/**
 * What is of one customer is one transaction [DB1]; what renews a license is one of its own, after all
 * that is asked of it as it is. [P7]
 *
 * @param of - Whose transaction it is.
 */
export function turnsOf<C extends OwnedCommand>(
	brought: readonly C[],
	of: (each: C) => string
): [customerId: string, part: C[]][] {
	const turns = Map.groupBy(brought, (each) =>
		each.asked.kind === 'switch' ? `${of(each)} ${each.asked.licenseId}` : of(each)
	);
	return [...turns.keys()].sort().map((key) => {
		const part = turns.get(key)!;
		return [of(part[0]!), part];
	});
}

type Settle<C extends OwnedCommand> = (shell: Writing, brought: readonly C[]) => Promise<Turn<C>>;

/** All in one transaction; where that throws, each by itself. @returns What each of them made. */
export async function takeTurn<C extends OwnedCommand>(
	hub: Hub,
	customerId: string,
	brought: readonly C[],
	settle: Settle<C>
): Promise<Turn<C>[]> {
	try {
		return [await writing(hub.db, customerId, (shell) => settle(shell, brought))];
	} catch (fault) {
		if (!isCommandFault(fault)) throw fault;
	}
	const turns: Turn<C>[] = [];
	for (const each of brought)
		turns.push(
			await writing(hub.db, customerId, (outer) =>
				settleAlone(hub, each, (as) => within(outer, (inner) => settle(inner, [as])))
			)
		);
	return turns;
}

/**
 * A command that throws is undone alone, and the refusal stored in its place names the fault. What
 * has happened is not lost by it: the returns that a request carries count all the same, and a fact
 * stays unsettled, so that it is sent again. [SY3, SY10]
 */
async function settleAlone<C extends OwnedCommand>(
	hub: Hub,
	brought: C,
	settle: (as: C) => Promise<Turn<C>>
): Promise<Turn<C>> {
	const { command, asked } = brought;
	try {
		return await settle(brought);
	} catch (fault) {
		if (!isCommandFault(fault)) throw fault;
		const returns = returnsOf(brought);
		const refusal = commandFailure(hub, command, fault);
		const request = requestOf(asked);
		const settling = settle({ ...brought, asked: { kind: 'declined', refusal, request, returns } });
		if (returns.length === 0) return await settling;
		return await settling.catch((again: unknown) => {
			if (!isCommandFault(again)) throw again;
			const { id, n } = command;
			const support = reportFault(hub, again);
			return { results: [{ id, n, refusal: refuse('FACT_FAILED', { support }) }] };
		});
	}
}

/** Returns that a command carries, whatever becomes of it. [SY10] */
export function returnsOf({ asked }: Prepared) {
	return asked.kind === 'request' || asked.kind === 'declined' ? asked.returns : [];
}

/** What proves itself is keyed by its own ids: nothing is stored for the outbox that sent it. [SY8] */
export async function settleUnrecorded(
	hub: Hub,
	shell: Writing,
	brought: readonly OwnedCommand[],
	told: Receipts
): Promise<Turn<OwnedCommand>> {
	const settled = await settleCommands(hub, shell, brought, told);
	return { results: settled.map(({ result }) => result), head: await shell.auditHead() };
}
