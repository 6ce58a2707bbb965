/**
 * `/v1`: plain JSON for products in any language.
 *
 * @module
 */
import { Hono, type Context } from 'hono';
import type * as z from 'zod';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { explain } from '#lib/messages/explain.ts';
import { activate } from '#server/operations/activate.ts';
import { answerFile } from '#server/operations/answer.ts';
import type { Asker, Hub } from '#server/operations/hub.ts';
import { returnActivations } from '#server/operations/return-activations.ts';
import { activationBody, returnBody } from './bodies.ts';
import { openApiDocument } from './openapi.ts';
import { languageOf, problem } from './problem.ts';
import type { Limiter } from './rate-limit.ts';

export type Edge = {
	hub: Hub;
	limiter: Limiter;
	findAsker: (headers: Headers) => Promise<Asker | undefined>;
	/** Address of the caller, from the socket. */
	addressOf: (context: Context) => string;
};

export function v1({ hub, limiter, findAsker, addressOf }: Edge): Hono {
	const app = new Hono();
	app.get('/openapi.json', (context) => context.json(openApiDocument()));

	app.post('/activations', async (context) => {
		const { headers } = context.req.raw;
		const language = languageOf(headers);
		const limited = await limiter.byAddress(addressOf(context));
		if (limited) return problem(limited, { language });
		const body = await readBody(context.req.raw, activationBody);
		if (isRefusal(body)) return problem(body, { language });

		const asker = await findAsker(headers);
		const answer = await activate(hub, body.request, {
			asker,
			before: ({ claims }) => limiter.byNumber(claims.num)
		});
		if (isRefusal(answer)) return problem(answer, { language });
		const file = answerFile(hub, answer);
		const receipts = answer.receipts?.map((receipt) => answerFile(hub, receipt));
		if (answer.refusal) return problem(answer.refusal, { language, file, receipts });
		const notices = answer.notices.map((notice) => ({
			code: notice.refused,
			...explain(notice, language)
		}));
		const said = { file, ...(notices.length > 0 && { notices }), receipts };
		return context.json(said, answer.isNew ? 201 : 200, { 'cache-control': 'no-store' });
	});

	app.post('/returns', async (context) => {
		const { headers } = context.req.raw;
		const language = languageOf(headers);
		const limited = await limiter.byAddress(addressOf(context));
		if (limited) return problem(limited, { language });
		const body = await readBody(context.req.raw, returnBody);
		if (isRefusal(body)) return problem(body, { language });

		const [receipt] = await returnActivations(hub, [body.return], await findAsker(headers));
		if (!receipt) throw new Error('one return, one receipt');
		if (isRefusal(receipt)) return problem(receipt, { language });
		const file = answerFile(hub, receipt);
		return context.json({ file }, receipt.isNew ? 201 : 200, { 'cache-control': 'no-store' });
	});
	return app;
}

export async function readBody<T extends z.ZodType>(
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
