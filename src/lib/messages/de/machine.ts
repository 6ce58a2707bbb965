/**
 * German: one machine of a license: its seat, its files, giving back and retiring.
 *
 * @module
 */
import type { MachineTexts } from '../en/machine.ts';
import { componentList } from '../words/components.ts';
import { day, many, n } from './phrases.ts';

export const machineDe: MachineTexts = {
	active: (since) => `Hat seit dem ${day(since)} einen Platz.`,
	ends: (at) => `Seine Aktivierungsdatei läuft am ${day(at)} ab.`,
	cooling: (until) =>
		`Zurückgegeben. Der Platz ist bis ${day(until)} gesperrt, dann laufen die Dateien ab.`,
	returned: 'Zurückgegeben. Der Platz ist frei.',
	retired: 'Ausgemustert: als verloren gemeldet. Der Platz ist frei.',
	coolsUntil: (until) => `bis ${day(until)}`,
	notFound: 'Dieser Rechner ist nicht auf diesem Gerät',
	notFoundText: 'Vielleicht gehört er zu einem anderen Konto, oder er ist noch nicht abgeglichen.',
	newest: 'Neueste Datei',
	newer: (label, generation) => `Neuere Datei für ${label} (Datei ${generation})`,
	newerText:
		'Eine neuere Datei wurde signiert. Bringen Sie sie zum Rechner und laden Sie sie dort.',
	newerTitle: 'Neuere Dateien',
	newerCount: (count) =>
		`${many(count, 'neuere Datei ist', 'neuere Dateien sind')} zu Rechnern zu bringen.`,
	details: 'Details',
	changed: 'Änderungen',
	changedOf: (components) => `Anders: ${componentList(components, 'de')}`,
	changedCounted: (at) =>
		`Seit ${day(at)}. Als Ersatz gezählt: Seine Dateien nennen, was jetzt da ist.`,
	changedUncounted: (at) =>
		`Gezeigt am ${day(at)}. Nicht gezählt: Seine Dateien behalten, was vorher da war.`,
	changedSome: 'Zeigte andere Bauteile',
	twin: (label) => `Sieht aus wie derselbe Rechner wie ${label}`,
	twinText: 'Ist es derselbe, belegt er zwei Plätze: Geben Sie einen davon zurück.',
	seat: 'Platz',
	giveBack: 'Platz zurückgeben',
	giveBackText:
		'Der Rechnerschlüssel liegt auf diesem Gerät. Sie können die Rückgabe hier erstellen.',
	giveBackTitle: (label) => `Den Platz von ${label} zurückgeben?`,
	giveBackProof:
		'Von hier aus lässt sich nicht beweisen, dass der Rechner den Platz nicht mehr nutzt. Er ist darum nicht sofort frei.',
	coolsTo: (until) => `Er ist bis ${day(until)} gesperrt, dann läuft die Datei des Rechners ab.`,
	coolsDays: (days) =>
		`Er ist ${n(days)} Tage gesperrt, oder so lange, wie Ihr Hersteller festgelegt hat, denn die Datei des Rechners läuft nicht ab.`,
	giveBackDo: 'Zurückgeben',
	onMachine:
		'Soll der Platz sofort frei sein, rufen Sie auf dem Rechner „keyferry return“ auf oder geben Sie ihn im Produkt zurück.',
	onMachineIf:
		'Hat der Rechner seine Anforderung selbst erstellt, rufen Sie auf ihm „keyferry return“ auf oder geben Sie ihn im Produkt zurück: Der Platz ist sofort frei. Hat eine App sie erstellt, kann nur diese App den Platz zurückgeben.',
	heldByApp:
		'Eine App hat die Anforderung dieses Rechners erstellt und hat seinen Schlüssel. Nur dort lässt sich der Platz zurückgeben.',
	heldOnly:
		'Der Rechner selbst kann ihn nicht zurückgeben, denn sein Schlüssel ist in dieser App. Gibt es den Rechner nicht mehr, kann ihn stattdessen ein Manager ausmustern.',
	retire: 'Diesen Rechner gibt es nicht mehr',
	retireText: 'Zerstört, verloren oder gestohlen: Niemand kann den Platz dort noch zurückgeben.',
	retireTitle: (label) => `${label} ausmustern?`,
	retireRevoked:
		'Seine Aktivierung kommt auf die Sperrliste, die mit den nächsten Dateien dieser Lizenz reist. Das lässt sich nicht rückgängig machen. Um den Rechner wieder zu nutzen, stellen Sie eine neue Anforderung.',
	retireFree: (allowed) =>
		`Der Platz ist sofort frei, solange der jährliche Vorrat an Ersatz reicht: meist ${n(allowed)} für diese Lizenz.`,
	retireBeyondTo: (until) => `Danach ist er bis ${day(until)} gesperrt.`,
	retireBeyondDays: (days) =>
		`Danach ist er ${n(days)} Tage gesperrt, oder so lange, wie Ihr Hersteller festgelegt hat.`,
	reason: 'Was geschehen ist',
	reasonHint: 'Für das Protokoll, zum Beispiel: Platte und Hauptplatine verbrannt, Ticket 4711.',
	needReason: 'Geben Sie an, was mit dem Rechner geschehen ist.',
	retireDo: (label) => `${label} ausmustern`,
	retireOffline: 'Nur online, denn der Server entscheidet sofort.',
	retireRole: 'Nur die Lizenzverwaltung der Organisation kann ihn ausmustern.',
	freeNow: (label) => `${label} ist ausgemustert. Der Platz ist frei.`,
	coolsNow: (label, until) =>
		`${label} ist ausgemustert. Der Platz ist bis ${day(until)} gesperrt.`,
	openReturn: 'Rückgabe öffnen'
};
