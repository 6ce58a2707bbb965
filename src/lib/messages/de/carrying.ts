/**
 * German: how files come in and go out: saving, QR codes, the scanner, dropping.
 *
 * @module
 */
import type { CarryingTexts } from '../en/carrying.ts';
import { answers, n } from './phrases.ts';

export const carryingDe: CarryingTexts = {
	carry: {
		heading: 'Übertragen',
		save: 'Speichern',
		saveHint: 'USB-Stick, Mail',
		qr: 'QR zeigen',
		qrHint: 'Vom Bildschirm',
		share: 'Teilen',
		shareHint: 'An andere App',
		shareUnavailable: 'Bietet dieser Browser nicht',
		saved: (name) => `${name} gespeichert`,
		request: 'Anforderung übertragen',
		return: 'Rückgabe übertragen',
		answer: 'Antwort zurückbringen',
		refusal: 'Ablehnung zurückbringen',
		receipt: 'Quittung zurückbringen',
		receiptText: 'Auf dem Rechner geladen, schließt sie die Rückgabe dort ab.',
		saveAnswers: (count) => `${answers(count)} speichern`,
		savedAnswers: (count) => `${answers(count)} gespeichert.`
	},
	drop: {
		drop: 'Dateien, einen Ordner oder ein Zip hier ablegen',
		dropActive: 'Loslassen zum Einlesen',
		pasteHint: 'Oder fügen Sie irgendwo auf dieser Seite einen Text ein.',
		pasteTitle: 'Text einfügen',
		pasteLabel: 'Text einer Keyferry-Datei'
	},
	qr: {
		title: 'QR-Code',
		alt: 'QR-Code',
		bright: 'Stellen Sie den Bildschirm auf volle Helligkeit.',
		frame: (at, of) => `Code ${at} von ${of}`,
		loop: 'Die Codes wechseln von selbst; der Scanner sammelt sie in beliebiger Reihenfolge.',
		text: 'Dasselbe als Text'
	},
	scan: {
		title: 'QR-Codes scannen',
		aim: 'Halten Sie den Code in den Rahmen.',
		starting: 'Die Kamera startet',
		collected: (have, of) => `${have} von ${of} Codes gelesen`,
		torchOn: 'Licht an',
		torchOff: 'Licht aus',
		picture: 'Bild verwenden',
		noCamera: 'Hier ist keine Kamera verfügbar.',
		noCameraHint:
			'Erlauben Sie die Kamera im Browser, öffnen Sie den Desk über HTTPS oder verwenden Sie ein Bild des Codes.',
		nothingInPicture:
			'Im Bild wurde kein QR-Code gefunden. Schneiden Sie es enger zu und versuchen Sie es noch einmal.',
		name: 'Scan',
		read: (count) => `${n(count)} bisher gelesen.`
	}
};
