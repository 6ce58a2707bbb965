/**
 * German: the screen Lookup.
 *
 * @module
 */
import type { LookupTexts } from '../en/lookup.ts';
import { many, n } from './phrases.ts';

export const lookupDe: LookupTexts = {
	title: 'Lizenz suchen',
	search: 'Nummer oder Rechner',
	searchLabel: 'Suchen',
	recent: 'Zuletzt angesehen',
	first: 'Lizenzen',
	machines: (count) => many(count, 'Rechner', 'Rechner'),
	emptyTitle: 'Noch nichts auf diesem Gerät',
	emptySignedOut:
		'Melden Sie sich an, um die Lizenzen Ihrer Organisation zu sehen, oder importieren Sie einen Lizenzschlüssel.',
	emptyVendor:
		'Hier stehen Lizenzen von Kunden, die Sie für offline behalten. Alle Lizenzen finden Sie unter Hersteller.',
	emptySignedIn:
		'Dieses Konto hat noch keine Lizenzen. Importieren Sie einen Lizenzschlüssel oder wenden Sie sich an den Hersteller.',
	none: 'Keine Treffer auf diesem Gerät',
	noneText: (text: string) =>
		`Zu „${text}“ gibt es hier nichts. Scannen Sie den Code oder importieren Sie die Datei.`,
	notHere: (number: string) => `${number} ist nicht auf diesem Gerät`,
	notHereText:
		'Die Lizenz gehört vielleicht zu einem anderen Kunden oder ist neuer als der letzte Abgleich. Sie können ihre Datei importieren.',
	notYet: 'Der erste Abgleich läuft noch. Vielleicht erscheint sie noch.',
	wrong: 'Ein Zeichen stimmt nicht',
	wrongText: (number, near) => {
		if (near === 0)
			return `${number} ist keine Lizenznummer: Das letzte Zeichen passt nicht zu den anderen. Vergleichen Sie sie mit Ihrer Vorlage.`;
		return `${number} ist keine Lizenznummer. Meinten Sie ${near === 1 ? 'diese' : 'eine von diesen'}?`;
	},
	results: (count: number) => many(count, 'Lizenz', 'Lizenzen'),
	resultsBoth: (machines, licenses) =>
		[
			machines && many(machines, 'Rechner', 'Rechner'),
			licenses && many(licenses, 'Lizenz', 'Lizenzen')
		]
			.filter(Boolean)
			.join(', '),
	all: (count: number) => `Alle ${n(count)} unter Lizenzen zeigen`,
	request: (label: string) => `Eine Anforderung für ${label}, die noch nicht importiert ist.`,
	requestUnnamed: 'einen Rechner',
	openRequest: 'Anforderung öffnen',
	clear: 'Leeren',
	holds: (count: number) => `Dieser Rechner belegt Plätze von ${many(count, 'Lizenz', 'Lizenzen')}.`
};
