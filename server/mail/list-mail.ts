/**
 * What became of mail: its words are nobody's to read but the addressee's.
 *
 * @module
 */
import { desc } from 'drizzle-orm';
import type { Seconds } from '#lib/domain/time.ts';
import { mails } from '#server/db/schema/mail.ts';
import type { Database } from '#server/db/database.ts';

const NEWEST = 200;

export type MailRow = {
	id: string;
	to: string;
	kind: string;
	subject: string;
	state: 'waiting' | 'sent' | 'failed';
	tries: number;
	/** When it is tried again; `null` where it is not. */
	nextAt: Seconds | null;
	/** What the server said last. */
	fault: string | null;
	createdAt: Seconds;
	sentAt: Seconds | null;
};

/** The newest first. */
export async function listMail(db: Database): Promise<MailRow[]> {
	const rows = await db.select().from(mails).orderBy(desc(mails.id)).limit(NEWEST);
	return rows.map(({ text: _, html: __, nextAt, ...row }) => ({
		...row,
		nextAt: row.state === 'waiting' ? nextAt : null
	}));
}
