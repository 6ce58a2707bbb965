/**
 * German: the form that makes a request.
 *
 * @module
 */
import type { ActivateTexts } from '../en/activate.ts';

export const activateDe: ActivateTexts = {
	title: 'Rechner aktivieren',
	truth:
		'Aus Name, Organisation und Lizenzschlüssel wird eine Anforderung. Die Antwort des Servers schaltet das Produkt frei.',
	who: 'Angefordert von',
	license: 'Lizenz',
	key: 'Lizenzschlüssel oder Nummer',
	keyHint:
		'KF-XXXX-XXXX-XXXX, ein eingefügter Schlüssel, eine .kflic-Datei oder ihr QR-Code. O und 0 sowie I, L und 1 dürfen verwechselt sein.',
	keyRead: (product) => `Schlüssel gelesen: ${product}`,
	numberOk: 'Die Nummer ist vollständig, und das Prüfzeichen stimmt.',
	numberOf: (product) => `Das ist ${product}.`,
	codeHint:
		'Rufen Sie auf dem Rechner „keyferry fingerprint“ auf und fügen Sie die Ausgabe ein, laden oder scannen Sie sie.',
	codeRead: (components) => `Rechner gelesen: ${components}.`,
	codeVirtual: 'Es ist eine virtuelle Maschine.',
	given: 'Kein Rechnercode? Dem Rechner einen Namen geben',
	givenName: 'Von Hand vorgegebener Name',
	givenHint:
		'Für Container und Prüfstände. Er steht für den Rechner: Das Produkt läuft überall, wo KEYFERRY_FINGERPRINT so lautet, und zwei Rechner mit einem Namen teilen sich einen Platz.',
	label: 'Bezeichnung',
	labelHint: 'Hostname oder Inventarnummer, unter der andere diesen Rechner kennen.',
	optional: 'optional',
	make: 'Anforderung erstellen',
	needName: 'Geben Sie den Namen der Person ein, die anfordert.',
	needOrganization: 'Geben Sie die Organisation ein, der die Lizenz gehört.',
	needKey: 'Geben Sie die Nummer ein, oder fügen oder laden Sie den Schlüssel.',
	needMachine: 'Fügen Sie den Rechnercode ein oder laden Sie ihn.',
	done: 'Anforderung erstellt',
	doneTruth: (label) =>
		`Die Anforderung für ${label} ist auf diesem Gerät gespeichert. Als Nächstes geht sie zum Server.`,
	doneTruthPlain:
		'Die Anforderung ist auf diesem Gerät gespeichert. Als Nächstes geht sie zum Server.',
	another: 'Weiteren Rechner aktivieren'
};
