/**
 * German: the frame of every screen: places, connection, banners, faults.
 *
 * @module
 */
import type { ShellTexts } from '../en/shell.ts';
import { n } from './phrases.ts';

export const shellDe: ShellTexts = {
	questions: 'Fragen an:',
	skip: 'Zum Inhalt',
	going: 'Die Seite wird geöffnet',
	nav: {
		main: 'Hauptnavigation',
		lookup: 'Suche',
		more: 'Mehr',
		overview: 'Start',
		licenses: 'Lizenzen',
		activations: 'Aktivierungen',
		requests: 'Anforderungen',
		activate: 'Aktivieren',
		import: 'Importieren',
		allotments: 'Offline-Plätze',
		sync: 'Abgleich',
		settings: 'Einstellungen',
		attach: 'Hinzufügen',
		downloads: 'Downloads',
		device: 'Standortserver',
		vendor: 'Hersteller',
		signIn: 'Anmelden'
	},
	hints: {
		overview: 'Was Sie braucht und was als Nächstes kommt',
		licenses: 'Alle durchsuchen, filtern und sortieren',
		activations: 'Rechner aller Lizenzen',
		activate: 'Eine Anforderung für einen Rechner erstellen',
		allotments: 'Plätze, die ohne Server vergeben werden',
		requests: 'Was angefragt wurde, und die Antworten',
		import: 'Dateien, Codes und Text von außen',
		sync: 'Was auf den Server wartet',
		attach: 'Mit anderer Adresse gekaufte Lizenzen',
		downloads: 'Die Versionen, die Ihre Lizenzen ausführen dürfen',
		device: 'Einem Standortserver per Code eine Lizenz geben',
		vendor: 'Kunden, Produkte und Lizenzen',
		settings: 'Konto, Personen, Geräte, Sprache',
		signIn: 'Für den Abgleich mit dem Server'
	},
	downloadsOffline: 'Downloads brauchen den Server. Versuchen Sie es, wenn er erreichbar ist.',
	palette: {
		open: 'Suchen',
		openAll: 'Alles durchsuchen'
	},
	as: (email) => `Angemeldet als ${email}.`,
	vendor: {
		console: 'Bereich des Herstellers',
		customers: 'Kunden',
		products: 'Produkte',
		releases: 'Releases',
		licenses: 'Lizenzen',
		orders: 'Bestellungen',
		audit: 'Protokoll',
		webhooks: 'Webhooks',
		server: 'Server',
		signedOut: 'Melden Sie sich mit einem Konto des Herstellers an, um hier zu arbeiten.',
		adminsTitle: 'Für Admins',
		admins:
			'Um Schlüssel, E-Mail, Webhooks und Shop-Geheimnisse des Servers kümmern sich seine Admins. Fragen Sie einen von ihnen.',
		notYours:
			'Dieser Bereich gehört den Leuten des Herstellers. Ihr Konto gehört zu einem Kunden; alles von diesem Kunden finden Sie an den anderen Stellen.',
		needsServer: 'Dieser Bereich braucht den Server',
		needsServerText:
			'Kunden, Produkte und neue Lizenzen liegen nicht auf diesem Gerät. Versuchen Sie es erneut, sobald der Server erreichbar ist; alles andere geht ohne ihn.'
	},
	connection: {
		online: 'Online',
		offline: 'Offline',
		unreachable: 'Server nicht erreichbar',
		fault: 'Störung beim Server',
		syncing: 'Gleicht ab',
		held: 'Zu erledigen',
		signedOut: 'Nicht angemeldet',
		oneFile: 'Einzelne Datei, ohne Server',
		fetched: (done, all) => `${n(done)} von ${n(all)}`,
		waiting: (count) => (count === 1 ? '1 wartet' : `${n(count)} warten`),
		synced: (when) => `abgeglichen ${when}`
	},
	banner: {
		full: 'Auf diesem Gerät ist kein Speicherplatz mehr, deshalb wurde der letzte Schritt nicht gespeichert. Was vorher gespeichert war, ist sicher.',
		failed:
			'Etwas ist schiefgegangen, der letzte Schritt ist vielleicht nicht ausgeführt. Was vorher gespeichert war, ist sicher.',
		unexported: 'Diese App ist eine einzelne Datei. Ihre Daten sind erst in einem Export sicher.',
		insecure:
			'Ohne HTTPS geöffnet: Der Browser sperrt Signaturen, Kamera und Abgleich. Öffnen Sie diese App über https://.',
		unkept: 'Ohne Server öffnet sich die App hier nicht. Vertraut dieser Browser dem Zertifikat?',
		replaced:
			'In einem anderen Tab ist eine neuere Version dieser App offen. Laden Sie diesen neu.',
		blocked: 'In einem anderen Tab läuft eine ältere Version dieser App. Schließen Sie ihn.',
		ended: 'Dieses Gerät wurde beendet. Was darauf gespeichert ist, bleibt hier.',
		endedNext: 'Was zu tun ist',
		update: 'Eine neue Version ist bereit.'
	},
	fault: {
		title: 'Etwas ist schiefgegangen',
		text: 'Alles, was Sie gespeichert haben, ist sicher. Laden Sie die Seite neu. Wenn das wiederholt geschieht, exportieren Sie Ihre Daten in den Einstellungen und melden Sie dies:',
		notFound: 'Seite nicht gefunden',
		notFoundText: 'Die Adresse ist vielleicht veraltet. Beginnen Sie neu auf der Startseite.',
		toOverview: 'Zur Startseite'
	}
};
