/**
 * API keys of whoever is signed in: made and revoked at `/auth`, where the password is asked again. [PE4]
 *
 * @module
 */
import type { KeyLimits } from '#lib/domain/access.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { DAY_SECONDS } from '#lib/domain/time.ts';
import { postAuth } from './hub.ts';

export type ApiKeyOrder = { name: string; days: number; limits: KeyLimits; password: string };

/** @returns The key itself: nobody is told it again. */
export async function makeApiKey({
	name,
	days,
	limits,
	password
}: ApiKeyOrder): Promise<string | Refusal> {
	const expiresIn = days * DAY_SECONDS;
	const answer = await ask<{ key: string }>('/api-key/create', {
		name,
		expiresIn,
		password,
		...limits
	});
	return isRefusal(answer) ? answer : answer.key;
}

export async function revokeApiKey(keyId: string): Promise<Refusal | undefined> {
	const answer = await ask<object>('/api-key/delete', { keyId });
	return isRefusal(answer) ? answer : undefined;
}

async function ask<T>(path: string, body: object): Promise<T | Refusal> {
	const unreachable = refuse('HUB_UNREACHABLE', { hub: location.origin });
	try {
		const answer = await postAuth(path, body);
		const said = (await answer.json()) as T & { code?: string; facts?: object };
		if (answer.ok) return said;
		// Sound for display only: codes of the sign-in library have no texts here, and are told as faults.
		if (said.facts !== undefined)
			return { refused: said.code, facts: said.facts } as unknown as Refusal;
		return answer.status === 401 ? refuse('SIGN_IN_REQUIRED', {}) : unreachable;
	} catch {
		return unreachable;
	}
}
