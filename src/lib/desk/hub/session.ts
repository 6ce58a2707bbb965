/**
 * Signing in and out. It adds sync; nothing else on the desk asks for it. Each of them changes whose
 * desk pages show: they are loaded anew when `onOwnerChange` tells them. [PE5]
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { adoptUnowned } from '#lib/desk/store/adoption.ts';
import { databaseOf, deskNow, mirrorTables, strict } from '#lib/desk/store/database.ts';
import { hubOrigin } from '#lib/desk/store/origin.ts';
import { owner, readOwner, setOwner } from '#lib/desk/store/owner.ts';
import { removeDesk } from '#lib/desk/store/removal.ts';
import { readSettings } from '#lib/desk/store/settings.ts';
import type { Identity } from '#lib/desk/store/state-rows.ts';
import { clearState, readState, writeState } from '#lib/desk/store/state.ts';
import { hubClient, hubClientOf, judgeFailure, postAuth, refusalIn } from './hub.ts';
import { forgetLeft, noteLeft } from './people.ts';
import { learnRoots } from './trust.ts';

export type SigningIn = {
	/** Takes along what lies on this device and belongs to nobody. */
	adopt?: boolean;
	/**
	 * Asks the hub for what the sign-in is about, before pages are loaded anew as theirs; a refusal of it
	 * is the answer, and nobody is signed in here.
	 */
	first?: () => Promise<Refusal | undefined>;
	/** Where in the desk it goes on, as its address says it. */
	then?: string;
};

/** Signs in with e-mail and password. The desk remembers who it is and works on without a network. */
export function signIn(
	email: string,
	password: string,
	options?: SigningIn
): Promise<Identity | Refusal> {
	const ask = () => postAuth('/sign-in/email', { email, password });
	return signInBy(ask, refuse('SIGN_IN_REFUSED', { email }), options);
}

/**
 * Signs in by what the hub is asked.
 *
 * @param otherwise - What is said where the hub says no and not why.
 */
export async function signInBy(
	ask: () => Promise<Response>,
	otherwise: Refusal,
	{ adopt = false, first, then }: SigningIn = {}
): Promise<Identity | Refusal> {
	const origin = hubOrigin();
	const unreachable = refuse('HUB_UNREACHABLE', { hub: origin ?? '' });
	if (origin === undefined) return unreachable;
	try {
		const answer = await ask();
		if (!answer.ok) return await refusalIn(answer, otherwise);
		if (await isHalf(answer)) return refuse('SECOND_FACTOR_REQUIRED', {});
		await clearState('owedSignOut');
		const refused = await first?.();
		if (refused) {
			await writeState('owedSignOut', true);
			return refused;
		}
		const identity = await askIdentity(hubClientOf(undefined));
		if (!identity) return otherwise;
		if (isRefusal(identity)) return unreachable;
		await learnRoots();
		await enter(identity, { adopt, then });
		return identity;
	} catch {
		return unreachable;
	}
}

/** A second factor is still to be shown in the session that has begun. [PE6] */
async function isHalf(answer: Response): Promise<boolean> {
	const said: unknown = await answer.json().catch(() => undefined);
	return typeof said === 'object' && said !== null && 'secondFactor' in said;
}

/** Their desk is there, with all that they bring, before it becomes the one that pages open. */
async function enter(
	identity: Identity,
	{ adopt, then }: { adopt: boolean; then?: string }
): Promise<void> {
	const { id } = identity;
	if (owner !== id) await noteLeft();
	const desk = id === owner ? strict : databaseOf(id);
	if (!(await readState('settings', desk))) {
		const { language, theme, desk: name, letters } = await readSettings();
		await writeState('settings', { language, theme, letters, desk: name }, desk);
	}
	await writeState('identity', identity, desk);
	if (desk !== strict) desk.close();
	if (adopt) await adoptUnowned(id);
	await forgetLeft(id);
	if (readOwner() !== id) setOwner(id, then);
}

/**
 * Asks the hub whether this page's person is still signed in, and remembers what it says of them.
 *
 * @returns `null` when they are not: the hub ended it, or somebody else signed in.
 * @throws when there was no answer: that says nothing about the session.
 */
export async function confirmIdentity(): Promise<Identity | Refusal | null> {
	const identity = owner === undefined ? null : await askIdentity(hubClient);
	if (identity && !isRefusal(identity)) await writeState('identity', identity);
	return identity;
}

async function askIdentity(client: typeof hubClient): Promise<Identity | Refusal | null> {
	const me = await client.session.me.query().catch((error: unknown) => {
		const failure = judgeFailure(error);
		if ('fault' in failure) throw error;
		return failure.refusal;
	});
	if (isRefusal(me)) return me.refused === 'SIGN_IN_REQUIRED' ? null : me;
	if (me === null) return null;
	const { user, customers, hubKey, owesSecond } = me;
	const identity: Identity = { ...user, customers, hub: hubOrigin() ?? '', verifiedAt: deskNow() };
	return { ...identity, ...(hubKey && { hubKey }), ...(owesSecond && { owesSecond }) };
}

/**
 * Signs out, and removes what the hub mirrored for this person. Whatever else they hold stays in
 * their database, closed, until they sign in again; or all of it is removed.
 *
 * @param remove - Removes everything of theirs from this device.
 */
export async function signOut({ remove = false } = {}): Promise<void> {
	if (owner === undefined) return;
	// The next page tells the hub: this one is loaded anew as soon as nobody is signed in any more.
	await writeState('owedSignOut', true);
	if (remove) {
		await forgetLeft(owner);
		await removeDesk();
	} else {
		await noteLeft();
		await strict.transaction('rw', [strict.states, ...mirrorTables(strict)], async () => {
			await strict.states.bulkDelete([
				'identity',
				'cursor',
				'firstSync',
				'owedKeys',
				'seen',
				'used'
			]);
			await Promise.all(mirrorTables(strict).map((table) => table.clear()));
		});
	}
	leave();
}

/** The hub ended this person's session: their desk is closed until they sign in again. */
export async function closeDesk(): Promise<void> {
	await noteLeft({ ended: await wasEnded() });
	await clearState('identity');
	leave();
}

/** Whether the hub ended this device, and not only a session. [DV1] */
async function wasEnded(): Promise<boolean> {
	const device = (await readState('outbox'))?.id;
	if (device === undefined) return false;
	return hubClientOf(undefined)
		.device.ended.query({ device })
		.catch(() => false);
}

/** Nobody is signed in any more, unless somebody else is already. */
function leave(): void {
	if (readOwner() === owner) setOwner(undefined);
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
