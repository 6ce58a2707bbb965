/**
 * `/v1`: plain JSON for products in any language.
 *
 * @module
 */
import { Hono } from 'hono';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { readPushFile } from '#lib/formats/push.ts';
import { explain } from '#lib/messages/explain.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { adopt } from '#server/operations/restore/adopt.ts';
import { answerFile } from '#server/ledger/answer.ts';
import { actorOf } from '#server/hub/hub.ts';
import { relayPush } from '#server/operations/push/push-signed.ts';
import { recordFacts } from '#server/operations/facts/record-facts.ts';
import { returnActivations } from '#server/operations/facts/return-activations.ts';
import { activationBody, adoptBody, factBody, pushBody, returnBody } from './bodies.ts';
import { openApiDocument } from './openapi.ts';
import { post, type Asked, type Edge, type Reply } from './post.ts';

export function v1(edge: Edge): Hono {
	const app = new Hono();
	app.get('/openapi.json', (context) => context.json(openApiDocument()));
	app.post(
		'/activations',
		post(edge, activationBody, (asked) => activations(edge, asked))
	);
	app.post(
		'/returns',
		post(edge, returnBody, (asked) => returns(edge, asked))
	);
	app.post(
		'/facts',
		post(edge, factBody, (asked) => facts(edge, asked))
	);
	app.post(
		'/adopt',
		post(edge, adoptBody, (asked) => adoptions(edge, asked))
	);
	app.post(
		'/pushes',
		post(edge, pushBody, (asked) => pushes(edge, asked))
	);
	return app;
}

async function activations(
	{ hub, limiter }: Edge,
	{ body, language, findAsker }: Asked<{ request: string }>
): Promise<Reply> {
	const answer = await activate(hub, body.request, {
		asker: await findAsker(),
		before: ({ claims }) => limiter.byNumber(claims.num)
	});
	if (isRefusal(answer)) return answer;
	const { refusal, isNew } = answer;
	const file = answerFile(hub, answer);
	const receipts = answer.receipts?.map((receipt) => answerFile(hub, receipt));
	if (refusal) return { refusal, file, receipts };
	const notices = answer.notices.map((notice) => ({
		code: notice.refused,
		...explain(notice, language)
	}));
	return { said: { file, ...(notices.length > 0 && { notices }), receipts }, isNew };
}

async function returns(
	{ hub }: Edge,
	{ body, findAsker }: Asked<{ return: string }>
): Promise<Reply> {
	const receipt = theOne(await returnActivations(hub, [body.return], await findAsker()));
	if (isRefusal(receipt)) return receipt;
	return { said: { file: answerFile(hub, receipt) }, isNew: receipt.isNew };
}

/** What desks and machines have signed, brought by whoever carries it. [SY10] */
async function facts({ hub }: Edge, { body, findAsker }: Asked<{ file: string }>): Promise<Reply> {
	const fact = theOne(await recordFacts(hub, [body.file], actorOf(await findAsker())));
	if (isRefusal(fact)) return fact;
	const { kind, number } = fact;
	if (!('answer' in fact)) {
		const { allotment, isNew } = fact;
		return { said: { kind, number, allotment }, isNew };
	}
	const file = answerFile(hub, fact.answer);
	// Recorded all the same: the "no" is for the machine that it was drawn for. [AL5, O11]
	if (fact.kind === 'draw' && fact.answer.refusal) return { refusal: fact.answer.refusal, file };
	return { said: { kind, number, file }, isNew: fact.answer.isNew };
}

/** A file that this hub once signed, brought back after a restore by whoever holds it. [SY6] */
async function adoptions(
	{ hub }: Edge,
	{ body, findAsker }: Asked<{ file: string }>
): Promise<Reply> {
	const adopted = theOne(await adopt(hub, [body.file], actorOf(await findAsker())));
	return isRefusal(adopted) ? adopted : { said: adopted };
}

/** The signed push of a desk, by whoever carries it: it runs with its author's rights. [SY8] */
async function pushes(
	{ hub, findAuthor }: Edge,
	{ body }: Asked<{ push: string }>
): Promise<Reply> {
	const signed = readPushFile(body.push);
	if (isRefusal(signed)) return signed;
	const reply = await relayPush(hub, signed, findAuthor);
	return isRefusal(reply) ? reply : { said: { results: reply.results } };
}

/** One file, one outcome. */
function theOne<T>([outcome]: readonly (T | Refusal)[]): T | Refusal {
	if (!outcome) throw new Error('one file, one outcome');
	return outcome;
}
