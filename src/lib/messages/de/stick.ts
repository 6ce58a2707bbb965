/**
 * German: sticks, and what their index says.
 *
 * @module
 */
import type { StickTexts } from '../en/stick.ts';
import { many } from './phrases.ts';

export const stickDe: StickTexts = {
	index: {
		howTo: [
			'Neue Dateien für die Rechner eines Standorts. Nichts davon ist geheim.',
			'Auf jedem Rechner: keyferry load, dahinter der Name dieses Ordners oder der ZIP-Datei.',
			'Geladen wird, was zu diesem Rechner gehört; alles andere bleibt, wie es ist.'
		],
		columns: {
			file: 'Datei',
			kind: 'Was es ist',
			machine: 'Rechner',
			product: 'Produkt',
			license: 'Lizenz'
		},
		kind: {
			activation: 'Aktivierungsdatei',
			receipt: 'Quittung einer Rückgabe',
			refusal: 'Ablehnung',
			trust: 'Vertrauensdatei',
			revocation: 'Liste ausgemusterter Rechner'
		},
		everybody: 'alle Rechner'
	},
	save: 'Stick speichern',
	title: 'Stick für einen Standort speichern',
	text: 'Eine ZIP-Datei mit der neuesten Datei jedes Rechners, Quittungen und Ablehnungen. Auf jedem Rechner nimmt „keyferry load“ heraus, was zu ihm gehört.',
	site: 'Standort',
	chooseSite: 'Standort wählen',
	unnamed: 'Ohne Standort',
	machines: (count) => many(count, 'Rechner', 'Rechner'),
	reading: 'Die Dateien dieses Standorts werden gelesen …',
	contents: (counts) =>
		[
			many(counts.activation, 'Aktivierungsdatei', 'Aktivierungsdateien'),
			counts.receipt > 0 && many(counts.receipt, 'Quittung', 'Quittungen'),
			counts.refusal > 0 && many(counts.refusal, 'Ablehnung', 'Ablehnungen')
		]
			.filter(Boolean)
			.join(', '),
	withoutFiles: 'Diese App hat noch keine Datei für diesen Standort.',
	saved: (name) => `${name} gespeichert`,
	siteless: 'Standorte stehen hier, sobald Rechner Plätze haben.'
};
