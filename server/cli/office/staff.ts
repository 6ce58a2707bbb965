/** `keyferry staff add|remove|list`: the vendor's own people. */
import { defineCommand } from 'citty';
import { isRefusal } from '#lib/domain/refusal.ts';
import { asking } from '#server/cli/base/asking.ts';
import { command, hubOrFolder } from '#server/cli/base/command.ts';
import { emailArg, giveRole, inviteTo, languageArg, listOf, removeFrom } from './people.ts';

const add = command({
	name: 'add',
	description: 'Invite somebody to the vendor’s own people, or make one of them an admin or not',
	args: {
		email: emailArg,
		admin: { type: 'boolean', description: 'May look after staff and the hub’s settings' },
		language: languageArg,
		...hubOrFolder
	},
	run: ({ email, admin, language, ...place }) =>
		asking(place, async (ask) => {
			const role = admin ? 'admin' : 'staff';
			const invited = await inviteTo({ ask }, { email, role, language });
			const isMember = isRefusal(invited) && invited.refused === 'ALREADY_MEMBER';
			return isMember ? giveRole({ ask }, { email, role }) : invited;
		})
});

const remove = command({
	name: 'remove',
	description: 'Remove one of the vendor’s own people, or withdraw an invitation',
	args: { email: emailArg, ...hubOrFolder },
	run: ({ email, ...place }) => asking(place, (ask) => removeFrom({ ask }, email))
});

const list = command({
	name: 'list',
	description: 'List the vendor’s own people, and who is invited',
	args: hubOrFolder,
	run: (place) => asking(place, (ask) => listOf({ ask }))
});

export const staffCommand = defineCommand({
	meta: { name: 'staff', description: 'The vendor’s own people: add, remove, list' },
	subCommands: { add, remove, list }
});
