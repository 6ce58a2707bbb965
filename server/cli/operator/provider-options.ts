/**
 * Providers to sign in with, as the environment names them: `KEYFERRY_OIDC_NAME_ISSUER`, `…_CLIENT_ID`,
 * `…_CLIENT_SECRET` and `…_TITLE`. [PE7]
 *
 * @module
 */
import type { ServeOptions } from '#server/serve.ts';
import { UsageError } from '#server/cli/base/outcome.ts';

type ProviderOptions = NonNullable<ServeOptions['providers']>[number];

const VARIABLE =
	/^KEYFERRY_OIDC_([A-Z0-9]+(?:_[A-Z0-9]+)*?)_(ISSUER|CLIENT_ID|CLIENT_SECRET|TITLE)$/;

/** Known by their names; whoever names them again in the environment is believed. */
const presets: Record<string, { title: string; issuer?: string }> = {
	google: { title: 'Google', issuer: 'https://accounts.google.com' },
	facebook: { title: 'Facebook' }
};

/** It has no discovery. */
const facebook = {
	endpoints: {
		authorization: 'https://www.facebook.com/v23.0/dialog/oauth',
		token: 'https://graph.facebook.com/v23.0/oauth/access_token',
		userinfo: 'https://graph.facebook.com/v23.0/me?fields=id,name'
	},
	scope: 'public_profile'
};

export function providersOf(environment: NodeJS.ProcessEnv): ProviderOptions[] {
	const named = new Map<string, Record<string, string>>();
	for (const [variable, value] of Object.entries(environment)) {
		const [, name = '', part = ''] = VARIABLE.exec(variable) ?? [];
		if (name === '' || value === undefined || value === '') continue;
		const id = name.toLowerCase().replaceAll('_', '-');
		named.set(id, { ...named.get(id), [part]: value });
	}
	return Array.from(named, ([id, said]) => providerOf(id, said));
}

function providerOf(id: string, said: Record<string, string>): ProviderOptions {
	const variable = `KEYFERRY_OIDC_${id.toUpperCase().replaceAll('-', '_')}`;
	const preset = presets[id];
	const { CLIENT_ID: clientId, CLIENT_SECRET: clientSecret } = said;
	if (clientId === undefined || clientSecret === undefined)
		throw new UsageError(
			`${variable} needs both ${variable}_CLIENT_ID and ${variable}_CLIENT_SECRET.`
		);
	const title = said.TITLE ?? preset?.title ?? id;
	const issuer = said.ISSUER ?? preset?.issuer;
	const own = { id, title, clientId, clientSecret };
	if (issuer === undefined && id === 'facebook') return { ...own, ...facebook };
	if (issuer === undefined || !isIssuer(issuer))
		throw new UsageError(
			`${variable}_ISSUER is to be the address of a provider, as in https://login.example.com`
		);
	return { ...own, issuer };
}

/** What it says is believed, so nobody on the way may change it. */
function isIssuer(address: string): boolean {
	const url = URL.parse(address);
	if (!url || url.search !== '' || url.hash !== '' || url.username !== '') return false;
	const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
	return url.protocol === 'https:' || (url.protocol === 'http:' && isHere);
}
