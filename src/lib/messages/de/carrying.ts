/**
 * German: how files come in and go out: saving, QR codes, the scanner, dropping.
 *
 * @module
 */
import type { CarryingTexts } from '../en/carrying.ts';
import { answerCount, n } from './phrases.ts';

export const carryingDe: CarryingTexts = {
	carry: {
		heading: 'Übertragen',
		save: 'Speichern',
		saveHint: 'USB-Stick oder E-Mail',
		qr: 'QR zeigen',
		qrHint: 'Vom Bildschirm scannen',
		share: 'Teilen',
		shareHint: 'An andere App',
		saved: (name) => `${name} gespeichert`,
		request: 'Anforderung übertragen',
		return: 'Rückgabe übertragen',
		answer: 'Antwort zurückbringen',
		refusal: 'Ablehnung zurückbringen',
		receipt: 'Quittung zurückbringen',
		receiptText: 'Laden Sie sie auf dem Rechner, um die Rückgabe dort abzuschließen.',
		saveAnswers: (count) => `${answerCount(count)} speichern`,
		savedAnswers: (count) => `${answerCount(count)} gespeichert.`
	},
	drop: {
		drop: 'Dateien, einen Ordner oder ein ZIP hier ablegen',
		dropActive: 'Loslassen zum Importieren',
		pasteHint: 'Sie können auch irgendwo auf dieser Seite Text einfügen.',
		pasteTitle: 'Text einfügen',
		pasteLabel: 'Text einer Keyferry-Datei'
	},
	qr: {
		title: 'QR-Code',
		alt: 'QR-Code',
		bright: 'Stellen Sie den Bildschirm auf volle Helligkeit.',
		frame: (at, of) => `Code ${at} von ${of}`,
		loop: 'Die Codes wechseln automatisch. Der Scanner sammelt sie in beliebiger Reihenfolge.',
		text: 'Als Text'
	},
	scan: {
		title: 'QR-Codes scannen',
		aim: 'Richten Sie die Kamera auf den Code.',
		starting: 'Kamera wird gestartet',
		collected: (have, of) => `${have} von ${of} Codes gelesen`,
		torchOn: 'Licht an',
		torchOff: 'Licht aus',
		picture: 'Bild verwenden',
		noCamera: 'Keine Kamera verfügbar',
		noCameraHint:
			'Erlauben Sie im Browser den Zugriff auf die Kamera, öffnen Sie diese App über HTTPS oder verwenden Sie ein Bild des Codes.',
		nothingInPicture:
			'Im Bild wurde kein QR-Code gefunden. Schneiden Sie es enger zu und versuchen Sie es erneut.',
		name: 'Scan',
		read: (count) => `${n(count)} bisher gelesen.`
	}
};
