/**
 * The one local account of a site server: a name and a password, no mail. Whoever may write to its folder
 * may set another password. [ST3]
 *
 * @module
 */
import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { verifyPassword } from 'better-auth/crypto';
import type { Seconds } from '#lib/domain/time.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { hashNewPassword } from '#server/auth/new-password.ts';
import { sha256 } from '#server/db/sha256.ts';

const TOKEN_BYTES = 32;

/** Holds the token of a session. */
export const ADMIN_COOKIE = 'keyferry-site';

/** Of a session that nobody uses: a working day. */
export const ADMIN_SESSION_SECONDS = 12 * 3600;

/** What a password is compared with where there is no account of that name: it takes as long. */
const NO_ONES = `${'0'.repeat(32)}:${'0'.repeat(128)}`;

export type Account = {
	/** Name of whoever looks after the site; `undefined` until there is an account. */
	name(): string | undefined;
	/** Only where there is none yet. @returns Why it is not made. */
	make(admin: { name: string; password: string }): Promise<Refusal | undefined>;
	/** Ends every session. @returns Why it is not taken. */
	setPassword(password: string): Promise<Refusal | undefined>;
	/** Whether this is the password of whoever has that name. */
	proves(admin: { name: string; password: string }): Promise<boolean>;
	/** @returns The token of a new session, for its browser alone. */
	open(): string;
	/** Whether it is a session's token; being asked keeps the session alive. */
	knows(token: string): boolean;
	end(token: string): void;
};

type Row = { name: string; password_hash: string };

export function openAccount(db: DatabaseSync, now: () => Seconds): Account {
	const find = () => db.prepare('SELECT name, password_hash FROM admin').get() as Row | undefined;
	const endsAt = () => now() + ADMIN_SESSION_SECONDS;
	return {
		name: () => find()?.name,
		make: async ({ name, password }) => {
			const hash = await hashNewPassword(password);
			if (isRefusal(hash)) return hash;
			const made = db
				.prepare('INSERT OR IGNORE INTO admin (id, name, password_hash) VALUES (1, ?, ?)')
				.run(name, hash);
			return made.changes === 1 ? undefined : refuse('SIGN_IN_REQUIRED', {});
		},
		setPassword: async (password) => {
			const hash = await hashNewPassword(password);
			if (isRefusal(hash)) return hash;
			db.prepare('UPDATE admin SET password_hash = ?').run(hash);
			db.exec('DELETE FROM admin_session');
			return undefined;
		},
		proves: async ({ name, password }) => {
			const found = find();
			const isNamed = found?.name.toLowerCase() === name.toLowerCase();
			const hash = found && isNamed ? found.password_hash : NO_ONES;
			return (await verifyPassword({ hash, password })) && isNamed;
		},
		open: () => {
			const token = randomBytes(TOKEN_BYTES).toString('base64url');
			db.prepare('DELETE FROM admin_session WHERE ends_at < ?').run(now());
			db.prepare('INSERT INTO admin_session VALUES (?, ?)').run(sha256(token), endsAt());
			return token;
		},
		knows: (token) => {
			const hash = sha256(token);
			const found = db
				.prepare('SELECT ends_at FROM admin_session WHERE token_hash = ? AND ends_at >= ?')
				.get(hash, now()) as { ends_at: number } | undefined;
			if (!found) return false;
			// Written now and then, and not for each call.
			if (endsAt() - found.ends_at > ADMIN_SESSION_SECONDS / 12)
				db.prepare('UPDATE admin_session SET ends_at = ? WHERE token_hash = ?').run(endsAt(), hash);
			return true;
		},
		end: (token) => {
			db.prepare('DELETE FROM admin_session WHERE token_hash = ?').run(sha256(token));
		}
	};
}
