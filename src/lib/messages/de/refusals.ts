/**
 * German: what happened, and what to do next, for every refusal.
 *
 * @module
 */
import { componentList } from '../words/components.ts';
import type { Message, MessageTable } from '../words/message.ts';
import { reasonText, typeName } from '../words/names.ts';
import * as wording from '../words/wording.ts';

const date = (seconds: number) => wording.day(seconds, 'de');
const time = (seconds: number) => wording.moment(seconds, 'de');
const parts = (components: readonly string[]) => componentList(components, 'de') || 'nichts';
const ask = (contact: string) => contact || 'dem Hersteller';
const machines = (n: number) => (n === 1 ? '1 Platz' : `${wording.count(n, 'de')} Plätzen`);
const why = (reason: string) => reasonText(reason, 'de');
const kind = (type: string) => typeName(type, 'de');
const say = (title: string, next: string): Message => ({ title, next });

const carryAgain =
	'Kopieren Sie die Datei noch einmal von dort, wo sie entstanden ist, oder übertragen Sie sie per QR-Code oder Einfügen.';
const askForNewFile = 'Bitten Sie darum, die Datei an der Quelle noch einmal zu speichern.';
const updateHere =
	'Installieren Sie hier die neuere Version und bringen Sie die Datei noch einmal.';
const reportFile =
	'Verwenden Sie diese Datei nicht. Lassen Sie die Antwort aus dem Hub neu speichern.';
const fixClock = 'Stellen Sie die Uhr dieses Rechners und versuchen Sie es noch einmal.';

