/** `POST /v1/device-tokens`: whether a person has answered a site server. [GL1] */
import * as z from 'zod';
import { isRefusal } from '#lib/domain/refusal.ts';
import { pollServerCode } from '#server/operations/site-servers/poll-server-code.ts';
import { SITE_CLIENT } from './device-authorizations.ts';
import { post } from './post.ts';

export const postDeviceTokens = post({
	path: '/v1/device-tokens',
	operationId: 'pollDeviceToken',
	summary: 'Ask whether a person has chosen a license for this site server (RFC 8628).',
	description:
		'Until then it is refused with `authorization_pending`. The token activates the license of that ' +
		'number on the machine that asked, by `POST /v1/activations` with the token as Bearer, and nothing ' +
		'else: neither the license key nor a session of the person leaves the hub.',
	signIn: 'none',
	body: z.strictObject({
		grant_type: z.literal('urn:ietf:params:oauth:grant-type:device_code'),
		client_id: z.literal(SITE_CLIENT),
		device_code: z.string().max(64)
	}),
	answer: z.strictObject({
		access_token: z.string(),
		token_type: z.literal('Bearer'),
		expires_in: z.int().describe('Seconds.'),
		number: z.string().describe('Number of the license that the person chose.'),
		product: z.string(),
		title: z.string(),
		customer: z.string()
	}),
	answers: { description: 'The token, once a person has said yes.' },
	async handle({ hub }, { body }) {
		const polled = await pollServerCode(hub, body.device_code);
		if (isRefusal(polled)) return polled;
		const { grant, expiresIn, ...license } = polled;
		const answer = {
			access_token: grant,
			token_type: 'Bearer' as const,
			expires_in: expiresIn,
			...license
		};
		return { answer };
	}
});
