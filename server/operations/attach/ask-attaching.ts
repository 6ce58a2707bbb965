/**
 * Asking to attach licenses that one knows of. [AT1]
 *
 * What is asked is put down and answered; only then it is looked at (`send-attach-codes.ts`), so that
 * neither the answer nor its time can tell what is known.
 *
 * @module
 */
import { rankAt } from '#lib/domain/access.ts';
import type { Seconds } from '#lib/domain/time.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import type { Language } from '#lib/messages/words/message.ts';
import { attachAsks } from '#server/db/schema/attach.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';
import { takeOf } from './attach-limits.ts';
import { findThings, foldThing } from './things.ts';

/** A code is good for so long. */
export const ATTACH_MINUTES = 60;

export type AskedAttaching = {
	/** What belongs to a customer of theirs: nothing was asked for that. */
	yours: string[];
	/** Until when codes can be entered; absent where nothing is left to ask for. */
	until?: Seconds;
};

/** @param things - License numbers and purchase IDs as they were typed. */
export async function askAttaching(
	hub: Hub,
	{ things: typed, language }: { things: readonly string[]; language: Language },
	asker: Asker
): Promise<AskedAttaching | Refusal<'RATE_LIMITED'>> {
	const { userId } = asker;
	const all = [...new Set(typed.map(foldThing))];
	const known = await findThings(hub.db, all);
	// They can read these anyway.
	const own = known.filter(({ customerId }) => rankAt(asker, customerId) !== undefined);
	const yours = [...new Set(own.map((each) => each.typed))];
	const things = all.filter((each) => !yours.includes(each));
	if (things.length === 0) return { yours };
	const now = hub.now();
	const expiresAt = now + ATTACH_MINUTES * 60;
	const refused = await hub.db.transaction(async (tx) => {
		const points = things.length;
		const wait = await takeOf(hub, tx, { limit: 'asked', of: userId, points });
		if (wait !== undefined) return refuse('RATE_LIMITED', { retryAfterSeconds: wait });
		await tx.insert(attachAsks).values({ id: uuidv7(), userId, things, language, expiresAt });
		return undefined;
	});
	if (refused) return refused;
	hub.sendAttachCodes?.();
	return { yours, until: expiresAt };
}
