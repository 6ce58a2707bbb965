/**
 * English: every letter.
 *
 * @module
 */
import type { Rank } from '#lib/domain/access.ts';
import * as wording from '#lib/messages/words/wording.ts';
import type { LetterTexts } from './letters.ts';

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
	test: ({ hub }) => ({
		subject: ['Mail from your hub arrives'],
		paragraphs: [{ say: ['This is a test message of the hub at ', { typed: hub }, '.'] }]
	})
};
