/**
 * German: the frame of every screen: places, connection, banners, faults, keyboard help.
 *
 * @module
 */
import type { ShellTexts } from '../en/shell.ts';
import { n } from './phrases.ts';

export const shellDe: ShellTexts = {
	appName: 'Keyferry',
	skip: 'Zum Inhalt',
	nav: {
		main: 'Hauptnavigation',
		lookup: 'Suche',
		more: 'Mehr',
		overview: 'Übersicht',
		licenses: 'Lizenzen',
		requests: 'Vorgänge',
		activate: 'Aktivieren',
		import: 'Einlesen',
		allotments: 'Kontingente',
		sync: 'Abgleich',
		settings: 'Optionen',
		signIn: 'Anmelden'
	},
	connection: {
		online: 'Online',
		offline: 'Offline',
		syncing: 'Gleicht ab',
		held: 'Wartet auf Sie',
		signedOut: 'Nicht angemeldet',
		oneFile: 'Ein-Datei-Desk, ohne Hub',
		waiting: (count) => (count === 1 ? '1 wartet' : `${n(count)} warten`),
		synced: (when) => `abgeglichen ${when}`,
		neverSynced: 'noch nie abgeglichen',
		retry: (when) => `nächster Versuch ${when}`
	},
	banner: {
		unexported: 'Dieser Desk ist eine Datei: Seine Daten sind nur in einem Export sicher.',
		insecure:
			'Ohne HTTPS geöffnet: Der Browser erlaubt hier weder Signaturen noch Kamera noch Abgleich. Öffnen Sie den Desk über https://.',
		replaced: 'In einem anderen Tab ist eine neuere Version des Desks offen. Laden Sie diesen neu.',
		blocked: 'Ein anderer Tab hält eine ältere Version des Desks. Schließen Sie ihn.',
		update: 'Eine neue Version ist bereit.'
	},
	fault: {
		title: 'Hier ist etwas schiefgegangen',
		text: 'Was Sie gespeichert haben, ist sicher. Laden Sie die Seite neu; bleibt es dabei, exportieren Sie Ihre Daten in den Einstellungen und melden Sie dies:',
		notFound: 'Diese Seite gibt es nicht',
		notFoundText: 'Die Adresse ist vielleicht alt. Von der Übersicht aus geht es überallhin.',
		toOverview: 'Zur Übersicht'
	},
	help: {
		title: 'Tastenkürzel',
		search: 'Suchen',
		go: (where) => `Zu: ${where}`,
		walk: 'Nächste und vorige Zeile',
		open: 'Zeile öffnen',
		help: 'Diese Hilfe',
		close: 'Schließen',
		then: 'dann'
	}
};
