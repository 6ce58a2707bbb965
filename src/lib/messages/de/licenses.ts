/**
 * German: the list of licenses.
 *
 * @module
 */
import type { LicensesTexts } from '../en/licenses.ts';
import { licenseCount, n } from './phrases.ts';

export const licensesDe: LicensesTexts = {
	title: 'Lizenzen',
	count: (shown, all) => (shown === all ? licenseCount(all) : `${n(shown)} von ${n(all)} Lizenzen`),
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
	emptyTitle: 'Noch keine Lizenzen',
	emptySignedOut:
		'Melden Sie sich an, um die Lizenzen Ihrer Organisation zu sehen, oder importieren Sie einen Lizenzschlüssel.',
	emptySignedIn:
		'Dieses Konto hat noch keine Lizenzen. Importieren Sie einen Lizenzschlüssel oder wenden Sie sich an Ihren Hersteller.',
	noMatch: 'Keine passende Lizenz',
	noMatchText: (text) =>
		`Zu „${text}“ gibt es hier nichts. KF und die Striche einer Nummer dürfen fehlen.`,
	clear: 'Suche löschen',
	choose: 'Wählen Sie links eine Lizenz. Mit den Pfeiltasten gehen Sie durch die Liste.',
	keysOnly: 'Lizenzschlüssel auf diesem Gerät'
};
