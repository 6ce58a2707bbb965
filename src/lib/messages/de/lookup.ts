/**
 * German: the screen Lookup.
 *
 * @module
 */
import type { LookupTexts } from '../en/lookup.ts';
import { many, n } from './phrases.ts';

export const lookupDe: LookupTexts = {
	title: 'Lizenz suchen',
	search: 'Nummer, Schlüssel, Rechner …',
	searchLabel: 'Suchen',
	recent: 'Zuletzt angesehen',
	first: 'Lizenzen',
	none: 'Keine Treffer auf diesem Gerät',
	noneText: (text: string) =>
		`Zu „${text}“ gibt es hier nichts. Scannen Sie den Code oder importieren Sie die Datei.`,
	notHere: (number: string) => `${number} ist nicht auf diesem Gerät`,
	notHereText:
		'Die Lizenz gehört vielleicht zu einem anderen Kunden oder ist neuer als der letzte Abgleich. Sie können ihre Datei importieren.',
	notYet: 'Der erste Abgleich läuft noch. Vielleicht erscheint sie noch.',
	results: (count: number) => many(count, 'Lizenz', 'Lizenzen'),
	all: (count: number) => `Alle ${n(count)} unter Lizenzen zeigen`,
	request: (label: string) => `Eine Anforderung für ${label}, die noch nicht importiert ist.`,
	requestUnnamed: 'einen Rechner',
	openRequest: 'Anforderung öffnen',
	clear: 'Leeren',
	holds: (count: number) => `Dieser Rechner belegt Plätze von ${many(count, 'Lizenz', 'Lizenzen')}.`
};
