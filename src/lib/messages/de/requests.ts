/**
 * German: requests, and what to do next with each.
 *
 * @module
 */
import type { RequestsTexts } from '../en/requests.ts';
import { day, n, requests } from './phrases.ts';

export const requestsDe: RequestsTexts = {
	title: 'Anforderungen',
	truth: (waiting, granted, refused, forSeat) =>
		[
			waiting > 0 &&
				(waiting === 1
					? '1 Anforderung wartet auf den Hub'
					: `${n(waiting)} Anforderungen warten auf den Hub`),
			granted > 0 && `${n(granted)} bewilligt`,
			refused > 0 && `${n(refused)} abgelehnt`,
			forSeat > 0 &&
				(forSeat === 1 ? '1 wartet auf einen Platz' : `${n(forSeat)} warten auf einen Platz`)
		]
			.filter(Boolean)
			.join(', ') + '.',
	truthDrafts: (count) => `${requests(count)} noch nicht eingereicht.`,
	emptyTitle: 'Noch keine Anforderungen',
	emptyText:
		'Stellen Sie eine für einen Rechner oder lesen Sie Anforderungsdateien ein, die hergebracht wurden.',
	submitAll: (count) => `${n(count)} einreichen`,
	imported: 'Eingelesen',
	answered: 'Beantwortet',
	origin: { made: 'Auf diesem Desk gestellt', taken: 'Hergebracht' },
	fileName: 'Dateiname',
	notFound: 'Diese Anforderung ist nicht auf diesem Desk',
	notFoundText: 'Lesen Sie ihre Datei ein, um zu sehen, wie es um sie steht.',
	nextDraft: 'Reichen Sie sie von hier ein oder geben Sie die Datei jemandem, der online ist.',
	nextQueued: 'Sie geht von selbst zum Hub, sobald es eine Verbindung gibt.',
	nextQueuedSignIn: 'Sie geht zum Hub, sobald Sie angemeldet und online sind.',
	nextGranted: 'Bringen Sie die Antwort zum Rechner zurück und laden Sie sie dort.',
	nextReturned:
		'Der Platz ist frei. Bringen Sie die Quittung zurück und laden Sie sie auf dem Rechner.',
	nextCooling: (until) =>
		`Der Platz kühlt bis zum ${day(until)} ab. Bringen Sie die Quittung zurück und laden Sie sie auf dem Rechner.`,
	nextReceipt:
		'Der Hub hat sie verbucht. Bringen Sie die Quittung zurück und laden Sie sie auf dem Rechner.',
	nextReturnRefused: 'Es wurde nichts zurückgegeben.',
	nextReturnHeld:
		'Der Rechnerschlüssel liegt auf einem Desk, also kühlt der Platz ab, bevor er frei ist.',
	givenBack: 'Der Platz dieser Anforderung wurde zurückgegeben.',
	nextRefused: 'Bringen Sie auch die Ablehnung zurück, damit dort niemand auf eine Antwort wartet.',
	nextWaiting:
		'Abgelehnt, weil kein Platz frei war; wird von selbst bewilligt, sobald einer frei ist.',
	nextOneFile: 'Bringen Sie die Datei zu jemandem, der den Hub erreicht.',
	submitAgain: 'Noch einmal einreichen',
	heldByDesk: 'Der Rechnerschlüssel dieser Anforderung liegt auf diesem Desk.'
};
