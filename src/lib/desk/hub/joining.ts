/**
 * Joining by the link of an invitation: its code proves the address that it was mailed to.
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Identity } from '#lib/desk/store/state-rows.ts';
import { hubOrigin } from '#lib/desk/store/origin.ts';
import { hubClient, judgeFailure } from './hub.ts';
import { confirmIdentity, signIn } from './session.ts';

/** What an invitation says to whoever holds its code. */
export type Invitation = Awaited<ReturnType<typeof hubClient.people.invitation.mutate>>;

export async function askInvitation(code: string): Promise<Invitation | Refusal> {
	return hubClient.people.invitation.mutate({ code }).catch(refusalOf);
}

type SigningIn = { email: string; password: string; adopt: boolean };

/** Makes the account of somebody whom nobody knew at this address, and signs them in. */
export async function joinAsNewcomer(
	code: string,
	{ name, email, password, adopt }: SigningIn & { name: string }
): Promise<Identity | Refusal> {
	const refused = await accept(code, { name, password });
	return refused ?? signIn(email, password, { adopt });
}

/** Signs somebody in whom the hub knows, and joins in the same breath. */
export function joinBySigningIn(
	code: string,
	{ email, password, adopt }: SigningIn
): Promise<Identity | Refusal> {
	return signIn(email, password, { adopt, first: () => accept(code) });
}

/** Whoever is signed in joins. */
export async function joinSignedIn(code: string): Promise<Identity | Refusal> {
	const refused = await accept(code);
	if (refused) return refused;
	const identity = await confirmIdentity().catch(refusalOf);
	return identity ?? refuse('SIGN_IN_REQUIRED', {});
}

async function accept(
	code: string,
	newcomer?: { name: string; password: string }
): Promise<Refusal | undefined> {
	const joined = await hubClient.people.accept.mutate({ code, newcomer }).catch(refusalOf);
	return isRefusal(joined) ? joined : undefined;
}

function refusalOf(error: unknown): Refusal {
	const failure = judgeFailure(error);
	return 'refusal' in failure
		? failure.refusal
		: refuse('HUB_UNREACHABLE', { hub: hubOrigin() ?? '' });
}
