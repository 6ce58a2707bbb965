/**
 * German: the Sync screen and the holds of the queue.
 *
 * @module
 */
import type { CommandType } from '#lib/protocol/commands.ts';
import type { SyncTexts } from '../en/sync.ts';
import { day, n } from './phrases.ts';

const kept = (unsent: number) =>
	unsent === 0
		? 'Alles ist gesendet.'
		: unsent === 1
			? '1 nicht gesendeter Eintrag bleibt hier.'
			: `${n(unsent)} nicht gesendete Einträge bleiben hier, in ihrer Reihenfolge.`;

const what: Record<CommandType, string> = {
	'activation.request': 'Aktivierungsanforderung',
	'activation.return': 'Rückgabe eines Platzes',
	'activation.draw': 'Hier ausgestellte Aktivierung',
	'allotment.reserve': 'Reservierung von Offline-Plätzen',
	'allotment.close': 'Rückgabe von Offline-Plätzen',
	'request.wait': 'Auf einen Platz warten',
	'request.withdraw': 'Nicht mehr auf einen Platz warten'
};

export const syncDe: SyncTexts = {
	title: 'Abgleich',
	truth: (unsent, since) =>
		unsent === 0
			? 'Alles, was hier getan wurde, ist beim Server angekommen.'
			: `${unsent === 1 ? '1 Eintrag ist' : `${n(unsent)} Einträge sind`} noch nicht beim Server angekommen${since === undefined ? '' : `, der älteste vom ${day(since)}`}. Es geht nichts verloren.`,
	last: 'Letzter Abgleich',
	next: 'Nächster Versuch',
	never: 'nie',
	offline: 'Offline',
	hold: {
		'signed-out': {
			title: 'Zum Fortfahren anmelden',
			kept: (unsent) => `Ihre Sitzung auf dem Server ist beendet. ${kept(unsent)}`,
			next: 'Melden Sie sich mit demselben Konto an, dann wird alles automatisch gesendet. Aus Offline-Plätzen können Sie inzwischen weiter ausstellen.'
		},
		'other-account': {
			title: 'Arbeit eines anderen Kontos ist nicht gesendet',
			kept,
			next: 'Melden Sie sich mit jenem Konto an, exportieren Sie die Arbeit als Datei oder senden Sie sie als Ihre. Dann entscheiden Ihre Berechtigungen.'
		},
		'old-version': {
			title: 'Diese App ist zu alt für ihren Server',
			kept: (unsent) => `${kept(unsent)} Das gilt auch nach einer Aktualisierung.`,
			next: 'Aktualisieren Sie diese App. Ist das nicht möglich, exportieren Sie das nicht Gesendete und importieren Sie es auf einem anderen Gerät.'
		},
		forked: {
			title: 'Die Daten dieses Geräts wurden kopiert oder wiederhergestellt',
			kept: (unsent) =>
				`Zwei Kopien benutzen denselben Postausgang, deshalb nimmt der Server daraus nichts mehr an. ${kept(unsent)} Die Kennungen bleiben, damit nichts doppelt geschieht. Aus den Offline-Plätzen wird nichts mehr ausgestellt.`,
			next: 'Beginnen Sie hier einen neuen Postausgang, und auf der anderen Kopie ebenso.'
		},
		restored: {
			title: 'Der Server wurde aus einer Sicherung wiederhergestellt',
			kept: (unsent) =>
				`Was hier gespeichert ist, geht zuerst zurück an den Server. ${kept(unsent)}`,
			next: 'Die Lizenzen unten bewilligen nichts, bis der Hersteller sie freigibt. Mehr ist nicht zu tun.'
		},
		'hub-fault': {
			title: 'Der Server konnte etwas nicht aufzeichnen, das hier geschah',
			kept: (unsent) =>
				`Die Störung liegt beim Server; alles andere wurde angenommen. ${kept(unsent)} Es wird automatisch erneut gesendet.`,
			next: 'Wenn das wiederholt geschieht, wenden Sie sich an den Betreiber des Servers. In seinem Protokoll stehen die Details.'
		},
		storage: {
			title: 'Der Speicher dieses Geräts ist voll',
			kept: (unsent) =>
				`Was vorher gespeichert war, ist sicher. ${kept(unsent)} Neues lässt sich erst speichern, wenn Platz ist.`,
			next: 'Exportieren Sie zur Sicherheit alles, schaffen Sie Platz auf dem Gerät und gleichen Sie dann wieder ab.'
		}
	},
	signInAs: (email) => `Als ${email} anmelden`,
	signIn: 'Anmelden',
	sendAsMine: 'Als Eigenes senden',
	newOutbox: 'Neuen Postausgang beginnen',
	newOutboxDone: 'Ein neuer Postausgang hat begonnen. Das nicht Gesendete geht damit hinaus.',
	update: 'Jetzt aktualisieren',
	syncNow: 'Jetzt abgleichen',
	exportUnsent: 'Nicht Gesendetes exportieren',
	exportAll: 'Alles exportieren',
	saved: (fileName) => `${fileName} gespeichert`,
	unsent: {
		title: 'Nicht gesendet',
		none: 'Nichts wartet auf den Server.',
		more: (count) => `und ${n(count)} weitere`,
		by: (person) => `von ${person}`,
		unknown: 'einem anderen Konto',
		exportText:
			'Eine Datei, die ein anderes Gerät oder die Befehlszeile beim Server einreichen kann. Dieses Gerät hat sie signiert, und sie wirkt nur einmal, wie oft sie auch eingereicht wird.'
	},
	what: (type) => (type in what ? what[type as CommandType] : type),
	conflicts: {
		title: 'Zu erledigen',
		none: 'Nichts wartet auf Sie.',
		waiting: (until) =>
			until === undefined ? 'Wartet auf einen Platz' : `Wartet auf einen Platz, bis ${day(until)}`
	},
	frozen: {
		title: 'Eingefrorene Lizenzen',
		since: (at) => `seit ${day(at)}`,
		held: (count) =>
			count === 1
				? '1 signierte Datei dieses Geräts wurde an den Server zurückgegeben.'
				: `${n(count)} signierte Dateien dieses Geräts wurden an den Server zurückgegeben.`
	},
	log: {
		title: 'Abgleichverlauf',
		none: 'Noch kein Abgleich.',
		settled: (count) => (count === 0 ? 'Nichts Neues zu senden' : `${n(count)} gesendet`),
		held: 'Angehalten',
		unreachable: 'Server nicht erreichbar',
		fault: (detail) => `Fehler: ${detail}`,
		times: (times) => `${n(times)} Mal`
	}
};
