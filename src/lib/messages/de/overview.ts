/**
 * German: the screen Overview.
 *
 * @module
 */
import type { OverviewTexts } from '../en/overview.ts';
import { answers, licenses, many, n, requests } from './phrases.ts';

export const overviewDe: OverviewTexts = {
	title: 'Übersicht',
	truth: (count, active, seats) =>
		count === 0
			? 'Noch keine Lizenzen.'
			: `${licenses(count)}, aktiviert auf ${n(active)} von ${many(seats, 'Rechner', 'Rechnern')}.`,
	offlineTruth:
		'Diese App funktioniert ohne Netz. Was den Server braucht, wartet hier, bis es gesendet werden kann.',
	attention: 'Zu erledigen',
	allWell: 'Es ist nichts zu tun.',
	drafts: (count) => `${requests(count)} noch nicht eingereicht`,
	queued: (count) =>
		count === 1
			? '1 Anforderung wartet auf den Server'
			: `${n(count)} Anforderungen warten auf den Server`,
	granted: (count) => `${answers(count)} zum Zurückbringen`,
	refused: (count) => `${requests(count)} abgelehnt`,
	suspended: (count) => `${licenses(count)} ausgesetzt`,
	overLimit: (count) => `${licenses(count)} über dem Limit`,
	expired: (count) => `${licenses(count)} abgelaufen`,
	full: (count) => `${licenses(count)} ohne freien Platz`,
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
