/**
 * The way to a provider and back: the address that a browser is sent to, and what the code that it
 * brings back says of its user. [PE7]
 *
 * @see OpenID Connect Core 1.0, 3.1; RFC 7636
 * @module
 */
import { createHash } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as z from 'zod';
import type { Provider, ProviderPerson } from './provider.ts';

const ANSWER_MS = 10_000;
/** Signatures by a key that only the provider has: a shared secret proves nothing about it. */
const ALGORITHMS = [
	'RS256',
	'RS384',
	'RS512',
	'PS256',
	'PS384',
	'PS512',
	'ES256',
	'ES384',
	'EdDSA'
];
const CLOCK_TOLERANCE = '2 minutes';

/** What one trip is known by; the provider brings `state` and `nonce` back. */
export type Trip = { state: string; nonce: string; verifier: string; redirectUri: string };

export function addressAt(provider: Provider, trip: Trip): string {
	const url = new URL(provider.authorization);
	const challenge = createHash('sha256').update(trip.verifier).digest('base64url');
	for (const [name, value] of Object.entries({
		response_type: 'code',
		client_id: provider.clientId,
		redirect_uri: trip.redirectUri,
		scope: provider.scope,
		state: trip.state,
		code_challenge: challenge,
		code_challenge_method: 'S256',
		...(provider.openId && { nonce: trip.nonce })
	}))
		url.searchParams.set(name, value);
	return url.href;
}

const answered = z.object({ access_token: z.string(), id_token: z.string().optional() });

const person = z.object({
	/** `id` of those that know no OpenID. */
	sub: z.string().min(1).optional(),
	id: z.string().min(1).optional(),
	name: z.string().optional(),
	email: z.string().optional(),
	// Some say it as a word.
	email_verified: z.union([z.boolean(), z.enum(['true', 'false'])]).optional()
});

/** @throws where the provider does not answer, or what it answers proves nothing. */
export async function askPerson(
	provider: Provider,
	{ code, trip }: { code: string; trip: Omit<Trip, 'state'> }
): Promise<ProviderPerson> {
	const signal = AbortSignal.timeout(ANSWER_MS);
	const { access_token: token, id_token: idToken } = answered.parse(
		await jsonOf(await fetch(provider.token, { ...tokenRequest(provider, code, trip), signal }))
	);
	const claims = provider.openId && (await verifiedClaims(provider, idToken, trip.nonce));
	const told =
		(!claims || claims.email === undefined) && provider.userinfo !== undefined
			? person.parse(
					await jsonOf(
						await fetch(provider.userinfo, {
							headers: { authorization: `Bearer ${token}` },
							signal
						})
					)
				)
			: undefined;
	const subject = claims ? claims.sub : (told?.sub ?? told?.id);
	if (subject === undefined) throw new Error('the provider names nobody');
	// What is said there may be about somebody else. (OpenID Connect Core 1.0, 5.3.2)
	if (claims && told && told.sub !== subject) throw new Error('the provider names two people');
	const said = { ...told, ...claims };
	const isProven =
		provider.openId && (said.email_verified === true || said.email_verified === 'true');
	return {
		subject,
		name: said.name?.trim() || undefined,
		provenEmail: isProven ? said.email?.trim().toLowerCase() : undefined
	};
}

function tokenRequest(
	{ clientId, clientSecret, secretInForm }: Provider,
	code: string,
	{ verifier, redirectUri }: Omit<Trip, 'state'>
): RequestInit {
	const form = new URLSearchParams({
		grant_type: 'authorization_code',
		code,
		redirect_uri: redirectUri,
		code_verifier: verifier
	});
	const headers: Record<string, string> = { accept: 'application/json' };
	if (secretInForm) {
		form.set('client_id', clientId);
		form.set('client_secret', clientSecret);
	} else {
		const both = [clientId, clientSecret].map((each) => encodeURIComponent(each)).join(':');
		headers.authorization = `Basic ${Buffer.from(both).toString('base64')}`;
	}
	return { method: 'POST', headers, body: form, redirect: 'error' };
}

async function verifiedClaims(
	{ openId, clientId }: Provider,
	idToken: string | undefined,
	nonce: string
): Promise<z.infer<typeof person> & { sub: string }> {
	if (!openId || idToken === undefined) throw new Error('the provider gave no ID token');
	const keys = createRemoteJWKSet(new URL(openId.keys), { timeoutDuration: ANSWER_MS });
	const { payload } = await jwtVerify(idToken, keys, {
		issuer: openId.issuer,
		audience: clientId,
		algorithms: ALGORITHMS,
		clockTolerance: CLOCK_TOLERANCE,
		requiredClaims: ['sub', 'iat', 'exp']
	});
	if (payload.nonce !== nonce) throw new Error('the ID token is of another trip');
	if (payload.azp !== undefined && payload.azp !== clientId)
		throw new Error('the ID token is for somebody else');
	return { ...person.parse(payload), sub: payload.sub! };
}

async function jsonOf(answer: Response): Promise<unknown> {
	if (!answer.ok) throw new Error(`the provider answers ${answer.status}`);
	return answer.json();
}
