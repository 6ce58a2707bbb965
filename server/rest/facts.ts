/**
 * `POST /v1/facts`: what desks and machines have signed, brought by whoever carries it. [SY10]
 *
 * @module
 */
import { Hono } from 'hono';
import { isRefusal } from '#lib/domain/refusal.ts';
import { answerFile } from '#server/operations/answer.ts';
import { actorOf } from '#server/operations/hub.ts';
import { recordFacts } from '#server/operations/record-facts.ts';
import { factBody } from './bodies.ts';
import { languageOf, problem } from './problem.ts';
import { readBody, type Edge } from './v1.ts';

export function factsRoute({ hub, limiter, findAsker, addressOf }: Edge): Hono {
	const app = new Hono();
	app.post('/', async (context) => {
		const { headers } = context.req.raw;
		const language = languageOf(headers);
		const limited = await limiter.byAddress(addressOf(context));
		if (limited) return problem(limited, { language });
		const body = await readBody(context.req.raw, factBody);
		if (isRefusal(body)) return problem(body, { language });

		const [fact] = await recordFacts(hub, [body.file], actorOf(await findAsker(headers)));
		if (!fact) throw new Error('one file, one outcome');
		if (isRefusal(fact)) return problem(fact, { language });
		const { kind, number } = fact;
		if (!('answer' in fact)) {
			const { allotment, isNew } = fact;
			return context.json({ kind, number, allotment }, isNew ? 201 : 200, noStore);
		}
		const file = answerFile(hub, fact.answer);
		// Recorded all the same: the "no" is for the machine that it was drawn for. [AL5, O11]
		if (fact.kind === 'draw' && fact.answer.refusal)
			return problem(fact.answer.refusal, { language, file });
		return context.json({ kind, number, file }, fact.answer.isNew ? 201 : 200, noStore);
	});
	return app;
}

const noStore = { 'cache-control': 'no-store' };
