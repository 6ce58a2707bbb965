/**
 * What every `POST /v1/…` has in common: how often one may ask, a body that is whole, and answers as
 * JSON or as problem documents.
 *
 * @module
 */
import type { Handler } from 'hono';
import type * as z from 'zod';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Asker } from '#server/hub/hub.ts';
import { jsonContent, refused } from '#server/http/json-content.ts';
import { grantIn } from '#server/operations/site-servers/server-codes.ts';
import { languageOf, problem, type ProblemOptions } from '#server/http/problem.ts';
import { security, type Endpoint, type Operation, type RestEdge } from './endpoint.ts';

export type Call<Body> = {
	body: Body;
	language: 'en' | 'de';
	/** Of the caller. */
	address: string;
	/** Who asks, where they are signed in. */
	findAsker: () => Promise<Asker | undefined>;
	/** Of a site server that a person gave a license. */
	token: string | undefined;
};

/** A plain refusal, one that comes as a file as well, or an answer; new things are 201. */
export type Reply<Answer> =
	| Refusal
	| ({ refusal: Refusal } & Pick<ProblemOptions, 'file' | 'receipts'>)
	| { answer: Answer; isNew?: boolean };

type Post<Body extends z.ZodType, Answer extends z.ZodType> = Pick<
	Endpoint,
	'path' | 'bodyLimit'
> & {
	operationId: string;
	summary: string;
	description: string;
	signIn: keyof typeof security;
	body: Body;
	answer: Answer;
	/** What the answer is; `created` where it may be a new one. */
	answers: { description: string; created?: boolean };
	handle: (edge: RestEdge, call: Call<z.infer<Body>>) => Promise<Reply<z.infer<Answer>>>;
};

/** One endpoint: its schemas check the body, and are what the OpenAPI document shows. */
export function post<Body extends z.ZodType, Answer extends z.ZodType>(
	about: Post<Body, Answer>
): Endpoint {
	const { path, bodyLimit, operationId, summary, description, signIn, body, answers } = about;
	const answered = { description: answers.description, content: jsonContent(about.answer) };
	const responses: Operation['responses'] = { 200: answered, default: refused };
	if (answers.created) responses[201] = answered;
	return {
		method: 'post',
		path,
		bodyLimit,
		operation: {
			operationId,
			summary,
			description,
			security: security[signIn],
			requestBody: { required: true, content: jsonContent(body) },
			responses
		},
		handler: (edge) => handlerOf(edge, about)
	};
}

function handlerOf<Body extends z.ZodType, Answer extends z.ZodType>(
	edge: RestEdge,
	{ body: schema, handle }: Post<Body, Answer>
): Handler {
	return async (context) => {
		const { headers } = context.req.raw;
		const language = languageOf(headers);
		const address = edge.addressOf(context);
		const decline = (refusal: Refusal, more: ProblemOptions = {}) => {
			edge.hub.onRefusal?.(refusal.refused);
			return problem(refusal, { ...more, language });
		};
		const limited = await edge.limiter.byAddress(address);
		if (limited) return decline(limited);
		const body = await readBody(context.req.raw, schema);
		if (isRefusal(body)) return decline(body);

		const findAsker = () => edge.findAsker(headers);
		const token = grantIn(headers);
		const reply = await handle(edge, { body, language, address, findAsker, token });
		if (isRefusal(reply)) return decline(reply);
		if ('refusal' in reply) {
			const { refusal, file, receipts } = reply;
			return decline(refusal, { file, receipts });
		}
		const status = reply.isNew ? 201 : 200;
		return Response.json(reply.answer, { status, headers: { 'cache-control': 'no-store' } });
	};
}

async function readBody<Body extends z.ZodType>(
	request: Request,
	schema: Body
): Promise<z.infer<Body> | Refusal<'BODY_INVALID'>> {
	let json: unknown;
	try {
		json = await request.json();
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

/** One file in, one outcome out, of an operation that takes many. */
export function only<T>([outcome]: readonly (T | Refusal)[]): T | Refusal {
	if (!outcome) throw new Error('one file, one outcome');
	return outcome;
}
