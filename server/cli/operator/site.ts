/** `keyferry site password`: another password for the pages of a site server, on its own machine. [ST3] */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineCommand } from 'citty';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import { command } from '#server/cli/base/command.ts';

/** Four groups of five: easy to copy from a console, and 100 bits. */
const GROUPS = 4;
const LETTERS = 'abcdefghjkmnpqrstuvwxyz123456789';

const password = command({
	name: 'password',
	description: 'Set a new password for the pages of a site server, and print it',
	args: { data: { type: 'string', valueHint: 'DIR', default: 'data', description: 'Data folder' } },
	async run(args) {
		const file = join(args.data, 'site.db');
		if (!existsSync(file)) return refuse('NOT_FOUND', { what: file });
		const { openSiteStore } = await import('#server/site/store/site-store.ts');
		const { openAccount } = await import('#server/site/admin/account.ts');
		const store = openSiteStore(file);
		try {
			const account = openAccount(store.db, () => Math.floor(Date.now() / 1000));
			const name = account.name();
			if (name === undefined) return refuse('NOT_FOUND', { what: 'account' });
			const made = makePassword();
			const refused = await account.setPassword(made);
			if (isRefusal(refused)) return refused;
			return {
				lines: [`New password of ${name}: ${made}`, 'Every browser is signed out.'],
				json: { name, password: made }
			};
		} finally {
			await store.close();
		}
	}
});

function makePassword(): string {
	// 32 signs: each byte chooses one, and none more often than another.
	const signs = Array.from(randomBytes(GROUPS * 5), (byte) => LETTERS[byte % LETTERS.length]);
	return Array.from({ length: GROUPS }, (_, at) => signs.slice(at * 5, at * 5 + 5).join('')).join(
		'-'
	);
}

export const siteCommand = defineCommand({
	meta: { name: 'site', description: 'Look after a site server on its own machine' },
	subCommands: { password }
});
