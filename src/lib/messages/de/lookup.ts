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
	none: 'Hier heißt nichts so',
	noneText: (text: string) =>
		`Auf diesem Desk heißt nichts „${text}“. Scannen Sie es, oder lesen Sie die Datei ein.`,
	notHere: (number: string) => `${number} ist nicht auf diesem Desk`,
	notHereText:
		'Die Lizenz gehört vielleicht zu einem anderen Kunden oder ist neuer als der letzte Abgleich. Ihre Datei kann eingelesen werden.',
	notYet: 'Der erste Abgleich läuft noch: sie kann noch kommen.',
	results: (count: number) => many(count, 'Lizenz', 'Lizenzen'),
	all: (count: number) => `Alle ${n(count)} unter Lizenzen`,
	request: (label: string) => `Eine Anforderung für ${label}, die noch nicht auf diesem Desk ist.`,
	requestUnnamed: 'einen Rechner',
	openRequest: 'Anforderung öffnen',
	clear: 'Leeren',
	holds: (count: number) => `Dieser Rechner belegt Plätze von ${many(count, 'Lizenz', 'Lizenzen')}.`
};
