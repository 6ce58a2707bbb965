/**
 * German: the first screen.
 *
 * @module
 */
import type { OverviewTexts } from '../en/overview.ts';
import { answerCount, day, licenseCount, many, n, requestCount } from './phrases.ts';

const waiting = (count: number, what: string) =>
	count === 1 ? `1 Anforderung wartet auf ${what}` : `${n(count)} Anforderungen warten auf ${what}`;

export const overviewDe: OverviewTexts = {
	title: 'Start',
	truth: (count, active, seats) =>
		count === 0
			? 'Noch keine Lizenzen.'
			: `${licenseCount(count)}, aktiviert auf ${n(active)} von ${many(seats, 'Rechner', 'Rechnern')}.`,
	offlineTruth:
		'Diese App funktioniert ohne Netz. Was den Server braucht, wartet hier, bis es gesendet werden kann.',
	keyEnds: (endsAt, hasEnded) =>
		hasEnded
			? `Der Schlüssel des Servers ist am ${day(endsAt)} abgelaufen: Er aktiviert und unterschreibt nichts mehr.`
			: `Der Schlüssel des Servers läuft am ${day(endsAt)} ab. Danach aktiviert und unterschreibt er nichts mehr.`,
	keyNext:
		'Der Betreiber des Servers erzeugt einen neuen (keyferry hub-key rotate). Was unterschrieben ist, bleibt gültig.',
	find: 'Lizenz finden',
	findHint: 'Nummer, Schlüssel, Rechner …',
	scan: 'Code scannen',
	attention: 'Zu erledigen',
	allWell: 'Es ist nichts zu erledigen.',
	need: {
		drafts: (count) => `${requestCount(count)} noch nicht eingereicht`,
		queued: (count) => waiting(count, 'den Server'),
		waiting: (count) => waiting(count, 'einen Platz'),
		refused: (count) => `${requestCount(count)} abgelehnt`,
		suspended: (count) => `${licenseCount(count)} ausgesetzt`,
		overLimit: (count) => `${licenseCount(count)} über dem Limit`,
		expired: (count) => `${licenseCount(count)} abgelaufen`,
		ending: (count) => `${licenseCount(count)} in den nächsten 30 Tagen zu verlängern`,
		full: (count) => `${licenseCount(count)} ohne freien Platz`
	},
	carry: 'Zurückzubringen',
	elsewhere: (count: number) =>
		`${many(count, 'Antwort kam', 'Antworten kamen')} in Ihrem Namen über ein anderes Gerät`,
	carryAll: (count) => `Alle ${answerCount(count)} ansehen`,
	fullest: 'Am stärksten belegt',
	seatUse: 'Plätze',
	year: {
		title: 'Belegte Plätze am Ende jedes Monats',
		most: (count) => many(count, 'Platz', 'Plätze'),
		used: (count) => (count === 1 ? '1 Platz belegt' : `${n(count)} Plätze belegt`),
		unknown: 'nicht bekannt',
		since: (at) => `Die Aufzeichnung des Servers beginnt am ${day(at)}.`,
		table: 'Als Tabelle zeigen',
		month: 'Monat',
		column: 'Belegte Plätze',
		soFar: (month) => `${month} (bisher)`
	},
	install: {
		title: 'Diese App auf dem Gerät behalten',
		text: 'Installiert öffnet sie sich wie jede andere App, mit und ohne Netz.',
		kept: 'Der Browser hat zugesagt, alles hier Gespeicherte zu behalten, bis Sie es löschen.',
		notKept:
			'Der Browser hat nicht zugesagt, das hier Gespeicherte zu behalten. Meist tut er es, sobald die App installiert ist.',
		close: 'Nicht mehr zeigen'
	},
	latest: 'Letzte Anforderungen',
	all: 'Alle Lizenzen',
	welcome: {
		title: 'Software auf Rechnern ohne Internet aktivieren',
		steps: 'So funktioniert es',
		request: 'Anforderung',
		requestText: 'Der Rechner schreibt sie',
		requestPicture: 'Ein gesperrter Rechner schreibt eine Anforderungsdatei',
		server: 'Server',
		serverText: 'Er vergibt einen Platz',
		serverPicture: 'Der Server vergibt einen freien Platz und unterschreibt die Antwort',
		answer: 'Antwort',
		answerText: 'Sie schaltet den Rechner frei',
		answerPicture: 'Die Antwortdatei öffnet das Schloss des Rechners'
	},
	firstTitle: 'Möglichkeiten zum Einstieg',
	firstSignIn: 'Anmelden',
	firstSignInText: 'Ihre Lizenzen erscheinen hier, lesbar auch offline.',
	firstActivate: 'Rechner aktivieren',
	firstActivateText: 'Mit Schlüssel oder Nummer, ganz ohne Netz.',
	firstImport: 'Dateien importieren',
	firstImportText: 'Anforderungen, Antworten, Schlüssel: vom Stick oder per Kamera.'
};
