/**
 * German: requests, and what to do next with each.
 *
 * @module
 */
import type { RequestsTexts } from '../en/requests.ts';
import { answerCount, day, moment, n, requestCount } from './phrases.ts';

export const requestsDe: RequestsTexts = {
	title: 'Anforderungen',
	truth: (counts) =>
		[
			counts['to-carry'] > 0 && `${answerCount(counts['to-carry'])} zurückzubringen`,
			counts['to-submit'] > 0 && `${n(counts['to-submit'])} einzureichen`,
			counts.waiting > 0 && `${n(counts.waiting)} wartend`,
			counts.refused > 0 && `${n(counts.refused)} abgelehnt`
		]
			.filter(Boolean)
			.join(' · '),
	group: {
		all: 'Alle',
		'to-submit': 'Einzureichen',
		waiting: 'Wartend',
		'to-carry': 'Zurückzubringen',
		refused: 'Abgelehnt',
		done: 'Erledigt'
	},
	noneIn: {
		'to-submit': 'Nichts einzureichen',
		waiting: 'Nichts wartet',
		'to-carry': 'Nichts zurückzubringen',
		refused: 'Nichts wurde abgelehnt',
		done: 'Noch nichts erledigt'
	},
	noMatch: (text) => `Keine Anforderung passt zu „${text}“`,
	noMatchText: 'Anforderungen werden nach Rechner, Produkt, Lizenznummer, Kunde und Name gefunden.',
	showAll: 'Alle Anforderungen zeigen',
	search: 'Anforderungen suchen',
	searchHint: 'Rechner, Produkt, Kunde …',
	column: {
		machine: 'Rechner',
		kind: 'Art',
		product: 'Produkt',
		number: 'Lizenz',
		customer: 'Kunde',
		who: 'Angefragt von',
		system: 'System',
		version: 'Version',
		when: 'Erstellt',
		answered: 'Beantwortet',
		saved: 'Gespeichert',
		state: 'Status'
	},
	saveRequests: (count) => `${requestCount(count)} speichern`,
	savedRequests: (count) => `${requestCount(count)} gespeichert.`,
	submitted: (count) => `${n(count)} im Postausgang zum Server.`,
	elsewhere: {
		title: 'Von einem anderen Gerät',
		count: (count) =>
			count === 1
				? '1 Antwort auf Ihren Namen kam über ein anderes Gerät:'
				: `${n(count)} Antworten auf Ihren Namen kamen über ein anderes Gerät:`,
		more: (count) => `${n(count)} weitere`,
		save: () => 'Hier speichern',
		dismiss: 'Hier nicht gebraucht'
	},
	bulk: {
		save: 'Antworten speichern',
		submit: 'Einreichen',
		remove: 'Entfernen',
		saveTitle: 'Antworten speichern',
		submitTitle: 'Anforderungen einreichen',
		removeTitle: 'Anforderungen entfernen',
		removeText:
			'Nie eingereichte Anforderungen werden von diesem Gerät entfernt, mit den Rechnerschlüsseln, die für sie erzeugt wurden.',
		saveText: 'Alle Antworten werden als eine Datei gespeichert, um sie zurückzubringen.',
		submitText: 'Sie gehen jetzt zum Server oder sobald es eine Verbindung gibt.',
		change: { save: 'Wird gespeichert', submit: 'Wird eingereicht', remove: 'Wird entfernt' },
		skip: {
			unanswered: 'Noch nicht beantwortet',
			underway: 'Schon unterwegs',
			settled: 'Schon beantwortet',
			'sign-in': 'Erst nach der Anmeldung',
			left: 'Hat dieses Gerät verlassen und bleibt'
		},
		undo: 'Rückgängig',
		undone: (count) => `${requestCount(count)} wiederhergestellt.`,
		removed: (count) => `${requestCount(count)} entfernt.`
	},
	emptyTitle: 'Noch keine Anforderungen',
	emptyText:
		'Stellen Sie eine für einen Rechner oder importieren Sie Anforderungsdateien, die jemand hergebracht hat.',
	submitAll: (count) => `${n(count)} einreichen`,
	answered: 'Beantwortet',
	savedRequest: 'Anforderung gespeichert',
	savedAnswer: 'Antwort gespeichert',
	fileName: 'Dateiname',
	notFound: 'Diese Anforderung ist nicht auf diesem Gerät',
	notFoundText: 'Importieren Sie ihre Datei, um den Status zu sehen.',
	next: {
		submit: () =>
			'Reichen Sie sie ein. Sie wird sofort gesendet oder sobald es eine Verbindung gibt.',
		submitOrSave: () =>
			'Reichen Sie sie von hier ein oder bringen Sie die Datei zu jemandem, der online ist.',
		saveOrWait: () =>
			'Speichern Sie sie und bringen Sie die Datei zu jemandem, der online ist. Hier eingereicht wartet sie auf eine Verbindung.',
		save: () =>
			'Speichern Sie sie und bringen Sie die Datei zu jemandem, der angemeldet ist, oder melden Sie sich hier an.',
		oneFile: () => 'Bringen Sie die Datei zu jemandem, der den Server erreicht.',
		queued: () => 'Sie wird automatisch gesendet, und die Antwort erscheint hier.',
		queuedSignIn: () => 'Sie wird gesendet, sobald Sie angemeldet und online sind.',
		answerComing: () =>
			'Der Server hat sie bewilligt. Die Antwort kommt mit dem nächsten Abgleich.',
		granted: () => 'Bringen Sie die Antwort zum Rechner zurück und laden Sie sie dort.',
		saved: ({ saved }) =>
			`Die Antwort wurde hier am ${moment(saved)} gespeichert. Laden Sie sie auf dem Rechner.`,
		seatGone: () =>
			'Ihr Platz ist nicht mehr belegt: Er wurde zurückgegeben, oder der Rechner wurde ausgemustert.',
		refused: () => 'Bringen Sie die Ablehnung zurück, damit dort niemand auf eine Antwort wartet.',
		refusedHere: () => 'Es wurde nichts bewilligt.',
		waiting: () => 'Kein Platz ist frei. Sie wird automatisch bewilligt, sobald einer frei ist.',
		waitingCarry: () =>
			'Kein Platz ist frei. Sie wird automatisch bewilligt, sobald einer frei ist; bringen Sie die Ablehnung zurück, damit dort niemand rätselt.',
		returned: () =>
			'Der Platz ist frei. Bringen Sie die Quittung zurück und laden Sie sie auf dem Rechner.',
		cooling: ({ until }) =>
			`Der Platz ist bis ${day(until)} gesperrt. Bringen Sie die Quittung zurück und laden Sie sie auf dem Rechner.`,
		receipt: () =>
			'Der Server hat sie verbucht. Bringen Sie die Quittung zurück und laden Sie sie auf dem Rechner.',
		returnRefused: () => 'Es wurde nichts zurückgegeben.'
	},
	nextReturnHeld:
		'Der Rechnerschlüssel liegt auf einem Gerät. Darum ist der Platz eine Zeit lang gesperrt, bevor er frei ist.',
	submitAgain: 'Erneut einreichen',
	heldByDesk: 'Der Rechnerschlüssel dieser Anforderung liegt auf diesem Gerät.'
};
