/** What `keyferry user` and `keyferry staff` have in common: people of one place. */
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { InvitedByCall } from '#server/rpc/people.ts';
import type { AskHub } from '#server/rpc/operator.ts';
import type { People } from '#server/operations/people/list-people.ts';
import type { Outcome } from '#server/cli/base/outcome.ts';
import { isoDay, isoMoment, table } from '#server/cli/base/texts.ts';

/** A customer, or the vendor, at a hub. */
export type PeoplePlace = { ask: AskHub; customerId?: string };

export const emailArg = {
	type: 'positional',
	required: true,
	valueHint: 'EMAIL',
	description: 'Address of the person'
} as const;

export const languageArg = {
	type: 'string',
	valueHint: 'en|de',
	description: 'Language of the mail (default: en)'
} as const;

export async function inviteTo(
	place: PeoplePlace,
	order: { email: string; role: string; language?: string }
): Promise<Outcome | Refusal> {
	const invited = await askAbout<InvitedByCall>(place, 'invite', order);
	if (isRefusal(invited)) return invited;
	const { email, role, until, link } = invited;
	const lines = [`${email} is invited as ${role}, until ${isoMoment(until)}.`];
	// Beside the folder: the mail leaves when the hub runs, and the link is at hand meanwhile.
	if (link !== undefined) lines.push(link);
	return { lines, json: invited };
}

export async function giveRole(
	place: PeoplePlace,
	{ email, role }: { email: string; role: string }
): Promise<Outcome | Refusal> {
	const people = await askAbout<People>(place, 'list');
	if (isRefusal(people)) return people;
	const person = people.members.find((each) => each.email === email.toLowerCase());
	if (!person) return refuse('NOT_FOUND', { what: `person ${email}` });
	const done = await askAbout<null>(place, 'role', { userId: person.id, role });
	if (isRefusal(done)) return done;
	return { lines: [`${person.email} is ${role} now.`], json: { email: person.email, role } };
}

/** Somebody who belongs there, or is invited to. */
export async function removeFrom(place: PeoplePlace, email: string): Promise<Outcome | Refusal> {
	const people = await askAbout<People>(place, 'list');
	if (isRefusal(people)) return people;
	const isMeant = (each: { email: string }) => each.email === email.toLowerCase();
	const [member, invited] = [people.members.find(isMeant), people.invitations.find(isMeant)];
	if (!member && !invited) return refuse('NOT_FOUND', { what: `person ${email}` });
	const done = member
		? await askAbout<null>(place, 'remove', { userId: member.id })
		: await askAbout<null>(place, 'withdraw', { id: invited!.id });
	if (isRefusal(done)) return done;
	const what = member ? 'does not belong to it any more' : 'is not invited any more';
	return {
		lines: [`${email} ${what}.`],
		json: { email, removed: member ? 'member' : 'invitation' }
	};
}

export async function listOf(place: PeoplePlace): Promise<Outcome | Refusal> {
	const people = await askAbout<People>(place, 'list');
	if (isRefusal(people)) return people;
	const rows = [
		...people.members.map(({ email, role, name, since }) => [email, role, name, isoDay(since)]),
		...people.invitations.map(({ email, role, until, mail }) => [
			email,
			role,
			`invited (${mail === undefined ? 'by link' : `mail ${mail.state}`})`,
			`until ${isoDay(until)}`
		])
	];
	return { lines: table([['address', 'role', 'name', 'since'], ...rows]), json: people };
}

/** The procedures of both are alike; those of a customer say which. */
function askAbout<T>(
	{ ask, customerId }: PeoplePlace,
	verb: 'list' | 'invite' | 'role' | 'remove' | 'withdraw',
	input?: Record<string, string | undefined>
): Promise<T | Refusal> {
	const query = verb === 'list';
	if (customerId === undefined) return ask<T>({ procedure: `staff.${verb}`, input, query });
	return ask<T>({ procedure: `people.${verb}`, input: { customerId, ...input }, query });
}
