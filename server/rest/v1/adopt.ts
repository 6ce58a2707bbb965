/** `POST /v1/adopt`: a file that this hub once signed, brought back after a restore. [SY6] */
import * as z from 'zod';
import { isRefusal } from '#lib/domain/refusal.ts';
import { actorOf } from '#server/hub/hub.ts';
import { adopt } from '#server/operations/restore/adopt.ts';
import { fileText } from './endpoint.ts';
import { only, post } from './post.ts';

export const postAdopt = post({
	path: '/v1/adopt',
	operationId: 'adopt',
	summary: 'Bring back what a restored hub has forgotten.',
	description:
		'An activation file or a license key that this hub once signed. Its signature says ' +
		'enough, so it needs no sign-in; the same file again changes nothing.',
	signIn: 'optional',
	body: z.strictObject({
		file: fileText.describe(
			'An activation file, a receipt or a license key, or their tokens joined by `~`.'
		)
	}),
	answer: z.strictObject({
		kind: z.enum(['license', 'activation', 'receipt', 'allotment']),
		number: z.string(),
		act: z.string().optional(),
		outcome: z
			.enum([
				'license',
				'known',
				'newer',
				'given-back',
				'same-machine',
				'seat',
				'overage',
				'receipt',
				'allotment'
			])
			.describe('What the hub did with it: `seat` and `overage` are counted again.')
	}),
	answers: { description: 'What the hub did with it.' },
	async handle({ hub }, { body, findAsker }) {
		const adopted = only(await adopt(hub, [body.file], actorOf(await findAsker())));
		return isRefusal(adopted) ? adopted : { answer: adopted };
	}
});
