/**
 * German: one machine of a license: its seat, its files, giving back and retiring.
 *
 * @module
 */
import type { MachineTexts } from '../en/machine.ts';
import { day, many, n } from './phrases.ts';

export const machineDe: MachineTexts = {
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
	newerCount: (count) => `${many(count, 'neuere Datei', 'neuere Dateien')} zu Rechnern zu bringen.`,
	details: 'Was bekannt ist',
	seat: 'Sein Platz',
	giveBack: 'Platz zurückgeben',
	giveBackText: 'Der Rechnerschlüssel liegt auf diesem Desk, also geht die Rückgabe von hier aus.',
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
	openReturn: 'Rückgabe öffnen'
};
