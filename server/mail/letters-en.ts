/**
 * English: every letter.
 *
 * @module
 */
import type { Rank } from '#lib/domain/access.ts';
import type { OrderOutcome } from '#lib/domain/vendor/order.ts';
import * as wording from '#lib/messages/words/wording.ts';
import {
	listed,
	type LetterFace,
	type LetterTexts,
	type Paragraph,
	type ReminderGroup,
	type Typed
} from './letters.ts';

const as: Record<Rank, string> = {
	viewer: 'a viewer',
	technician: 'a technician',
	manager: 'a license manager',
	owner: 'an owner',
	staff: 'a member of staff',
	admin: 'an administrator'
};

const outcomes: Record<OrderOutcome, string> = {
	made: 'license',
	extended: 'extended: license',
	'added-seats': 'more seats for license'
};

const ignore = { say: ['If you were not expecting this, ignore this message: nothing happens.'] };

export const lettersEn: LetterTexts = {
	invitation: ({ link, place, role, inviter, until }) => ({
		subject: ['Your invitation to ', { typed: place }],
		paragraphs: [
			inviter
				? {
						say: [
							{ typed: inviter.name },
							' (',
							{ typed: inviter.email },
							') invites you to look after the licenses of ',
							{ typed: place },
							` as ${as[role]}.`
						]
					}
				: { say: ['You are invited to ', { typed: place }, ` as ${as[role]}.`] },
			{ link, label: ['Join ', { typed: place }] },
			{ say: [`The link works once, until ${wording.day(until, 'en')}.`] },
			ignore
		]
	}),
	code: ({ code, minutes }) => ({
		subject: ['Your code'],
		paragraphs: [
			{ say: ['Enter this code where you were asked for it:'] },
			{ code },
			{ say: [`It works for ${minutes} minutes. Give it to nobody: we never ask for it.`] },
			ignore
		]
	}),
	attach: ({ code, minutes, asker, things }) => ({
		subject: ['A code to attach licenses'],
		paragraphs: [
			{
				say: [
					{ typed: asker.name },
					' (',
					{ typed: asker.email },
					') wants to attach to their account: ',
					...listed(things),
					'.'
				]
			},
			{
				say: [
					'Whoever enters this code sees the licenses and may activate machines. Pass it on only if you know them and want that:'
				]
			},
			{ code },
			{ say: [`It works for ${minutes} minutes, in that account alone.`] },
			ignore
		]
	}),
	joined: ({ link, place, role, person, proven }) => ({
		subject: ['Somebody joined ', { typed: place }],
		paragraphs: [
			{
				say: [
					{ typed: person.name },
					' (',
					{ typed: person.email },
					') proved the address of ',
					{ typed: proven },
					` and is now ${as[role]} at `,
					{ typed: place },
					'.'
				]
			},
			{ say: ['If you do not want that, remove them there:'] },
			{ link, label: ['People of ', { typed: place }] },
			{ say: ['Then their devices forget the licenses, and what they still ask for is refused.'] }
		]
	}),
	order: ({ link, purchase, address, bought }) => ({
		subject: ['Your purchase ', { typed: purchase }],
		paragraphs: [
			{ say: ['Thank you. This is what you bought:'] },
			...bought.map(({ outcome, number, title }) => ({
				say: [{ typed: title }, `, ${outcomes[outcome]} ${number}`]
			})),
			{ say: ['Sign in with the address ', { typed: address }, ': your licenses are there.'] },
			{ link, label: ['Open your licenses'] },
			{
				say: [
					'Keep the purchase ID ',
					{ typed: purchase },
					': with it, others of your organization can attach these licenses, once you give them the code that is mailed to you.'
				]
			}
		]
	}),
	'order-address': ({ purchase }) => ({
		subject: ['Another address for your purchase ', { typed: purchase }],
		paragraphs: [
			{
				say: [
					'Our staff have given your purchase ',
					{ typed: purchase },
					' another address: from now on, codes for its licenses are mailed there.'
				]
			},
			{ say: ['If you did not ask for that, answer this message or call us.'] }
		]
	}),
	reminder: ({ groups, count, now, settings }) => ({
		subject: [`Reminder: ${count} ${count === 1 ? 'license' : 'licenses'}`],
		paragraphs: [
			...groups.flatMap((group) => reminded(group, now)),
			{
				say: [
					'You get this because you look after these licenses. Whoever wants no more of it turns it off here:'
				]
			},
			{ link: settings, label: ['Settings, Reminders'] }
		]
	}),
	test: ({ hub }) => ({
		subject: ['Mail from your server arrives'],
		paragraphs: [{ say: ['This is a test message of the server at ', { typed: hub }, '.'] }]
	})
};

const headings: Record<ReminderGroup['what'], string> = {
	refused: 'Refused because no seat was free:',
	soon: 'Within 30 days:',
	later: 'Within 90 days:',
	seats: 'Seats are nearly all in use:'
};
const ends = {
	expiry: 'the license ends',
	maintenance: 'maintenance ends',
	trial: 'the trial ends'
};

function reminded({ what, link, lines, more }: ReminderGroup, now: number): Paragraph[] {
	return [
		{ say: [headings[what]] },
		...lines.map(({ number, title, place, said }) => ({
			say: [{ typed: title }, `, ${number}, `, { typed: place }, `: ${saidIn(said, now)}.`]
		})),
		...(more > 0 ? [{ say: [`And ${more} more.`] }] : []),
		{ link, label: ['Show these licenses'] }
	];
}

function saidIn(said: ReminderGroup['lines'][number]['said'], now: number): string {
	if ('refused' in said) return said.refused === 1 ? '1 request' : `${said.refused} requests`;
	if ('used' in said) return `${said.used} of ${said.seats} seats`;
	return `${ends[said.end]} on ${wording.day(said.at, 'en')}, ${wording.relativeDay(said.at, now, 'en')}`;
}

/** Whose letter it is, and who answers questions. [VF1] */
export function footEn({ name, support }: LetterFace): (string | Typed)[] {
	return [
		...(name === undefined ? [] : [{ typed: name }]),
		...(name === undefined || support === undefined ? [] : [' · ']),
		...(support === undefined ? [] : ['Questions: ', { typed: support }])
	];
}
