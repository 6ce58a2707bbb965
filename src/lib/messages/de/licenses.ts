/**
 * German: the list of licenses.
 *
 * @module
 */
import type { LicensesTexts } from '../en/licenses.ts';
import { licenses, n } from './phrases.ts';

export const licensesDe: LicensesTexts = {
	title: 'Lizenzen',
	count: (shown, all) => (shown === all ? licenses(all) : `${n(shown)} von ${n(all)} Lizenzen`),
	search: 'Lizenzen suchen',
	searchHint: 'Nummer, Produkt, Kunde',
	sort: 'Sortieren nach',
	sortNumber: 'Nummer',
	sortProduct: 'Produkt',
	sortCustomer: 'Kunde',
	sortExpiry: 'Ablauf',
	sortFree: 'Freien Plätzen',
	ascending: 'Aufsteigend',
	descending: 'Absteigend',
	emptyTitle: 'Hier sind noch keine Lizenzen',
	emptySignedOut:
		'Melden Sie sich an, um die Lizenzen Ihrer Organisation zu sehen, oder lesen Sie einen Lizenzschlüssel ein.',
	emptySignedIn:
		'Dieses Konto hat noch keine Lizenzen. Lesen Sie einen Lizenzschlüssel ein oder fragen Sie Ihren Hersteller.',
	noMatch: 'Keine Lizenz passt',
	noMatchText: (text) =>
		`Hier heißt nichts „${text}“. Bei einer Nummer dürfen KF und Striche fehlen.`,
	clear: 'Suche leeren',
	choose: 'Wählen Sie links eine Lizenz. Die Pfeiltasten gehen durch die Liste.',
	keysOnly: 'Lizenzschlüssel auf diesem Desk'
};
