/**
 * German: the ends of licenses in a calendar, and where its address is made.
 *
 * @module
 */
import type { calendarEn } from '../en/calendar.ts';
import { day } from './phrases.ts';

export const calendarDe: typeof calendarEn = {
	title: 'Kalender',
	file: {
		title: 'Als Datei',
		text: 'Alle Enden, die dieses Gerät kennt, zum Importieren in ein Kalenderprogramm. Geht offline; noch einmal importiert, verschieben sich dieselben Einträge.',
		save: 'Kalenderdatei speichern'
	},
	address: {
		title: 'Als Adresse',
		text: 'Ein Kalenderprogramm, das sie abonniert, folgt Ihren Lizenzen von selbst. Wer die Adresse hat, kann Enden, Nummern und Kunden Ihrer Lizenzen lesen, sonst nichts.',
		none: 'Es wurde keine Adresse erzeugt.',
		since: (at) => `Eine Adresse ist seit dem ${day(at)} in Gebrauch.`,
		once: 'Kopieren Sie sie jetzt: Sie wird nur einmal gezeigt.',
		label: 'Kalenderadresse',
		make: 'Adresse erzeugen',
		again: 'Neue Adresse erzeugen',
		againText: 'Die vorige gilt dann nicht mehr.',
		end: 'Abschalten',
		ended: 'Abgeschaltet.'
	},
	calendar: {
		name: 'Lizenz-Enden',
		end: {
			expiry: (what) => `${what}: Die Lizenz endet`,
			trial: (what) => `${what}: Die Testzeit endet`,
			maintenance: (what) => `${what}: Die Wartung endet`
		},
		of: (number, customer) => `${number}\n${customer}`
	}
};
