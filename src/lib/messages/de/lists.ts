/**
 * German: what all lists of many rows have in common.
 *
 * @module
 */
import type { ListsTexts } from '../en/lists.ts';
import { n } from './phrases.ts';

export const listsDe: ListsTexts = {
	number: n,
	filters: 'Filter',
	options: 'Ansicht',
	sort: 'Sortieren nach',
	ascending: 'Aufsteigend',
	descending: 'Absteigend',
	columns: 'Spalten',
	columnsHint: 'Es werden so viele gezeigt, wie Platz haben.',
	exportShown: (count) => `${n(count)} als CSV exportieren`,
	views: 'Gespeicherte Ansichten',
	saveView: 'Diese Ansicht speichern als',
	saveViewDo: 'Ansicht speichern',
	renameView: (name) => `${name} umbenennen`,
	removeView: (name) => `${name} entfernen`,
	viewName: 'Name der Ansicht',
	select: 'Zeilen auswählen',
	selected: (count) => `${n(count)} ausgewählt`,
	unlisted: (count) => `davon ${n(count)} nicht angezeigt`,
	selectAll: (count) => `Alle ${n(count)} auswählen`,
	clearSelection: 'Auswahl aufheben',
	selection: 'Ausgewählte Zeilen',
	selectRow: (name) => `${name} auswählen`,
	next: 'Nächste Zeile',
	previous: 'Vorige Zeile',
	extend: 'Beim Weitergehen auswählen',
	selectThis: 'Zeile auswählen oder abwählen',
	willChange: (count) => (count === 1 ? '1 ändert sich' : `${n(count)} ändern sich`),
	skipped: (count) => `${n(count)} übersprungen`,
	nothing: 'Für die ausgewählten Zeilen gibt es nichts zu tun.',
	progress: (done, all) => `${n(done)} von ${n(all)}`,
	done: (count) => `${n(count)} erledigt`,
	refused: (count) => `${n(count)} abgelehnt`,
	left: (count) => `${n(count)} nicht versucht`,
	rowDone: 'Erledigt',
	rowRefused: 'Abgelehnt',
	rowLeft: 'Nicht versucht',
	stop: 'Anhalten',
	resume: (count) => `Mit ${n(count)} fortfahren`
};
