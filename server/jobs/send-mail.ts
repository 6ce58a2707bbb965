/**
 * Sends what the outbox of mail holds.
 *
 * A mail is taken in one short transaction and sent outside of it: no server on the way holds up the
 * hub. What is taken is nobody else's for a while, so that of several hubs on one database one sends
 * it; a hub that dies in between is followed by another one, and the message keeps its id.
 *
 * @module
 */
import { and, asc, eq, lt, lte, ne } from 'drizzle-orm';
import { nextMailTry } from '#lib/domain/hub/mail-tries.ts';
import { DAY_SECONDS } from '#lib/domain/time.ts';
import { mails } from '#server/db/schema/mail.ts';
import { faceInWords } from '#server/hub/face.ts';
import type { Hub } from '#server/hub/hub.ts';
import { openMail } from '#server/mail/outbox.ts';
import { saidBy, Undeliverable, type MailTransport } from '#server/mail/transport.ts';

/** Longer than any transport takes. */
const TAKEN_SECONDS = 600;

/** Who was written to is forgotten then. */
const KEPT_SECONDS = 90 * DAY_SECONDS;

type Mail = typeof mails.$inferSelect;

/**
 * Sends what is due, one after the other, up to the first that the server does not take now: the
 * others would fare no better, and a silent server keeps nobody for longer than one mail takes.
 *
 * @returns How many were sent.
 */
export async function sendMail(hub: Hub, transport: MailTransport): Promise<number> {
	let sent = 0;
	for (;;) {
		const mail = await takeNext(hub);
		if (!mail) return sent;
		const ended = await send(hub, transport, mail);
		if (ended.state === 'sent') sent++;
		// Nobody else may have taken it since: a hub that was asleep says nothing any more.
		const mine = and(eq(mails.id, mail.id), eq(mails.tries, mail.tries));
		await hub.db.update(mails).set(ended).where(mine);
		if (ended.state === undefined) return sent;
	}
}

export async function forgetMail(hub: Hub): Promise<void> {
	const old = and(ne(mails.state, 'waiting'), lt(mails.createdAt, hub.now() - KEPT_SECONDS));
	await hub.db.delete(mails).where(old);
}

function takeNext(hub: Hub): Promise<Mail | undefined> {
	const now = hub.now();
	return hub.db.transaction(async (tx) => {
		const [due] = await tx
			.select()
			.from(mails)
			.where(and(eq(mails.state, 'waiting'), lte(mails.nextAt, now)))
			.orderBy(asc(mails.nextAt), asc(mails.id))
			.limit(1)
			.for('update', { skipLocked: true });
		if (!due) return undefined;
		const taken = { tries: due.tries + 1, nextAt: now + TAKEN_SECONDS };
		await tx.update(mails).set(taken).where(eq(mails.id, due.id));
		return { ...due, ...taken };
	});
}

async function send(hub: Hub, transport: MailTransport, mail: Mail): Promise<Partial<Mail>> {
	const ended = { text: '', html: '' };
	try {
		const { id, to, subject } = mail;
		const { name, support } = await faceInWords(hub.db);
		await transport.send({ id, to, name, support, subject, ...openMail(hub, mail) });
		return { ...ended, state: 'sent', sentAt: hub.now(), fault: null };
	} catch (error) {
		const fault = saidBy(error);
		const nextAt = error instanceof Undeliverable ? undefined : nextMailTry(mail.tries, hub.now());
		return nextAt === undefined ? { ...ended, state: 'failed', fault } : { nextAt, fault };
	}
}
