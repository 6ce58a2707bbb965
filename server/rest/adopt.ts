/**
 * `POST /v1/adopt`: a file that this hub once signed, brought back after a restore by whoever holds
 * it. [SY6]
 *
 * @module
 */
import { Hono } from 'hono';
import { isRefusal } from '#lib/domain/refusal.ts';
import { adopt } from '#server/operations/adopt.ts';
import { actorOf } from '#server/operations/hub.ts';
import { adoptBody } from './bodies.ts';
import { languageOf, problem } from './problem.ts';
import { readBody, type Edge } from './v1.ts';

export function adoptRoute({ hub, limiter, findAsker, addressOf }: Edge): Hono {
	const app = new Hono();
	app.post('/', async (context) => {
		const { headers } = context.req.raw;
		const language = languageOf(headers);
		const limited = await limiter.byAddress(addressOf(context));
		if (limited) return problem(limited, { language });
		const body = await readBody(context.req.raw, adoptBody);
		if (isRefusal(body)) return problem(body, { language });
		const [adopted] = await adopt(hub, [body.file], actorOf(await findAsker(headers)));
		if (!adopted) throw new Error('one file, one outcome');
		if (isRefusal(adopted)) return problem(adopted, { language });
		return context.json(adopted, 200, { 'cache-control': 'no-store' });
	});
	return app;
}
