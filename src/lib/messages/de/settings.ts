/**
 * German: the screen Settings.
 *
 * @module
 */
import type { SettingsTexts } from '../en/settings.ts';
import { n } from './phrases.ts';

export const settingsDe: SettingsTexts = {
	title: 'Einstellungen',
	account: 'Konto',
	signedInAs: (email) => `Angemeldet als ${email}.`,
	signedOut: 'Nicht angemeldet. Alles außer dem Abgleich geht auch so.',
	customers: 'Organisationen',
	signOutTitle: 'Von diesem Desk abmelden?',
	signOutText:
		'Die gespiegelten Lizenzen verlassen dieses Gerät. Anforderungen, Antworten, Schlüssel und alles, was noch wartet, bleiben.',
	appearance: 'Darstellung',
	language: 'Sprache',
	languageAuto: 'Auto',
	theme: 'Farben',
	themeAuto: 'Auto',
	themeLight: 'Hell',
	themeDark: 'Dunkel',
	keys: 'Tastenkürzel mit einem Buchstaben',
	keysHint: 'Schalten Sie sie aus, wo Spracheingabe oder Screenreader Buchstaben verwenden.',
	keysOn: 'An',
	keysOff: 'Aus',
	hubAddress: 'Adresse',
	sync: 'Abgleich',
	waitingSince: 'Wartet seit',
	lastSync: 'Letzter Abgleich',
	fault: 'Letzte Störung',
	faultText: (fault) =>
		fault === 'unreachable'
			? 'Der Hub hat nicht geantwortet. Er wird von selbst wieder gefragt.'
			: fault === 'insecure-context'
				? 'Diese Seite wurde ohne HTTPS geöffnet; der Browser erlaubt ihr weder Signaturen noch Abgleich. Öffnen Sie sie über https://, oder als localhost auf dem Rechner des Hubs.'
				: `Der Hub hat mit einer Störung geantwortet (${fault}). Er wird von selbst wieder gefragt.`,
	sendAsMine: 'Als meines senden',
	desk: 'Dieses Gerät',
	deskName: 'Name dieses Geräts',
	deskNameHint:
		'Zum Beispiel „Telefon des Außendienstes“. Der Hub zeigt ihn bei Plätzen, die dieses Gerät hält.',
	storage: 'Speicher',
	persisted: 'Der Browser behält die Daten dieses Desks, bis Sie sie löschen.',
	notPersisted: 'Der Browser darf die Daten dieses Desks löschen, wenn der Platz knapp wird.',
	askPersist: 'Dauerhaft behalten',
	persistRefused:
		'Der Browser hat nicht zugestimmt. Den Desk zu installieren oder ein Lesezeichen zu setzen ändert das meist. Exportieren Sie bis dahin oft.',
	used: (megabytes) => `${n(megabytes)} MB belegt.`,
	export: 'Export',
	exportText: 'Eine Datei mit allen Anforderungen, Antworten und Schlüsseln dieses Desks.',
	exportOneFile:
		'Dieser Desk lebt in einer HTML-Datei; der Browser behält seine Daten nur für diesen Browser. Maßgeblich ist die exportierte Datei: Exportieren Sie nach jedem Besuch und nehmen Sie die Datei mit.',
	exportNow: 'Alles exportieren',
	import: 'Export einlesen',
	imported: (count) => `Übernommen: ${n(count)}.`,
	exportedAt: 'Letzter Export',
	changedSince: 'Seit dem letzten Export hat sich etwas geändert.',
	never: 'nie',
	trust: 'Vertraute Wurzelschlüssel',
	noRoots:
		'Noch keine. Lesen Sie die Vertrauensdatei Ihres Herstellers ein oder öffnen Sie einmal den Hub.',
	rootFrom: { kit: 'aus dem Kit', hub: 'vom Hub', file: 'aus einer Datei' },
	about: 'Über',
	version: 'Version',
	shortcuts: 'Tastenkürzel'
};
