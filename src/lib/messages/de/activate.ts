/**
 * German: the form that makes a request.
 *
 * @module
 */
import type { ActivateTexts } from '../en/activate.ts';

export const activateDe: ActivateTexts = {
	title: 'Rechner aktivieren',
	truth:
		'Aus Name, Organisation und Schlüssel wird eine Anforderung. Die Antwort des Hubs darauf schaltet das Produkt frei.',
	who: 'Wer fordert an',
	license: 'Lizenz',
	key: 'Lizenzschlüssel oder Nummer',
	keyHint:
		'KF-XXXX-XXXX-XXXX, ein eingefügter Schlüssel, eine .kflic-Datei oder ihr QR-Code. O und 0 sowie I, L und 1 dürfen vertauscht sein.',
	keyRead: (product) => `Schlüssel gelesen: ${product}`,
	numberOk: 'Die Nummer ist vollständig, das Prüfzeichen stimmt.',
	numberOf: (product) => `Das ist ${product}.`,
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
	another: 'Noch ein Rechner'
};
