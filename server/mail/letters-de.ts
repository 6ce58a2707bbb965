/**
 * German: every letter.
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
	viewer: 'mit Leserechten',
	technician: 'für die Technik',
	manager: 'für die Lizenzverwaltung',
	owner: 'mit Inhaberrechten',
	staff: 'als Mitglied des Teams',
	admin: 'für die Administration'
};

const outcomes: Record<OrderOutcome, string> = {
	made: 'Lizenz',
	extended: 'verlängert: Lizenz',
	'added-seats': 'mehr Plätze für Lizenz'
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
	attach: ({ code, minutes, asker, things }) => ({
		subject: ['Ein Code zum Hinzufügen von Lizenzen'],
		paragraphs: [
			{
				say: [
					{ typed: asker.name },
					' (',
					{ typed: asker.email },
					') möchte dem eigenen Konto hinzufügen: ',
					...listed(things),
					'.'
				]
			},
			{
				say: [
					'Wer diesen Code eingibt, sieht die Lizenzen und darf Rechner aktivieren. Geben Sie ihn nur weiter, wenn Sie diese Person kennen und das möchten:'
				]
			},
			{ code },
			{ say: [`Er gilt ${minutes} Minuten, und nur in diesem Konto.`] },
			ignore
		]
	}),
	joined: ({ link, place, role, person, proven }) => ({
		subject: ['Neues Mitglied: ', { typed: place }],
		paragraphs: [
			{
				say: [
					{ typed: person.name },
					' (',
					{ typed: person.email },
					') hat die Adresse von ',
					{ typed: proven },
					` nachgewiesen und gehört jetzt ${as[role]} zu `,
					{ typed: place },
					'.'
				]
			},
			{ say: ['Wenn Sie das nicht möchten, entfernen Sie diese Person dort:'] },
			{ link, label: ['Personen von ', { typed: place }] },
			{
				say: [
					'Dann vergessen ihre Geräte die Lizenzen, und was sie noch anfordern, wird abgelehnt.'
				]
			}
		]
	}),
	order: ({ link, purchase, address, bought }) => ({
		subject: ['Ihr Kauf ', { typed: purchase }],
		paragraphs: [
			{ say: ['Vielen Dank. Das haben Sie gekauft:'] },
			...bought.map(({ outcome, number, title }) => ({
				say: [{ typed: title }, `, ${outcomes[outcome]} ${number}`]
			})),
			{
				say: ['Melden Sie sich mit der Adresse ', { typed: address }, ' an: Ihre Lizenzen sind da.']
			},
			{ link, label: ['Lizenzen öffnen'] },
			{
				say: [
					'Bewahren Sie die Kauf-ID ',
					{ typed: purchase },
					' auf: Mit ihr können andere Ihrer Organisation diese Lizenzen hinzufügen, wenn Sie ihnen den Code geben, der Ihnen dann gemailt wird.'
				]
			}
		]
	}),
	'order-address': ({ purchase }) => ({
		subject: ['Andere Adresse für Ihren Kauf ', { typed: purchase }],
		paragraphs: [
			{
				say: [
					'Unser Team hat Ihrem Kauf ',
					{ typed: purchase },
					' eine andere Adresse gegeben: Codes zu seinen Lizenzen gehen von jetzt an dorthin.'
				]
			},
			{
				say: [
					'Wenn Sie nicht darum gebeten haben, antworten Sie auf diese Nachricht oder rufen Sie uns an.'
				]
			}
		]
	}),
	reminder: ({ groups, count, now, settings }) => ({
		subject: [`Erinnerung: ${count} ${count === 1 ? 'Lizenz' : 'Lizenzen'}`],
		paragraphs: [
			...groups.flatMap((group) => reminded(group, now)),
			{
				say: [
					'Sie erhalten dies, weil Sie diese Lizenzen verwalten. Wenn Sie das nicht mehr möchten, schalten Sie es hier ab:'
				]
			},
			{ link: settings, label: ['Einstellungen, Erinnerungen'] }
		]
	}),
	test: ({ hub }) => ({
		subject: ['Die E-Mails Ihres Servers kommen an'],
		paragraphs: [{ say: ['Dies ist eine Testnachricht des Servers unter ', { typed: hub }, '.'] }]
	})
};

const headings: Record<ReminderGroup['what'], string> = {
	refused: 'Abgelehnt, weil kein Platz frei war:',
	soon: 'Innerhalb von 30 Tagen:',
	later: 'Innerhalb von 90 Tagen:',
	seats: 'Fast alle Plätze sind belegt:'
};
const ends = {
	expiry: 'Die Lizenz endet',
	maintenance: 'Die Wartung endet',
	trial: 'Die Testzeit endet'
};

function reminded({ what, link, lines, more }: ReminderGroup, now: number): Paragraph[] {
	return [
		{ say: [headings[what]] },
		...lines.map(({ number, title, place, said }) => ({
			say: [{ typed: title }, `, ${number}, `, { typed: place }, `: ${saidIn(said, now)}.`]
		})),
		...(more > 0 ? [{ say: [`Und ${more} weitere.`] }] : []),
		{ link, label: ['Diese Lizenzen zeigen'] }
	];
}

function saidIn(said: ReminderGroup['lines'][number]['said'], now: number): string {
	if ('refused' in said)
		return said.refused === 1 ? '1 Anforderung' : `${said.refused} Anforderungen`;
	if ('used' in said) return `${said.used} von ${said.seats} Plätzen`;
	return `${ends[said.end]} am ${wording.day(said.at, 'de')}, ${wording.relativeDay(said.at, now, 'de')}`;
}

/** Whose letter it is, and who answers questions. [VF1] */
export function footDe({ name, support }: LetterFace): (string | Typed)[] {
	return [
		...(name === undefined ? [] : [{ typed: name }]),
		...(name === undefined || support === undefined ? [] : [' · ']),
		...(support === undefined ? [] : ['Fragen an: ', { typed: support }])
	];
}
