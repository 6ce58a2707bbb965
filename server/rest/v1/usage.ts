/** `POST /v1/usage`: what a site server has signed of its use, brought by whoever carries it. [US3] */
import * as z from 'zod';
import { isRefusal } from '#lib/domain/refusal.ts';
import { actorOf } from '#server/hub/hub.ts';
import { recordUsage } from '#server/operations/usage/record-usage.ts';
import { fileText } from './endpoint.ts';
import { post } from './post.ts';

export const postUsage = post({
	path: '/v1/usage',
	operationId: 'recordUsage',
	summary: 'Bring the usage report of a site server.',
	description:
		'A report is signed by the machine of the site server and carries its activation, so it ' +
		'needs no sign-in. The same again changes nothing; of an hour that was reported before, ' +
		'the higher numbers stay.',
	signIn: 'optional',
	body: z.strictObject({
		file: fileText.describe('A usage report: the file, or its tokens joined by `~`.')
	}),
	answer: z.strictObject({
		number: z.string().describe('Number of the license.'),
		site: z.string().describe('What the site server is called.'),
		product: z.string()
	}),
	answers: { description: 'What was recorded. 201 where it was new.', created: true },
	async handle({ hub }, { body, findAsker }) {
		const recorded = await recordUsage(hub, body.file, actorOf(await findAsker()));
		if (isRefusal(recorded)) return recorded;
		const { isNew, ...about } = recorded;
		return { answer: about, isNew };
	}
});
