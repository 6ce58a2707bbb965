/** `POST /v1/pushes`: the signed push of a desk, by whoever carries it. [SY8] */
import * as z from 'zod';
import { isRefusal } from '#lib/domain/refusal.ts';
import { readPushFile } from '#lib/formats/push.ts';
import { RELAYED_PUSH_LIMIT } from '#server/http/body-limit.ts';
import { relayPush } from '#server/operations/push/push-signed.ts';
import { post } from './post.ts';

export const postPushes = post({
	path: '/v1/pushes',
	bodyLimit: RELAYED_PUSH_LIMIT,
	operationId: 'relayPush',
	summary: 'Bring what a desk could not send itself.',
	description:
		'A .kfpush file, unchanged. It is signed by the desk and runs with the rights of its ' +
		'author, so it needs no sign-in. The same push again gets the same results.',
	signIn: 'none',
	body: z.strictObject({
		push: z.string().min(1).describe('A .kfpush file: what a desk has not sent yet, signed by it.')
	}),
	answer: z.strictObject({
		results: z
			.array(
				z.strictObject({
					id: z.string().describe('Id of the command.'),
					n: z.int(),
					file: z.string().optional().describe('The answer, armoured.'),
					receipts: z.array(z.string()).optional(),
					refusal: z
						.strictObject({ refused: z.string(), facts: z.record(z.string(), z.unknown()) })
						.optional()
				})
			)
			.describe('One result for each command.')
	}),
	answers: { description: 'What became of each command.' },
	async handle({ hub, limiter, findAuthor }, { body, address }) {
		const signed = readPushFile(body.push);
		if (isRefusal(signed)) return signed;
		const reply = await relayPush(hub, signed, {
			findAuthor,
			charge: (commands) => limiter.byCommands(address, commands)
		});
		return isRefusal(reply) ? reply : { answer: { results: [...reply.results] } };
	}
});
