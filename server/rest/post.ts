/**
 * What every `POST /v1/…` has in common: how often one may ask, a body that is whole, and answers as
 * JSON or as problem documents.
 *
 * @module
 */
import type { Context, Handler } from 'hono';
import type * as z from 'zod';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';
import { languageOf, problem, type ProblemOptions } from '#server/http/problem.ts';
import type { Limiter } from '#server/http/rate-limit.ts';

export type Edge = {
	hub: Hub;
	limiter: Limiter;
	findAsker: (headers: Headers) => Promise<Asker | undefined>;
	/** Who a user is and what they may do now. */
	findAuthor: (userId: string) => Promise<Asker | undefined>;
	/** Address of the caller, from the socket. */
	addressOf: (context: Context) => string;
};

export type Asked<T> = {
	body: T;
	language: 'en' | 'de';
	/** Who asks, where they are signed in. */
	findAsker: () => Promise<Asker | undefined>;
};

/** A plain refusal, one that comes as a file as well, or what is said; new things are 201. */
export type Reply =
	| Refusal
	| ({ refusal: Refusal } & Pick<ProblemOptions, 'file' | 'receipts'>)
	| { said: object; isNew?: boolean };

export function post<T extends z.ZodType>(
	{ limiter, findAsker, addressOf }: Edge,
	schema: T,
	answer: (asked: Asked<z.infer<T>>) => Promise<Reply>
): Handler {
	return async (context) => {
		const { headers } = context.req.raw;
		const language = languageOf(headers);
		const limited = await limiter.byAddress(addressOf(context));
		if (limited) return problem(limited, { language });
		const body = await readBody(context.req.raw, schema);
		if (isRefusal(body)) return problem(body, { language });

		const reply = await answer({ body, language, findAsker: () => findAsker(headers) });
		if (isRefusal(reply)) return problem(reply, { language });
		if ('refusal' in reply) {
			const { refusal, ...files } = reply;
			return problem(refusal, { language, ...files });
		}
		const status = reply.isNew ? 201 : 200;
		return context.json(reply.said, status, { 'cache-control': 'no-store' });
	};
}

async function readBody<T extends z.ZodType>(
	request: Request,
	schema: T
): Promise<z.infer<T> | Refusal<'BODY_INVALID'>> {
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
