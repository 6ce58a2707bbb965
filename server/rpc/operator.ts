/**
 * The procedures as a program beside the database asks them: no line, no session, and every right.
 *
 * @module
 */
import { TRPCError } from '@trpc/server';
import type { Refusal } from '#lib/domain/refusal.ts';
import { OPERATOR, type Hub } from '#server/hub/hub.ts';
import { makeCallerOf, refusalOf } from './procedures.ts';
import { router } from './router.ts';

/** A procedure by its name, with what it takes. */
export type Asked = { procedure: string; input?: unknown; query?: boolean };

export type AskHub = <T>(asked: Asked) => Promise<T | Refusal>;

const makeCaller = makeCallerOf(router);

type Procedures = { [name: string]: { [verb: string]: (input: unknown) => Promise<unknown> } };

export function askAsOperator(hub: Hub): AskHub {
	// Sound: the router has two levels, and a name that it lacks is a fault of ours.
	const procedures = makeCaller({ hub, me: null, asker: OPERATOR }) as unknown as Procedures;
	return async <T>({ procedure, input }: Asked) => {
		const [noun = '', verb = ''] = procedure.split('.');
		try {
			return (await procedures[noun]![verb]!(input)) as T;
		} catch (error) {
			const refusal = error instanceof TRPCError ? refusalOf(error) : undefined;
			if (refusal) return refusal;
			throw error;
		}
	};
}
