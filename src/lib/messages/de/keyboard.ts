/**
 * German: what the keyboard can do.
 *
 * @module
 */
import type { KeyboardTexts } from '../en/keyboard.ts';

export const keyboardDe: KeyboardTexts = {
	title: 'Tastenkürzel',
	screen: 'Auf diesem Bildschirm',
	everywhere: 'Überall',
	places: 'Gehe zu',
	palette: 'Bildschirm, Lizenz, Rechner oder Aktion finden',
	search: 'Auf diesem Bildschirm suchen, oder eine Lizenz nachschlagen',
	walk: 'Nächste oder vorige Zeile',
	open: 'Zeile öffnen',
	help: 'Diese Hilfe anzeigen',
	close: 'Schließen',
	off: 'Kürzel aus einem einzelnen Buchstaben lassen sich in den Einstellungen abschalten.'
};
