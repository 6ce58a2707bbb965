/** `keyferry mail list|test`: what became of the hub's mail. */
import { defineCommand } from 'citty';
import { isRefusal } from '#lib/domain/refusal.ts';
import type { MailRow } from '#server/mail/list-mail.ts';
import { asking } from '#server/cli/base/asking.ts';
import { command, hubOrFolder } from '#server/cli/base/command.ts';
import { isoMoment, table } from '#server/cli/base/texts.ts';
import { emailArg, languageArg } from './people.ts';

const list = command({
	name: 'list',
	description: 'List the newest mail of the hub and what became of it',
	args: hubOrFolder,
	run: (place) =>
		asking(place, async (ask) => {
			const rows = await ask<MailRow[]>({ procedure: 'mail.list', query: true });
			if (isRefusal(rows)) return rows;
			const cells = rows.map(({ to, kind, state, createdAt, nextAt, fault }) => [
				isoMoment(createdAt),
				to,
				kind,
				state,
				nextAt === null ? '' : isoMoment(nextAt),
				fault ?? ''
			]);
			const head = ['written', 'to', 'kind', 'state', 'next try', 'fault'];
			return { lines: table([head, ...cells]), json: rows };
		})
});

const test = command({
	name: 'test',
	description: 'Send a test message',
	args: { email: emailArg, language: languageArg, ...hubOrFolder },
	run: ({ email, language, ...place }) =>
		asking(place, async (ask) => {
			const input = { to: email, language };
			const put = await ask<{ id: string; to: string }>({ procedure: 'mail.test', input });
			if (isRefusal(put)) return put;
			return {
				lines: [`A test message to ${put.to} is on its way; keyferry mail list says how it went.`],
				json: put
			};
		})
});

export const mailCommand = defineCommand({
	meta: { name: 'mail', description: 'Mail of a hub: list, test' },
	subCommands: { list, test }
});
