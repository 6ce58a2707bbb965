/**
 * German: requests, and what to do next with each.
 *
 * @module
 */
import type { RequestsTexts } from '../en/requests.ts';
import { day, n, requestCount } from './phrases.ts';

export const requestsDe: RequestsTexts = {
	title: 'Anforderungen',
	truth: (waiting, granted, refused, forSeat) =>
		[
			waiting > 0 &&
				(waiting === 1
					? '1 Anforderung wartet auf den Server'
					: `${n(waiting)} Anforderungen warten auf den Server`),
			granted > 0 && `${n(granted)} bewilligt`,
			refused > 0 && `${n(refused)} abgelehnt`,
			forSeat > 0 &&
				(forSeat === 1 ? '1 wartet auf einen Platz' : `${n(forSeat)} warten auf einen Platz`)
		]
			.filter(Boolean)
			.join(', ') + '.',
	truthDrafts: (count) => `${requestCount(count)} noch nicht eingereicht.`,
	emptyTitle: 'Noch keine Anforderungen',
	emptyText:
		'Stellen Sie eine für einen Rechner oder importieren Sie Anforderungsdateien, die jemand hergebracht hat.',
	submitAll: (count) => `${n(count)} einreichen`,
	imported: 'Importiert',
	answered: 'Beantwortet',
	origin: { made: 'Auf diesem Gerät erstellt', taken: 'Importiert' },
	fileName: 'Dateiname',
	notFound: 'Diese Anforderung ist nicht auf diesem Gerät',
	notFoundText: 'Importieren Sie ihre Datei, um den Status zu sehen.',
	nextDraft: 'Reichen Sie sie von hier ein oder geben Sie die Datei jemandem, der online ist.',
	nextQueued: 'Sie wird automatisch gesendet, sobald es eine Verbindung gibt.',
	nextQueuedSignIn: 'Sie wird gesendet, sobald Sie angemeldet und online sind.',
	nextGranted: 'Bringen Sie die Antwort zum Rechner zurück und laden Sie sie dort.',
	nextReturned:
		'Der Platz ist frei. Bringen Sie die Quittung zurück und laden Sie sie auf dem Rechner.',
	nextCooling: (until) =>
		`Der Platz ist bis ${day(until)} gesperrt. Bringen Sie die Quittung zurück und laden Sie sie auf dem Rechner.`,
	nextReceipt:
		'Der Server hat sie verbucht. Bringen Sie die Quittung zurück und laden Sie sie auf dem Rechner.',
	nextReturnRefused: 'Es wurde nichts zurückgegeben.',
	nextReturnHeld:
		'Der Rechnerschlüssel liegt auf einem Gerät. Darum ist der Platz eine Zeit lang gesperrt, bevor er frei ist.',
	givenBack: 'Der Platz dieser Anforderung wurde zurückgegeben.',
	nextRefused: 'Bringen Sie auch die Ablehnung zurück, damit dort niemand auf eine Antwort wartet.',
	nextWaiting:
		'Abgelehnt, weil kein Platz frei ist. Sie wird automatisch bewilligt, sobald einer frei ist.',
	nextOneFile: 'Bringen Sie die Datei zu jemandem, der den Server erreicht.',
	submitAgain: 'Erneut einreichen',
	heldByDesk: 'Der Rechnerschlüssel dieser Anforderung liegt auf diesem Gerät.'
};
