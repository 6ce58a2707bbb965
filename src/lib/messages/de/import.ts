/**
 * German: the screen Import and its table.
 *
 * @module
 */
import type { ImportTexts } from '../en/import.ts';
import { day, many, n, requestCount } from './phrases.ts';

export const importDe: ImportTexts = {
	title: 'Importieren',
	truth:
		'Anforderungen, Rückgaben, Antworten und Schlüssel, die hergebracht wurden. Sie sehen zuerst, was jedes ist; erst dann geschieht etwas damit.',
	reading: 'Dateien werden gelesen',
	found: (count) => `${many(count, 'Eintrag', 'Einträge')} gefunden.`,
	totals: {
		requests: requestCount,
		activations: (count) => many(count, 'Aktivierungsdatei', 'Aktivierungsdateien'),
		refusals: (count) => many(count, 'Ablehnung', 'Ablehnungen'),
		returns: (count) => many(count, 'Rückgabe', 'Rückgaben'),
		receipts: (count) => many(count, 'Quittung', 'Quittungen'),
		keys: (count) => many(count, 'Lizenzschlüssel', 'Lizenzschlüssel'),
		trust: (count) => many(count, 'Vertrauensdatei', 'Vertrauensdateien'),
		foreign: (count) => `${n(count)} nicht von Keyferry`,
		known: (count) => `${n(count)} bereits importiert`,
		others: (count) => `${n(count)} andere`,
		elsewhere: (count) => `${n(count)} für einen anderen Server`,
		damaged: (count) => `${n(count)} beschädigt`,
		incomplete: (count) => `${n(count)} unvollständig`,
		twice: (count) => `${n(count)} doppelt`
	},
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
	submitting: 'Wird eingereicht',
	clear: 'Liste leeren',
	file: 'Datei',
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
	offlineSubmit: 'Wartet hier und wird automatisch gesendet, sobald es eine Verbindung gibt.',
	unverified: 'Die Signaturen führen zu keinem vertrauenswürdigen Stammschlüssel.',
	verified: 'Die Signaturen führen zu einem vertrauenswürdigen Stammschlüssel.'
};
