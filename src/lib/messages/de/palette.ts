/**
 * German: the command palette.
 *
 * @module
 */
import type { PaletteTexts } from '../en/palette.ts';
import { many, n } from './phrases.ts';

export const paletteDe: PaletteTexts = {
	title: 'Alles durchsuchen',
	hint: 'Bildschirm, Lizenz, Rechner oder Aktion …',
	recent: 'Zuletzt verwendet',
	commands: 'Bildschirme und Aktionen',
	actions: 'Aktionen',
	screens: 'Bildschirme',
	machines: 'Rechner',
	licenses: 'Lizenzen',
	nearby: 'Ein Zeichen stimmt nicht: Meinten Sie diese?',
	all: (count) => `Alle ${n(count)} unter Lizenzen zeigen`,
	results: (count) => many(count, 'Treffer', 'Treffer'),
	none: (text) => `Zu „${text}“ gibt es nichts`,
	noneText: 'Lizenzen und Rechner finden Sie mit Nummer, Name, Kunde oder Schlüssel.',
	notHere: (number) => `${number} ist nicht auf diesem Gerät`,
	reading: (done, all) =>
		`${n(done)} von ${n(all)} Lizenzen gelesen. Es kann noch mehr gefunden werden.`,
	filling: 'Der erste Abgleich läuft noch: Was noch nicht hier ist, wird nicht gefunden.',
	wait: 'Suche läuft …',
	choose: 'wählen',
	open: 'öffnen',
	close: 'schließen',
	act: {
		activate: 'Einen Rechner aktivieren',
		import: 'Dateien importieren',
		scan: 'Code scannen',
		save: (count) => `${many(count, 'Antwort', 'Antworten')} zum Zurücktragen speichern`,
		sync: 'Jetzt abgleichen',
		issue: 'Aus Offline-Plätzen vergeben',
		signIn: 'Anmelden',
		signOut: 'Abmelden',
		light: 'Helle Farben verwenden',
		dark: 'Dunkle Farben verwenden',
		auto: 'Farben des Systems verwenden',
		language: 'Auf Deutsch umstellen',
		lettersOff: 'Kürzel aus einem Buchstaben abschalten',
		lettersOn: 'Kürzel aus einem Buchstaben einschalten',
		help: 'Tastenkürzel anzeigen',
		issueLicense: 'Eine Lizenz ausstellen'
	},
	screen: {
		lookup: 'Lizenz oder Rechner suchen',
		attention: 'Lizenzen, die etwas brauchen',
		full: 'Lizenzen ohne freien Platz',
		ends: 'Lizenzen, die in 30 Tagen enden',
		expired: 'Abgelaufene Lizenzen',
		people: 'Personen',
		ways: 'Anmeldewege',
		devices: 'Geräte',
		sessions: 'Sitzungen',
		reminders: 'Erinnerungen',
		calendar: 'Kalender',
		keys: 'API-Schlüssel',
		customers: 'Kunden',
		products: 'Produkte',
		issued: 'Alle ausgestellten Lizenzen',
		orders: 'Bestellungen aus Shops',
		audit: 'Protokoll',
		webhooks: 'Webhooks',
		server: 'Servereinstellungen'
	},
	also: {
		overview: 'Übersicht Startseite',
		lookup: 'Suche nachschlagen Nummer Schlüssel Fingerabdruck',
		activate: 'neue Anforderung Lizenz Rechnercode',
		import: 'öffnen laden Antwort Anforderung Datei zip einfügen',
		scan: 'Kamera QR',
		save: 'exportieren herunterladen Stick zurücktragen',
		sync: 'Server aktualisieren Synchronisieren',
		requests: 'Anforderungen Antworten wartend abgelehnt',
		allotments: 'reservieren Plätze offline',
		issue: 'Kontingent',
		signIn: 'einloggen Login Konto',
		signOut: 'ausloggen Logout Konto',
		theme: 'Design Darstellung Modus',
		language: 'Sprache English Englisch language',
		letters: 'Tastatur Barrierefreiheit',
		help: 'Tastatur Hilfe',
		settings: 'Optionen Konto Profil Export Sicherung',
		attach: 'kauf bestellung code hinzufügen anhängen',
		device: 'LAN Clients Code',
		licenses: 'Liste Plätze verlängern Wartung',
		account: 'Konto Einstellungen',
		vendor: 'Hersteller'
	}
};
