/**
 * German: the vendor's console.
 *
 * @module
 */
import type { VendorTexts } from '../en/vendor.ts';
import { day, licenseCount, many, n } from './phrases.ts';

const seats = (count: number) => many(count, 'Platz', 'Plätze');

export const vendorDe: VendorTexts = {
	search: 'Suchen',
	clearSearch: 'Suche leeren',
	noMatch: 'Nichts gefunden',
	noMatchText: (text) => `Nichts passt zu „${text}“.`,
	more: 'Mehr anzeigen',
	archived: 'Archiviert',
	withArchived: 'Auch archivierte',
	archive: 'Archivieren',
	unarchive: 'Aus dem Archiv holen',
	save: 'Speichern',
	saved: 'Gespeichert.',
	leave: {
		title: 'Ohne Speichern verlassen?',
		text: 'Was Sie auf dieser Seite eingegeben haben, ist nicht gespeichert und geht verloren, wenn Sie sie verlassen.',
		stay: 'Auf der Seite bleiben',
		leave: 'Ohne Speichern verlassen'
	},
	notFound: 'Nicht gefunden',
	stale: 'Das kann veraltet sein: Der Server hat beim letzten Mal nicht geantwortet.',

	customers: {
		title: 'Kunden',
		count: (count, more) =>
			more ? `Die ersten ${many(count, 'Kunde', 'Kunden')}` : many(count, 'Kunde', 'Kunden'),
		searchHint: 'Teil eines Namens',
		add: 'Kunde hinzufügen',
		addDo: 'Hinzufügen',
		emptyTitle: 'Noch keine Kunden',
		emptyText:
			'Ein Kunde ist eine Organisation, für die Lizenzen ausgestellt werden. Fügen Sie den ersten hinzu.',
		licenses: licenseCount
	},
	customer: {
		name: 'Name',
		nameHint: 'Er steht in jedem Lizenzschlüssel und jeder Datei, die ab jetzt signiert werden.',
		needName: 'Geben Sie einen Namen ein.',
		contacts: 'Kontakte',
		contactsHint: 'E-Mail-Adressen, an die Sie schreiben, eine je Zeile.',
		wrongContact: (text) => `${text} ist keine E-Mail-Adresse.`,
		note: 'Notiz',
		noteHint: 'Nur die Leute des Herstellers sehen sie.',
		details: 'Angaben',
		licenses: 'Lizenzen',
		noLicenses: 'Noch keine Lizenzen',
		noLicensesText:
			'Was dieser Kunde gekauft hat, wird als Lizenz mit einem Schlüssel ausgestellt.',
		issue: 'Lizenz ausstellen',
		truth: (count) =>
			count === 0 ? 'Noch keine Lizenzen.' : `${licenseCount(count)} ausgestellt.`,
		archivedTruth: 'Archiviert: Es wird nichts Neues ausgestellt, Ausgestelltes bleibt gültig.',
		archiveText: (name) =>
			`Für ${name} wird nichts Neues ausgestellt. Lizenzen, Schlüssel und Aktivierungen bleiben gültig, und Sie können den Kunden jederzeit aus dem Archiv holen.`,
		archiveTitle: (name) => `${name} archivieren?`,
		keepText:
			'Lizenzen und Rechner dieses Kunden werden auf die Geräte abgeglichen, auf denen Sie angemeldet sind, sodass Sie sie offline finden.',
		kept: 'Behalten: Lizenzen und Rechner werden auf die Geräte abgeglichen, auf denen Sie angemeldet sind.',
		keepDo: 'Für offline behalten',
		unkeepDo: 'Nicht mehr behalten',
		use: 'Nutzung an Standortservern',
		useText: 'In den 30 Tagen vor dem Ende dessen, was jeder Standort gemeldet hat.',
		useSite: 'Standort',
		useUntil: 'gemeldet bis',
		usePeak: 'Höchstens zugleich',
		useOf: (peak, clients) => `${peak} von ${clients}`,
		useDenied: 'Abgewiesen',
		useWaiting: 'Höchstens wartend'
	},

	products: {
		title: 'Produkte',
		count: (count) => many(count, 'Produkt', 'Produkte'),
		add: 'Produkt hinzufügen',
		emptyTitle: 'Noch keine Produkte',
		emptyText: 'Lizenzen werden für Produkte ausgestellt. Fügen Sie das erste hinzu.',
		server: 'Standortserver',
		features: (count) => many(count, 'Funktion', 'Funktionen')
	},
	product: {
		addTitle: 'Produkt hinzufügen',
		title: 'Name',
		titleHint: 'Wie ihn Menschen lesen.',
		slug: 'Kürzel',
		slugHint:
			'So nennen es Dateien und Ihr Programm, zum Beispiel atlas-server. Es lässt sich nie mehr ändern.',
		wrongSlug:
			'Verwenden Sie Buchstaben, Ziffern, Punkte und Striche, höchstens 64, und beginnen Sie mit Buchstabe oder Ziffer.',
		contact: 'Kontakt',
		contactHint: 'Wohin man sich für eine Lizenz wendet: eine E-Mail-Adresse oder eine Seite.',
		server: 'Clients verbinden sich damit',
		serverHint:
			'Es ist ein Standortserver, und seine Lizenzen sagen, wie viele Clients sich verbinden dürfen.',
		store: 'Shop',
		pricing: 'Preise',
		linkHint: 'Eine Seite, beginnend mit https://',
		wrongLink: 'Geben Sie eine Webadresse ein, zum Beispiel https://example.com/shop.',
		need: 'Diese Angabe wird gebraucht.',
		basics: 'Produkt',
		features: 'Funktionen',
		featuresText:
			'Was eine Lizenz freischalten kann. Ihr Programm fragt nach dem Kürzel; Menschen lesen den Namen.',
		featureCode: 'Kürzel',
		featureTitle: 'Name',
		featureIncluded: 'In neuen Lizenzen',
		featureIncludedHint: 'Wenn die Bestellung nicht sagt, für welche Funktionen sie gilt.',
		featureSwitch: 'Kunden schalten sie',
		featureSwitchHint: 'Ihre Manager schalten sie je Lizenz ein und aus.',
		featureSince: 'Ab Version (optional)',
		wrongSince: 'Zahlen und Punkte, zum Beispiel 5.2.',
		addFeature: 'Funktion hinzufügen',
		removeFeature: (code) => `${code || 'Diese Funktion'} entfernen`,
		wrongFeature:
			'Jede Funktion braucht ein Kürzel aus Buchstaben, Ziffern, Punkten und Strichen und einen Namen.',
		twiceFeature: (code) => `Das Kürzel ${code} kommt zweimal vor.`,
		defaults: 'Eine neue Lizenz beginnt mit',
		defaultsText: 'Alles lässt sich für jede Lizenz ändern.',
		maintenanceDays: 'Tage Wartung',
		expiryDays: 'Läuft ab nach Tagen',
		emptyForNone: 'Leer für keine.',
		emptyForNever: 'Leer für nie.',
		wrongDays: 'Geben Sie eine ganze Zahl von 1 bis 3.650 ein.',
		changesText: 'Änderungen gelten für Lizenzen, die ab jetzt ausgestellt oder verlängert werden.',
		archivedTruth: 'Archiviert: Es werden keine neuen Lizenzen ausgestellt.',
		archiveTitle: (name) => `${name} archivieren?`,
		archiveText: (name) =>
			`Für ${name} werden keine neuen Lizenzen ausgestellt. Ausgestellte bleiben gültig, und Sie können das Produkt jederzeit aus dem Archiv holen.`
	},

	licenses: {
		title: 'Lizenzen',
		count: (count, more) => (more ? `Die ersten ${licenseCount(count)}` : licenseCount(count)),
		searchHint: 'Nummer, Kauf-ID, Produktkürzel oder Kunde',
		emptyTitle: 'Noch keine Lizenzen',
		emptyText: 'Stellen Sie die erste für einen Kunden aus.'
	},

	form: {
		customer: 'Kunde',
		chooseCustomer: 'Kunde nach Namen suchen',
		changeCustomer: 'Ändern',
		product: 'Produkt',
		chooseProduct: 'Produkt wählen',
		edition: 'Edition',
		seats: 'Plätze',
		seatsHint: 'Wie viele Rechner aktiviert werden dürfen.',
		clients: 'Clients',
		clientsHint: 'Wie viele sich mit einem Standortserver verbinden dürfen.',
		from: 'Versionen von',
		to: 'bis',
		versionsHint: 'Hauptversionen.',
		maintenance: 'Wartung bis',
		expires: 'Läuft ab',
		trial: 'Testlizenz',
		trialHint:
			'Sie endet einige Tage nach der ersten Aktivierung. Ein Rechner hat eine je Produkt.',
		trialDays: 'Tage',
		trialDaysHint: 'Ab der ersten Aktivierung.',
		wrongDays: 'Geben Sie eine ganze Zahl von 1 bis 3.650 ein.',
		expiresHint: 'Leer für nie.',
		grace: 'Tage Nachfrist',
		graceHint: 'Dateien öffnen nach dem Ende mit einer Warnung weiter. Leer für keine.',
		maintenanceHint: 'Leer für keine.',
		features: 'Funktionen',
		noFeatures: 'Dieses Produkt hat keine eigenen Funktionen.',
		rules: 'Regeln für Rechner',
		virtualMachines: 'Virtuelle Maschinen dürfen aktiviert werden',
		given: 'Fingerabdrücke dürfen von Hand vorgegeben werden',
		wrong: {
			edition: 'Geben Sie eine Edition ein.',
			seats: 'Geben Sie eine ganze Zahl ab 1 ein.',
			clients: 'Geben Sie eine ganze Zahl ab 1 ein.',
			from: 'Geben Sie eine Hauptversion ein, zum Beispiel 8.',
			to: 'Geben Sie die letzte Hauptversion ein, nicht unter der ersten.',
			maintenance: 'Geben Sie ein Datum ein.',
			expires: 'Geben Sie ein Datum ein.',
			grace: 'Geben Sie eine ganze Zahl bis 365 ein.'
		},
		needCustomer: 'Wählen Sie einen Kunden.',
		needProduct: 'Wählen Sie ein Produkt.'
	},
	sentence: (title, said) =>
		`${[
			[title, said.edition].filter(Boolean).join(' '),
			said.seats !== undefined && seats(said.seats),
			said.clients !== undefined && many(said.clients, 'Client', 'Clients'),
			said.versions &&
				(said.versions.from === said.versions.to
					? `Version ${said.versions.from}`
					: `Versionen ${said.versions.from} bis ${said.versions.to}`),
			said.maintainedUntil === undefined
				? 'ohne Wartung'
				: `Wartung bis ${day(said.maintainedUntil)}`,
			said.expiresAt !== undefined
				? `läuft am ${day(said.expiresAt)} ab`
				: said.trialDays === undefined
					? 'läuft nie ab'
					: `Testlizenz für ${many(said.trialDays, 'Tag', 'Tage')} ab der ersten Aktivierung`,
			said.graceDays !== undefined &&
				`${many(said.graceDays, 'Tag', 'Tage')} Nachfrist nach dem Ende`
		]
			.filter(Boolean)
			.join(', ')}.`,
	sentenceFeatures: (titles) => `Mit ${titles}.`,
	noFeaturesOn: 'Ohne weitere Funktionen.',

	issue: {
		title: 'Lizenz ausstellen',
		truth: 'Dieser Server signiert den Schlüssel. Darin steht alles, was Sie hier angeben.',
		says: 'Das steht im Schlüssel',
		sayNothing: 'Wählen Sie zuerst ein Produkt.',
		signs: 'Eine Lizenznummer und ein Lizenzschlüssel werden erzeugt und signiert.',
		tells: (customer) =>
			`${customer || 'Der Kunde'} sieht die Lizenz beim nächsten Abgleich. Es wird keine E-Mail gesendet: Geben Sie Nummer oder Schlüssel selbst weiter.`,
		submit: 'Signieren und ausstellen',
		doneTitle: 'Lizenz ausgestellt',
		doneTruth: (customer) => `Sie gehört ${customer}. Geben Sie Nummer oder Schlüssel weiter.`,
		another: 'Weitere ausstellen',
		open: 'Lizenz öffnen',
		archivedOnly: 'Fügen Sie zuerst ein Produkt hinzu: Lizenzen werden für Produkte ausgestellt.'
	},

	license: {
		for: 'Für',
		renew: 'Verlängern oder ändern',
		suspend: 'Aussetzen',
		resume: 'Fortsetzen',
		move: 'Übertragen',
		unfreeze: 'Sperre aufheben',
		willSay: 'Danach gilt',
		signs: 'Signiert',
		tells: 'Benachrichtigt',
		nothingSigned: 'Nichts.',
		unchanged: 'Noch ist nichts geändert.',
		signsRenewal: (count) =>
			count === 0
				? 'Ein neuer Lizenzschlüssel. Mit dem alten lassen sich weiter Anforderungen stellen.'
				: `Ein neuer Lizenzschlüssel und die nächste Aktivierungsdatei von ${many(count, 'Rechner', 'Rechnern')}. Neue Anforderungen sind nicht nötig.`,
		tellsRenewal: (customer) =>
			`Die Geräte von ${customer} erhalten die neuen Dateien beim nächsten Abgleich und tragen sie zu Rechnern ohne Netz. Anforderungen, die auf einen Platz warten, werden beantwortet. Es wird keine E-Mail gesendet.`,
		renewDo: 'Signieren und verlängern',
		renewed: (files) =>
			files === 0
				? 'Verlängert, mit neuem Schlüssel.'
				: `Verlängert, mit neuem Schlüssel und ${many(files, 'neuer Datei', 'neuen Dateien')} für die Rechner.`,
		upgrade: 'Upgrade',
		upgradeText: (number) =>
			`Neben ${number} wird eine Lizenz für neuere Versionen ausgestellt. Die alte behält ihre Plätze und Rechner und gilt für ihre Versionen weiter.`,
		upgradeSays: 'Für die neue Lizenz gilt',
		signsUpgrade: (machines) =>
			machines === 0
				? 'Den Schlüssel der neuen Lizenz und den alten noch einmal: Er nennt die neue Nummer.'
				: `Den Schlüssel der neuen Lizenz, den alten noch einmal und die nächste Aktivierungsdatei von ${many(machines, 'Rechner', 'Rechnern')}. Sie nennen die neue Nummer, damit Ihr Produkt sie sagen kann, wo es eine Version ablehnt.`,
		tellsUpgrade: (customer) =>
			`${customer} sieht beide Lizenzen beim nächsten Abgleich. Es geht keine E-Mail hinaus: Geben Sie die Nummer oder den Schlüssel selbst weiter.`,
		upgradeDo: 'Signieren und Upgrade ausstellen',
		upgraded: (number) => `Upgrade ausgestellt: ${number} gilt für neuere Versionen.`,
		needNewer: 'Nennen Sie Versionen, für die die Lizenz noch nicht gilt.',
		suspendTitle: (number) => `${number} aussetzen?`,
		suspendText: (count) =>
			count === 0
				? 'Neue Aktivierungen werden abgelehnt, bis die Lizenz fortgesetzt wird.'
				: `Neue Aktivierungen und Verlängerungen werden abgelehnt, bis die Lizenz fortgesetzt wird. ${many(count, 'aktivierter Rechner arbeitet weiter, bis seine Datei endet', 'aktivierte Rechner arbeiten weiter, bis ihre Dateien enden')}.`,
		tellsSuspend: (customer, contact) =>
			`${customer} sieht es beim nächsten Abgleich. Wer eine Aktivierung anfordert, wird an ${contact} verwiesen.`,
		suspended: 'Ausgesetzt.',
		resumeTitle: (number) => `${number} fortsetzen?`,
		resumeText: 'Aktivierungen werden wieder bewilligt.',
		signsResume: 'Antworten auf Anforderungen, die auf einen Platz warten, falls es welche gibt.',
		tellsResume: (customer) => `${customer} sieht es beim nächsten Abgleich.`,
		resumed: 'Fortgesetzt.',
		unfreezeTitle: (number) => `Sperre von ${number} aufheben?`,
		unfreezeText:
			'Sie ist gesperrt, seit der Server aus einer Sicherung wiederhergestellt wurde, denn es können Plätze vergeben sein, die die Sicherung nicht kennt. Heben Sie die Sperre auf, sobald die Geräte, die noch etwas zu senden hatten, abgeglichen sind.',
		unfrozen: 'Die Sperre ist aufgehoben.',
		moveTitle: (number) => `${number} auf einen anderen Kunden übertragen`,
		moveWhole: 'Wurde sie nie benutzt, geht sie ganz über und behält ihre Nummer.',
		moveSeats: (free, used) =>
			`Sie wird benutzt: ${many(free, 'freier Platz geht', 'freie Plätze gehen')} sofort auf eine neue Lizenz über, ${n(used)} weitere, sobald sie frei werden. Aktivierte Rechner bleiben beim alten Kunden.`,
		signsMove: (customer) =>
			`Ein Lizenzschlüssel auf den Namen ${customer || 'des neuen Kunden'}. Der alte Schlüssel beweist dort nichts.`,
		tellsMove: (from, to) =>
			`${from} und ${to || 'der neue Kunde'} sehen es beim nächsten Abgleich. Es wird keine E-Mail gesendet.`,
		moveDo: 'Signieren und übertragen',
		moved: (number) => `Übertragen. Es geht weiter als ${number}.`,
		movedNow: (moved, following) =>
			following === 0
				? `${seats(moved)} übertragen.`
				: `${seats(moved)} übertragen, ${n(following)} folgen.`,
		machines: 'Rechner',
		noMachines: 'Kein Rechner ist aktiviert.',
		terms: 'Bedingungen',
		allTerms: 'Alle Bedingungen',
		needOther: 'Wählen Sie einen anderen Kunden als den jetzigen.'
	}
};
