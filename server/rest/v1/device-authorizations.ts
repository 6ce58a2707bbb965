/** `POST /v1/device-authorizations`: a site server asks that a person chooses its license. [GL1] */
import * as z from 'zod';
import { isBlank } from '#lib/domain/typed-name.ts';
import { beginServerCode } from '#server/operations/site-servers/begin-server-code.ts';
import { post } from './post.ts';

/** The one kind of client that asks so. */
export const SITE_CLIENT = 'keyferry-site';

/** A machine code is compared by eye: it stands on one line of a phone. */
const CODE_LENGTH = 32;

/** One line for people. */
const line = z
	.string()
	.max(200)
	.regex(/^[^\p{Cc}\p{Cs}]+$/u)
	.refine((typed) => !isBlank(typed));

export const postDeviceAuthorizations = post({
	path: '/v1/device-authorizations',
	operationId: 'authorizeDevice',
	summary: 'Ask that a person chooses the license of a site server (RFC 8628).',
	description:
		'The site server shows `user_code` and the address. A person signs in there, sees which server ' +
		'asks, and picks one of the licenses that they may activate machines for. Meanwhile the server ' +
		'asks `POST /v1/device-tokens`, `interval` seconds after each answer.',
	signIn: 'none',
	body: z.strictObject({
		client_id: z.literal(SITE_CLIENT),
		name: line.describe('What people call the server.'),
		organization: line.optional().describe('Where it stands, as its admin wrote.'),
		product: line.optional().describe('Product that it is to serve.'),
		machine: z.strictObject({
			jkt: z
				.string()
				.regex(/^[A-Za-z0-9_-]{43}$/)
				.describe('Thumbprint of its machine key (RFC 7638).'),
			code: line.max(CODE_LENGTH).describe('Its machine code, as its own screen shows it.'),
			virtual: line.optional().describe('What virtualizes it, where something does.')
		})
	}),
	answer: z.strictObject({
		device_code: z.string().describe('A secret of the server.'),
		user_code: z.string(),
		verification_uri: z.string(),
		verification_uri_complete: z.string().describe('The same with the code, as for a QR code.'),
		expires_in: z.int().describe('Seconds.'),
		interval: z.int().describe('Seconds between two questions.')
	}),
	answers: { description: 'The codes.' },
	async handle({ hub, limiter }, { body, address }) {
		const limited = await limiter.serverCodes(address);
		if (limited) return limited;
		const { name, organization, product, machine } = body;
		const { jkt, code: machineCode, virtual } = machine;
		const asking = { name, organization, product, jkt, machineCode, virtual };
		const begun = await beginServerCode(hub, asking);
		const answer = {
			device_code: begun.deviceCode,
			user_code: begun.userCode,
			verification_uri: begun.page,
			verification_uri_complete: begun.pageWithCode,
			expires_in: begun.expiresIn,
			interval: begun.interval
		};
		return { answer };
	}
});
