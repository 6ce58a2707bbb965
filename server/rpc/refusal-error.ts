/**
 * A refusal on its way through tRPC, which knows only errors.
 *
 * @module
 */
import { TRPCError } from '@trpc/server';
import type { Refusal } from '#lib/domain/refusal.ts';
import { refusalStatus, type RefusalStatus } from '#server/http/refusal-status.ts';

/** tRPC's names of HTTP statuses. */
const rpcCodes = {
	400: 'BAD_REQUEST',
	401: 'UNAUTHORIZED',
	403: 'FORBIDDEN',
	404: 'NOT_FOUND',
	409: 'CONFLICT',
	410: 'NOT_FOUND',
	413: 'PAYLOAD_TOO_LARGE',
	// Answered before any procedure is looked for.
	421: 'BAD_REQUEST',
	422: 'UNPROCESSABLE_CONTENT',
	429: 'TOO_MANY_REQUESTS',
	500: 'INTERNAL_SERVER_ERROR',
	502: 'BAD_GATEWAY',
	503: 'SERVICE_UNAVAILABLE',
	// The nearest that tRPC has a name for.
	507: 'SERVICE_UNAVAILABLE'
} as const satisfies Record<RefusalStatus, TRPCError['code']>;

export class RefusalError extends TRPCError {
	readonly refusal: Refusal;

	constructor(refusal: Refusal, cause?: unknown) {
		super({ code: rpcCodes[refusalStatus[refusal.refused]], message: refusal.refused, cause });
		this.refusal = refusal;
	}
}
