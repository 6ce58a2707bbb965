/**
 * Ways to sign in besides a password: a code in a mail, and accounts elsewhere.
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { hubOrigin } from '#lib/desk/store/origin.ts';
import type { Identity } from '#lib/desk/store/state-rows.ts';
import { fetchHub, postAuth, refusalIn } from './hub.ts';
import { signInBy, type SigningIn } from './session.ts';

export type Ways = {
	/** Anybody may make an account. */
	signUp: boolean;
	/** Those that answer. */
	providers: { id: string; title: string }[];
};

/** @returns `undefined` where the hub cannot be asked: then there is a password, as far as one knows. */
export async function askWays(): Promise<Ways | undefined> {
	const answer = await fetchHub('/auth/ways').catch(() => undefined);
	return answer?.ok ? ((await answer.json()) as Ways) : undefined;
}

const unreachable = () => refuse('HUB_UNREACHABLE', { hub: hubOrigin() ?? '' });

async function askJson<T>(path: string, body: object): Promise<T | Refusal> {
	const answer = await postAuth(path, body).catch(() => undefined);
	if (!answer) return unreachable();
	return answer.ok ? ((await answer.json()) as T) : refusalIn(answer, unreachable());
}

/** @returns What the code is to be brought back with. */
export async function mailCode(
	email: string,
	language: 'en' | 'de'
): Promise<{ flow: string } | Refusal> {
	return askJson<{ flow: string }>('/code/send', { email, language });
}

export type TypedCode = {
	flow: string;
	code: string;
	/** Of somebody who has no account yet. */
	name?: string;
	/** To be set anew. */
	password?: string;
};

export function signInByCode(typed: TypedCode, options: SigningIn): Promise<Identity | Refusal> {
	const ask = () => postAuth('/code/enter', typed);
	return signInBy(ask, refuse('CODE_INVALID', { triesLeft: 0 }), options);
}

/** After whatever else signed in. [PE6] */
export function enterSecond(code: string, options: SigningIn): Promise<Identity | Refusal> {
	const ask = () => postAuth('/second-factor/enter', { code });
	return signInBy(ask, refuse('SECOND_FACTOR_REFUSED', {}), options);
}

/**
 * Goes to a provider's page, which sends people back to the screen Sign in.
 *
 * @param back - Where in the desk they go on then, without the `#`.
 */
export async function leaveForProvider(
	provider: string,
	{ back, link }: { back: string; link?: boolean }
): Promise<Refusal | undefined> {
	const answer = await askJson<{ url: string }>('/provider/start', { provider, back, link });
	if (isRefusal(answer)) return answer;
	location.assign(answer.url);
	return undefined;
}

/** Whoever has come back from a provider has a session already. */
export function comeFromProvider(
	provider: string,
	options: SigningIn
): Promise<Identity | Refusal> {
	const ask = () => fetchHub('/auth/get-session');
	return signInBy(ask, refuse('PROVIDER_FAILED', { provider, reason: 'stale' }), options);
}

/** A refusal that the hub has put into the address, as a provider's way back has no other place. */
export function refusalOfTrip(said: URLSearchParams): Refusal | undefined {
	const provider = said.get('provider') ?? '';
	const reason = said.get('reason');
	switch (said.get('refused')) {
		case null:
			return undefined;
		case 'ACCOUNT_UNKNOWN':
			return refuse('ACCOUNT_UNKNOWN', {});
		case 'PROVIDER_ADDRESS_UNPROVEN':
			return refuse('PROVIDER_ADDRESS_UNPROVEN', { provider });
		case 'PROVIDER_LINKED_ELSEWHERE':
			return refuse('PROVIDER_LINKED_ELSEWHERE', { provider });
		default:
			return refuse('PROVIDER_FAILED', {
				provider,
				reason: reason === 'denied' || reason === 'stale' ? reason : 'unanswered'
			});
	}
}
