/**
 * English: every letter.
 *
 * @module
 */
import type { Rank } from '#lib/domain/access.ts';
import * as wording from '#lib/messages/words/wording.ts';
import { listed, type LetterTexts } from './letters.ts';

const as: Record<Rank, string> = {
	viewer: 'a viewer',
	technician: 'a technician',
	manager: 'a license manager',
	owner: 'an owner',
	staff: 'a member of staff',
	admin: 'an administrator'
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
	test: ({ hub }) => ({
		subject: ['Mail from your hub arrives'],
		paragraphs: [{ say: ['This is a test message of the hub at ', { typed: hub }, '.'] }]
	})
};