export const de: MessageTable = {
	FILE_TOO_LARGE: ({ bytes, limit }) =>
		say(
			`Die Datei hat ${wording.size(bytes, 'de')}; eine Keyferry-Datei hat höchstens ${wording.size(limit, 'de')}.`,
			'Wählen Sie die einzelne Anforderungs-, Aktivierungs- oder Lizenzdatei, nicht ein Dokument darum herum.'
		),
	FILE_MALFORMED: ({ reason, line }) =>
		say(
			`Die Datei ist beschädigt oder keine Keyferry-Datei${line === undefined ? '' : ` (Zeile ${line})`}: ${why(reason)}.`,
			carryAgain
		),
	TOO_MANY_FILES: ({ limit }) =>
		say(
			`Das sind mehr als ${limit} Dateien auf einmal; die weiteren wurden nicht angesehen.`,
			'Nehmen Sie sie in mehreren kleineren Schritten auf.'
		),
	TOKEN_MALFORMED: ({ reason }) =>
		say(`Ein Teil der Datei ist nicht lesbar: ${why(reason)}.`, carryAgain),
	TOKEN_TYPE_UNEXPECTED: ({ expected, found }) =>
		say(
			expected.length > 3
				? `Das ist von einer Art, die diese Version nicht kennt (${found}).`
				: `Das ist von der Art „${kind(found)}“; gebraucht wird „${wording.list(expected.map(kind), 'de')}“.`,
			'Wählen Sie die andere Datei. „Einlesen“ zeigt, was jede Datei ist.'
		),
	CLAIMS_INVALID: ({ type, path, reason }) =>
		say(`${kind(type)} enthält bei „${path}“ etwas Unlesbares: ${why(reason)}.`, askForNewFile),
	FORMAT_VERSION_UNSUPPORTED: ({ found, newest }) =>
		say(`Die Datei hat Format ${found}; diese Version liest Formate bis ${newest}.`, updateHere),
	QR_MALFORMED: ({ reason }) =>
		say(
			`Der QR-Code ist kein vollständiger Keyferry-Code: ${why(reason)}.`,
			'Scannen Sie alle Bilder noch einmal, näher und ohne Spiegelung, oder übertragen Sie die Datei.'
		),
	FINGERPRINT_MALFORMED: ({ reason }) =>
		say(
			`Der Rechnercode ist nicht lesbar: ${why(reason)}.`,
			'Kopieren Sie die ganze Ausgabe von `keyferry fingerprint`, von KFFP bis zum letzten Zeichen.'
		),
	LICENSE_NUMBER_INVALID: ({ number }) =>
		say(
			`„${number}“ ist keine Lizenznummer: Ein Zeichen fehlt, ist falsch oder vertauscht.`,
			'Vergleichen Sie sie Gruppe für Gruppe mit der Lizenz. Sie sieht aus wie KF-XXXX-XXXX-XXXX.'
		),

	SIGNATURE_INVALID: ({ type }) =>
		say(
			`Die Signatur passt nicht zum Inhalt (${kind(type)}): Die Datei wurde unterwegs verändert.`,
			reportFile
		),
	KEY_UNKNOWN: ({ kid }) =>
		say(
			`Die Datei ist mit einem Schlüssel signiert, dem hier nicht vertraut wird (${kid.slice(0, 8)}…).`,
			'Gehört sie zu einem anderen Hub, bringen Sie sie dorthin. Sonst laden Sie die Vertrauensdatei Ihres Herstellers.'
		),
	KEY_WEAK: ({ kid }) =>
		say(`Die Datei enthält einen unsicheren Schlüssel (${kid.slice(0, 8)}…).`, reportFile),
	KEY_NOT_ALLOWED: ({ type, kid }) =>
		say(`Der Schlüssel ${kid.slice(0, 8)}… darf ${kind(type)} nicht signieren.`, reportFile),
	HUB_KEY_NOT_VALID: ({ signedAt, from, to }) =>
		say(
			`Die Datei wurde am ${date(signedAt)} signiert, außerhalb der Laufzeit ihres Hub-Schlüssels (${date(from)} bis ${date(to)}).`,
			'Holen Sie die Antwort noch einmal vom Hub; er signiert mit seinem jetzigen Schlüssel.'
		),
	HUB_KEY_VOIDED: () =>
		say(
			'Der Hersteller hat den Hub-Schlüssel widerrufen, mit dem diese Datei signiert ist.',
			'Reichen Sie die Anforderung noch einmal ein: Der Hub antwortet mit seinem neuen Schlüssel.'
		),
	CHAIN_INCOMPLETE: ({ kid }) =>
		say(
			`Der Nachweis für den Hub-Schlüssel ${kid.slice(0, 8)}… fehlt, wie es nach einem QR-Code vorkommt.`,
			'Laden Sie die Vertrauensdatei oder eine frühere Datei dieses Hubs, oder übertragen Sie die ganze Datei.'
		),

	LICENSE_NOT_FOUND: ({ number }) =>
		say(
			`Der Hub kennt keine Lizenz ${number}, die er hier zeigen darf.`,
			'Vergleichen Sie die Nummer mit der Lizenz. Stimmt sie, melden Sie sich als Mitglied des Kunden an oder stellen Sie die Anforderung mit dem Lizenzschlüssel.'
		),
	LICENSE_SUSPENDED: ({ number, contact }) =>
		say(
			`Lizenz ${number} ist ausgesetzt.`,
			`Fragen Sie bei ${ask(contact)} nach dem Grund und bitten Sie um Freigabe.`
		),
	LICENSE_FROZEN: ({ number, contact }) =>
		say(
			`Lizenz ${number} gewährt noch nichts: Der Hub wurde aus einer Sicherung wiederhergestellt.`,
			`Was aktiviert ist, bleibt es. Gleichen Sie alle Desks ab und bitten Sie dann ${ask(contact)} um Freigabe.`
		),
	LICENSE_MOVED: ({ number, successor, contact }) =>
		say(
			`Lizenz ${number} ist als ${successor} zu einem anderen Kunden gewechselt.`,
			`Was aktiviert ist, bleibt es. Bitten Sie ${ask(contact)} um eine eigene Lizenz, oder nutzen Sie ${successor}, wenn sie Ihnen gehört.`
		),
	LICENSE_EXPIRED: ({ number, expiredAt, contact }) =>
		say(
			`Lizenz ${number} ist am ${date(expiredAt)} abgelaufen.`,
			`Lassen Sie sie bei ${ask(contact)} verlängern und reichen Sie die Anforderung noch einmal ein.`
		),
	SEAT_LIMIT_REACHED: ({ number, seats, used, contact }) =>
		say(
			`Alle Plätze der Lizenz ${number} sind vergeben: ${wording.count(used, 'de')} von ${machines(seats)}.`,
			`Geben Sie den Platz eines Rechners zurück, der ihn nicht mehr braucht, oder fragen Sie bei ${ask(contact)} nach weiteren Plätzen.`
		),
	VERSION_NOT_COVERED: ({ version, from, to, contact }) =>
		say(
			`Die Lizenz gilt für Version ${from === to ? from : `${from} bis ${to}`}; dies ist Version ${version}.`,
			`Fragen Sie bei ${ask(contact)} nach dem Upgrade oder verwenden Sie eine Version, für die sie gilt.`
		),
	KEY_FOREIGN: ({ product, contact }) =>
		say(
			`Das ist ein Schlüssel einer älteren Generation von ${product}, in einer Form, die diese Version nicht liest.`,
			`Fragen Sie bei ${ask(contact)} nach der Nachfolgelizenz.`
		),
	PRODUCT_MISMATCH: ({ expected, found }) =>
		say(
			`Die Lizenz ist für ${found}, nicht für ${expected}.`,
			`Wählen Sie die Lizenz für ${expected}.`
		),
	MAINTENANCE_ENDED: ({ maintainedUntil, builtAt, contact }) =>
		say(
			`Die Wartung endete am ${date(maintainedUntil)}; diese Version ist vom ${date(builtAt)}.`,
			`Verwenden Sie eine Version von vor diesem Tag oder lassen Sie die Wartung bei ${ask(contact)} verlängern.`
		),
	ENTITLEMENT_MISSING: ({ entitlement }) =>
		say(
			`Die Lizenz enthält „${entitlement}“ nicht.`,
			'Fragen Sie den Hersteller nach einer Edition, die es enthält.'
		),

	FINGERPRINT_TOO_WEAK: ({ present }) =>
		say(
			`Von diesem Rechner ist zu wenig lesbar, um ihn wiederzuerkennen; gefunden: ${parts(present)}.`,
			'Rufen Sie `keyferry fingerprint` auf dem Rechner selbst auf, außerhalb eines Containers, und verwenden Sie den Code.'
		),
	FINGERPRINT_NOT_ALLOWED: ({ number }) =>
		say(
			`Lizenz ${number} nimmt keinen von Hand vorgegebenen Fingerabdruck an.`,
			'Verwenden Sie den Code, den `keyferry fingerprint` auf dem Rechner ausgibt.'
		),
	FINGERPRINT_MISMATCH: ({ matched, differ, needed }) =>
		say(
			`Die Datei ist für einen anderen Rechner: Abweichend sind ${parts(differ)}; ${matched.length} von ${needed} nötigen Merkmalen stimmen überein.`,
			'Bringen Sie sie zu dem Rechner, für den sie gemacht ist, oder stellen Sie auf diesem eine neue Anforderung.'
		),
	FINGERPRINT_AMBIGUOUS: ({ labels }) =>
		say(
			`Der Rechner gleicht mehreren, die schon aktiviert sind: ${wording.list(labels.filter(Boolean), 'de') || 'ohne Namen'}.`,
			'Geben Sie den Platz des Rechners zurück, den es nicht mehr gibt, und reichen Sie die Anforderung noch einmal ein.'
		),
	VIRTUAL_MACHINE_REFUSED: ({ number, contact }) =>
		say(
			`Lizenz ${number} gilt nicht für virtuelle Maschinen.`,
			`Aktivieren Sie auf einem physischen Rechner oder fragen Sie bei ${ask(contact)} nach einer Lizenz für virtuelle.`
		),
	MACHINE_NOT_ACTIVATED: ({ product }) =>
		say(
			`Dieser Rechner hat noch keine Aktivierung für ${product}.`,
			'Stellen Sie hier eine Aktivierungsanforderung, lassen Sie sie zum Hub bringen und laden Sie die Antwort.'
		),
	MACHINE_KEY_MISMATCH: () =>
		say(
			'Das stammt nicht von dem Rechnerschlüssel, für den die Aktivierung gemacht wurde.',
			'Machen Sie es auf jenem Rechner selbst. Ist der Schlüssel dort verloren, stellen Sie eine neue Anforderung: Der Rechner behält seinen Platz.'
		),

	REQUEST_SPENT: () =>
		say(
			'Der Platz dieser Anforderung wurde zurückgegeben; sie ist damit verbraucht.',
			'Stellen Sie auf dem Rechner eine neue Aktivierungsanforderung.'
		),
	REQUEST_UNKNOWN: () =>
		say(
			'Der Hub kennt diese Anforderung noch nicht.',
			'Reichen Sie zuerst die Anforderungsdatei ein und holen Sie dann die Antwort.'
		),
	REQUEST_ID_TAKEN: () =>
		say(
			'Der Hub hat unter derselben Kennung schon eine andere Anforderung.',
			'Stellen Sie auf dem Rechner eine neue Anforderung und reichen Sie diese ein.'
		),
	ACTIVATION_EXPIRED: ({ expiredAt, contact }) =>
		say(
			`Die Aktivierung endete am ${date(expiredAt)}.`,
			`Lassen Sie die Lizenz bei ${ask(contact)} verlängern und bringen Sie dann die neue Aktivierungsdatei.`
		),
	ACTIVATION_RETIRED: ({ contact }) =>
		say(
			'Diese Aktivierung wurde stillgelegt: Ihr Rechner wurde als verloren gemeldet.',
			`Ist dieser Rechner doch in Gebrauch, stellen Sie eine neue Anforderung oder fragen Sie bei ${ask(contact)} nach.`
		),
	ACTIVATION_RETURNED: ({ file, settled }) =>
		settled
			? say(
					`Dieser Rechner hat den Platz dieser Aktivierung zurückgegeben; die Quittung liegt in ${file}.`,
					'Um das Produkt hier wieder zu nutzen, stellen Sie eine neue Aktivierungsanforderung.'
				)
			: say(
					`Dieser Rechner hat den Platz dieser Aktivierung zurückgegeben; die Rückgabe liegt in ${file}.`,
					'Bringen Sie die Rückgabe zu einem Desk oder Hub und laden Sie die Quittung. Um das Produkt hier wieder zu nutzen, stellen Sie eine neue Anforderung: Sie nimmt die Rückgabe mit.'
				),
	ACTIVATION_UNKNOWN: ({ activation }) =>
		activation
			? say(
					`Dieser Rechner hat keine Aktivierung „${activation}“.`,
					'Vergleichen Sie mit der Liste von `keyferry status`: die Aktivierung oder die Nummer ihrer Lizenz.'
				)
			: say(
					'Dieser Rechner hat keine Aktivierung, deren Platz zurückgegeben werden könnte.',
					'Es ist nichts zu tun. `keyferry status` zeigt, was hier ist.'
				),
	ACTIVATION_AMBIGUOUS: ({ activations }) =>
		say(
			`Dieser Rechner hat mehrere Aktivierungen: ${wording.list(activations, 'de')}.`,
			'Nennen Sie die gemeinte.'
		),
	GENERATION_SUPERSEDED: ({ generation, newest }) =>
		say(
			`Das ist Datei ${generation} der Aktivierung; Datei ${newest} ist hier schon geladen.`,
			'Es ist nichts zu tun. Behalten Sie die neuere Datei.'
		),

	CLOCK_BEHIND: ({ clock, trusted }) =>
		say(
			`Die Uhr hier zeigt ${time(clock)}, aber ${time(trusted)} ist mit Sicherheit vorbei.`,
			fixClock
		),
	CLOCK_AHEAD: ({ clock, trusted }) =>
		say(
			`Die Uhr des Rechners zeigte ${time(clock)}, als es am Hub ${time(trusted)} war.`,
			'Stellen Sie die Uhr des Rechners. Die Antwort gilt trotzdem.'
		),
	STATE_OF_OTHER_MACHINE: ({ folder, differ }) =>
		say(
			`Der Ordner ${folder} enthält den Lizenzstand eines anderen Rechners: Abweichend sind ${parts(differ)}.`,
			'Wurde dieser Rechner repariert, stellen Sie mit `keyferry request --repair` eine neue Anforderung: Sie nimmt den Platz mit. Wurde der Ordner hierher kopiert, benennen Sie ihn um und stellen Sie eine neue Anforderung, oder wählen Sie mit --state einen anderen Ordner.'
		),
	STATE_KEY_ELSEWHERE: ({ folder, owner }) =>
		say(
			`Was dafür nötig ist, gehört in ${folder} dem Konto ${owner}: Dieses Konto kann den Rechnerschlüssel dort nicht benutzen.`,
			`Führen Sie den Befehl als ${owner} aus; laden Sie dort, wenn nötig, zuerst die Aktivierungsdatei.`
		),
	ROOTS_MISSING: ({ looked }) =>
		say(
			`Hier ist kein vertrauter Wurzelschlüssel bekannt${looked.length ? `; gesucht in ${wording.list(looked, 'de')}` : ''}.`,
			'Laden Sie die Vertrauensdatei Ihres Herstellers oder nennen Sie die Wurzelschlüssel mit --roots.'
		),

	SIGN_IN_REQUIRED: () =>
		say('Der Hub fragt, wer Sie sind.', 'Melden Sie sich an und versuchen Sie es noch einmal.'),
	SIGN_IN_REFUSED: ({ email }) =>
		say(
			`Der Hub kennt diese E-Mail-Adresse nicht mit diesem Passwort: ${email}.`,
			'Prüfen Sie beides und versuchen Sie es noch einmal; was auf diesem Gerät wartet, bleibt erhalten.'
		),
	NOT_PERMITTED: ({ action }) =>
		say(
			`Dieses Konto darf das nicht: ${action}.`,
			'Wenden Sie sich an die Lizenzverwaltung Ihrer Organisation oder melden Sie sich mit einem anderen Konto an.'
		),
	RATE_LIMITED: ({ retryAfterSeconds }) =>
		say(
			'Der Hub hat von hier in kurzer Zeit sehr viele Anfragen bekommen.',
			`Warten Sie ${wording.duration(retryAfterSeconds, 'de')} und versuchen Sie es noch einmal.`
		),
	BODY_INVALID: ({ path, reason }) =>
		say(
			`Das Gesendete hat bei „${path}“ einen Fehler: ${why(reason)}.`,
			'Berichtigen Sie ihn und senden Sie es noch einmal.'
		),
	BODY_TOO_LARGE: ({ limit }) =>
		say(
			`Das Gesendete ist größer als ${wording.size(limit, 'de')}.`,
			'Senden Sie es in mehreren kleineren Teilen.'
		),
	NOT_FOUND: ({ what }) =>
		say(
			`Hier gibt es nichts dergleichen (${what}).`,
			'Prüfen Sie die Adresse oder gehen Sie zur Übersicht.'
		),
	HUB_STORAGE_FULL: () =>
		say(
			'Der Hub hat keinen Platz mehr auf seiner Platte; gespeichert wurde nichts.',
			'Senden Sie dasselbe später noch einmal. Wer den Hub betreibt, schafft Platz; danach geht es von selbst weiter.'
		),
	HUB_UNREACHABLE: ({ hub }) =>
		say(
			`Der Hub unter ${hub} antwortet nicht.`,
			'Es geht nichts verloren. Versuchen Sie es mit Verbindung noch einmal oder tragen Sie die Datei hin.'
		),

	COMMAND_UNKNOWN: ({ type, version }) =>
		say(
			`Der Hub kennt „${type}“ in Version ${version} nicht.`,
			'Aktualisieren Sie den Hub und gleichen Sie dann noch einmal ab.'
		),
	COMMAND_FAILED: ({ support }) =>
		say(
			`Der Hub hatte dabei eine Störung (${support}). Es wurde nichts entschieden.`,
			'Versuchen Sie es noch einmal. Bleibt es dabei, nennen Sie dem Betreiber des Hubs diesen Code.'
		),
	FACT_FAILED: ({ support }) =>
		say(
			`Der Hub hatte beim Festhalten eine Störung (${support}). Es ist noch nicht festgehalten.`,
			'Behalten Sie es und bringen Sie es noch einmal. Bleibt es dabei, nennen Sie dem Betreiber des Hubs diesen Code.'
		),
	ALLOTMENT_NOT_FOUND: () =>
		say(
			'Dieses Kontingent gibt es nicht.',
			'Synchronisieren Sie und sehen Sie die Liste der Kontingente noch einmal an.'
		),
	ALLOTMENT_LIMIT_REACHED: ({ number, allowed, held }) =>
		say(
			`Ein Desk darf ${machines(allowed)} der Lizenz ${number} zugleich halten; dieser hält ${wording.count(held, 'de')}.`,
			'Schließen Sie ein Kontingent, das nicht mehr gebraucht wird, oder bitten Sie die Lizenzverwaltung, mehr zu erlauben.'
		),
	ALLOTMENT_SPENT: ({ number, slots }) =>
		say(
			`Alle ${wording.count(slots, 'de')} Plätze der Lizenz ${number}, die für diesen Desk reserviert sind, sind ausgestellt.`,
			'Reihen Sie die Anfrage für den Hub ein oder reservieren Sie weitere Plätze, sobald Sie online sind.'
		),
	ALLOTMENT_ENDED: ({ endedAt }) =>
		say(
			`Aus diesem Kontingent kann seit ${date(endedAt)} nichts mehr ausgestellt werden.`,
			'Reihen Sie die Anfrage für den Hub ein oder reservieren Sie wieder Plätze, sobald Sie online sind.'
		),
	ALLOTMENT_CLOSED: () =>
		say(
			'Aus diesem Kontingent kann nichts mehr ausgestellt werden.',
			'Reihen Sie die Anfrage für den Hub ein oder reservieren Sie wieder Plätze, sobald Sie online sind.'
		),
	ALLOTMENT_STILL_ISSUING: ({ until }) =>
		say(
			`Der Desk darf aus diesem Kontingent noch bis ${date(until)} ausstellen.`,
			'Schreiben Sie die Plätze danach ab, oder beenden Sie es jetzt, damit der Desk keine neuen bekommt.'
		),
	STORAGE_NOT_KEPT: () =>
		say(
			'Dieser Browser darf löschen, was der Desk speichert, und damit auch, was ausgestellt wurde.',
			'Installieren Sie den Desk oder erlauben Sie dem Browser, seinen Speicher zu behalten (Einstellungen, Speicher), und reservieren Sie dann noch einmal.'
		),
	STORAGE_FULL: () =>
		say(
			'Auf diesem Gerät ist für den Desk kein Platz mehr, deshalb wurde nichts Neues gespeichert. Was vorher gespeichert war, ist sicher.',
			'Exportieren Sie alles (Einstellungen, Export), schaffen Sie Platz auf dem Gerät, und versuchen Sie es dann noch einmal.'
		),
	DESK_RESTORED: ({ issued, known }) =>
		say(
			`Dieser Desk hat aus diesem Kontingent ${wording.count(issued, 'de')} Mal ausgestellt, seine Daten wissen aber nur von ${wording.count(known, 'de')}: Sie wurden aus einer Sicherung zurückgeholt oder kopiert.`,
			'Damit kein Platz zweimal ausgestellt wird, stellt er daraus nichts mehr aus. Synchronisieren Sie, und bitten Sie den Lizenzmanager, dieses Kontingent zu beenden; reservieren Sie dann neu.'
		),
	DRAW_INVALID: ({ claim }) =>
		say(
			`Diese Aktivierung hat ein Desk ausgestellt, und sie sagt etwas, das sein Kontingent nicht sagt (${claim}).`,
			'Verwenden Sie sie nicht. Bitten Sie den Aussteller um eine neue.'
		),
	SLOT_CONTESTED: ({ number, slot, until, contact }) =>
		say(
			`Platz ${wording.count(slot, 'de')} dieses Kontingents der Lizenz ${number} wurde zuerst an einen anderen Rechner ausgestellt. Die Datei dieses Rechners endet am ${date(until)}.`,
			`Fordern Sie vorher einen eigenen Platz für diesen Rechner an, oder fragen Sie bei ${ask(contact)}.`
		),
	OUTBOX_NOT_YOURS: () =>
		say(
			'Was hier wartet, gehört zu einem anderen Desk oder einer anderen Person.',
			'Melden Sie sich als die Person an, die es eingereiht hat, oder exportieren Sie es und lassen Sie es von deren Desk senden.'
		),
	PUSH_NOT_SIGNED: () =>
		say(
			'Der Hub kann nicht erkennen, dass dieser Desk es gesendet hat: Die Signatur fehlt oder passt nicht.',
			'Es geht nichts verloren. Aktualisieren Sie den Desk, oder exportieren Sie, was wartet, und bringen Sie es zu einem anderen.'
		),
	PROTOCOL_UNSUPPORTED: ({ found, oldest, newest }) =>
		say(
			`Der Desk spricht Version ${found} der Synchronisierung, der Hub ${oldest} bis ${newest}.`,
			found < oldest
				? 'Laden Sie den Desk neu, um ihn zu aktualisieren. Was wartet, bleibt erhalten.'
				: 'Bitten Sie darum, den Hub zu aktualisieren. Was wartet, bleibt erhalten.'
		),
	ALREADY_DONE: () =>
		say(
			'Das wurde vor so langer Zeit erledigt, dass sein Ergebnis nicht mehr aufbewahrt wird.',
			'Es ist nichts zu tun. Sehen Sie bei der Lizenz nach, wie sie steht.'
		),
	OUTBOX_FORKED: () =>
		say(
			'Der Hub hat diesen Desk zweimal gesehen: Seine Daten wurden kopiert oder aus einer Sicherung zurückgeholt.',
			'Exportieren Sie, was hier wartet. Der Desk beginnt dann einen neuen Postausgang und sendet es noch einmal.'
		),
	DEPENDENCY_REFUSED: ({ dependsOn }) =>
		say(
			`Schritt ${dependsOn}, auf dem dieser aufbaut, wurde abgelehnt.`,
			'Klären Sie zuerst jenen Schritt und reichen Sie diesen dann noch einmal ein.'
		)
};
