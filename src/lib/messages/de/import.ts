/**
 * German: the screen Import and its table.
 *
 * @module
 */
import type { ImportTexts } from '../en/import.ts';
import { day, many, n } from './phrases.ts';

export const importDe: ImportTexts = {
	title: 'Importieren',
	truth:
		'Anforderungen, Rückgaben, Antworten und Schlüssel, die hergebracht wurden. Sie sehen zuerst, was jedes ist; erst dann geschieht etwas damit.',
	reading: 'Dateien werden gelesen',
	found: (count) => `${many(count, 'Eintrag', 'Einträge')} gefunden.`,
	checking: 'Dateien werden geprüft',
	answering: 'Antworten vom Server',
	piles: {
		damaged: 'Beschädigt',
		incomplete: 'Unvollständig',
		elsewhere: 'Für einen anderen Server',
		foreign: 'Nicht von Keyferry',
		requests: 'Anforderungen',
		returns: 'Rückgaben',
		activations: 'Aktivierungsdateien',
		refusals: 'Ablehnungen',
		receipts: 'Quittungen',
		keys: 'Lizenzschlüssel',
		trust: 'Vertrauen',
		others: 'Andere',
		known: 'Bereits importiert',
		twice: 'Doppelt'
	},
	all: 'Alle',
	pilesLabel: 'Nur zeigen',
	submit: (count) => `${n(count)} einreichen`,
	keep: (count) => `${n(count)} importieren`,
	kept: (count) => `${many(count, 'Eintrag', 'Einträge')} importiert.`,
	submitted: (count) => `${n(count)} im Postausgang zum Server.`,
	gives: (label) => `Gibt den Platz von ${label} zurück.`,
	givesHeld: (label) =>
		`Gibt den Platz von ${label} zurück. Der Schlüssel liegt auf einem Gerät, darum ist der Platz eine Zeit lang gesperrt.`,
	seatFree: 'Der Platz ist frei.',
	seatCools: (until) => `Der Platz ist bis ${day(until)} gesperrt.`,
	answersTo: (label) => `Antwort auf die Anforderung für ${label}.`,
	source: 'Quelle',
	pastedText: 'Eingefügter Text',
	machineForget: 'Diesen Rechner vergessen',
	machineKnown: (parts) => `Verglichen mit diesem Rechner: ${parts}.`,
	clear: 'Liste leeren',
	from: 'Rechner oder Datei',
	what: 'Art',
	forWhom: 'Für',
	result: 'Ergebnis',
	thisMachine: 'diesen Rechner',
	otherMachine: 'einen anderen Rechner',
	differ: (components) => `Verschieden: ${components}.`,
	same: (components) => `Gleich: ${components}.`,
	keptOn: 'Hier gespeichert, damit Sie es weitergeben können.',
	compare: 'Ist es für diesen Rechner?',
	compareHint:
		'Fügen Sie den Code ein, den „keyferry fingerprint“ hier ausgibt. Die Tabelle sagt dann, für welchen Rechner jede Antwort ist und was abweicht.',
	saveAgain: 'Antworten erneut speichern',
	signedOut: 'Zum Einreichen muss jemand angemeldet sein. Importiertes wartet hier.',
	offlineSubmit: 'Wartet hier und wird automatisch gesendet, sobald es eine Verbindung gibt.',
	unverified: 'Die Signaturen führen zu keinem vertrauenswürdigen Stammschlüssel.',
	verified: 'Die Signaturen führen zu einem vertrauenswürdigen Stammschlüssel.'
};
