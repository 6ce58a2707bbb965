/**
 * The steps of a set-up, each stored before it is answered. [SU1, SU2]
 *
 * @module
 */
import type { SkippableStep } from '#lib/domain/hub/setup.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Language } from '#lib/messages/words/message.ts';
import type { SetupReach } from '#lib/protocol/setup.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { exportPrivateJwk, generateKeyPair } from '#lib/signing/keys.ts';
import { hashNewPassword } from '#server/auth/new-password.ts';
import { judgeGrant, takeGranted, type RootGrant } from '#server/keys/granted.ts';
import { makeSecrets } from '#server/keys/make-hub.ts';
import { putMail } from '#server/mail/outbox.ts';
import { judgeReach, keepSaid, makeTls, newlySaid, tlsOf } from '#server/reach/said-reach.ts';
import { removeRecord } from './record.ts';
import { refuseStep, type Setup } from './setup.ts';

export async function setAdmin(
	setup: Setup,
	{ email, name, password }: { email: string; name: string; password: string }
): Promise<Refusal | undefined> {
	const refused = await refuseStep(setup, 'admin');
	if (refused) return refused;
	const passwordHash = await hashNewPassword(password);
	if (isRefusal(passwordHash)) return passwordHash;
	setup.change({ admin: { email, name, passwordHash } });
	return undefined;
}

/** Takes it up at once, so that the page can ask for itself there. */
export async function setReach(setup: Setup, reach: SetupReach): Promise<Refusal | undefined> {
	const refused = (await refuseStep(setup, 'reach')) ?? judgeReach(reach, setup);
	if (refused) return refused;
	await makeTls(setup.folder, reach);
	setup.change({ reach: newlySaid(reach) });
	useTlsOf(setup);
	return undefined;
}

/** Certificate and key as the last word on them has it, where the process itself ends TLS. */
export function useTlsOf({ folder, record, useTls }: Setup): void {
	const { reach } = record();
	const tls = reach && tlsOf(folder, reach);
	if (tls) useTls(tls);
}

/** Somebody goes on from the address. The hub makes its key: a root is asked for it next. */
export async function settleReach(setup: Setup): Promise<Refusal | undefined> {
	const refused = await refuseStep(setup, 'reach');
	const { reach, hubKey } = setup.record();
	if (refused || !reach)
		return refused ?? refuse('BODY_INVALID', { path: 'reach', reason: 'missing' });
	const made = hubKey ?? (await exportPrivateJwk((await generateKeyPair(true)).privateKey));
	setup.change({ reach: { ...reach, isSettled: true }, hubKey: made });
	return undefined;
}

export async function setKeys(setup: Setup, grant: RootGrant): Promise<Refusal | undefined> {
	const refused = await refuseStep(setup, 'keys');
	if (refused) return refused;
	const { folder, record, now } = setup;
	const { hubKey, reach } = record();
	if (!hubKey || !reach) throw new Error('the key of this hub is missing');
	const { d: _, ...jwk } = hubKey;
	const wrong = await judgeGrant(grant, { jwk, now: now() });
	if (wrong) return wrong;
	// From here on a set-up that is killed goes on with this root.
	setup.change({ grant });
	await takeGranted(folder, { iss: reach.vendor, hubKey, grant, secrets: makeSecrets() });
	setup.change({ hubKey: undefined });
	await setup.hub();
	return undefined;
}

/** @returns Once it is put down; what becomes of it is asked for. */
export async function testMail(
	setup: Setup,
	{ to, language }: { to: string; language?: Language }
): Promise<Refusal | undefined> {
	const refused = await refuseStep(setup, 'mail');
	if (refused) return refused;
	const { hub, sendMail } = await setup.hub();
	const id = uuidv7();
	const facts = { hub: hub.address };
	await hub.db.transaction((tx) => putMail(hub, tx, { id, to, kind: 'test', facts, language }));
	const { skipped } = setup.record();
	setup.change({ mail: id, skipped: skipped.filter((step) => step !== 'mail') });
	// A server that is silent keeps nobody waiting.
	void sendMail().catch(() => undefined);
	return undefined;
}

export async function skipStep(setup: Setup, step: SkippableStep): Promise<Refusal | undefined> {
	const refused = await refuseStep(setup, step);
	if (refused) return refused;
	setup.change({ skipped: [...new Set([...setup.record().skipped, step])] });
	return undefined;
}

/** There is no way back: the folder is a hub's. @returns Where it will be. */
export async function finishSetup(setup: Setup): Promise<{ address: string } | Refusal> {
	const refused = await refuseStep(setup, 'finish');
	if (refused) return refused;
	// The admin is in the database, and keys are whole, whatever was killed before.
	await setup.hub();
	const { folder, given, record } = setup;
	const { reach } = record();
	if (!reach) throw new Error('a hub is finished that has no address');
	keepSaid(folder, reach, given);
	removeRecord(folder);
	await setup.finish();
	return { address: reach.url };
}
