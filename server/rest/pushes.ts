/**
 * `POST /v1/pushes`: the signed push of a desk, brought by whoever carries it. [SY8]
 *
 * @module
 */
import { Hono } from 'hono';
import { isRefusal } from '#lib/domain/refusal.ts';
import { readPushFile } from '#lib/formats/push.ts';
import type { Asker } from '#server/operations/hub.ts';
import { relayPush } from '#server/operations/push-signed.ts';
import { pushBody } from './bodies.ts';
import { languageOf, problem } from './problem.ts';
import { readBody, type Edge } from './v1.ts';

/** @param findAuthor - Who a user is and what they may do now: the push runs with their rights. */
export function pushesRoute(
	{ hub, limiter, addressOf }: Edge,
	findAuthor: (userId: string) => Promise<Asker | undefined>
): Hono {
	const app = new Hono();
	app.post('/', async (context) => {
		const language = languageOf(context.req.raw.headers);
		const limited = await limiter.byAddress(addressOf(context));
		if (limited) return problem(limited, { language });
		const body = await readBody(context.req.raw, pushBody);
		if (isRefusal(body)) return problem(body, { language });
		const signed = readPushFile(body.push);
		if (isRefusal(signed)) return problem(signed, { language });
		const reply = await relayPush(hub, signed, findAuthor);
		if (isRefusal(reply)) return problem(reply, { language });
		return context.json({ results: reply.results }, 200, { 'cache-control': 'no-store' });
	});
	return app;
}
