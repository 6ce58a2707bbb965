/**
 * German: texts that people change.
 *
 * @module
 */
import type { TextsTexts } from '#lib/messages/en/texts.ts';
import { day, n } from './phrases.ts';

export const textsDe: TextsTexts = {
	field: { note: 'Notiz', label: 'Name', site: 'Standort' },
	add: { note: 'Notiz hinzufügen', label: 'Benennen', site: 'Standort hinzufügen' },
	change: { note: 'Notiz ändern', label: 'Umbenennen', site: 'Standort ändern' },
	noteHint: 'Alle in der Organisation können sie lesen.',
	labelHint:
		'Nur der hier gezeigte Name ändert sich. Dateien behalten den Namen aus der Anforderung.',
	siteHint: 'Fasst Rechner zusammen, die beieinander stehen, zum Beispiel: Hamburg, Halle 2.',
	fromRequest: (label) => `Heißt in Anforderung und Dateien ${label}`,
	save: 'Speichern',
	tooLong: (limit) => `Höchstens ${n(limit)} Zeichen.`,
	unsent: 'Noch nicht gesendet',
	by: (by, at) => (by === '' ? day(at) : `${by}, ${day(at)}`),
	on: 'Ein',
	off: 'Aus',
	switches: 'Funktionen, die Sie schalten',
	switchesText:
		'Jede Änderung signiert die nächste Datei aller Rechner; dort gilt sie, sobald diese geladen ist.',
	since: (version) => `Ab Version ${version}`,
	conflict: {
		title: {
			note: 'Zwei Fassungen dieser Notiz',
			label: 'Zwei Namen für diesen Rechner',
			site: 'Zwei Standorte für diesen Rechner',
			allow: 'Zweimal geschaltet'
		},
		truth: (by, at) =>
			`${by === '' ? 'Jemand anderes' : by} hat das ${at === 0 ? 'inzwischen' : `am ${day(at)}`} geändert, bevor Ihre Änderung ankam. Entscheiden Sie, was bleibt.`,
		refused: 'Ihre Änderung wurde nicht angenommen. Sie bleibt hier, bis Sie entscheiden.',
		mine: 'Ihre Fassung',
		theirs: (by) => (by === '' ? 'Auf dem Server' : by),
		earlier: 'Was Sie davor geschrieben hatten',
		empty: 'Nichts',
		keepMine: 'Meine behalten',
		takeTheirs: 'Andere übernehmen',
		merge: 'Zusammenführen',
		mergeLabel: 'Zusammengeführte Notiz',
		sendAgain: 'Noch einmal senden',
		discard: 'Meine verwerfen'
	}
};
