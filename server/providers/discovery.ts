/**
 * Finds the endpoints of providers, each for itself and beside everything else: one that is down or
 * never answers is not there, and delays nobody. [PE7]
 *
 * @module
 */
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import type { Provider, ProviderOptions } from './provider.ts';

const ANSWER_MS = 5000;
const WAITS_MS = [2000, 5000, 15_000, 60_000, 300_000];

const described = z.object({
	issuer: z.string(),
	authorization_endpoint: z.url(),
	token_endpoint: z.url(),
	userinfo_endpoint: z.url().optional(),
	jwks_uri: z.url(),
	token_endpoint_auth_methods_supported: z.array(z.string()).optional()
});

export type Providers = {
	/** Those that have answered, in the order in which they were named. */
	list: () => Provider[];
	find: (id: string) => Provider | undefined;
	close: () => void;
};

export function watchProviders(
	options: readonly ProviderOptions[],
	{
		onFault,
		waitsMs = WAITS_MS
	}: { onFault: (id: string, fault: unknown) => void; waitsMs?: readonly number[] }
): Providers {
	const found = new Map<string, Provider>();
	const stop = new AbortController();
	const isOn = () => !stop.signal.aborted;
	const look = async (each: ProviderOptions) => {
		for (let tries = 0; isOn(); tries++) {
			try {
				found.set(each.id, await discover(each, stop.signal));
				return;
			} catch (fault) {
				if (!isOn()) return;
				onFault(each.id, fault);
			}
			const wait = waitsMs[Math.min(tries, waitsMs.length - 1)];
			await pause(wait, undefined, { signal: stop.signal, ref: false }).catch(() => undefined);
		}
	};
	for (const each of options) void look(each);
	const find = (id: string) => found.get(id);
	return {
		list: () => options.flatMap(({ id }) => find(id) ?? []),
		find,
		close: () => stop.abort()
	};
}

/** @throws where it does not answer, or not with a description of itself. */
async function discover(options: ProviderOptions, stop: AbortSignal): Promise<Provider> {
	const { id, title, clientId, clientSecret } = options;
	const named = { id, title, clientId, clientSecret };
	if ('endpoints' in options)
		return { ...named, ...options.endpoints, scope: options.scope, secretInForm: true };
	const { issuer } = options;
	const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
	const signal = AbortSignal.any([stop, AbortSignal.timeout(ANSWER_MS)]);
	const answer = await fetch(address, { signal });
	if (!answer.ok) throw new Error(`${address} answers ${answer.status}`);
	const said = described.parse(await answer.json());
	// Nobody else may describe it. (OpenID Connect Discovery 1.0, 4.3)
	if (said.issuer !== issuer) throw new Error(`${address} describes ${said.issuer}`);
	const ways = said.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
	return {
		...named,
		authorization: said.authorization_endpoint,
		token: said.token_endpoint,
		userinfo: said.userinfo_endpoint,
		scope: 'openid email profile',
		secretInForm: !ways.includes('client_secret_basic'),
		openId: { issuer: said.issuer, keys: said.jwks_uri }
	};
}
