/** `keyferry user invite|role|remove|list`: the people of a customer. */
import { defineCommand } from 'citty';
import { roles } from '#lib/domain/access.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { Me } from '#server/rpc/procedures.ts';
import type { AskHub } from '#server/rpc/operator.ts';
import { asking } from '#server/cli/base/asking.ts';
import { command, hubOrFolder } from '#server/cli/base/command.ts';
import { UsageError, type Outcome } from '#server/cli/base/outcome.ts';
import { findCustomer } from './customer.ts';
import {
	emailArg,
	giveRole,
	inviteTo,
	languageArg,
	listOf,
	removeFrom,
	type PeoplePlace
} from './people.ts';

const customerArg = {
	type: 'string',
	required: true,
	valueHint: 'NAME|ID',
	description: 'Customer they belong to'
} as const;

const roleArg = {
	type: 'string',
	required: true,
	valueHint: roles.join('|'),
	description: 'What they may do'
} as const;

const invite = command({
	name: 'invite',
	description:
		'Invite somebody to a customer, by a link in a mail that is good once and for 7 days',
	args: {
		email: emailArg,
		customer: customerArg,
		role: roleArg,
		language: languageArg,
		...hubOrFolder
	},
	run: ({ email, role, language, customer, ...place }) =>
		at(place, customer, (people) => inviteTo(people, { email, role: roleOf(role), language }))
});

const role = command({
	name: 'role',
	description: 'Give a member of a customer another role',
	args: { email: emailArg, customer: customerArg, role: roleArg, ...hubOrFolder },
	run: ({ email, role: given, customer, ...place }) =>
		at(place, customer, (people) => giveRole(people, { email, role: roleOf(given) }))
});

const remove = command({
	name: 'remove',
	description: 'Remove a member of a customer, or withdraw an invitation',
	args: { email: emailArg, customer: customerArg, ...hubOrFolder },
	run: ({ email, customer, ...place }) => at(place, customer, (people) => removeFrom(people, email))
});

const list = command({
	name: 'list',
	description: 'List the members of a customer, and who is invited',
	args: { customer: customerArg, ...hubOrFolder },
	run: ({ customer, ...place }) => at(place, customer, listOf)
});

export const userCommand = defineCommand({
	meta: { name: 'user', description: 'People of a customer: invite, role, remove, list' },
	subCommands: { invite, role, remove, list }
});

function at(
	place: Parameters<typeof asking>[0],
	customer: string,
	work: (people: PeoplePlace) => Promise<Outcome | Refusal>
): Promise<Outcome | Refusal> {
	return asking(place, async (ask) => {
		const customerId = await findOwnCustomer(ask, customer);
		return isRefusal(customerId) ? customerId : work({ ask, customerId });
	});
}

/** One's own customers are found by name too; those of everybody are for the vendor's people. */
export async function findOwnCustomer(ask: AskHub, asked: string): Promise<string | Refusal> {
	const me = await ask<Me | null>({ procedure: 'session.me', query: true });
	if (isRefusal(me)) return me;
	const own = me?.customers.find(({ name }) => name.toLowerCase() === asked.toLowerCase());
	return own ? own.id : findCustomer(ask, asked);
}

function roleOf(text: string): string {
	if (roles.some((each) => each === text)) return text;
	throw new UsageError(`There is no role ${text}: use ${roles.join(', ')}.`);
}
