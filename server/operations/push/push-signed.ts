/**
 * Pushes that a desk has signed: by its own session, or relayed by anybody. [SY8, SY9]
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { PushReply } from '#lib/protocol/push.ts';
import type { SignedPush } from '#lib/formats/push.ts';
import { verifyPush, type VerifiedPush } from '#lib/signing/push.ts';
import { outboxes } from '#server/db/schema/outboxes.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';
import type { Push } from './judge-commands.ts';
import { push } from './push.ts';

/** Told how many commands there are, before any of them is looked at; its refusal is the answer. [HT1] */
export type Charge = (commands: number) => Promise<Refusal | undefined>;

/** A push of the session that sends it: the outbox is enrolled for its user. */
export async function pushSigned(
	hub: Hub,
	signed: SignedPush,
	{ asker, charge }: { asker: Asker; charge?: Charge }
): Promise<PushReply | Refusal> {
	const verified = await verifyPush(signed);
	if (isRefusal(verified)) return verified;
	const stopped = await charge?.(countOf(verified));
	return stopped ?? push(hub, asPush(verified), asker);
}

/**
 * A push that somebody else submits: a file from a stick, another desk, a script. It runs with the
 * rights that its author has now, whoever relays it. Where the outbox is not known, or was never
 * enrolled with a key, what proves itself is done and the rest waits for its author.
 *
 * @param findAuthor - Who a user is, and what they may do.
 */
export async function relayPush(
	hub: Hub,
	signed: SignedPush,
	{
		findAuthor,
		charge
	}: { findAuthor: (userId: string) => Promise<Asker | undefined>; charge?: Charge }
): Promise<PushReply | Refusal> {
	const verified = await verifyPush(signed);
	if (isRefusal(verified)) return verified;
	const { outbox, jkt } = verified;
	const stopped = await charge?.(countOf(verified));
	if (stopped) return stopped;
	const [known] = await hub.db.select().from(outboxes).where(eq(outboxes.outbox, outbox));
	const isEnrolled = known !== undefined && known.jkt !== null;
	if (isEnrolled && known.jkt !== jkt) return refuse('OUTBOX_NOT_YOURS', { outbox });
	const author = isEnrolled ? await findAuthor(known.userId) : undefined;
	return push(hub, asPush(verified), author);
}

function countOf({ commands, damaged }: VerifiedPush): number {
	return commands.length + damaged.length;
}

function asPush({ outbox, commands, damaged, key, jkt, desk: name }: VerifiedPush): Push {
	return { outbox, commands, damaged, desk: { jkt, jwk: key, name } };
}
