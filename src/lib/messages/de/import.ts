/**
 * German: the screen Import and its table.
 *
 * @module
 */
import type { ImportTexts } from '../en/import.ts';
import { day, many, n, requests } from './phrases.ts';

export const importDe: ImportTexts = {
	title: 'Einlesen',
	truth:
		'Was hergebracht wurde: Anforderungen, Rückgaben, Antworten, Schlüssel. Alles wird gelesen und gezeigt, bevor damit etwas geschieht.',
	reading: 'Dateien werden gelesen',
	found: (count) => `Eingelesen: ${n(count)}.`,
	totals: {
		requests,
		activations: (count) => many(count, 'Aktivierungsdatei', 'Aktivierungsdateien'),
		refusals: (count) => many(count, 'Ablehnung', 'Ablehnungen'),
		returns: (count) => many(count, 'Rückgabe', 'Rückgaben'),
		receipts: (count) => many(count, 'Quittung', 'Quittungen'),
		keys: (count) => many(count, 'Lizenzschlüssel', 'Lizenzschlüssel'),
		trust: (count) => many(count, 'Vertrauensdatei', 'Vertrauensdateien'),
		foreign: (count) => `${n(count)} nicht von Keyferry`,
		known: (count) => `${n(count)} schon hier`,
		others: (count) => `${n(count)} andere`,
		elsewhere: (count) => `${n(count)} für einen anderen Hub`,
		damaged: (count) => `${n(count)} beschädigt`,
		incomplete: (count) => `${n(count)} unvollständig`,
		twice: (count) => `${n(count)} doppelt`
	},
	submit: (count) => `${n(count)} einreichen`,
	keep: (count) => `${n(count)} behalten`,
	kept: (count) => `${many(count, 'Datei', 'Dateien')} auf diesem Desk aufbewahrt.`,
	submitted: (count) => `${n(count)} im Postausgang zum Hub.`,
	gives: (label) => `Gibt den Platz von ${label} zurück.`,
	givesHeld: (label) =>
		`Gibt den Platz von ${label} zurück. Der Schlüssel liegt auf einem Desk, also kühlt der Platz ab.`,
	seatFree: 'Der Platz ist frei.',
	seatCools: (until) => `Der Platz kühlt bis zum ${day(until)} ab.`,
	answersTo: (label) => `Antwort auf die Anforderung für ${label}.`,
	source: 'Aus',
	pastedText: 'Eingefügter Text',
	machineForget: 'Diesen Rechner vergessen',
	machineKnown: (parts) => `Verglichen mit diesem Rechner: ${parts}.`,
	submitting: 'Wird eingereicht',
	clear: 'Tabelle leeren',
	file: 'Datei',
	what: 'Was es ist',
	forWhom: 'Für',
	result: 'Ergebnis',
	thisMachine: 'diesen Rechner',
	otherMachine: 'einen anderen Rechner',
	differ: (components) => `Verschieden: ${components}.`,
	same: (components) => `Gleich: ${components}.`,
	keptOn: 'Hier aufbewahrt, um weitergegeben zu werden.',
	compare: 'Ist es für diesen Rechner?',
	compareHint:
		'Fügen Sie ein, was „keyferry fingerprint“ hier ausgibt: Die Tabelle sagt dann, für wen jede Antwort ist und was abweicht.',
	offlineSubmit: 'Wartet hier und geht von selbst hinaus, sobald es eine Verbindung gibt.',
	unverified: 'Die Signaturen führen zu keiner vertrauten Wurzel.',
	verified: 'Die Signaturen führen zu einer vertrauten Wurzel.'
};
