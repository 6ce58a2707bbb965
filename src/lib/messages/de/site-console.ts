/**
 * German: the pages of a site server about clients, resources, connections and use.
 *
 * @module
 */
import type { SiteConsoleTexts } from '../en/site-console.ts';
import { duration, size } from '../words/wording.ts';
import { many, n } from './phrases.ts';

const clients = (count: number) => many(count, 'Client', 'Clients');
const resources = (count: number) => many(count, 'Ressource', 'Ressourcen');

export const siteConsoleDe: SiteConsoleTexts = {
	live: 'Live',
	paused: 'Der Server antwortet nicht; das ist, was er zuletzt gesagt hat.',
	clients: {
		title: 'Clients',
		truth: (inUse, allowed) =>
			allowed === 0
				? 'Keine Lizenz mit Clients ist aktiv; niemand kann mit diesem Server arbeiten.'
				: `${n(inUse)} von ${clients(allowed)} in Gebrauch.`,
		waiting: (count) => `${n(count)} in der Warteschlange.`,
		over: (count) =>
			`${clients(count)} mehr, als die Lizenz erlaubt: Sie arbeiten, bis sie neu gestartet haben oder ihre Zeit um ist.`,
		spoken: (inUse, allowed) => `${n(inUse)} von ${clients(allowed)} in Gebrauch`,
		onServer: (version) => `Version ${version} auf dem Server`,
		license: 'Zur Lizenz',
		search: 'Suchen',
		searchHint: 'Person, Rechner, Version, Ressource',
		shown: (shown, all) => (shown === all ? clients(all) : `${n(shown)} von ${clients(all)}`),
		more: (count) => `${n(count)} weitere werden nicht gezeigt.`,
		none: 'Niemand ist verbunden',
		noneText:
			'Clients erscheinen hier, sobald sie starten. Sie brauchen die Adresse dieses Servers und keinen Schlüssel.',
		noMatch: 'Kein Client passt',
		clear: 'Suche leeren',
		state: { working: 'Arbeitet', waiting: 'Wartet', offered: 'Darf jetzt starten' },
		place: (place) => (place === 1 ? 'Wartet: als Nächstes' : `Wartet: Platz ${n(place)}`),
		since: 'seit',
		head: { who: 'Wer und wo', what: 'Version und Ressource', since: 'Seit', state: 'Status' },
		noMachine: 'Rechner nicht genannt',
		noVersion: 'Version nicht genannt',
		update: (server, which) =>
			`Der Server hat ${server}: Aktualisieren Sie ${which === 'client' ? 'diesen Client' : 'den Server'}.`,
		restart: (within) => `Muss neu starten, in ${duration(within, 'de')}`,
		restarted: 'Neu gestartet',
		restarting: (done, all, reason) =>
			`${
				{
					'license-added': 'Eine Lizenz kam hinzu',
					'license-changed': 'Die Lizenz hat sich geändert',
					'license-ended': 'Eine Lizenz ist zu Ende'
				}[reason]
			}: ${n(done)} von ${clients(all)} ${all === 1 ? 'hat' : 'haben'} neu gestartet.`,
		end: 'Beenden',
		endOf: (user) => `Lease von ${user} beenden`,
		endTitle: (user) => `Lease von ${user} beenden?`,
		endText:
			'Das Programm erfährt es sofort und bittet die Person zu speichern. Den Platz kann jemand anders nehmen.',
		reason: 'Grund',
		reasonHint: 'Die Person liest ihn.',
		endDo: 'Lease beenden',
		ended: (user) => `Die Lease von ${user} wurde beendet.`
	},
	resources: {
		title: 'Ressourcen',
		truth: (open, all) =>
			all === 0
				? 'Datenbanken und anderes, was Clients hier öffnen, jeweils unter einer Lizenz.'
				: open === all
					? `${resources(all)}, alle für Clients offen.`
					: `${n(open)} von ${resources(all)} für Clients offen. Die anderen warten auf ihre Lizenz.`,
		import: 'Importieren',
		none: 'Noch keine Ressourcen',
		noneText:
			'Öffnet Ihr Produkt Datenbanken über diesen Server, importieren Sie sie hier. Jede gehört zu einem Kunden und einer Lizenz.',
		noLicense: 'Aktivieren Sie zuerst eine Lizenz mit Clients: Jede Ressource gehört zu einer.',
		toLicense: 'Zur Lizenzseite',
		search: 'Suchen',
		searchHint: 'Name, Kunde, Lizenz',
		noMatch: 'Keine Ressource passt',
		clear: 'Suche leeren',
		head: { name: 'Name', customer: 'Kunde und Lizenz', inUse: 'Clients', state: 'Status' },
		open: 'Offen',
		closed: 'Lizenz nicht aktiv',
		inUse: (count, limit) =>
			limit === undefined ? clients(count) : `${n(count)} von ${clients(limit)}`,
		remove: 'Entfernen',
		removeOf: (name) => `${name} entfernen`,
		removeTitle: (name) => `${name} entfernen?`,
		removeText:
			'Clients sehen sie nicht mehr. Wer darin ist, arbeitet weiter, bis er sie verlässt. Die Datenbank selbst wird nicht angerührt.',
		removed: (name) => `${name} wurde entfernt.`,
		ways: { one: 'Eine', list: 'Liste', server: 'Datenbankserver' },
		waysLabel: 'Was importieren Sie?',
		name: 'Name',
		nameHint: 'Wie das Produkt danach fragt.',
		kind: 'Art',
		database: 'Datenbank',
		license: 'Kunde und Lizenz',
		licenseHint: 'Clients öffnen sie, solange diese Lizenz hier aktiv ist.',
		rowsLicenseHint: 'Für Zeilen, die selbst keine Lizenz nennen.',
		limit: 'Clients zugleich',
		limitHint: 'Leer: so viele, wie die Lizenz erlaubt.',
		needName: 'Geben Sie einen Namen ein.',
		badLimit: 'Geben Sie eine ganze Zahl ab 1 ein.',
		listText:
			'Eine als CSV gespeicherte Tabelle. Spalten: name, bei Bedarf kind, product, customer, license, limit.',
		chooseList: 'Datei wählen',
		pasteList: 'Oder einfügen',
		check: 'Prüfen',
		checked: (found) =>
			`${n(found.imported)} zu importieren, ${n(found.known)} schon hier, ${n(found.wrong)} mit Fehlern.`,
		address: 'Server',
		port: 'Port',
		user: 'Benutzer',
		password: 'Passwort',
		passwordHint: 'Einmal gebraucht, um die Datenbanken aufzulisten. Es wird nicht aufbewahrt.',
		tls: 'Verschlüsselte Verbindung (TLS)',
		needAddress: 'Geben Sie die Adresse des Servers ein.',
		needUser: 'Geben Sie den Benutzer ein.',
		list: 'Datenbanken auflisten',
		databases: (chosen, all) => `${n(chosen)} von ${many(all, 'Datenbank', 'Datenbanken')} gewählt`,
		all: 'Alle wählen',
		noDatabases: 'Der Server hat keine Datenbanken, die sich öffnen lassen.',
		here: 'schon hier',
		importOne: 'Importieren',
		importMany: (count) => `${n(count)} importieren`,
		imported: (count) => `${resources(count)} importiert.`,
		problems: 'Was nicht stimmt',
		line: (line) => `Zeile ${n(line)}`,
		fault: {
			missing: 'fehlt',
			blank: 'hat nichts Sichtbares',
			'too-long': 'ist zu lang',
			'control-character': 'enthält ein Steuerzeichen',
			'not-a-whole-number': 'ist keine ganze Zahl',
			'below-one': 'ist kleiner als 1',
			'too-large': 'ist zu groß',
			'not-active-here': 'hat keine Lizenz, die hier aktiv ist',
			'several-licenses': 'hat hier mehrere Lizenzen: Nennen Sie die Nummer',
			'twice-in-the-file': 'steht zweimal in der Liste',
			'name-taken': 'gibt es hier schon, unter einer anderen Lizenz'
		}
	},
	log: {
		title: 'Verbindungs\u00ADprotokoll',
		truth: {
			off: 'Zurzeit wird nichts aufgezeichnet.',
			errors: 'Abgelehnte und gescheiterte Verbindungen werden aufgezeichnet.',
			all: 'Alle Verbindungen werden aufgezeichnet, von Clients und mit dem Server des Herstellers.'
		},
		level: 'Aufzeichnen',
		levels: { off: 'Nichts', errors: 'Fehler', all: 'Alles' },
		names: 'Namen von Personen und Rechnern',
		namesHint: 'Sonst steht dort ein Pseudonym, an diesem Server jedes Mal dasselbe.',
		megabytes: 'Megabyte aufbewahren',
		days: 'Tage aufbewahren',
		badNumber: (least, most) => `Geben Sie eine ganze Zahl von ${n(least)} bis ${n(most)} ein.`,
		save: 'Speichern',
		saved: 'Gespeichert. Es gilt ab jetzt.',
		settings: 'Was aufgezeichnet wird, und wie lange',
		search: 'Suchen',
		searchHint: 'Person, Rechner, Code',
		side: 'Mit',
		sides: { '': 'Allen', client: 'Clients', hub: 'Server des Herstellers' },
		kind: 'Zeigen',
		kinds: { '': 'Alles', error: 'Fehler' },
		download: 'Herunterladen',
		downloading: (done, all) => `${n(Math.round((100 * done) / Math.max(1, all)))} %`,
		empty: 'Noch nichts aufgezeichnet',
		emptyText: 'Zeilen erscheinen hier von selbst, wenn Clients kommen und gehen.',
		emptyOff: 'Schalten Sie das Protokoll ein, um hier Verbindungen zu sehen.',
		noMatch: 'Keine Zeile passt',
		more: 'Ältere Zeilen stehen in den Dateien.',
		folder: 'Dateien auf dem Server',
		files: (count, bytes) => `${many(count, 'Datei', 'Dateien')}, ${size(bytes, 'de')}`,
		lost: (count) =>
			`${many(count, 'Zeile', 'Zeilen')} ließen sich seit dem Start nicht schreiben: Ist die Platte voll?`,
		head: { at: 'Wann', event: 'Was', who: 'Wer', more: 'Mehr' },
		events: {
			claim: 'Verbunden',
			release: 'Gegangen',
			end: 'Vom Admin beendet',
			expire: 'Ohne Abschied gegangen',
			refused: 'Abgelehnt',
			wait: 'Wartet',
			renew: 'Verlängerung gescheitert',
			'get-license': 'Nach einer Lizenz gefragt',
			activate: 'Nach Aktivierung gefragt'
		}
	},
	usage: {
		title: 'Nutzung',
		truth: (peak, allowed, denied) =>
			`Höchstens ${n(peak)} von ${clients(allowed)} zugleich. ${
				denied === 0
					? 'Niemand wurde abgewiesen.'
					: `${many(denied, 'Versuch', 'Versuche')} abgewiesen.`
			}`,
		nothing: 'In dieser Zeit wurde nichts genutzt.',
		product: 'Produkt',
		span: 'Zeit',
		spans: { day: '24 Stunden', week: '7 Tage', month: '30 Tage' },
		chart: 'Die meisten Clients zugleich',
		allowed: (count) => `${n(count)} erlaubt`,
		peak: 'Höchstens zugleich',
		denied: 'Abgewiesen',
		waiting: 'Höchstens wartend',
		hour: 'Stunde',
		dayHead: 'Tag (UTC)',
		table: 'Als Tabelle',
		csv: 'Als CSV speichern',
		report: 'Signierten Bericht speichern',
		reportHint:
			'Für den Hersteller oder Ihre Zentrale: Stunden und Zahlen dieser Zeit, niemandes Name, von diesem Server signiert.',
		saved: 'Der Bericht wurde gespeichert.',
		none: 'Noch nichts zu zählen',
		noneText: 'Die Nutzung wird stundenweise gezählt, vom ersten Client an.'
	}
};
