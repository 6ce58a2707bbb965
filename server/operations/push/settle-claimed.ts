/**
 * Settling what was claimed for a customer, in its transaction: what it has stored is answered, the rest is
 * decided and stored with its effect. [SY2, DB1]
 *
 * @module
 */
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import type { CommandResult } from '#lib/protocol/commands.ts';
import type { Writing } from '#server/db/writing.ts';
import type { Receipts } from '#server/ledger/decide.ts';
import type { Hub } from '#server/hub/hub.ts';
import type { CommandClaim, ClaimedCommand } from './claims.ts';
import { lockResults, keepResults } from './results.ts';
import {
	refusedRecord,
	requestOf,
	resultOf,
	settleCommands,
	type CommandRecord
} from './settle-commands.ts';
import type { Turn } from './turn.ts';

/** What is known of the push. */
export type Pushing = {
	outbox: string;
	/** Places that are pushed. */
	places: ReadonlySet<number>;
	/** What is stored in places that others depend on. */
	before: ReadonlyMap<number, Pick<CommandRecord, 'refusal'>>;
	/** Receipts of what requests carry for other customers. */
	told: Receipts;
};

export async function settleClaimed(
	hub: Hub,
	shell: Writing,
	{ outbox, places, before, told }: Pushing,
	brought: readonly ClaimedCommand[]
): Promise<Turn<ClaimedCommand>> {
	const claims = brought.map(({ claim }) => claim);
	const known = await lockResults(shell, outbox, claims);
	const found = new Map(known.map((row) => [row.id, row]));
	const results = new Map<string, CommandResult>();
	const stored = new Map<number, Pick<CommandRecord, 'refusal'>>();
	const left: ClaimedCommand[] = [];
	const passed: ClaimedCommand[] = [];
	const goes: CommandClaim[] = [];
	for (const each of brought) {
		const { command, claim, customerId } = each;
		const row = found.get(command.id);
		if (row && row.passed === null) {
			results.set(command.id, resultOf(hub, command, row));
			stored.set(command.n, row);
		} else if (row && row.passed! >= claim.moves) passed.push(each);
		else if (customerId !== shell.customerId) {
			passed.push(each);
			goes.push(claim);
		} else left.push(each);
	}
	const isRepeated = stored.size > 0;
	const ready: ClaimedCommand[] = [];
	const later: ClaimedCommand[] = [];
	const records = new Map<string, CommandRecord>();
	for (const each of left) {
		const { command, asked } = each;
		const { id, n, dependsOn } = command;
		const first =
			dependsOn === undefined ? undefined : (stored.get(dependsOn) ?? before.get(dependsOn));
		if (dependsOn === undefined) ready.push(each);
		else if (first?.refusal && first.refusal.refused !== 'ALREADY_DONE') {
			const refusal = refuse('DEPENDENCY_REFUSED', { dependsOn });
			const record = await refusedRecord(hub, { command, request: requestOf(asked) }, refusal);
			results.set(
				id,
				isRefusal(record) ? { id, n, refusal: record } : resultOf(hub, command, record)
			);
			if (!isRefusal(record)) records.set(id, record);
		} else if (first || !places.has(dependsOn)) ready.push(each);
		else later.push(each);
	}
	for (const { command, record, result } of await settleCommands(hub, shell, ready, told)) {
		results.set(command.id, result);
		if (record) records.set(command.id, record);
	}
	await keepResults(shell, { records: [...records.values()], goes, known }, hub.now());
	for (const { command } of left) {
		const record = records.get(command.id);
		if (record) stored.set(command.n, record);
	}
	return {
		results: brought.flatMap(({ command }) => results.get(command.id) ?? []),
		head: await shell.auditHead(),
		isRepeated,
		stored,
		later,
		passed
	};
}
