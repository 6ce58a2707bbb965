/**
 * Whether a fault is a command's own, or the store's, which goes by and is tried again. [SY3]
 *
 * @module
 */
import { randomUUID } from 'node:crypto';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { isFact, type Command } from '#lib/protocol/commands.ts';
import { sqlState } from '#server/db/writing.ts';
import { Fault, systemCode } from '#server/fault.ts';
import type { Hub } from '#server/hub/hub.ts';

/**
 * SQLSTATE classes that speak of the data that a statement brought: cardinality, data exceptions,
 * integrity, syntax, program limits, raised by a trigger. Everything else is the store's state.
 */
const OF_DATA = /^(21|22|23|42|54|P0)/;

/**
 * @returns Whether trying the same again would end the same way. Where no code tells, that is
 * assumed; whoever acts on it uses the store once more, so that a broken one shows.
 */
export function isCommandFault(error: unknown): boolean {
	for (let cause = error; cause instanceof Error; cause = cause.cause)
		if (cause instanceof Fault) return false;
	const state = sqlState(error);
	if (state !== undefined) return OF_DATA.test(state);
	for (let cause = error; cause instanceof Error; cause = cause.cause)
		if (systemCode(cause) !== undefined) return false;
	return true;
}

/** What a command is answered that threw. A fact stays unsettled, so that it is sent again. [SY10] */
export function commandFailure(hub: Hub, { type }: Command, fault: unknown): Refusal {
	const support = reportFault(hub, fault);
	return isFact(type) ? refuse('FACT_FAILED', { support }) : refuse('COMMAND_FAILED', { support });
}

/** @returns The id by which the log finds the fault that a desk shows. */
export function reportFault(hub: Hub, fault: unknown): string {
	const support = randomUUID();
	hub.onFault?.(support, fault);
	return support;
}
