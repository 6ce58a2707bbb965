/**
 * How large a body may be: what is larger is refused before it is read.
 *
 * @module
 */
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { refuse } from '#lib/domain/refusal.ts';
import { answerEarly } from './early-answer.ts';
import { languageOf, problem } from './problem.ts';

const KIB = 1024;

/** Bytes of most bodies. */
export const BODY_LIMIT = 256 * KIB;

/** Bytes of what a desk sends or fetches at once. */
export const PUSH_LIMIT = 16 * 1024 * KIB;

/** Bytes of a push as a file: the same, armoured. */
export const RELAYED_PUSH_LIMIT = PUSH_LIMIT + 1024 * KIB;

/** @param limitOf - Bytes, by the path that is asked. */
export function limitBody(limitOf: (path: string) => number): MiddlewareHandler {
	return (context, next) => {
		const limit = limitOf(context.req.path);
		// Node reads no more than was announced: such a body need not be counted, which costs a stream.
		const announced = context.req.header('content-length');
		return announced !== undefined && Number(announced) <= limit
			? next()
			: counted(limit)(context, next);
	};
}

function counted(maxSize: number): MiddlewareHandler {
	return bodyLimit({
		maxSize,
		onError: ({ req }) => {
			const language = languageOf(req.raw.headers);
			return answerEarly(
				problem(refuse('BODY_TOO_LARGE', { limit: maxSize }), { language }),
				req.raw.body
			);
		}
	});
}
