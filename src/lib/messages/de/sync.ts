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
	'request.withdraw': 'Nicht mehr auf einen Platz warten',
	'license.note': 'Notiz zu einer Lizenz',
	'machine.label': 'Name eines Rechners',
	'machine.site': 'Standort eines Rechners',
	'license.allow': 'Funktion geschaltet'
};

export const syncDe: SyncTexts = {
	title: 'Abgleich',
	state: {
		settled: 'Alles ist beim Server',
		settledOwn: 'Ihre ganze Arbeit ist beim Server',
		undecided: (count) =>
			count === 1
				? 'Bis auf 1 geänderten Text ist alles beim Server'
				: `Bis auf ${n(count)} geänderte Texte ist alles beim Server`,
		waiting: (count) =>
			count === 1
				? '1 Eintrag wartet auf den Server'
				: `${n(count)} Einträge warten auf den Server`,
		fetching: 'Holt, was der Server hat',
		device: 'Niemand ist angemeldet',
		asOf: (when) => `Stand: ${when}.`,
		sending: 'Wird gerade gesendet.',
		soon: 'Wird mit dem nächsten Abgleich gesendet, innerhalb einer Minute.',
		offline: (is) =>
			is === 'waiting'
				? 'Dieses Gerät ist offline. Gesendet wird, sobald es wieder online ist.'
				: is === 'fetching'
					? 'Dieses Gerät ist offline. Der erste Abgleich geht weiter, sobald es wieder online ist.'
					: 'Dieses Gerät ist offline. Was sich beim Server inzwischen ändert, kommt an, sobald es wieder online ist.',
		unreachable: 'Der Server antwortet nicht.',
		fault: 'Der Server hat eine Störung.',
		next: (when) => `Nächster Versuch um ${when}.`,
		oldest: (count, since) =>
			`${count === 1 ? 'Er wartet' : 'Der älteste wartet'} seit ${day(since)}. Es geht nichts verloren.`,
		partly: 'Bis der erste Abgleich fertig ist, können hier Lizenzen fehlen.',
		deviceText:
			'Was hier getan wird, bleibt auf diesem Gerät. Melden Sie sich an, um Ihre Lizenzen zu holen und Anforderungen zu senden.'
	},
	outcome: {
		asking: 'Fragt den Server…',
		sent: (count) => `Fertig: ${count === 1 ? '1 Eintrag' : `${n(count)} Einträge`} gesendet.`,
		nothing: 'Fertig: Es war nichts zu senden, und alles Neue ist hier.',
		signedOut: 'Fertig: Hier wartete nichts auf den Server.',
		offline: 'Dieses Gerät ist offline: Nichts wurde gesendet, und nichts Neues ist hier.',
		unreachable: 'Der Server hat nicht geantwortet: Nichts Neues ist hier.',
		fault: (detail) => `Der Server konnte es nicht tun: ${detail}`,
		held: 'Gefragt. Was angehalten ist, bleibt angehalten.',
		storage: 'Der Speicher dieses Geräts ist voll: Neues konnte nicht gespeichert werden.',
		silent: 'Noch keine Antwort. Der Abgleich läuft im Hintergrund weiter.'
	},
	hold: {
		'signed-out': {
			title: 'Zum Fortfahren anmelden',
			kept: (unsent) =>
				unsent === 1
					? '1 Eintrag, der hier ohne Konto entstand, bleibt erhalten.'
					: `${n(unsent)} Einträge, die hier ohne Konto entstanden, bleiben erhalten, in ihrer Reihenfolge.`,
			next: 'Melden Sie sich an und übernehmen Sie, was auf diesem Gerät ist: Dann wird alles automatisch gesendet.'
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
		ended: {
			title: 'Dieses Gerät wurde beendet',
			kept: (unsent) =>
				`Sie selbst, ein Inhaber Ihrer Organisation oder der Hersteller haben es beendet, zum Beispiel weil es verloren war. Was darauf geschehen ist, zählt; worum es noch gebeten hat, wurde abgelehnt. Was hier gespeichert ist, bleibt lesbar, und aus seinen Offline-Plätzen wird nichts mehr ausgestellt.${unsent === 0 ? '' : ` ${kept(unsent)}`}`,
			next: 'Ist es in guten Händen, verwenden Sie es wieder: Es zählt dann als neues Gerät. Was abgelehnt wurde, reichen Sie unter Anforderungen noch einmal ein.'
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
		},
		insecure: {
			title: 'Diese Seite wurde ohne HTTPS geöffnet',
			kept: (unsent) =>
				`Der Browser sperrt hier Signaturen und Abgleich.${unsent === 0 ? '' : ` ${kept(unsent)}`}`,
			next: 'Öffnen Sie sie über https:// oder als localhost auf dem Computer des Servers selbst.'
		}
	},
	left: {
		title: 'Wartet auf eine Anmeldung',
		text: 'Nicht gesendete Arbeit anderer Personen auf diesem Gerät. Sie bleibt verborgen und wird gesendet, wenn sie sich hier anmelden.',
		items: (unsent) => `${n(unsent)} nicht gesendet`,
		ended:
			'Dieses Gerät wurde für diese Person beendet. Was gespeichert ist, bleibt hier: Melden Sie sich an, um es zu lesen oder zu exportieren.'
	},
	signInAs: (email) => `Als ${email} anmelden`,
	signIn: 'Anmelden',
	useAgain: 'Dieses Gerät wieder verwenden',
	newOutbox: 'Neuen Postausgang beginnen',
	newOutboxDone: 'Ein neuer Postausgang hat begonnen. Das nicht Gesendete geht damit hinaus.',
	update: 'Jetzt aktualisieren',
	syncNow: 'Jetzt abgleichen',
	exportUnsent: 'Nicht Gesendetes exportieren',
	exportAll: 'Alles exportieren',
	openSync: 'Abgleich im Einzelnen',
	saved: (fileName) => `${fileName} gespeichert`,
	unsent: {
		title: 'Wartet auf den Server',
		more: (count) => `und ${n(count)} weitere`,
		exportText:
			'Der Export ist eine Datei, die ein anderes Gerät oder die Befehlszeile beim Server einreichen kann. Dieses Gerät hat sie signiert, und sie wirkt nur einmal, wie oft sie auch eingereicht wird.'
	},
	what: (type) => (type in what ? what[type as CommandType] : type),
	conflicts: {
		title: 'Ihre Entscheidung'
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
		settled: (count) => (count === 0 ? 'Nichts Neues zu senden' : `${n(count)} gesendet`),
		held: 'Angehalten',
		unreachable: 'Server nicht erreichbar',
		fault: (detail) => `Fehler: ${detail}`,
		times: (times) => `${n(times)} Mal`
	}
};
