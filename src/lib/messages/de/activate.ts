/**
 * German: the three steps that make a request, and what comes after.
 *
 * @module
 */
import type { ActivateTexts } from '../en/activate.ts';
import { many, n } from './phrases.ts';

export const activateDe: ActivateTexts = {
	title: 'Rechner aktivieren',
	truth:
		'Drei Schritte ergeben eine Anforderung. Die Antwort des Servers schaltet das Produkt auf dem Rechner frei.',
	startOver: 'Neu beginnen',
	change: 'Ändern',
	goOn: 'Weiter',
	goOnAnyway: 'Trotzdem weiter',
	optional: 'optional',
	kept: 'Bleibt auf diesem Gerät gespeichert, bis die Anforderung erstellt ist.',

	license: 'Lizenz',
	licenseLater: 'Welche Lizenz der Rechner nutzen soll',
	key: 'Lizenzschlüssel oder Nummer',
	keyHint:
		'Suchen Sie in Ihren Lizenzen, tippen Sie die Nummer oder fügen Sie den Schlüssel ein. Auch seine Datei oder sein QR-Code genügt.',
	keyHintAlone:
		'Tippen Sie die Nummer oder fügen Sie den Schlüssel ein. Auch seine Datei oder sein QR-Code genügt.',
	keyFile: 'Schlüsseldatei öffnen',
	mine: 'Ihre Lizenzen',
	matching: 'Passende Lizenzen',
	nearby: 'Meinten Sie diese?',
	more: (count) => `${n(count)} weitere. Tippen Sie, um eine zu finden.`,
	noMatch:
		'Keine Ihrer Lizenzen passt. Nummer oder Schlüssel einer anderen Lizenz genügen ebenfalls.',
	loading: 'Ihre Lizenzen werden noch geladen. Nummer oder Schlüssel genügen schon jetzt.',
	oneOff:
		'Ein Zeichen stimmt nicht: Das letzte passt nicht zu den übrigen. Vergleichen Sie die Nummer Gruppe für Gruppe.',
	keyRead: (product) => `Schlüssel gelesen: ${product}`,
	numberAlone:
		'Die Nummer ist vollständig. Mehr ist auf diesem Gerät über die Lizenz nicht bekannt.',
	free: (free, seats) => `${n(free)} von ${many(seats, 'Platz', 'Plätzen')} frei`,
	seatsOf: (seats) =>
		`${many(seats, 'Platz', 'Plätze')}. Wie viele frei sind, weiß nur der Server.`,
	versions: 'Versionen',
	versionsOf: (from, to) => (from === to ? n(from) : `${n(from)} bis ${n(to)}`),
	trial: (days) => `Testlizenz für ${days === 1 ? 'einen Tag' : `${n(days)} Tage`}`,
	full: 'Ein Rechner, der schon einen Platz hat, behält ihn. Jeder andere kann auf einen warten.',
	asOfSync: 'Soweit dieses Gerät weiß. Der Server entscheidet.',

	machineLater: 'Welcher Rechner aktiviert werden soll',
	fromMachine: 'Eine Anforderung vom Rechner selbst',
	recommended: 'Empfohlen',
	fromMachineText:
		'Rufen Sie dies auf dem Rechner auf und bringen Sie die Datei mit, die dabei entsteht. Sein Platz lässt sich dort jederzeit zurückgeben und ist sofort frei.',
	command: 'Befehl für den Rechner',
	copyCommand: 'Befehl kopieren',
	byCode: 'Oder sein Rechnercode',
	codeHint:
		'Rufen Sie auf dem Rechner „keyferry fingerprint“ auf und fügen Sie die Ausgabe ein, laden oder scannen Sie sie.',
	codeRead: (components) => `Rechner gelesen: ${components}.`,
	codeVirtual: 'Es ist eine virtuelle Maschine.',
	heldHere:
		'Der Schlüssel dieser Anforderung bleibt in dieser App; nur sie kann den Platz zurückgeben. Er ist dann blockiert, bis die Datei des Rechners abläuft, oder monatelang, wenn sie nie abläuft.',
	given: 'Kein Rechnercode? Dem Rechner einen Namen geben',
	givenName: 'Von Hand vorgegebener Name',
	givenHint:
		'Für Container und Prüfstände. Er steht für den Rechner: Das Produkt läuft überall, wo KEYFERRY_FINGERPRINT so lautet, und zwei Rechner mit einem Namen teilen sich einen Platz.',
	givenNot: 'Oben steht ein Code. Löschen Sie ihn, um stattdessen einen Namen zu vergeben.',
	label: 'Bezeichnung',
	labelHint: 'Hostname oder Inventarnummer, unter der andere diesen Rechner kennen.',
	byCodeOf: (components) => `Rechnercode: ${components}`,
	namedByHand: (name) => `Von Hand benannt: ${name}`,
	otherLicense: (number, chosen) =>
		`Diese Anforderung gilt für die Lizenz ${number}, nicht für ${chosen}.`,
	otherLicenseText:
		'Eine Anforderung kann ihre Lizenz nicht wechseln. Nehmen Sie sie, wie sie ist, oder erstellen Sie eine andere.',
	useRequest: 'Diese Anforderung nehmen',

	who: 'Angefordert von',
	whoLater: 'Wer diese Anforderung stellt',

	summary: 'Ihre Anforderung',
	missing: 'noch nicht gewählt',
	make: 'Anforderung erstellen',
	needName: 'Geben Sie den Namen der Person ein, die anfordert.',
	needOrganization: 'Geben Sie die Organisation ein, der die Lizenz gehört.',
	needKey:
		'Wählen Sie eine Lizenz, geben Sie ihre Nummer ein, oder fügen oder laden Sie den Schlüssel.',
	needMachine: 'Bringen Sie die Anforderung des Rechners mit, oder geben Sie seinen Code ein.',

	done: 'Anforderung erstellt',
	doneImported: 'Anforderung importiert',
	doneTruth: (label) =>
		label === undefined
			? 'Die Anforderung ist auf diesem Gerät gespeichert.'
			: `Die Anforderung für ${label} ist auf diesem Gerät gespeichert.`,
	doneNext: 'Als Nächstes geht sie zum Server.',
	doneNextHere: 'Als Nächstes bekommt sie ihre Antwort: hier oder vom Server.',
	doneGone: 'Diese Anforderung ist nicht auf diesem Gerät',
	doneGoneText: 'Sie wurde vielleicht verworfen oder unter einem anderen Konto erstellt.',
	foreseen: 'Soweit dieses Gerät weiß, wird der Server dies ablehnen',
	sendText: 'Sie geht zum Server, und die Antwort kommt in diese App zurück.',
	submitLater: 'Einreichen, sobald online',
	submitLaterHint: 'Sie wird gesendet, sobald der Server erreichbar ist.',
	signInText: 'Melden Sie sich an, um sie von hier einzureichen.',
	openMade: 'Anforderung ansehen',
	another: 'Weiteren Rechner aktivieren'
};
