/**
 * Mail to be sent, put down in the transaction that wants it: it is sent when that commits, and never
 * otherwise. What a letter says is sealed until it is sent, for it holds links and codes.
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import type { Language } from '#lib/messages/words/message.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { mails } from '#server/db/schema/mail.ts';
import type { Transaction } from '#server/db/database.ts';
import { faceInWords } from '#server/hub/face.ts';
import type { Hub } from '#server/hub/hub.ts';
import { writeLetter } from './letter.ts';
import type { LetterKind, Letters } from './letters.ts';

export type NewMail<K extends LetterKind> = {
	/** Of the mail, where it is to be found by; by default one of its own. */
	id?: string;
	/** One address. */
	to: string;
	kind: K;
	facts: Letters[K];
	language?: Language;
};

/** After the commit, `hub.sendMail` sends it at once; the next minute does otherwise. */
export async function putMail<K extends LetterKind>(
	hub: Hub,
	tx: Transaction,
	{ id = uuidv7(), to, kind, facts, language = 'en' }: NewMail<K>
): Promise<void> {
	const face = await faceInWords(tx);
	const { subject, text, html } = writeLetter(kind, facts, language, face);
	const at = hub.now();
	await tx.insert(mails).values({
		id,
		to,
		kind,
		subject,
		text: hub.seal.seal(text, `mail ${id} text`),
		html: hub.seal.seal(html, `mail ${id} html`),
		nextAt: at,
		createdAt: at
	});
}

/** Takes back what was not sent yet. */
export async function takeMailBack(tx: Transaction, ids: readonly string[]): Promise<void> {
	for (const id of ids)
		await tx.delete(mails).where(and(eq(mails.id, id), eq(mails.state, 'waiting')));
}

/** @throws where it was sealed under other secrets. */
export function openMail(
	hub: Hub,
	mail: typeof mails.$inferSelect
): { text: string; html: string } {
	return {
		text: hub.seal.open(mail.text, `mail ${mail.id} text`),
		html: hub.seal.open(mail.html, `mail ${mail.id} html`)
	};
}
