/**
 * German: the screen Settings.
 *
 * @module
 */
import type { SettingsTexts } from '../en/settings.ts';
import { many, n } from './phrases.ts';

export const settingsDe: SettingsTexts = {
	title: 'Einstellungen',
	account: 'Konto',
	signedInAs: (email) => `Angemeldet als ${email}.`,
	signedOut: 'Nicht angemeldet. Alles außer dem Abgleich funktioniert auch ohne Anmeldung.',
	customers: 'Organisationen',
	signOutTitle: 'Auf diesem Gerät abmelden?',
	signOutText:
		'Abgeglichene Lizenzen werden von diesem Gerät entfernt. Anforderungen, Antworten, Schlüssel und noch nicht Gesendetes bleiben.',
	appearance: 'Darstellung',
	language: 'Sprache',
	languageAuto: 'Auto',
	theme: 'Farbschema',
	themeAuto: 'Automatisch',
	themeLight: 'Hell',
	themeDark: 'Dunkel',
	keys: 'Tastenkürzel mit einem Buchstaben',
	keysHint: 'Schalten Sie sie aus, wenn Spracheingabe oder Screenreader die Buchstaben brauchen.',
	keysOn: 'An',
	keysOff: 'Aus',
	hubAddress: 'Adresse',
	sync: 'Abgleich',
	waitingSince: 'Wartet seit',
	lastSync: 'Letzter Abgleich',
	fault: 'Letztes Problem',
	faultText: (fault) =>
		fault === 'unreachable'
			? 'Der Server hat nicht geantwortet. Es wird automatisch erneut versucht.'
			: fault === 'insecure-context'
				? 'Diese Seite wurde ohne HTTPS geöffnet; der Browser sperrt darum Signaturen und Abgleich. Öffnen Sie sie über https://, oder als localhost auf dem Rechner des Servers.'
				: `Der Server hat eine Störung gemeldet (${fault}). Es wird automatisch erneut versucht.`,
	sendAsMine: 'Als meines senden',
	desk: 'Dieses Gerät',
	deskName: 'Gerätename',
	deskNameHint:
		'Zum Beispiel „Telefon des Außendienstes“. Er steht neben den Offline-Plätzen dieses Geräts.',
	storage: 'Speicher',
	persisted: 'Der Browser behält die Daten dieser App, bis Sie sie löschen.',
	notPersisted: 'Der Browser darf die Daten dieser App löschen, wenn der Speicher knapp wird.',
	askPersist: 'Dauerhaft behalten',
	persistRefused:
		'Der Browser hat nicht zugestimmt. Diese App zu installieren oder als Lesezeichen zu speichern ändert das meist. Exportieren Sie bis dahin oft.',
	used: (megabytes) => `${n(megabytes)} MB belegt.`,
	export: 'Export',
	exportText: 'Eine Datei mit allen Anforderungen, Antworten und Schlüsseln auf diesem Gerät.',
	exportOneFile:
		'Diese App ist eine einzelne HTML-Datei, und ihre Daten liegen nur in diesem Browser. Exportieren Sie nach jedem Besuch und nehmen Sie die exportierte Datei mit.',
	exportNow: 'Alles exportieren',
	import: 'Export importieren',
	imported: (count) => `${many(count, 'Eintrag', 'Einträge')} importiert.`,
	exportedAt: 'Letzter Export',
	changedSince: 'Seit dem letzten Export hat sich etwas geändert.',
	never: 'nie',
	trust: 'Vertrauenswürdige Stammschlüssel',
	noRoots:
		'Noch keine. Importieren Sie die Vertrauensdatei Ihres Herstellers oder verbinden Sie sich einmal mit dem Server.',
	rootFrom: { kit: 'aus dem Kit', hub: 'vom Server', file: 'aus einer Datei' },
	about: 'Über diese App',
	version: 'Version',
	shortcuts: 'Tastenkürzel'
};
