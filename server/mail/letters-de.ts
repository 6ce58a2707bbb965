/**
 * German: every letter.
 *
 * @module
 */
import type { Rank } from '#lib/domain/access.ts';
import * as wording from '#lib/messages/words/wording.ts';
import type { LetterTexts } from './letters.ts';

const as: Record<Rank, string> = {
	viewer: 'mit Leserechten',
	technician: 'für die Technik',
	manager: 'für die Lizenzverwaltung',
	owner: 'mit Inhaberrechten',
	staff: 'als Mitglied des Teams',
	admin: 'für die Administration'
};

const ignore = {
	say: ['Wenn Sie das nicht erwartet haben, übergehen Sie diese Nachricht: Es geschieht nichts.']
};

export const lettersDe: LetterTexts = {
	invitation: ({ link, place, role, inviter, until }) => ({
		subject: ['Ihre Einladung: ', { typed: place }],
		paragraphs: [
			inviter
				? {
						say: [
							{ typed: inviter.name },
							' (',
							{ typed: inviter.email },
							`) lädt Sie ${as[role]} zu den Lizenzen von `,
							{ typed: place },
							' ein.'
						]
					}
				: { say: [`Sie sind ${as[role]} eingeladen zu `, { typed: place }, '.'] },
			{ link, label: ['Einladung annehmen: ', { typed: place }] },
			{ say: [`Der Link gilt einmal, bis zum ${wording.day(until, 'de')}.`] },
			ignore
		]
	}),
	code: ({ code, minutes }) => ({
		subject: ['Ihr Code'],
		paragraphs: [
			{ say: ['Geben Sie diesen Code dort ein, wo danach gefragt wurde:'] },
			{ code },
			{ say: [`Er gilt ${minutes} Minuten. Geben Sie ihn niemandem: Wir fragen nie danach.`] },
			ignore
		]
	}),
	test: ({ hub }) => ({
		subject: ['Die E-Mails Ihres Hubs kommen an'],
		paragraphs: [{ say: ['Dies ist eine Testnachricht des Hubs unter ', { typed: hub }, '.'] }]
	})
};
