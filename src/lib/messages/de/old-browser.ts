/**
 * German: a browser without Ed25519.
 *
 * @module
 */
import type { OldBrowserTexts } from '../en/old-browser.ts';

export const oldBrowserDe: OldBrowserTexts = {
	title: 'Dieser Browser ist zu alt',
	truth:
		'Er kann Signaturen (Ed25519) weder erzeugen noch prüfen; diese App könnte eine echte Datei nicht von einer gefälschten unterscheiden.',
	browsers: 'Sie funktioniert ab diesen Versionen:',
	commandLine: 'Oder verwenden Sie die Kommandozeile, die keinen Browser braucht:',
	safe: 'Was hier gespeichert ist, bleibt, wie es ist, und keine Datei ist deswegen beschädigt.'
};
