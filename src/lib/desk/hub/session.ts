/**
 * Signing in and out. It adds sync; nothing else on the desk asks for it.
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { clearState, readState, writeState } from '#lib/desk/store/state.ts';
import { deskNow, mirrorTables, strict } from '#lib/desk/store/database.ts';
import { hubClient, judgeFailure, postAuth } from './hub.ts';
import type { Identity } from '#lib/desk/store/state-rows.ts';
import { tellMirrorNews } from '#lib/desk/store/mirror-news.ts';
import { hubOrigin } from '#lib/desk/store/origin.ts';
import { learnRoots } from './trust.ts';
import { rememberPerson } from './people.ts';

/** Signs in with e-mail and password. The desk remembers who it is and works on without a network. */
export async function signIn(
	email: string,
	password: string
): Promise<Identity | Refusal<'SIGN_IN_REFUSED' | 'HUB_UNREACHABLE' | 'RATE_LIMITED'>> {
	const origin = hubOrigin();
	if (origin === undefined) return refuse('HUB_UNREACHABLE', { hub: '' });
	try {
		const answer = await postAuth('/sign-in/email', { email, password });
		if (answer.status === 429)
			return refuse('RATE_LIMITED', {
				retryAfterSeconds: Number(answer.headers.get('retry-after') ?? 60) || 60
			});
		if (answer.status >= 500) return refuse('HUB_UNREACHABLE', { hub: origin });
		if (!answer.ok) return refuse('SIGN_IN_REFUSED', { email });
		await clearState('owedSignOut');
		const identity = await confirmIdentity();
		if (!identity) return refuse('SIGN_IN_REFUSED', { email });
		if (isRefusal(identity)) return refuse('HUB_UNREACHABLE', { hub: origin });
		await learnRoots();
		return identity;
	} catch {
		return refuse('HUB_UNREACHABLE', { hub: origin });
	}
}

/**
 * Asks the hub who this is and remembers the answer.
 *
 * @returns `null` when the hub says that nobody is signed in; then the desk forgets who was.
 * @throws when there was no answer: that says nothing about the session.
 */
export async function confirmIdentity(): Promise<Identity | Refusal | null> {
	const me = await hubClient.session.me.query().catch((error: unknown) => {
		const failure = judgeFailure(error);
		if ('fault' in failure) throw error;
		return failure.refusal;
	});
	if (isRefusal(me) && me.refused !== 'SIGN_IN_REQUIRED') return me;
	if (me === null || isRefusal(me)) {
		await clearState('identity');
		return null;
	}
	const identity: Identity = {
		...me.user,
		customers: me.customers,
		hub: hubOrigin() ?? '',
		verifiedAt: deskNow()
	};
	await writeState('identity', identity);
	await rememberPerson(identity);
	return identity;
}

/**
 * Signs out, and removes what the hub mirrored for this person. Requests, files, license keys and
 * unsent work stay. Where the hub cannot be reached, it is told later.
 */
export async function signOut(): Promise<void> {
	await writeState('owedSignOut', true);
	await strict.transaction('rw', [strict.states, ...mirrorTables(strict)], async () => {
		await strict.states.bulkDelete(['identity', 'cursor', 'firstSync', 'seen']);
		await Promise.all(mirrorTables(strict).map((table) => table.clear()));
	});
	tellMirrorNews({ cleared: true });
	await settleOwedSignOut();
}

/** Tells the hub of a sign-out that happened offline. */
export async function settleOwedSignOut(): Promise<void> {
	if (!(await readState('owedSignOut'))) return;
	try {
		const answer = await postAuth('/sign-out', {});
		// Any answer below 500 means that no session is left to end.
		if (answer.status < 500) await clearState('owedSignOut');
	} catch {
		// No network: still owed.
	}
}
