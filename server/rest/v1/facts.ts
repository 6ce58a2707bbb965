/** `POST /v1/facts`: what desks and machines have signed, brought by whoever carries it. [SY10] */
import * as z from 'zod';
import { isRefusal } from '#lib/domain/refusal.ts';
import { actorOf } from '#server/hub/hub.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { recordFacts } from '#server/operations/facts/record-facts.ts';
import { fileText } from './endpoint.ts';
import { only, post } from './post.ts';

export const postFacts = post({
	path: '/v1/facts',
	operationId: 'recordFact',
	summary: 'Bring what a desk or a machine has signed.',
	description:
		'A draw (an activation file that a desk made), a close, a return, or the allotment ' +
		'itself after a restore. Each proves itself, so it needs no sign-in, and no state of ' +
		'the license refuses it. The same again changes nothing. A draw of a slot that another ' +
		'machine has is recorded, and answered by a refusal for its machine.',
	signIn: 'optional',
	body: z.strictObject({
		file: fileText.describe(
			'A draw, a close or a return, or an allotment: the file, or its tokens joined by `~`.'
		)
	}),
	answer: z.strictObject({
		kind: z.enum(['draw', 'close', 'return', 'allotment']),
		number: z.string().describe('Number of the license.'),
		allotment: z.string().optional().describe('Of a close, or of an allotment that was adopted.'),
		file: z
			.string()
			.optional()
			.describe("The hub's activation file for a draw, or the draw itself; a receipt for a return.")
	}),
	answers: { description: 'What was recorded. 201 where it was new.', created: true },
	async handle({ hub }, { body, findAsker }) {
		const fact = only(await recordFacts(hub, [body.file], actorOf(await findAsker())));
		if (isRefusal(fact)) return fact;
		const { kind, number } = fact;
		if (!('answer' in fact))
			return { answer: { kind, number, allotment: fact.allotment }, isNew: fact.isNew };
		const file = answerFile(hub, fact.answer);
		// Recorded all the same: the "no" is for the machine that it was drawn for. [AL5, O11]
		if (fact.kind === 'draw' && fact.answer.refusal) return { refusal: fact.answer.refusal, file };
		return { answer: { kind, number, file }, isNew: fact.answer.isNew };
	}
});
