/**
 * German: the screen Settings.
 *
 * @module
 */
import type { SettingsTexts } from '../en/settings.ts';
import { day, many, n, requestCount } from './phrases.ts';

const held = ({ requests, files, keys }: Record<'requests' | 'files' | 'keys', number>) =>
	[
		requests > 0 && requestCount(requests),
		files > 0 && many(files, 'Datei', 'Dateien'),
		keys > 0 && many(keys, 'Lizenzschlüssel', 'Lizenzschlüssel')
	]
		.filter(Boolean)
		.join(', ');

export const settingsDe: SettingsTexts = {
	title: 'Einstellungen',
	account: 'Konto',
	signedInAs: (email) => `Angemeldet als ${email}.`,
	signedOut: 'Nicht angemeldet. Alles außer dem Abgleich funktioniert auch ohne Anmeldung.',
	customers: 'Organisationen',
	leaving: {
		title: 'Auf diesem Gerät abmelden?',
		stays: ({ requests, files, keys, unsent }) =>
			requests + files + keys === 0
				? 'Abgeglichene Lizenzen werden von diesem Gerät entfernt. Sonst liegt nichts von Ihnen darauf.'
				: `Abgeglichene Lizenzen werden von diesem Gerät entfernt. Was sonst von Ihnen darauf liegt, bleibt, für alle anderen verborgen, bis Sie sich wieder anmelden: ${held({ requests, files, keys })}.${unsent.length === 0 ? '' : ` ${many(unsent.length, 'Eintrag ist', 'Einträge sind')} nicht gesendet und ${unsent.length === 1 ? 'wartet' : 'warten'} so lange.`}`,
		remove: 'Alles von mir von diesem Gerät entfernen',
		removeHint:
			'Für ein Gerät, das auch andere benutzen oder das Sie abgeben. Hier lässt es sich nicht rückgängig machen; was der Server hat, bleibt dort.',
		unsent: (count) =>
			`${many(count, 'Eintrag wurde', 'Einträge wurden')} noch nicht an den Server gesendet. Exportieren Sie ${count === 1 ? 'ihn' : 'sie'} zuerst: Jedes Gerät kann die Datei einreichen.`,
		seats: (count, until) =>
			`${many(count, 'Offline-Platz lässt', 'Offline-Plätze lassen')} sich von hier aus nicht mehr ausstellen oder zurückgeben und ${count === 1 ? 'bleibt' : 'bleiben'} bis ${day(until)} gesperrt. Geben Sie ${count === 1 ? 'ihn' : 'sie'} vorher zurück, unter Offline-Plätze.`,
		exportFirst: 'Exportieren Sie zuerst, was nicht gesendet ist.',
		signOutAndRemove: 'Abmelden und entfernen'
	},
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
