/**
 * German: the screen Overview.
 *
 * @module
 */
import type { OverviewTexts } from '../en/overview.ts';
import { answerCount, day, licenseCount, many, n, requestCount } from './phrases.ts';

export const overviewDe: OverviewTexts = {
	title: 'Übersicht',
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
	attention: 'Zu erledigen',
	allWell: 'Es ist nichts zu tun.',
	drafts: (count) => `${requestCount(count)} noch nicht eingereicht`,
	queued: (count) =>
		count === 1
			? '1 Anforderung wartet auf den Server'
			: `${n(count)} Anforderungen warten auf den Server`,
	granted: (count) => `${answerCount(count)} zum Zurückbringen`,
	refused: (count) => `${requestCount(count)} abgelehnt`,
	suspended: (count) => `${licenseCount(count)} ausgesetzt`,
	overLimit: (count) => `${licenseCount(count)} über dem Limit`,
	expired: (count) => `${licenseCount(count)} abgelaufen`,
	full: (count) => `${licenseCount(count)} ohne freien Platz`,
	seatUse: 'Belegte Plätze',
	latest: 'Letzte Anforderungen',
	all: 'Alle Lizenzen',
	firstTitle: 'Drei Wege zum Einstieg',
	firstSignIn: 'Anmelden',
	firstSignInText: 'Ihre Lizenzen erscheinen automatisch und bleiben offline lesbar.',
	firstActivate: 'Rechner aktivieren',
	firstActivateText: 'Mit Name, Organisation und Lizenzschlüssel oder Nummer. Kein Netz nötig.',
	firstImport: 'Dateien importieren',
	firstImportText: 'Anforderungen, Antworten und Schlüssel von USB-Stick, Ordner, ZIP oder Kamera.'
};
