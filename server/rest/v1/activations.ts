/** `POST /v1/activations`: a request in, an activation file out. */
import * as z from 'zod';
import { isRefusal } from '#lib/domain/refusal.ts';
import { explain } from '#lib/messages/explain.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { findServerGrant, judgeGranted } from '#server/operations/site-servers/server-grant.ts';
import { fileText } from './endpoint.ts';
import { post } from './post.ts';

export const postActivations = post({
	path: '/v1/activations',
	operationId: 'activate',
	summary: 'Submit an activation request.',
	description:
		'A request that carries a proof needs no sign-in; by number alone the caller is a ' +
		'member of the customer (API key as Bearer token), or a site server that a person gave this ' +
		'license (token of `POST /v1/device-tokens`). The same request gets the same file.',
	signIn: 'optional',
	body: z.strictObject({
		request: fileText.describe('A request file, or its tokens joined by `~`.')
	}),
	answer: z.strictObject({
		file: z.string().describe('The activation file, armoured.'),
		notices: z
			.array(z.strictObject({ code: z.string(), title: z.string(), next: z.string() }))
			.optional()
			.describe('What the hub noticed besides, such as a clock in the future.'),
		receipts: z
			.array(z.string())
			.optional()
			.describe('Receipts, armoured, of the returns that the request file carried.')
	}),
	answers: {
		description: 'The activation file. 201 where it is new, 200 where it had been given before.',
		created: true
	},
	async handle({ hub, limiter, findAuthor }, { body, language, address, findAsker, token }) {
		let number = '';
		const grant = token === undefined ? undefined : await findServerGrant(hub, token);
		const answer = await activate(hub, body.request, {
			// Whoever approved the server, as far as they may that now.
			asker: await (grant ? findAuthor(grant.userId) : findAsker()),
			before: async (request) => {
				number = request.claims.num;
				const other = grant && judgeGranted(grant, request);
				return other ?? limiter.ofProofs(number, address);
			}
		});
		if (isRefusal(answer)) return answer;
		const { refusal, isNew } = answer;
		if (refusal?.refused === 'LICENSE_NOT_FOUND') await limiter.proofFailed(number, address);
		const file = answerFile(hub, answer);
		const receipts = answer.receipts?.map((receipt) => answerFile(hub, receipt));
		if (refusal) return { refusal, file, receipts };
		const noticed = answer.notices.map((notice) => {
			const { title, next } = explain(notice, language);
			return { code: notice.refused, title, next };
		});
		const notices = noticed.length > 0 ? noticed : undefined;
		return { answer: { file, notices, receipts }, isNew };
	}
});
