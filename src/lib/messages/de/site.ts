/**
 * German: the pages of a site server: its frame, set-up, license and settings.
 *
 * @module
 */
import type { SiteTexts } from '../en/site.ts';
import { list } from '../words/wording.ts';
import { day, many, n } from './phrases.ts';
import { reachDe } from './reach.ts';

const clientsOf = (count: number) => many(count, 'Client', 'Clients');

export const siteDe: SiteTexts = {
	pages: 'Seiten dieses Servers',
	page: {
		license: 'Lizenz',
		clients: 'Clients',
		resources: 'Ressourcen',
		usage: 'Nutzung',
		log: 'Protokoll',
		settings: 'Einstellungen'
	},
	product: 'Standortserver',
	reading: 'Der Server wird gefragt.',
	retry: 'Erneut versuchen',

	closed: {
		title: 'Dieser Server ist noch nicht eingerichtet',
		truth:
			'Wer ihn gestartet hat, findet auf seiner Konsole einen Link. Er öffnet die Einrichtung, einmal.',
		how: 'Von einem anderen Rechner aus leiten Sie zuerst den Port weiter, oder Sie starten den Server mit --host so, dass dieses Netz ihn erreicht.'
	},

	signIn: {
		title: 'Anmelden',
		truth: (site) => `Diese Seiten betreuen ${site}. Programme brauchen kein Konto.`,
		noName: 'diesen Standortserver',
		name: 'Name',
		password: 'Passwort',
		needName: 'Geben Sie den Namen des Kontos ein.',
		needPassword: 'Geben Sie das Passwort ein.',
		submit: 'Anmelden',
		forgotten: 'Passwort vergessen? Auf dem Rechner des Servers:'
	},

	steps: 'Schritte',
	progress: (step, of) => `Schritt ${step} von ${of}`,
	state: { done: 'erledigt', skipped: 'übersprungen', open: 'jetzt', later: 'später' },
	step: {
		admin: 'Administration',
		reach: 'Name und Adresse',
		check: 'Serverprüfung',
		license: 'Lizenz'
	},
	toNext: 'Zurück zum offenen Schritt',

	admin: {
		title: 'Wer betreut diesen Server?',
		truth: 'Ein Konto, nur auf diesem Server. Es wird nichts gesendet.',
		name: 'Name',
		nameHint: 'Damit melden Sie sich an.',
		password: 'Passwort',
		passwordHint: 'Mindestens 10 Zeichen, zum Beispiel vier Wörter, die nicht zusammengehören.',
		needName: 'Geben Sie einen Namen ein.',
		shortPassword: 'Ein Passwort hat mindestens 10 Zeichen.',
		save: 'Konto anlegen',
		saved: (name) => `${name} ist angemeldet.`
	},

	reach: {
		...reachDe,
		title: 'Wo erreichen ihn die Clients?',
		truth: 'Diese Adresse bekommen die Programme in diesem Netz.',
		vendor: 'Name dieses Standorts',
		vendorHint: 'Clients und Protokolle zeigen ihn, zum Beispiel „Werk 4“.',
		url: 'Adresse',
		urlHint: 'Ein Name oder eine Nummer, die dieses Netz kennt, mit dem Port.',
		wrongUrl: 'Geben Sie eine Adresse wie https://lizenzen.werk4.example:4870 ein, ohne Pfad.',
		onlyHere:
			'Dieser Server hört nur auf seinem eigenen Rechner: Kein Client erreicht ihn von anderswo. Starten Sie ihn mit --host 0.0.0.0, und öffnen Sie diese Seiten erneut.',
		isLocalhost: 'Eine Adresse mit localhost erreicht kein anderer Rechner.',
		kind: { ...reachDe.kind, none: 'Ohne Verschlüsselung' },
		about: {
			...reachDe.about,
			none: 'Clients beweisen sich auch ohne sie. Passwort und Namen auf diesen Seiten sind dann nicht verborgen.'
		},
		localOnly:
			'Ohne Verschlüsselung kann jeder in diesem Netz das Passwort lesen, mit dem Sie sich anmelden, und die Kamera steht nicht zur Verfügung.'
	},

	check: {
		title: 'Ist dieser Rechner bereit?',
		truth: 'Der Server sieht sich seinen eigenen Rechner an. Es wird nichts geändert.',
		reading: 'Der Rechner wird geprüft.',
		well: 'Alles ist, wie es sein soll.',
		notes: (count) =>
			`${many(count, 'Zeile', 'Zeilen')} zum Ansehen; keine davon hält den Server auf.`,
		bad: (count) => `${many(count, 'Zeile', 'Zeilen')} zu beheben.`,
		state: { ok: 'in Ordnung', note: 'gut zu wissen', bad: 'zu beheben' },
		again: 'Erneut prüfen',
		next: 'Weiter',
		anyway: 'Trotzdem weiter'
	},

	license: {
		title: 'Lizenz',
		stepTitle: 'Lizenzschlüssel eingeben',
		stepTruth:
			'Ein Schlüssel schaltet diesen Server und alle seine Clients frei. Clients bekommen keinen Schlüssel.',
		doneTitle: 'Dieser Server ist lizenziert',
		doneTruth: 'Ab jetzt können Clients mit ihm arbeiten.',
		none: 'Dieser Server ist nicht lizenziert, deshalb kann kein Client mit ihm arbeiten.',
		truth: ({ clients }, inUse) =>
			clients === undefined
				? 'Lizenziert, aber für keine Clients: Keiner kann mit diesem Server arbeiten.'
				: `${n(inUse)} von ${clientsOf(clients)} in Gebrauch.`,
		until: (name, end) => `${name}: endet am ${day(end)}.`,
		maintained: (name, end) => `${name}: Wartung bis ${day(end)}.`,
		activated: ({ clients, entitlements }) =>
			`Aktiviert: ${[
				clients === undefined ? 'keine Clients' : clientsOf(clients),
				list(entitlements, 'de')
			]
				.filter((part) => part !== '')
				.join(', ')}`,
		unchanged: 'Diese Datei war schon geladen: Es hat sich nichts geändert.',
		returned: 'Der Server hat den Platz zurückgenommen.',
		trust: 'Die Vertrauensdaten sind auf dem neuen Stand.',
		elsewhere: 'Diese Datei ist für einen anderen Rechner.',
		noAnswer:
			'Das ist eine Anforderung, eine Rückgabe oder ein Lizenzschlüssel. So etwas wird zum Server gebracht und nicht geladen.',
		clients: 'Clients',
		clientsInUse: (inUse, clients) => `${n(inUse)} von ${n(clients)} in Gebrauch`,
		noClients: 'bedient keine',
		functions: 'Funktionen',
		noFunctions: 'keine',
		where: 'Aktiviert auf',
		whom: 'Für',
		number: 'Lizenz',
		state: {
			active: 'Aktiv',
			returning: 'Zurückgegeben',
			returned: 'Zurückgenommen',
			expired: 'Abgelaufen',
			retired: 'Stillgelegt',
			'other-machine': 'Anderer Rechner',
			'not-usable': 'Nicht nutzbar'
		},
		seeClients: 'Clients ansehen',
		add: 'Lizenz hinzufügen',
		renew: 'Erneuern',
		upgraded: (number) => `Die Lizenz ${number} ist für neuere Versionen.`,
		cools: (until) => `Der Platz ist ab ${day(until)} für einen anderen Rechner frei.`,

		get: 'Lizenz online holen',
		getHint:
			'Wo dieser Server den Server des Herstellers erreicht: Melden Sie sich auf einem beliebigen Telefon an und wählen Sie die Lizenz.',
		byKey: 'Mit einem Lizenzschlüssel',
		byKeyHint:
			'Eine Anforderung geht hinaus, die Antwort kommt herein: als Datei, als QR-Code oder online.',

		key: 'Lizenzschlüssel oder Nummer',
		keyHint: 'Der Text des Schlüssels, oder eine Nummer wie KF-7Q2M-90TK-C4XD.',
		openKey: 'Schlüsseldatei öffnen',
		name: 'Name',
		nameHint: 'Der Person, die sie anfordert.',
		organization: 'Organisation',
		needKey: 'Geben Sie einen Lizenzschlüssel oder eine Nummer ein.',
		needName: 'Geben Sie einen Namen ein.',
		make: 'Anforderung erstellen',
		machineIs: (label, isVirtual) =>
			`Sie gilt für diesen Rechner, ${label}${isVirtual ? ', der virtuell ist' : ''}.`,

		carryTitle: 'Anforderung hinaustragen',
		carryText:
			'Bringen Sie sie zu einem Gerät mit Keyferry oder zum Server des Herstellers, und bringen Sie die Antwort zurück. Bis dahin bleibt die Anforderung hier liegen.',
		sendOnline: 'Online senden',
		sendHint: 'Dieser Server sendet die Anforderung selbst und lädt die Antwort.',
		requests: 'Anforderungen',
		waitingSince: (at) => `Erstellt am ${day(at)}, noch nicht beantwortet.`,
		carryAgain: 'Noch einmal hinaustragen',
		answerTitle: 'Antwort laden',
		answerText: 'Die Aktivierungsdatei: als Datei, Ordner, Text, QR-Code oder Bild.',
		later: 'Später erledigen',
		toOverview: 'Seiten dieses Servers öffnen',

		giveBack: 'Zurückgeben',
		giveBackTitle: (title) => `${title} zurückgeben?`,
		giveBackText: (clients) =>
			clients === undefined
				? 'Dieser Server nutzt die Lizenz ab sofort nicht mehr. Das lässt sich hier nicht rückgängig machen.'
				: `Dieser Server nutzt die Lizenz ab sofort nicht mehr: ${clientsOf(clients)} weniger können arbeiten. Das lässt sich hier nicht rückgängig machen.`,
		giveBackCarry:
			'Bringen Sie danach die Rückgabe zu einem Gerät mit Keyferry oder zum Server des Herstellers, und laden Sie die Quittung, die zurückkommt.',
		giveBackDo: 'Jetzt zurückgeben',
		returnTitle: 'Rückgabe hinaustragen',
		pasted: 'Eingefügter Text',
		scanned: 'Gescannter Code'
	},

	get: {
		title: 'Lizenz holen',
		truth: 'Hier wird kein Passwort eingegeben: Sie melden sich auf einem eigenen Gerät an.',
		hub: 'Adresse des Servers des Herstellers',
		hubHint: 'Dieser Server verbindet sich damit. Auch Ihr Gerät muss ihn erreichen.',
		wrongHub: 'Geben Sie eine Adresse wie https://lizenzen.example.com ein, ohne Pfad.',
		start: 'Code anzeigen',
		open: (address) => `Öffnen Sie auf einem Telefon oder Computer ${address}`,
		type: 'und geben Sie diesen Code ein, oder scannen Sie das Bild:',
		code: 'Code',
		qr: 'Adresse mit dem Code, als QR-Code',
		same: 'Dort steht für diesen Server der Rechnercode',
		copy: 'Adresse mit Code kopieren',
		waiting: 'Es wird gewartet, bis jemand dort zugestimmt hat.',
		away: 'Der Server des Herstellers antwortet im Moment nicht. Dieser Server versucht es weiter.',
		ends: (time) => `Der Code gilt noch ${time}.`,
		cancel: 'Beenden',
		again: 'Erneut versuchen',
		forbidden:
			'Dieser Server darf keinen anderen Server ansprechen. In den Einstellungen können Sie es erlauben.',
		toSettings: 'Einstellungen öffnen',
		done: 'Die Lizenz ist aktiv.'
	},

	settings: {
		title: 'Einstellungen',
		truth: 'Sie gelten sofort.',
		name: 'Name dieses Standorts',
		needName: 'Geben Sie einen Namen ein.',
		hideNames: 'Namen vor anderen Clients verbergen',
		hideNamesHint: 'Wer keinen freien Client findet, sieht Pseudonyme derer, die gerade arbeiten.',
		announce: 'Clients diesen Server im Netz finden lassen',
		announceHint: 'Sie brauchen dann keine Adresse, wo das Netz Multicast weiterleitet.',
		never: 'Nie einen anderen Server ansprechen',
		neverHint: 'Lizenzen kommen dann nur als Datei oder QR-Code herein.',
		hub: 'Adresse des Servers des Herstellers',
		hubHint: 'Um Lizenzen online zu holen. Lassen Sie sie leer, wenn es keine gibt.',
		wrongHub: 'Geben Sie eine Adresse wie https://lizenzen.example.com ein, ohne Pfad.',
		save: 'Speichern',
		saved: 'Gespeichert.',
		address: 'Adresse',
		addressHint: 'Clients, die eine andere kennen, müssen die neue erfahren.',
		changeAddress: 'Adresse oder Verschlüsselung ändern',
		account: 'Konto',
		signedInAs: (name) => `Angemeldet als ${name}.`,
		old: 'Bisheriges Passwort',
		password: 'Neues Passwort',
		change: 'Passwort ändern',
		changed: 'Das Passwort ist geändert. Andere Browser sind abgemeldet.',
		signOut: 'Abmelden'
	}
};
