/** `POST /v1/leases`: a client asks to work. */
import * as z from 'zod';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import type { LeaseAsk } from '#lib/protocol/lease.ts';
import { clientIdOf } from '#lib/sdk/node/lease-keys.ts';
import { jsonContent, refused } from '#server/http/json-content.ts';
import { readCall, type SiteEndpoint } from './endpoint.ts';
import { answer, decline, isProven, callProofOf, prove } from './exchange.ts';

/** One line for people; what nobody sees, or moves the cursor, is not in it. */
const line = z
	.string()
	.min(1)
	.max(200)
	.regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+$/u);

const ask = z.strictObject({
	client: z
		.string()
		.regex(/^(key:[A-Za-z0-9_-]{43}|name:[^\p{Cc}\p{Cs}]{1,100})$/u)
		.describe('`key:` and the hash of `dh`, or `name:` and a name that was given.'),
	dh: z
		.string()
		.regex(/^[A-Za-z0-9_-]{43}$/)
		.describe('X25519 public key of the client, base64url.'),
	product: line,
	version: line.optional().describe('Of the product.'),
	builtAt: z
		.int()
		.min(0)
		.max(2 ** 40 - 1)
		.optional()
		.describe('When the client was built, in seconds since 1970.'),
	user: line.describe('Who sits there: shown to whoever is one too many.'),
	machine: line.optional(),
	needs: z
		.array(line)
		.max(50)
		.optional()
		.describe('Entitlements without which a lease is of no use.'),
	resource: line.optional().describe('Name of a resource that it opens.'),
	wait: z.boolean().optional().describe('Stand in line where no lease is free.')
});

const granted = z.strictObject({
	state: z.literal('granted'),
	lease: z.string().describe('A `lease` token, signed by the machine key of the site.'),
	warning: z
		.strictObject({ client: z.string(), server: z.string(), update: z.enum(['client', 'server']) })
		.optional()
		.describe('Versions that do not belong together, and which to update.')
});

const waiting = z.strictObject({
	state: z.literal('waiting'),
	id: z.string().describe('Renewed, watched and deleted as a lease is.'),
	place: z.int().describe('1 is next.'),
	ttl: z.int().describe('Seconds for which the place is kept without a renewal.')
});

export const postLeases: SiteEndpoint = {
	method: 'post',
	path: '/v1/leases',
	operation: {
		operationId: 'claim',
		summary: 'Claim a lease.',
		description:
			'`keyferry-nonce` and `keyferry-mac` prove the call. The same nonce gets the same lease again; ' +
			'another one replaces it. Answers carry `keyferry-mac` over the nonce of the call.',
		requestBody: { required: true, content: jsonContent(ask) },
		responses: {
			201: {
				description: 'Granted. 200 where the nonce had it before.',
				content: jsonContent(granted)
			},
			202: { description: 'In line.', content: jsonContent(waiting) },
			default: refused
		}
	},
	answer: async ({ site, counter }, call) => {
		const proof = callProofOf(call);
		if (isRefusal(proof)) return decline(proof, call);
		const claim = readCall(call.body, ask);
		if (isRefusal(claim)) return decline(claim, call);
		const shared = isOwnId(claim) ? site.sharedWith(claim.dh) : undefined;
		if (!shared || !isProven(call, proof, shared))
			return decline(refuse('CLIENT_PROOF_INVALID', {}), call);
		const tooOften = counter.claim(claim.client);
		if (tooOften) return prove(decline(tooOften, call), proof.nonce, shared);
		const claimed = await site.pools.claim(claim, { nonce: proof.nonce, shared });
		const answered = isRefusal(claimed)
			? decline(claimed, call)
			: answer(statusOf(claimed), claimed.answer);
		return prove(answered, proof.nonce, shared);
	}
};

/** Nobody else has the id of an installation. [LE3] */
function isOwnId({ client, dh }: LeaseAsk): boolean {
	return !client.startsWith('key:') || client === clientIdOf(dh);
}

function statusOf({ answer, isNew }: { answer: { state: string }; isNew: boolean }): number {
	if (answer.state === 'waiting') return 202;
	return isNew ? 201 : 200;
}
