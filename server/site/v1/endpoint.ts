/**
 * What an endpoint of a site server is: where it stands, what it says of itself, and what it answers.
 *
 * @module
 */
import type * as z from 'zod';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Site } from '#server/site/site.ts';
import type { CallCounter } from './call-limits.ts';
import type { Answered, ClientCall } from './exchange.ts';
import type { Streams } from './streams.ts';

/** What endpoints work with. */
export type SiteEdge = { site: Site; streams: Streams; counter: CallCounter };

export type SiteEndpoint = {
	method: 'get' | 'post' | 'put' | 'delete';
	path: `/v1/${string}`;
	/** Its Operation Object. @see https://spec.openapis.org/oas/v3.1.0#operation-object */
	operation: SiteOperation;
	/** @param id - Of the path, where it names one. */
	answer: (edge: SiteEdge, call: ClientCall, id: string) => Answered | Promise<Answered>;
};

export type SiteOperation = {
	operationId: string;
	summary: string;
	description: string;
	parameters?: object[];
	requestBody?: { required: true; content: object };
	responses: Record<number | 'default', { description: string; content?: object }>;
};

/** A body that is whole. */
export function readCall<S extends z.ZodType>(
	text: string,
	schema: S
): z.infer<S> | Refusal<'BODY_INVALID'> {
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		return refuse('BODY_INVALID', { path: '', reason: 'json' });
	}
	const parsed = schema.safeParse(json);
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	return refuse('BODY_INVALID', {
		path: issue?.path.join('.') ?? '',
		reason: issue?.code ?? 'invalid'
	});
}
