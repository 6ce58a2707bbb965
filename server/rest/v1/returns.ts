/** `POST /v1/returns`: a return in, its receipt out. */
import * as z from 'zod';
import { isRefusal } from '#lib/domain/refusal.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { returnActivations } from '#server/operations/facts/return-activations.ts';
import { fileText } from './endpoint.ts';
import { only, post } from './post.ts';

export const postReturns = post({
	path: '/v1/returns',
	operationId: 'returnActivation',
	summary: 'Give a seat back.',
	description:
		'A return is signed by the machine, so it needs no sign-in. It frees the seat at once ' +
		'or lets it cool; the same return gets the same receipt.',
	signIn: 'optional',
	body: z.strictObject({
		return: fileText.describe('A return file, its tokens joined by `~`, or the return alone.')
	}),
	answer: z.strictObject({ file: z.string().describe('The receipt, armoured.') }),
	answers: {
		description: 'The receipt. 201 where it is new, 200 where it had been given before.',
		created: true
	},
	async handle({ hub }, { body, findAsker }) {
		const receipt = only(await returnActivations(hub, [body.return], await findAsker()));
		if (isRefusal(receipt)) return receipt;
		return { answer: { file: answerFile(hub, receipt) }, isNew: receipt.isNew };
	}
});
