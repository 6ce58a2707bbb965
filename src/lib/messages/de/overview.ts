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
			? 'Hier sind noch keine Lizenzen.'
			: `${licenses(count)}, aktiviert auf ${n(active)} von ${many(seats, 'Rechner', 'Rechnern')}.`,
	offlineTruth:
		'Dieser Desk arbeitet ohne Netz. Was den Hub braucht, wartet hier, bis es hinauskann.',
	attention: 'Braucht Aufmerksamkeit',
	allWell: 'Es ist nichts zu tun.',
	drafts: (count) => `${requests(count)} noch nicht eingereicht`,
	queued: (count) =>
		count === 1
			? '1 Anforderung wartet auf den Hub'
			: `${n(count)} Anforderungen warten auf den Hub`,
	granted: (count) => `${answers(count)} zurückzubringen`,
	refused: (count) => `${requests(count)} abgelehnt`,
	suspended: (count) => `${licenses(count)} ausgesetzt`,
	overLimit: (count) => `${licenses(count)} über der Grenze`,
	expired: (count) => `${licenses(count)} abgelaufen`,
	full: (count) => `${licenses(count)} ohne freien Platz`,
	seatUse: 'Belegung',
	latest: 'Letzte Anforderungen',
	all: 'Alle Lizenzen',
	firstTitle: 'Drei Wege zu beginnen',
	firstSignIn: 'Am Hub anmelden',
	firstSignInText: 'Ihre Lizenzen erscheinen von selbst und bleiben offline lesbar.',
	firstActivate: 'Rechner aktivieren',
	firstActivateText: 'Mit Name, Organisation und Schlüssel oder Nummer. Ohne Netz.',
	firstImport: 'Dateien einlesen',
	firstImportText: 'Anforderungen, Antworten und Schlüssel von Stick, Ordner, Zip oder Kamera.'
};
