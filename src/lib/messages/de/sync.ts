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
		? 'Nichts ist ungesendet.'
		: unsent === 1
			? '1 Ungesendetes bleibt hier.'
			: `${n(unsent)} Ungesendete bleiben hier, in ihrer Reihenfolge.`;

const what: Record<CommandType, string> = {
	'activation.request': 'Aktivierungsanforderung',
	'activation.return': 'Rückgabe eines Platzes',
	'activation.draw': 'Hier ausgestellte Aktivierung',
	'allotment.reserve': 'Plätze zum Ausstellen',
	'allotment.close': 'Von diesem Desk zurückgegebene Plätze',
	'request.wait': 'Auf einen Platz warten',
	'request.withdraw': 'Nicht mehr auf einen Platz warten'
};

export const syncDe: SyncTexts = {
	title: 'Abgleich',
	truth: (unsent, since) =>
		unsent === 0
			? 'Alles, was hier getan wurde, ist beim Hub angekommen.'
			: `${unsent === 1 ? '1 Sache ist' : `${n(unsent)} Sachen sind`} noch nicht beim Hub angekommen${since === undefined ? '' : `, die älteste vom ${day(since)}`}. Nichts davon geht verloren.`,
	oneFile:
		'Dieser Desk ist eine Datei und erreicht keinen Hub. Bringen Sie Dateien hinaus und exportieren Sie nach jedem Besuch alles.',
	last: 'Letzter Abgleich',
	next: 'Nächster Versuch',
	never: 'nie',
	offline: 'Offline',
	hold: {
		'signed-out': {
			title: 'Melden Sie sich an, damit es weitergeht',
			kept: (unsent) => `Der Hub kennt diese Sitzung nicht mehr. ${kept(unsent)}`,
			next: 'Melden Sie sich mit demselben Konto an, dann geht es von selbst hinaus. Aus reservierten Plätzen auszustellen geht so lange weiter.'
		},
		'other-account': {
			title: 'Die Arbeit eines anderen Kontos ist ungesendet',
			kept,
			next: 'Melden Sie sich mit jenem Konto an, bringen Sie es als Datei hinaus, oder senden Sie es als Ihres: Dann entscheiden Ihre Rechte.'
		},
		'old-version': {
			title: 'Dieser Desk ist zu alt für seinen Hub',
			kept: (unsent) => `${kept(unsent)} Auch nach einer Aktualisierung.`,
			next: 'Aktualisieren Sie diesen Desk. Wo das nicht geht, exportieren Sie das Ungesendete und lesen es anderswo ein.'
		},
		forked: {
			title: 'Die Daten dieses Desks wurden kopiert oder wiederhergestellt',
			kept: (unsent) =>
				`Zwei Desks haben einen Ausgang benutzt, deshalb nimmt der Hub nichts mehr daraus. ${kept(unsent)} Die Kennungen bleiben: Nichts geschieht doppelt. Aus Plätzen, die für ihn reserviert waren, wird nichts mehr ausgestellt.`,
			next: 'Beginnen Sie hier einen neuen Ausgang, und auf der anderen Kopie ebenso.'
		},
		restored: {
			title: 'Der Hub wurde aus einer Sicherung wiederhergestellt',
			kept: (unsent) => `Was hier ist, wird dem Hub zuerst zurückgebracht. ${kept(unsent)}`,
			next: 'Die Lizenzen unten bewilligen nichts, bis der Anbieter sie freigibt. Sie müssen nichts tun.'
		},
		'hub-fault': {
			title: 'Der Hub konnte etwas nicht festhalten, das hier geschah',
			kept: (unsent) =>
				`Er hat selbst eine Störung; alles andere hat er genommen. ${kept(unsent)} Es wird von selbst wieder gebracht.`,
			next: 'Bleibt es dabei, sagen Sie es dem Betreiber des Hubs: In seinem Protokoll steht die Störung.'
		},
		storage: {
			title: 'Der Speicher dieses Geräts ist voll',
			kept: (unsent) =>
				`Was vorher gespeichert war, bleibt. ${kept(unsent)} Neues lässt sich erst speichern, wenn Platz ist.`,
			next: 'Exportieren Sie zur Sicherheit alles, schaffen Sie Platz auf dem Gerät und gleichen Sie dann wieder ab.'
		}
	},
	signInAs: (email) => `Als ${email} anmelden`,
	signIn: 'Anmelden',
	sendAsMine: 'Als meines senden',
	newOutbox: 'Neuen Ausgang beginnen',
	newOutboxDone: 'Ein neuer Ausgang hat begonnen. Das Ungesendete geht damit hinaus.',
	update: 'Jetzt aktualisieren',
	syncNow: 'Jetzt abgleichen',
	exportUnsent: 'Ungesendetes exportieren',
	exportAll: 'Alles exportieren',
	saved: (fileName) => `${fileName} gespeichert`,
	unsent: {
		title: 'Ungesendet',
		none: 'Nichts wartet auf den Hub.',
		more: (count) => `und ${n(count)} weitere`,
		by: (person) => `von ${person}`,
		unknown: 'einem anderen Konto',
		exportText:
			'Eine Datei, die ein anderer Desk oder keyferry zum Hub bringen kann: von diesem Desk unterschrieben, einmal getan, wie oft sie auch gebracht wird.'
	},
	what: (type) => (type in what ? what[type as CommandType] : type),
	conflicts: {
		title: 'Das entscheiden Sie',
		none: 'Nichts kam zurück, das Sie braucht.',
		waiting: (until) =>
			until === undefined ? 'Wartet auf einen Platz' : `Wartet auf einen Platz, bis ${day(until)}`
	},
	frozen: {
		title: 'Lizenzen, die noch nichts bewilligen',
		since: (at) => `seit ${day(at)}`,
		held: (count) =>
			count === 1
				? '1 unterschriebene Datei dieses Desks wurde zurückgebracht.'
				: `${n(count)} unterschriebene Dateien dieses Desks wurden zurückgebracht.`
	},
	log: {
		title: 'Letzte Runden',
		none: 'Noch keine Runde.',
		settled: (count) => (count === 0 ? 'Nichts Neues zu senden' : `${n(count)} erledigt`),
		held: 'Angehalten',
		unreachable: 'Hub nicht erreichbar',
		fault: (detail) => `Fehler: ${detail}`,
		times: (times) => `${n(times)} Mal`
	}
};
