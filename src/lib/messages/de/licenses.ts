/**
 * German: the list of licenses.
 *
 * @module
 */
import type { LicensesTexts } from '../en/licenses.ts';
import * as wording from '../words/wording.ts';
import { day, licenseCount, n } from './phrases.ts';

export const licensesDe: LicensesTexts = {
	title: 'Lizenzen',
	count: (shown, all) => (shown === all ? licenseCount(all) : `${n(shown)} von ${n(all)} Lizenzen`),
	search: 'Lizenzen suchen',
	summary: 'Zusammenfassung',
	searchHint: 'Nummer, Produkt, Kunde, Rechner',
	order: {
		urgency: 'Dringlichkeit',
		number: 'Nummer',
		product: 'Produkt',
		customer: 'Kunde',
		edition: 'Edition',
		free: 'Freie Plätze',
		seats: 'Plätze',
		next: 'Nächstes Datum',
		maintenance: 'Wartung bis',
		expiry: 'Ablauf',
		activated: 'Aktiviert',
		state: 'Status'
	},
	column: {
		product: 'Produkt',
		number: 'Nummer',
		customer: 'Kunde',
		edition: 'Edition',
		seats: 'Plätze',
		next: 'Nächstes Datum',
		maintenance: 'Wartung bis',
		expiry: 'Ablauf',
		activated: 'Aktiviert',
		state: 'Status'
	},
	usedSeats: 'Belegte Plätze',
	filter: {
		all: 'Alle',
		attention: 'Handlungsbedarf',
		full: 'Voll',
		'ends-30': 'Endet in 30 Tagen',
		'ends-60': '60 Tage',
		'ends-90': '90 Tage',
		expired: 'Abgelaufen',
		unused: 'Ungenutzt',
		'over-limit': 'Über dem Limit',
		suspended: 'Ausgesetzt'
	},
	end: ({ what, isPast }) =>
		what === 'expiry'
			? isPast
				? 'Abgelaufen'
				: 'Ablauf'
			: isPast
				? 'Wartungsende'
				: 'Wartung bis',
	noEnd: 'Kein Ende',
	endsSoon: 'Endet bald',
	ends: (at, now) => `Endet ${wording.relativeDay(at, now, 'de')}`,
	andMore: (count) => `+${n(count)}`,
	emptyTitle: 'Noch keine Lizenzen',
	attach: 'Lizenzen hinzufügen',
	emptySignedOut:
		'Melden Sie sich an, um die Lizenzen Ihrer Organisation zu sehen, oder importieren Sie einen Lizenzschlüssel.',
	emptyVendor:
		'Hier stehen Lizenzen von Kunden, die Sie für offline behalten. Alle Lizenzen finden Sie unter Hersteller.',
	emptySignedIn:
		'Dieses Konto hat noch keine Lizenzen. Fügen Sie sie mit Kauf-ID oder Nummer hinzu, importieren Sie einen Lizenzschlüssel oder wenden Sie sich an Ihren Hersteller.',
	noMatch: 'Keine passende Lizenz',
	noMatchText: (text) =>
		`Zu „${text}“ gibt es hier nichts. KF und die Striche einer Nummer dürfen fehlen.`,
	noneInFilter: (filter) => `Hier ist keine Lizenz unter „${filter}“.`,
	noMatchInFilter: (text, filter) => `Unter „${filter}“ gibt es nichts zu „${text}“.`,
	oneOff: 'Ein Zeichen stimmt nicht',
	oneOffText: (text) => `„${text}“ ist keine Lizenznummer: Das Prüfzeichen passt nicht.`,
	oneOffNear: 'Hier vorhanden und fast gleich:',
	notHere: (number) => `${number} ist nicht auf diesem Gerät`,
	notHereSignedIn: 'Die Nummer stimmt, aber keine Lizenz Ihrer Organisationen hier hat sie.',
	notHereSignedOut:
		'Die Nummer stimmt. Melden Sie sich an, um die Lizenzen Ihrer Organisation zu sehen.',
	soFar: 'Bisher nicht gefunden',
	soFarText: 'Der erste Abgleich läuft noch: Es kann noch erscheinen.',
	clearFilter: 'Filter löschen',
	clear: 'Suche löschen',
	keysOnly: 'Lizenzschlüssel auf diesem Gerät',
	exportCsv: 'CSV exportieren',
	exported: (count) => `${licenseCount(count)} exportiert.`,
	bulk: {
		renew: 'Verlängern',
		renewTitle: (count) => `${licenseCount(count)} verlängern`,
		suspend: 'Aussetzen',
		suspendTitle: (count) => `${licenseCount(count)} aussetzen`,
		suspendText:
			'Neue Aktivierungen und Verlängerungen werden abgelehnt, bis die Lizenzen fortgesetzt werden. Aktivierte Rechner laufen weiter, bis ihre Dateien enden.',
		resume: 'Fortsetzen',
		resumeTitle: (count) => `${licenseCount(count)} fortsetzen`,
		resumeText: 'Aktivierungen werden wieder bewilligt.',
		keys: 'Schlüssel speichern',
		keysTitle: (count) => `Schlüssel von ${licenseCount(count)} speichern`,
		keysText: 'Eine .zip-Datei mit einer Datei je Lizenz, benannt nach ihrer Nummer.',
		keysCount: (count) => `${n(count)} Schlüssel`,
		keysDo: 'Schlüssel speichern',
		which: 'Was verlängert wird',
		ends: {
			both: 'Beides',
			maintainedUntil: 'Wartung',
			expiresAt: 'Ablauf'
		},
		until: 'Bis',
		year: 'Je ein Jahr länger',
		date: 'Ein Tag für alle',
		day: 'Tag',
		dayMissing: 'Wählen Sie einen Tag.',
		renewText:
			'Jeder aktivierte Rechner bekommt seine nächste Datei. Ein Ende wird später, nie früher.',
		change: {
			suspend: 'Wird ausgesetzt',
			resume: 'Wird fortgesetzt',
			keys: 'Schlüssel ist auf diesem Gerät'
		},
		newEnd: (what, from, to) =>
			`${what === 'expiresAt' ? 'Ablauf' : 'Wartung bis'} ${day(to)} statt ${day(from)}`,
		skip: {
			mayNot: 'Ihre Rolle erlaubt das nicht.',
			moved: 'Auf eine andere Lizenz übertragen.',
			suspended: 'Ausgesetzt.',
			notSuspended: 'Nicht ausgesetzt.',
			noEnd: 'Hat kein solches Ende.',
			longer: 'Läuft schon länger.',
			noKey: 'Ihr Schlüssel ist nicht auf diesem Gerät.',
			keyComing: 'Ihr Schlüssel wird noch vom Server gelesen.'
		}
	}
};
