/**
 * German: the words of the desk's screens.
 *
 * @module
 */
import type { DeskTexts } from '../en/desk.ts';
import * as wording from '../wording.ts';

const n = (value: number) => wording.count(value, 'de');
const many = (value: number, one: string, more: string) =>
	value === 1 ? `1 ${one}` : `${n(value)} ${more}`;
const day = (seconds: number) => wording.day(seconds, 'de');
const licenses = (count: number) => many(count, 'Lizenz', 'Lizenzen');
const requests = (count: number) => many(count, 'Anforderung', 'Anforderungen');
const answers = (count: number) => many(count, 'Antwort', 'Antworten');

type Counts = { active: number; reserved: number; cooling: number };

export const deskDe: DeskTexts = {
	loading: 'Wird geladen',
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
	action: {
		activate: 'Rechner aktivieren',
		back: 'Zurück',
		cancel: 'Abbrechen',
		chooseFiles: 'Dateien wählen',
		chooseFolder: 'Ordner wählen',
		close: 'Schließen',
		copied: 'Kopiert',
		copy: 'Kopieren',
		contact: 'Hersteller fragen',
		copyKey: 'Schlüssel kopieren',
		copyNumber: 'Nummer kopieren',
		copyText: 'Als Text kopieren',
		next: 'Weiter',
		openFile: 'Datei öffnen',
		openLicense: 'Lizenz öffnen',
		paste: 'Einfügen',
		pause: 'Anhalten',
		play: 'Abspielen',
		previous: 'Zurück',
		saveFile: 'Datei speichern',
		seeMachines: 'Rechner zeigen',
		scan: 'Scannen',
		share: 'Teilen',
		showQr: 'QR zeigen',
		signIn: 'Anmelden',
		signOut: 'Abmelden',
		submit: 'Einreichen',
		syncNow: 'Jetzt abgleichen',
		importFiles: 'Dateien einlesen',
		tryAgain: 'Noch einmal versuchen'
	},
	state: {
		activated: 'Aktiviert',
		notActivated: 'Nicht aktiviert',
		waiting: 'Wartet auf den Hub',
		waitingSeat: 'Wartet auf einen Platz',
		notSubmitted: 'Nicht eingereicht',
		granted: 'Bewilligt',
		refused: 'Abgelehnt',
		moved: 'Übertragen',
		suspended: 'Ausgesetzt',
		expired: 'Abgelaufen',
		lapsed: 'Wartung beendet',
		overLimit: 'Über der Grenze',
		ready: 'Bereit',
		fresh: 'Neu',
		foreign: 'Nicht von Keyferry',
		kept: 'Aufbewahrt',
		damaged: 'Beschädigt',
		incomplete: 'Unvollständig',
		elsewhere: 'Für einen anderen Hub',
		twice: 'Doppelt',
		known: 'Schon hier',
		cooling: 'In Abkühlung',
		returned: 'Zurückgegeben',
		retired: 'Ausgemustert',
		issuing: 'Kann ausstellen',
		spent: 'Alles ausgestellt',
		issuingOver: 'Ausstellen vorbei',
		allotmentClosed: 'Geschlossen',
		allotmentEnded: 'Beendet',
		allotmentOver: 'Vorbei',
		writtenOff: 'Abgeschrieben'
	},
	seats: {
		heading: 'Plätze',
		part: (state, count) =>
			`${n(count)} ${{ active: 'aktiv', reserved: 'reserviert', cooling: 'in Abkühlung', free: 'frei' }[state]}`,
		words: (seats, { active, reserved, cooling }: Counts, free) =>
			`${many(seats, 'Platz', 'Plätze')}: ${[
				`${n(active)} aktiv`,
				reserved > 0 && `${n(reserved)} reserviert`,
				cooling > 0 && `${n(cooling)} in Abkühlung`,
				`${n(free)} frei`
			]
				.filter(Boolean)
				.join(', ')}`,
		over: (count) =>
			`${many(count, 'Platz', 'Plätze')} über der Grenze: Es wird nichts Neues bewilligt.`
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
	hold: {
		'signed-out': 'Melden Sie sich an, damit der Hub annimmt, was wartet.',
		'other-account':
			'Was wartet, entstand unter einem anderen Konto. Melden Sie sich damit an oder senden Sie es als Ihres.',
		'old-version': 'Dieser Desk ist älter als der Hub. Laden Sie ihn neu; es geht nichts verloren.',
		forked:
			'Die Daten dieses Desks wurden kopiert oder zurückgeholt. Er beginnt einen neuen Postausgang und sendet noch einmal.',
		restored:
			'Der Hub wurde aus einer Sicherung zurückgeholt. Was wartet, wird gewährt, sobald der Hersteller es bestätigt.',
		'hub-fault': 'Der Hub konnte nicht festhalten, was wartet. Es wird von selbst wieder gebracht.'
	},
	refusal: {
		asked: 'Gefragt',
		facts: 'Angaben',
		next: 'Wie es weitergeht',
		code: 'Code',
		fact: {
			number: 'Lizenz',
			seats: 'Plätze',
			used: 'Vergeben',
			contact: 'Kontakt',
			expiredAt: 'Abgelaufen',
			clock: 'Uhr hier',
			trusted: 'Gesicherte Zeit',
			version: 'Version',
			from: 'Gilt ab',
			to: 'Gilt bis',
			expected: 'Erwartet',
			found: 'Gefunden',
			matched: 'Gleich',
			differ: 'Verschieden',
			needed: 'Nötig',
			line: 'Zeile',
			reason: 'Einzelheit',
			kid: 'Schlüssel',
			signedAt: 'Signiert',
			maintainedUntil: 'Wartung bis',
			builtAt: 'Erstellt',
			product: 'Produkt'
		}
	},
	carry: {
		heading: 'Übertragen',
		save: 'Speichern',
		saveHint: 'USB-Stick, Mail',
		qr: 'QR zeigen',
		qrHint: 'Vom Bildschirm',
		share: 'Teilen',
		shareHint: 'An andere App',
		shareUnavailable: 'Bietet dieser Browser nicht',
		saved: (name) => `${name} gespeichert`
	},
	qr: {
		title: 'QR-Code',
		alt: 'QR-Code',
		bright: 'Stellen Sie den Bildschirm auf volle Helligkeit.',
		frame: (at, of) => `Code ${at} von ${of}`,
		loop: 'Die Codes wechseln von selbst; der Scanner sammelt sie in beliebiger Reihenfolge.',
		text: 'Dasselbe als Text'
	},
	scan: {
		title: 'QR-Codes scannen',
		aim: 'Halten Sie den Code in den Rahmen.',
		starting: 'Die Kamera startet',
		collected: (have, of) => `${have} von ${of} Codes gelesen`,
		torchOn: 'Licht an',
		torchOff: 'Licht aus',
		picture: 'Bild verwenden',
		noCamera: 'Hier ist keine Kamera verfügbar.',
		noCameraHint:
			'Erlauben Sie die Kamera im Browser, öffnen Sie den Desk über HTTPS oder verwenden Sie ein Bild des Codes.',
		nothingInPicture:
			'Im Bild wurde kein QR-Code gefunden. Schneiden Sie es enger zu und versuchen Sie es noch einmal.'
	},
	overview: {
		title: 'Übersicht',
		truth: (count, active, seats) =>
			count === 0
				? 'Hier sind noch keine Lizenzen.'
				: `${licenses(count)}, aktiviert auf ${n(active)} von ${many(seats, 'Rechner', 'Rechnern')}.`,
		offlineTruth:
			'Dieser Desk arbeitet ohne Netz. Was den Hub braucht, wartet hier, bis es hinauskann.',
		oneFileTruth:
			'Dieser Desk ist eine Datei und erreicht keinen Hub: Tragen Sie Dateien hinein und hinaus und exportieren Sie nach jedem Besuch.',
		attention: 'Braucht Aufmerksamkeit',
		allWell: 'Es ist nichts zu tun.',
		drafts: (count) => `${requests(count)} noch nicht eingereicht`,
		queued: (count) =>
			count === 1
				? '1 Anforderung wartet auf den Hub'
				: `${n(count)} Anforderungen warten auf den Hub`,
		granted: (count) => `${answers(count)} zurückzubringen`,
		refused: (count) => `${requests(count)} abgelehnt`,
		suspended: (count) => `${licenses(count)} ausgesetzt`,
		overLimit: (count) => `${licenses(count)} über der Grenze`,
		expired: (count) => `${licenses(count)} abgelaufen`,
		full: (count) => `${licenses(count)} ohne freien Platz`,
		seatUse: 'Belegung',
		latest: 'Letzte Anforderungen',
		all: 'Alle Lizenzen',
		firstTitle: 'Drei Wege zu beginnen',
		firstSignIn: 'Am Hub anmelden',
		firstSignInText: 'Ihre Lizenzen erscheinen von selbst und bleiben offline lesbar.',
		firstActivate: 'Rechner aktivieren',
		firstActivateText: 'Mit Name, Organisation und Schlüssel oder Nummer. Ohne Netz.',
		firstImport: 'Dateien einlesen',
		firstImportText: 'Anforderungen, Antworten und Schlüssel von Stick, Ordner, Zip oder Kamera.'
	},
	lookup: {
		title: 'Lizenz suchen',
		search: 'Nummer, Schlüssel, Rechner …',
		searchLabel: 'Suchen',
		recent: 'Zuletzt angesehen',
		first: 'Lizenzen',
		none: 'Hier heißt nichts so',
		noneText: (text: string) =>
			`Auf diesem Desk heißt nichts „${text}“. Scannen Sie es, oder lesen Sie die Datei ein.`,
		notHere: (number: string) => `${number} ist nicht auf diesem Desk`,
		notHereText:
			'Die Lizenz gehört vielleicht zu einem anderen Kunden oder ist neuer als der letzte Abgleich. Ihre Datei kann eingelesen werden.',
		notYet: 'Der erste Abgleich läuft noch: sie kann noch kommen.',
		firstSync: (done: number, all: number) => `Erster Abgleich: ${n(done)} von ${n(all)}`,
		firstSyncText:
			'Was noch nicht hier ist, wird nicht gefunden. Es geht von selbst weiter, sobald der Hub erreichbar ist.',
		reading: (count: number) => `${n(count)} bisher gelesen.`,
		results: (count: number) => many(count, 'Lizenz', 'Lizenzen'),
		all: (count: number) => `Alle ${n(count)} unter Lizenzen`,
		thisMachine: 'Der gesuchte Rechner',
		request: (label: string) =>
			`Eine Anforderung für ${label}, die noch nicht auf diesem Desk ist.`,
		requestUnnamed: 'einen Rechner',
		openRequest: 'Anforderung öffnen',
		clear: 'Leeren',
		holds: (count: number) =>
			`Dieser Rechner belegt Plätze von ${many(count, 'Lizenz', 'Lizenzen')}.`,
		moreMachines: (count: number) => many(count, 'weiterer Rechner', 'weitere Rechner')
	},
	licenses: {
		title: 'Lizenzen',
		count: (shown, all) => (shown === all ? licenses(all) : `${n(shown)} von ${n(all)} Lizenzen`),
		search: 'Lizenzen suchen',
		searchHint: 'Nummer, Produkt, Kunde',
		sort: 'Sortieren nach',
		sortNumber: 'Nummer',
		sortProduct: 'Produkt',
		sortCustomer: 'Kunde',
		sortExpiry: 'Ablauf',
		sortFree: 'Freien Plätzen',
		ascending: 'Aufsteigend',
		descending: 'Absteigend',
		number: 'Nummer',
		product: 'Produkt',
		customer: 'Kunde',
		seats: 'Plätze',
		maintenance: 'Wartung bis',
		expires: 'Läuft ab',
		state: 'Stand',
		never: 'nie',
		none: 'keine',
		emptyTitle: 'Hier sind noch keine Lizenzen',
		emptySignedOut:
			'Melden Sie sich an, um die Lizenzen Ihrer Organisation zu sehen, oder lesen Sie einen Lizenzschlüssel ein.',
		emptySignedIn:
			'Dieses Konto hat noch keine Lizenzen. Lesen Sie einen Lizenzschlüssel ein oder fragen Sie Ihren Hersteller.',
		noMatch: 'Keine Lizenz passt',
		noMatchText: (text) =>
			`Hier heißt nichts „${text}“. Bei einer Nummer dürfen KF und Striche fehlen.`,
		clear: 'Suche leeren',
		choose: 'Wählen Sie links eine Lizenz. Die Pfeiltasten gehen durch die Liste.',
		keysOnly: 'Lizenzschlüssel auf diesem Desk'
	},
	license: {
		truth: (active, seats) =>
			active === 0
				? `Noch auf keinem von ${many(seats, 'Rechner', 'Rechnern')} aktiviert.`
				: `Aktiviert auf ${n(active)} von ${many(seats, 'Rechner', 'Rechnern')}.`,
		maintenanceTruth: (until, now) =>
			until > now ? `Wartung bis ${day(until)}.` : `Die Wartung endete am ${day(until)}.`,
		expiredTruth: (at) => `Abgelaufen am ${day(at)}.`,
		fullTruth: 'Kein Platz ist frei.',
		coolingTruth: (count, until) =>
			count === 1
				? `1 Platz kühlt bis zum ${day(until)} ab.`
				: `${n(count)} Plätze kühlen ab, der erste bis zum ${day(until)}.`,
		movedTruth: (successor) =>
			`Auf einen anderen Kunden übertragen, als ${successor}: Hier wird nichts Neues bewilligt, und was aktiviert ist, bleibt es.`,
		suspendedTruth: 'Ausgesetzt: Es wird nichts Neues bewilligt.',
		waitingTruth: (count) =>
			count === 1
				? '1 Anforderung wartet auf den Hub.'
				: `${n(count)} Anforderungen warten auf den Hub.`,
		terms: 'Bedingungen',
		edition: 'Edition',
		versions: 'Versionen',
		versionRange: (from, to) => (from === to ? `${from}.x` : `${from}.x bis ${to}.x`),
		entitlements: 'Funktionen',
		clients: 'Clients je Site-Server',
		virtual: 'Virtuelle Maschinen',
		allowed: 'erlaubt',
		notAllowed: 'nicht erlaubt',
		given: 'Vorgegebene Fingerabdrücke',
		contact: 'Kontakt',
		key: 'Lizenzschlüssel',
		keyText: 'Er allein schaltet nichts frei: Mit ihm wird eine Aktivierung angefordert.',
		noKey:
			'Den Schlüssel sehen nur, deren Rolle ihn braucht. Für eine Anforderung genügt die Nummer.',
		machines: 'Rechner',
		noMachines: 'Kein Rechner ist aktiviert',
		noMachinesText: 'Stellen Sie die erste Anforderung. Sie lässt sich auf jedem Weg übertragen.',
		gone: (count) => `Nicht mehr hier: ${many(count, 'Rechner', 'Rechner')}`,
		machine: 'Rechner',
		by: 'Angefordert von',
		since: 'Seit',
		generation: 'Datei',
		unnamed: 'ohne Namen',
		requests: 'Anforderungen dieses Desks',
		notFound: 'Diese Lizenz ist nicht auf diesem Desk',
		notFoundText: 'Vielleicht gehört sie zu einem anderen Konto oder wurde noch nicht abgeglichen.'
	},
	machine: {
		active: (since) => `Hat seit dem ${day(since)} einen Platz.`,
		ends: (at) => `Seine Datei endet am ${day(at)}.`,
		cooling: (until) =>
			`Zurückgegeben. Der Platz kühlt bis zum ${day(until)} ab, dann sind seine Dateien zu Ende.`,
		returned: 'Zurückgegeben. Der Platz ist frei.',
		retired: 'Ausgemustert: als verloren gemeldet. Der Platz ist frei.',
		coolsUntil: (until) => `bis ${day(until)}`,
		notFound: 'Dieser Rechner ist nicht auf diesem Desk',
		notFoundText: 'Vielleicht gehört er zu einem anderen Konto oder wurde noch nicht abgeglichen.',
		newest: 'Neueste Datei',
		newer: (label, generation) => `Eine neuere Datei für ${label} (Datei ${generation})`,
		newerText:
			'Die Lizenz wurde verlängert. Bringen Sie die Datei zum Rechner und laden Sie sie dort.',
		newerTitle: 'Neuere Dateien',
		newerCount: (count) =>
			`${many(count, 'neuere Datei', 'neuere Dateien')} zu Rechnern zu bringen.`,
		details: 'Was bekannt ist',
		seat: 'Sein Platz',
		giveBack: 'Platz zurückgeben',
		giveBackText:
			'Der Rechnerschlüssel liegt auf diesem Desk, also geht die Rückgabe von hier aus.',
		giveBackTitle: (label) => `Den Platz von ${label} zurückgeben?`,
		giveBackProof:
			'Von hier aus kann niemand beweisen, dass der Rechner ihn nicht mehr nutzt. Der Platz ist darum nicht sofort frei.',
		coolsTo: (until) => `Er kühlt bis zum ${day(until)} ab, dann endet die Datei des Rechners.`,
		coolsDays: (days) =>
			`Er kühlt ${n(days)} Tage ab, oder so lange, wie Ihr Hersteller es festgelegt hat, denn die Datei des Rechners hat kein Ende.`,
		giveBackDo: 'Zurückgeben',
		onMachine:
			'Damit der Platz sofort frei ist, rufen Sie auf dem Rechner „keyferry return“ auf oder geben ihn im Produkt zurück.',
		retire: 'Diesen Rechner gibt es nicht mehr',
		retireText: 'Verbrannt, verloren oder gestohlen: Niemand kann den Platz dort zurückgeben.',
		retireTitle: (label) => `${label} ausmustern?`,
		retireRevoked:
			'Seine Aktivierung kommt auf die Sperrliste, die mit den nächsten Dateien dieser Lizenz reist. Das lässt sich nicht zurücknehmen; der Rechner bräuchte eine neue Anforderung.',
		retireFree: (allowed) =>
			`Der Platz ist sofort frei, soweit der Jahresvorrat an Ersatz reicht: meist ${n(allowed)} für diese Lizenz.`,
		retireBeyondTo: (until) => `Darüber hinaus kühlt er bis zum ${day(until)} ab.`,
		retireBeyondDays: (days) =>
			`Darüber hinaus kühlt er ${n(days)} Tage ab, oder so lange, wie Ihr Hersteller es festgelegt hat.`,
		reason: 'Was geschehen ist',
		reasonHint: 'Für das Protokoll, zum Beispiel: Platte und Board verbrannt, Ticket 4711.',
		needReason: 'Schreiben Sie, was mit dem Rechner geschehen ist.',
		retireDo: (label) => `${label} ausmustern`,
		retireOffline: 'Nur online: Der Hub entscheidet es sofort.',
		retireRole: 'Ausmustern kann ihn ein Manager der Organisation.',
		freeNow: (label) => `${label} ist ausgemustert. Der Platz ist frei.`,
		coolsNow: (label, until) =>
			`${label} ist ausgemustert. Der Platz kühlt bis zum ${day(until)} ab.`,
		carryReceipt: 'Quittung zurückbringen',
		carryReceiptText: 'Auf dem Rechner geladen, schließt sie die Rückgabe dort ab.',
		openReturn: 'Rückgabe öffnen'
	},
	requests: {
		title: 'Anforderungen',
		truth: (waiting, granted, refused, forSeat) =>
			[
				waiting > 0 &&
					(waiting === 1
						? '1 Anforderung wartet auf den Hub'
						: `${n(waiting)} Anforderungen warten auf den Hub`),
				granted > 0 && `${n(granted)} bewilligt`,
				refused > 0 && `${n(refused)} abgelehnt`,
				forSeat > 0 &&
					(forSeat === 1 ? '1 wartet auf einen Platz' : `${n(forSeat)} warten auf einen Platz`)
			]
				.filter(Boolean)
				.join(', ') + '.',
		truthDrafts: (count) => `${requests(count)} noch nicht eingereicht.`,
		emptyTitle: 'Noch keine Anforderungen',
		emptyText:
			'Stellen Sie eine für einen Rechner oder lesen Sie Anforderungsdateien ein, die hergebracht wurden.',
		submitAll: (count) => `${n(count)} einreichen`,
		saveAnswers: (count) => `${answers(count)} speichern`,
		made: 'Erstellt',
		imported: 'Eingelesen',
		answered: 'Beantwortet',
		origin: { made: 'Auf diesem Desk gestellt', taken: 'Hergebracht' },
		fileName: 'Dateiname',
		notFound: 'Diese Anforderung ist nicht auf diesem Desk',
		notFoundText: 'Lesen Sie ihre Datei ein, um zu sehen, wie es um sie steht.',
		nextDraft: 'Reichen Sie sie von hier ein oder geben Sie die Datei jemandem, der online ist.',
		nextQueued: 'Sie geht von selbst zum Hub, sobald es eine Verbindung gibt.',
		nextQueuedSignIn: 'Sie geht zum Hub, sobald Sie angemeldet und online sind.',
		nextGranted: 'Bringen Sie die Antwort zum Rechner zurück und laden Sie sie dort.',
		nextReturned:
			'Der Platz ist frei. Bringen Sie die Quittung zurück und laden Sie sie auf dem Rechner.',
		nextCooling: (until) =>
			`Der Platz kühlt bis zum ${day(until)} ab. Bringen Sie die Quittung zurück und laden Sie sie auf dem Rechner.`,
		nextReceipt:
			'Der Hub hat sie verbucht. Bringen Sie die Quittung zurück und laden Sie sie auf dem Rechner.',
		nextReturnRefused: 'Es wurde nichts zurückgegeben.',
		nextReturnHeld:
			'Der Rechnerschlüssel liegt auf einem Desk, also kühlt der Platz ab, bevor er frei ist.',
		givenBack: 'Der Platz dieser Anforderung wurde zurückgegeben.',
		nextRefused:
			'Bringen Sie auch die Ablehnung zurück, damit dort niemand auf eine Antwort wartet.',
		nextWaiting:
			'Abgelehnt, weil kein Platz frei war; wird von selbst bewilligt, sobald einer frei ist.',
		nextOneFile: 'Bringen Sie die Datei zu jemandem, der den Hub erreicht.',
		carryRequest: 'Anforderung übertragen',
		carryReturn: 'Rückgabe übertragen',
		carryAnswer: 'Antwort zurückbringen',
		carryRefusal: 'Ablehnung zurückbringen',
		submitAgain: 'Noch einmal einreichen',
		heldByDesk: 'Der Rechnerschlüssel dieser Anforderung liegt auf diesem Desk.'
	},
	activate: {
		title: 'Rechner aktivieren',
		truth:
			'Aus Name, Organisation und Schlüssel wird eine Anforderung. Die Antwort des Hubs darauf schaltet das Produkt frei.',
		who: 'Wer fordert an',
		name: 'Name',
		organization: 'Organisation',
		license: 'Lizenz',
		key: 'Lizenzschlüssel oder Nummer',
		keyHint:
			'KF-XXXX-XXXX-XXXX, ein eingefügter Schlüssel, eine .kflic-Datei oder ihr QR-Code. O und 0 sowie I, L und 1 dürfen vertauscht sein.',
		keyRead: (product) => `Schlüssel gelesen: ${product}`,
		numberOk: 'Die Nummer ist vollständig, das Prüfzeichen stimmt.',
		numberOf: (product) => `Das ist ${product}.`,
		machine: 'Rechner',
		code: 'Rechnercode',
		codeHint:
			'Rufen Sie auf dem Rechner „keyferry fingerprint“ auf und fügen Sie die Ausgabe ein, laden oder scannen Sie sie.',
		codeRead: (components) => `Rechner gelesen: ${components}.`,
		codeVirtual: 'Es ist eine virtuelle Maschine.',
		given: 'Ein von Hand vorgegebener Fingerabdruck',
		givenHint: 'Für Container und Prüfstände, wo die Lizenz es erlaubt.',
		codeInstead: 'Rechnercode',
		label: 'Bezeichnung',
		labelHint: 'Hostname oder Inventarnummer, unter der andere den Rechner kennen.',
		optional: 'freiwillig',
		make: 'Anforderung erstellen',
		needName: 'Geben Sie den Namen der Person an, die anfordert.',
		needOrganization: 'Geben Sie die Organisation an, der die Lizenz gehört.',
		needKey: 'Geben Sie die Nummer ein oder fügen oder laden Sie den Schlüssel.',
		needMachine: 'Fügen oder laden Sie den Code des Rechners.',
		done: 'Die Anforderung ist erstellt',
		doneTruth: (label) =>
			`Die Anforderung für ${label} liegt auf diesem Desk. Jetzt geht sie zum Hub.`,
		doneTruthPlain: 'Die Anforderung liegt auf diesem Desk. Jetzt geht sie zum Hub.',
		submitNow: 'Von hier einreichen',
		another: 'Noch ein Rechner'
	},
	import: {
		title: 'Einlesen',
		truth:
			'Was hergebracht wurde: Anforderungen, Rückgaben, Antworten, Schlüssel. Alles wird gelesen und gezeigt, bevor damit etwas geschieht.',
		drop: 'Dateien, einen Ordner oder ein Zip hier ablegen',
		dropActive: 'Loslassen zum Einlesen',
		pasteHint: 'Oder fügen Sie irgendwo auf dieser Seite einen Text ein.',
		pasteTitle: 'Text einfügen',
		pasteLabel: 'Text einer Keyferry-Datei',
		reading: 'Dateien werden gelesen',
		found: (count) => `Eingelesen: ${n(count)}.`,
		totals: {
			requests,
			activations: (count) => many(count, 'Aktivierungsdatei', 'Aktivierungsdateien'),
			refusals: (count) => many(count, 'Ablehnung', 'Ablehnungen'),
			returns: (count) => many(count, 'Rückgabe', 'Rückgaben'),
			receipts: (count) => many(count, 'Quittung', 'Quittungen'),
			keys: (count) => many(count, 'Lizenzschlüssel', 'Lizenzschlüssel'),
			trust: (count) => many(count, 'Vertrauensdatei', 'Vertrauensdateien'),
			foreign: (count) => `${n(count)} nicht von Keyferry`,
			known: (count) => `${n(count)} schon hier`,
			others: (count) => `${n(count)} andere`,
			elsewhere: (count) => `${n(count)} für einen anderen Hub`,
			damaged: (count) => `${n(count)} beschädigt`,
			incomplete: (count) => `${n(count)} unvollständig`,
			twice: (count) => `${n(count)} doppelt`
		},
		submit: (count) => `${n(count)} einreichen`,
		keep: (count) => `${n(count)} behalten`,
		kept: (count) => `${many(count, 'Datei', 'Dateien')} auf diesem Desk aufbewahrt.`,
		submitted: (count) => `${n(count)} im Postausgang zum Hub.`,
		scanned: (count) => `${n(count)} bisher gelesen.`,
		done: 'Fertig',
		gives: (label) => `Gibt den Platz von ${label} zurück.`,
		givesHeld: (label) =>
			`Gibt den Platz von ${label} zurück. Der Schlüssel liegt auf einem Desk, also kühlt der Platz ab.`,
		seatFree: 'Der Platz ist frei.',
		seatCools: (until) => `Der Platz kühlt bis zum ${day(until)} ab.`,
		answersTo: (label) => `Antwort auf die Anforderung für ${label}.`,
		source: 'Aus',
		pastedText: 'Eingefügter Text',
		scanName: 'Scan',
		machineForget: 'Diesen Rechner vergessen',
		machineKnown: (parts) => `Verglichen mit diesem Rechner: ${parts}.`,
		submitting: 'Wird eingereicht',
		saveAnswers: (count) => `${answers(count)} speichern`,
		savedAnswers: (count) => `${answers(count)} gespeichert.`,
		clear: 'Tabelle leeren',
		file: 'Datei',
		what: 'Was es ist',
		product: 'Produkt',
		label: 'Rechner',
		organization: 'Organisation',
		made: 'Erstellt',
		forWhom: 'Für',
		result: 'Ergebnis',
		thisMachine: 'diesen Rechner',
		otherMachine: 'einen anderen Rechner',
		differ: (components) => `Verschieden: ${components}.`,
		same: (components) => `Gleich: ${components}.`,
		keptOn: 'Hier aufbewahrt, um weitergegeben zu werden.',
		compare: 'Ist es für diesen Rechner?',
		compareHint:
			'Fügen Sie ein, was „keyferry fingerprint“ hier ausgibt: Die Tabelle sagt dann, für wen jede Antwort ist und was abweicht.',
		offlineSubmit: 'Wartet hier und geht von selbst hinaus, sobald es eine Verbindung gibt.',
		details: 'Was darin steht',
		unverified: 'Die Signaturen führen zu keiner vertrauten Wurzel.',
		verified: 'Die Signaturen führen zu einer vertrauten Wurzel.'
	},
	kind: {
		'activation-request': 'Anforderung',
		activation: 'Aktivierungsdatei',
		refusal: 'Ablehnung',
		license: 'Lizenzschlüssel',
		trust: 'Vertrauensdatei',
		'hub-key': 'Hub-Schlüssel',
		revocation: 'Sperrliste',
		return: 'Rückgabe',
		receipt: 'Quittung',
		allotment: 'Kontingent',
		close: 'Kontingent, geschlossen',
		push: 'Nicht Gesendetes',
		unreadable: 'Unlesbar'
	},
	settings: {
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
		hub: 'Hub',
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
	},
	signIn: {
		title: 'Anmelden',
		truth: 'Mit der Anmeldung kommt der Abgleich. Alles andere geht auch so.',
		email: 'E-Mail',
		password: 'Passwort',
		submit: 'Anmelden',
		needEmail: 'Geben Sie Ihre E-Mail-Adresse ein.',
		needPassword: 'Geben Sie Ihr Passwort ein.',
		offline:
			'Gerade gibt es keine Verbindung. Der Desk arbeitet weiter; melden Sie sich an, wenn der Hub erreichbar ist.',
		asked: (email) => `Anmelden als ${email}`
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
	},
	banner: {
		unexported: 'Dieser Desk ist eine Datei: Seine Daten sind nur in einem Export sicher.',
		insecure:
			'Ohne HTTPS geöffnet: Der Browser erlaubt hier weder Signaturen noch Kamera noch Abgleich. Öffnen Sie den Desk über https://.',
		exportNow: 'Jetzt exportieren',
		replaced: 'In einem anderen Tab ist eine neuere Version des Desks offen. Laden Sie diesen neu.',
		blocked: 'Ein anderer Tab hält eine ältere Version des Desks. Schließen Sie ihn.',
		update: 'Eine neue Version ist bereit.',
		reload: 'Neu laden'
	},
	fault: {
		title: 'Hier ist etwas schiefgegangen',
		text: 'Was Sie gespeichert haben, ist sicher. Laden Sie die Seite neu; bleibt es dabei, exportieren Sie Ihre Daten in den Einstellungen und melden Sie dies:',
		notFound: 'Diese Seite gibt es nicht',
		notFoundText: 'Die Adresse ist vielleicht alt. Von der Übersicht aus geht es überallhin.',
		toOverview: 'Zur Übersicht'
	}
};
