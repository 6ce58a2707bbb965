/**
 * German: what happened, and what to do next, for every refusal.
 *
 * @module
 */
import { componentList } from '../words/components.ts';
import { holderList } from '../words/holders.ts';
import { many } from './phrases.ts';
import type { Message, MessageTable } from '../words/message.ts';
import { reasonText, typeName } from '../words/names.ts';
import * as wording from '../words/wording.ts';

const date = (seconds: number) => wording.day(seconds, 'de');
const time = (seconds: number) => wording.moment(seconds, 'de');
const parts = (components: readonly string[]) => componentList(components, 'de') || 'nichts';
const ask = (contact: string) => contact || 'dem Hersteller';
/** Dative: `von 3 Plätzen`. */
const ofSeats = (n: number) => (n === 1 ? '1 Platz' : `${wording.count(n, 'de')} Plätzen`);
const seatCount = (n: number) => (n === 1 ? '1 Platz' : `${wording.count(n, 'de')} Plätze`);
const why = (reason: string) => reasonText(reason, 'de');
const kind = (type: string) => typeName(type, 'de');
/** Von wem; ein Server kann Namen verbergen, und eine lange Liste sagt nicht mehr als ihr Anfang. */
const holdersDe = (holders: readonly { user: string; machine?: string }[]) =>
	holders.length === 0 ? '' : `: ${holderList(holders, 'de')}`;
const say = (title: string, next: string): Message => ({ title, next });

const carryAgain =
	'Kopieren Sie die Datei noch einmal von dort, wo sie entstanden ist, oder verwenden Sie einen QR-Code oder Kopieren und Einfügen.';
const askForNewFile = 'Lassen Sie die Datei dort, wo sie entstanden ist, noch einmal speichern.';
const updateHere = 'Installieren Sie hier die neuere Version und laden Sie die Datei noch einmal.';
const reportFile =
	'Verwenden Sie diese Datei nicht. Lassen Sie die Antwort noch einmal vom Server speichern.';
const fixClock = 'Stellen Sie die Uhr dieses Rechners und versuchen Sie es noch einmal.';

const logoDamaged = 'Das Logo ist beschädigt oder kein zulässiges PNG.';
const logoWrong = new Map<string, string>([
	['not-png', 'Das Logo ist keine PNG-Datei.'],
	['too-large', 'Das Logo ist größer als 64 KB.'],
	['too-many-pixels', 'Das Logo ist breiter oder höher als 512 Pixel.'],
	['interlaced', 'Das Logo ist ein PNG mit Interlacing.']
]);

export const de: MessageTable = {
	FILE_TOO_LARGE: ({ bytes, limit }) =>
		say(
			`Die Datei ist ${wording.size(bytes, 'de')} groß; eine Keyferry-Datei hat höchstens ${wording.size(limit, 'de')}.`,
			'Wählen Sie die Anforderungs-, Aktivierungs- oder Lizenzdatei selbst, nicht ein Dokument, das sie enthält.'
		),
	FILE_MALFORMED: ({ reason, line }) =>
		['nothing-found', 'mail', 'html'].includes(reason)
			? say(
					`Das ist keine Keyferry-Datei: ${why(reason)}.`,
					'Lassen Sie sie weg. War eine Keyferry-Datei daran angehängt, speichern Sie den Anhang.'
				)
			: say(
					`Die Datei ist beschädigt oder keine Keyferry-Datei${line === undefined ? '' : ` (Zeile ${line})`}: ${why(reason)}.`,
					carryAgain
				),
	TOO_MANY_FILES: ({ limit }) =>
		say(
			`Das sind mehr als ${limit} Dateien. Die übrigen wurden nicht gelesen.`,
			'Importieren Sie sie in mehreren kleineren Schritten.'
		),
	TOKEN_MALFORMED: ({ reason }) =>
		say(`Ein Teil der Datei ist nicht lesbar: ${why(reason)}.`, carryAgain),
	TOKEN_TYPE_UNEXPECTED: ({ expected, found }) =>
		say(
			expected.length > 3
				? `Diese Version kennt diese Art von Datei nicht (${found}).`
				: `Diese Datei ist von der Art „${kind(found)}“; gebraucht wird „${wording.list(expected.map(kind), 'de')}“.`,
			'Wählen Sie eine andere Datei. „Importieren“ zeigt, was jede Datei ist.'
		),
	CLAIMS_INVALID: ({ type, path, reason }) =>
		say(
			path === ''
				? `${kind(type)} ist nicht lesbar: ${why(reason)}.`
				: `${kind(type)} enthält bei „${path}“ etwas Unlesbares: ${why(reason)}.`,
			askForNewFile
		),
	FORMAT_VERSION_UNSUPPORTED: ({ found, newest }) =>
		say(`Die Datei hat Format ${found}; diese Version liest Formate bis ${newest}.`, updateHere),
	QR_MALFORMED: ({ reason }) =>
		say(
			`Der QR-Code ist kein vollständiger Keyferry-Code: ${why(reason)}.`,
			'Scannen Sie alle Codes noch einmal, näher und ohne Spiegelung, oder übertragen Sie die Datei.'
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
	NAME_BLANK: () =>
		say(
			'Der Name enthält kein sichtbares Zeichen.',
			'Geben Sie den Namen der Person ein, die anfragt.'
		),
	DATE_INVALID: ({ text }) =>
		say(
			`„${text}“ lässt sich nicht als Datum lesen.`,
			'Schreiben Sie einen Tag als 2027-12-31 oder eine Uhrzeit mit Zeitzone als 2027-12-31T18:00:00Z oder 2027-12-31T18:00:00+01:00.'
		),

	SIGNATURE_INVALID: ({ type }) =>
		say(
			`Die Signatur passt nicht zum Inhalt (${kind(type)}): Die Datei wurde nach dem Signieren verändert.`,
			reportFile
		),
	KEY_UNKNOWN: ({ kid }) =>
		say(
			`Die Datei ist mit einem Schlüssel signiert, dem hier nicht vertraut wird (${kid.slice(0, 8)}…).`,
			'Gehört sie zu einem anderen Server, bringen Sie sie dorthin. Sonst laden Sie die Vertrauensdatei Ihres Herstellers.'
		),
	ED25519_MISSING: () =>
		say(
			'Dieser Browser kann keine Signaturen prüfen: Er ist zu alt für Ed25519. Die Datei kann in Ordnung sein.',
			'Verwenden Sie Chrome oder Edge 137, Firefox 129, Safari 17 oder neuer oder die Kommandozeile: keyferry.'
		),
	KEY_WEAK: ({ kid }) =>
		say(`Die Datei enthält einen unsicheren Schlüssel (${kid.slice(0, 8)}…).`, reportFile),
	KEY_NOT_ALLOWED: ({ type, kid }) =>
		say(`Der Schlüssel ${kid.slice(0, 8)}… darf ${kind(type)} nicht signieren.`, reportFile),
	HUB_KEY_NOT_VALID: ({ signedAt, from, to }) =>
		say(
			`Die Datei wurde am ${date(signedAt)} signiert, außerhalb der Laufzeit ihres Serverschlüssels (${date(from)} bis ${date(to)}).`,
			'Reichen Sie die Anforderung noch einmal ein. Der Server signiert die Antwort mit seinem aktuellen Schlüssel.'
		),
	HUB_KEY_VOIDED: () =>
		say(
			'Der Hersteller hat den Serverschlüssel widerrufen, mit dem diese Datei signiert ist.',
			'Reichen Sie die Anforderung noch einmal ein: Der Server antwortet mit seinem neuen Schlüssel.'
		),
	CHAIN_INCOMPLETE: ({ kid }) =>
		say(
			`Der Nachweis für den Serverschlüssel ${kid.slice(0, 8)}… fehlt; nach einem QR-Code kann das vorkommen.`,
			'Laden Sie die Vertrauensdatei oder eine frühere Datei dieses Servers, oder übertragen Sie die ganze Datei.'
		),

	LICENSE_NOT_FOUND: ({ number }) =>
		say(
			`Der Server hat keine Lizenz ${number}, die er hier zeigen kann.`,
			'Vergleichen Sie die Nummer mit der Lizenz. Stimmt sie, melden Sie sich als Mitglied der Organisation an, der sie gehört, oder stellen Sie die Anforderung mit dem Lizenzschlüssel.'
		),
	LICENSE_SUSPENDED: ({ number, contact }) =>
		say(
			`Lizenz ${number} ist ausgesetzt.`,
			`Fragen Sie bei ${ask(contact)} nach dem Grund und bitten Sie um Freigabe.`
		),
	LICENSE_FROZEN: ({ number, contact }) =>
		say(
			`Lizenz ${number} ist eingefroren, weil der Server aus einer Sicherung wiederhergestellt wurde.`,
			`Bestehende Aktivierungen bleiben gültig. Gleichen Sie alle Geräte ab und fragen Sie dann bei ${ask(contact)} nach der Freigabe.`
		),
	LICENSE_MOVED: ({ number, successor, contact }) =>
		say(
			`Lizenz ${number} wurde als ${successor} auf einen anderen Kunden übertragen.`,
			`Bestehende Aktivierungen bleiben gültig. Fragen Sie bei ${ask(contact)} nach einer eigenen Lizenz, oder nutzen Sie ${successor}, wenn sie Ihnen gehört.`
		),
	LICENSE_USED: ({ number, contact }) =>
		say(
			`Lizenz ${number} wurde schon benutzt und bleibt deshalb, wo sie ist.`,
			`Als Ganzes lässt sich nur eine Lizenz übertragen, die noch kein Rechner benutzt hat. Lassen Sie ihre freien Plätze bei ${ask(contact)} übertragen.`
		),
	LICENSE_EXPIRED: ({ number, expiredAt, contact }) =>
		say(
			`Lizenz ${number} ist am ${date(expiredAt)} abgelaufen.`,
			`Lassen Sie sie bei ${ask(contact)} verlängern. Eine abgelehnte Anforderung lässt sich danach noch einmal einreichen.`
		),
	SEAT_LIMIT_REACHED: ({ number, seats, used, contact }) =>
		say(
			`Alle Plätze der Lizenz ${number} sind vergeben: ${wording.count(used, 'de')} von ${ofSeats(seats)}.`,
			`Geben Sie den Platz eines Rechners zurück, der ihn nicht mehr braucht, oder fragen Sie bei ${ask(contact)} nach weiteren Plätzen.`
		),
	VERSION_NOT_COVERED: ({ version, from, to, contact, upgrade }) =>
		say(
			`Die Lizenz gilt für Version ${from === to ? from : `${from} bis ${to}`}; dies ist Version ${version}.`,
			upgrade === undefined
				? `Fragen Sie bei ${ask(contact)} nach dem Upgrade oder verwenden Sie eine Version, für die sie gilt.`
				: `Es gibt ein Upgrade: Aktivieren Sie mit Lizenz ${upgrade} oder verwenden Sie eine Version, für die diese gilt.`
		),
	TRIAL_USED: ({ product, startedAt, contact }) =>
		say(
			`Auf diesem Rechner wurde ${product} schon einmal getestet, ab dem ${date(startedAt)}.`,
			`Fragen Sie bei ${ask(contact)} nach einer Lizenz oder testen Sie auf einem anderen Rechner.`
		),
	LICENSE_UPGRADED: ({ number, upgrade }) =>
		say(
			`Für Lizenz ${number} gibt es schon ein Upgrade: Lizenz ${upgrade} gilt für neuere Versionen.`,
			`Ändern oder verlängern Sie stattdessen ${upgrade}.`
		),
	KEY_FOREIGN: ({ product, contact }) =>
		say(
			`Dieser Schlüssel stammt aus einer älteren Generation von ${product}, die diese Version nicht lesen kann.`,
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
	ENTITLEMENT_FIXED: ({ entitlement }) =>
		say(
			`„${entitlement}“ schaltet nur der Hersteller.`,
			'Bitten Sie den Hersteller, die Lizenz zu ändern.'
		),
	ENTITLEMENT_NEEDS_VERSION: ({ entitlement, since, version }) =>
		say(
			`„${entitlement}“ gibt es ab Version ${since}; dies ist Version ${version}.`,
			`Aktualisieren Sie das Produkt auf ${since} oder neuer. Die Lizenz enthält es schon.`
		),
	PLATFORM_NOT_RELEASED: ({ version, platform, platforms }) =>
		say(
			`Version ${version} hat keine Datei für ${platform}.`,
			`Es gibt sie für ${parts(platforms)}.`
		),
	RELEASE_WITHDRAWN: ({ product, version, withdrawnAt }) =>
		say(
			`${product} ${version} wurde am ${date(withdrawnAt)} zurückgezogen.`,
			'Laden Sie eine andere Version herunter.'
		),
	RELEASE_FILE_TAKEN: ({ version, name }) =>
		say(
			`Version ${version} hat schon eine andere Datei ${name}.`,
			'Veröffentlichte Dateien ändern sich nie: Veröffentlichen Sie eine andere Version.'
		),
	RELEASE_FILE_DAMAGED: ({ name, expected, found }) =>
		say(
			`${name} kam verändert an: Die SHA-256 ist ${found} statt ${expected}.`,
			'Verwenden Sie die Datei nicht. Übertragen Sie sie noch einmal.'
		),
	RELEASE_FILE_MISSING: ({ name }) =>
		say(
			`Der Server hat ${name} nicht.`,
			'Der Ordner releases wird zurückkopiert oder die Datei noch einmal hochgeladen.'
		),
	DOWNLOAD_LINK_INVALID: () =>
		say('Dieser Link gilt nicht mehr.', 'Starten Sie den Download noch einmal.'),

	FINGERPRINT_TOO_WEAK: ({ present, given }) =>
		say(
			`Von diesem Rechner ist zu wenig lesbar, um ihn wiederzuerkennen; gefunden: ${parts(present)}.`,
			given
				? 'Geben Sie einem Container einen Namen, der gleich bleibt: `--given NAME` für die Anforderung, KEYFERRY_FINGERPRINT=NAME für das Produkt.'
				: 'Ein Container braucht einen von Hand vorgegebenen Namen, den nur manche Lizenzen erlauben; fragen Sie den Hersteller danach oder verwenden Sie das Produkt auf dem Rechner selbst.'
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
			`${product} ist auf diesem Rechner noch nicht aktiviert.`,
			'Stellen Sie hier eine Aktivierungsanforderung, lassen Sie sie zum Server bringen und laden Sie die Antwort.'
		),
	MACHINE_KEY_MISMATCH: () =>
		say(
			'Das wurde nicht mit dem Rechnerschlüssel signiert, für den die Aktivierung gemacht wurde.',
			'Erstellen Sie es dort, wo die Anforderung erstellt wurde: auf dem Rechner selbst oder in der App, die sie erstellt hat. Ist dieser Schlüssel verloren, stellen Sie auf dem Rechner eine neue Anforderung; er behält seinen Platz.'
		),

	REQUEST_SPENT: () =>
		say(
			'Der Platz dieser Anforderung wurde zurückgegeben; sie lässt sich nicht noch einmal verwenden.',
			'Stellen Sie auf dem Rechner eine neue Aktivierungsanforderung.'
		),
	REQUEST_UNKNOWN: () =>
		say(
			'Der Server kennt diese Anforderung noch nicht.',
			'Reichen Sie zuerst die Anforderungsdatei ein und holen Sie dann die Antwort.'
		),
	REQUEST_ID_TAKEN: () =>
		say(
			'Der Server hat unter derselben Kennung schon eine andere Anforderung.',
			'Stellen Sie auf dem Rechner eine neue Anforderung und reichen Sie diese ein.'
		),
	ACTIVATION_EXPIRED: ({ expiredAt, contact }) =>
		say(
			`Die Aktivierung ist am ${date(expiredAt)} abgelaufen.`,
			`Lassen Sie die Lizenz bei ${ask(contact)} verlängern und laden Sie dann die neue Aktivierungsdatei.`
		),
	ACTIVATION_IN_GRACE: ({ endedAt, worksUntil, contact }) =>
		say(
			`Die Lizenz ist am ${date(endedAt)} abgelaufen; sie funktioniert noch bis ${date(worksUntil)}.`,
			`Lassen Sie sie vorher bei ${ask(contact)} verlängern und laden Sie dann die neue Aktivierungsdatei.`
		),
	ACTIVATION_RETIRED: ({ contact }) =>
		say(
			'Diese Aktivierung wurde ausgemustert: Ihr Rechner wurde als verloren gemeldet.',
			`Ist dieser Rechner noch in Gebrauch, stellen Sie eine neue Anforderung oder fragen Sie bei ${ask(contact)} nach.`
		),
	ACTIVATION_RETURNED: ({ file, settled }) =>
		settled
			? say(
					`Dieser Rechner hat den Platz dieser Aktivierung zurückgegeben; die Quittung liegt in ${file}.`,
					'Um das Produkt hier wieder zu nutzen, stellen Sie eine neue Aktivierungsanforderung.'
				)
			: say(
					`Dieser Rechner hat den Platz dieser Aktivierung zurückgegeben; die Rückgabe liegt in ${file}.`,
					'Lassen Sie die Rückgabe beim Server einreichen und laden Sie die Quittung. Um das Produkt hier wieder zu nutzen, stellen Sie eine neue Anforderung. Sie nimmt die Rückgabe mit.'
				),
	RETURN_KEPT: () =>
		say(
			'Die Rückgabe ist aufbewahrt: Der Server kennt ihre Aktivierung noch nicht.',
			'Bringen Sie die Aktivierungsdatei dieses Rechners, oder lassen Sie das Gerät abgleichen, das sie ausgestellt hat. Die Rückgabe zählt dann von selbst; für die Quittung bringen Sie sie noch einmal.'
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
			'Nennen Sie die gewünschte.'
		),
	GENERATION_SUPERSEDED: ({ generation, newest }) =>
		say(
			`Das ist Datei ${generation} der Aktivierung, aber Datei ${newest} ist hier schon geladen.`,
			'Es ist nichts zu tun. Behalten Sie die neuere Datei.'
		),

	CLOCK_BEHIND: ({ clock, trusted }) =>
		say(
			`Die Uhr hier zeigt ${time(clock)}, aber ${time(trusted)} ist mit Sicherheit vorbei.`,
			fixClock
		),
	CLOCK_AHEAD: ({ clock, trusted }) =>
		say(
			`Die Uhr des Rechners zeigte ${time(clock)}, als es auf dem Server ${time(trusted)} war.`,
			'Stellen Sie die Uhr des Rechners. Die Antwort ist trotzdem gültig.'
		),
	STATE_OF_OTHER_MACHINE: ({ folder, differ }) =>
		say(
			`Der Ordner ${folder} enthält den Lizenzstand eines anderen Rechners: Abweichend sind ${parts(differ)}.`,
			'Wurde dieser Rechner repariert, stellen Sie mit `keyferry request --repair` eine neue Anforderung: Sie nimmt den Platz mit. Wurde der Ordner hierher kopiert, benennen Sie ihn um und stellen Sie eine neue Anforderung, oder wählen Sie mit --state einen anderen Ordner.'
		),
	STATE_KEY_ELSEWHERE: ({ folder, owner }) =>
		say(
			`Der Rechnerschlüssel in ${folder} gehört ${owner}, und dieses Konto kann ihn nicht benutzen.`,
			`Führen Sie den Befehl als ${owner} aus; laden Sie dort, wenn nötig, zuerst die Aktivierungsdatei.`
		),
	ROOTS_MISSING: ({ looked }) =>
		say(
			`Hier gibt es keinen vertrauenswürdigen Stammschlüssel${looked.length ? `; gesucht in ${wording.list(looked, 'de')}` : ''}.`,
			'Laden Sie die Vertrauensdatei Ihres Herstellers oder nennen Sie die Stammschlüssel mit --roots.'
		),

	SIGN_IN_REQUIRED: () =>
		say(
			'Dafür müssen Sie angemeldet sein.',
			'Melden Sie sich an und versuchen Sie es noch einmal.'
		),
	SIGN_IN_REFUSED: ({ email }) =>
		say(
			`Die E-Mail-Adresse ${email} und das Passwort passen zu keinem Konto.`,
			'Prüfen Sie beides und versuchen Sie es noch einmal. Auf diesem Gerät geht nichts verloren.'
		),
	ADMIN_SIGN_IN_REFUSED: ({ name }) =>
		say(
			`Der Name ${name} und das Passwort passen nicht zum Konto dieses Servers.`,
			'Prüfen Sie beides und versuchen Sie es noch einmal. Auf dem Rechner des Servers lässt sich ein anderes Passwort setzen: keyferry site password.'
		),
	HUB_CONTACT_FORBIDDEN: () =>
		say(
			'Dieser Server darf keinen anderen Server ansprechen.',
			'Übertragen Sie stattdessen die Datei, oder erlauben Sie es in den Einstellungen dieses Servers.'
		),
	NOT_PERMITTED: ({ action }) =>
		say(
			`Dieses Konto hat dafür keine Berechtigung: ${action}.`,
			'Wenden Sie sich an die Lizenzverwaltung Ihrer Organisation oder melden Sie sich mit einem anderen Konto an.'
		),
	PASSWORD_SHORT: ({ least }) =>
		say(`Ein Passwort hat mindestens ${least} Zeichen.`, 'Wählen Sie ein längeres.'),
	PASSWORD_COMMON: () =>
		say('Dieses oder ein ähnliches Passwort benutzen viele.', 'Wählen Sie ein anderes.'),
	CODE_INVALID: ({ triesLeft }) =>
		triesLeft > 0
			? say(
					'Das ist nicht der Code aus der E-Mail.',
					`Sehen Sie noch einmal nach: noch ${many(triesLeft, 'Versuch', 'Versuche')}.`
				)
			: say('Dieser Code gilt nicht mehr.', 'Lassen Sie sich einen neuen schicken.'),
	NAME_REQUIRED: () =>
		say(
			'Diese Adresse hat hier noch niemand benutzt.',
			'Sagen Sie, wie Sie heißen, und schicken Sie es noch einmal ab.'
		),
	SECOND_FACTOR_REQUIRED: () =>
		say(
			'Dieses Konto verlangt einen zweiten Nachweis.',
			'Geben Sie den Code Ihrer Authentifizierungs-App ein oder einen Ersatzcode.'
		),
	SECOND_FACTOR_REFUSED: () =>
		say(
			'Das ist weder der Code, den die App gerade zeigt, noch ein Ersatzcode, der noch gilt.',
			'Warten Sie auf den nächsten Code und geben Sie den ein; jeder gilt einmal.'
		),
	SECOND_FACTOR_SET: () =>
		say('Dieses Konto hat schon eine Authentifizierungs-App.', 'Entfernen Sie zuerst diese.'),
	SECOND_FACTOR_MISSING: () =>
		say(
			'Sie haben noch keine Authentifizierungs-App.',
			'Richten Sie zuerst in den Einstellungen eine ein.'
		),
	SIGN_IN_STALE: () =>
		say(
			'Ihre Anmeldung liegt schon eine Weile zurück.',
			'Melden Sie sich neu an und tun Sie es dann innerhalb einer Viertelstunde.'
		),
	ACCOUNT_UNKNOWN: () =>
		say(
			'Zu dieser Adresse gibt es kein Konto.',
			'Bitten Sie Ihre Lizenzverwaltung um eine Einladung.'
		),
	PROVIDER_FAILED: ({ provider, reason }) =>
		reason === 'denied'
			? say(
					`Die Anmeldung mit ${provider} wurde abgebrochen.`,
					'Versuchen Sie es noch einmal oder melden Sie sich anders an.'
				)
			: reason === 'stale'
				? say(
						`Diese Anmeldung mit ${provider} ist abgelaufen oder wurde anderswo begonnen.`,
						'Beginnen Sie sie hier neu und schließen Sie sie in diesem Browser innerhalb von zehn Minuten ab.'
					)
				: say(
						`${provider} hat nicht gesagt, wer Sie sind.`,
						'Versuchen Sie es später noch einmal oder melden Sie sich anders an. Der Grund steht im Protokoll des Servers.'
					),
	PROVIDER_ADDRESS_UNPROVEN: ({ provider }) =>
		say(
			`${provider} hat Ihre E-Mail-Adresse nicht bestätigt.`,
			'Melden Sie sich mit einem Code per E-Mail an und verknüpfen Sie das Konto dann in den Einstellungen.'
		),
	PROVIDER_LINKED_ELSEWHERE: ({ provider }) =>
		say(
			`Dieses Konto bei ${provider} gehört hier schon zu einem anderen.`,
			'Melden Sie sich damit an und lösen Sie dort zuerst die Verknüpfung.'
		),
	SERVER_CODE_INVALID: () =>
		say(
			'Auf diesen Code wartet kein Server.',
			'Vergleichen Sie ihn mit dem Code auf dem Bildschirm des Servers. Jeder Code kann einmal beantwortet werden; danach zeigt der Server einen neuen.'
		),
	SERVER_CODE_EXPIRED: () =>
		say(
			'Dieser Code ist abgelaufen.',
			'Lassen Sie den Server einen neuen anzeigen und geben Sie diesen ein.'
		),
	SERVER_CODE_TAKEN: () =>
		say(
			'Jemand anderes hat diesen Code schon eingegeben.',
			'Lassen Sie den Server einen neuen anzeigen und geben Sie diesen ein.'
		),
	AUTHORIZATION_PENDING: () =>
		say(
			'Noch hat niemand geantwortet.',
			'Geben Sie den Code unter der angezeigten Adresse ein und wählen Sie eine Lizenz.'
		),
	SLOW_DOWN: ({ interval }) =>
		say('Der Server fragt zu oft.', `Er fragt frühestens nach ${interval} Sekunden wieder.`),
	SERVER_DENIED: () =>
		say(
			'Wer den Code eingegeben hat, hat diesem Server keine Lizenz gegeben.',
			'Beginnen Sie von vorn, falls das ein Versehen war, oder schalten Sie den Server mit einem Lizenzschlüssel frei.'
		),
	INVITATION_INVALID: () =>
		say(
			'Diese Einladung wurde schon benutzt oder zurückgezogen, oder sie ist abgelaufen.',
			'Bitten Sie um eine neue Einladung. Wenn Sie schon dabei sind, melden Sie sich an.'
		),
	INVITATION_FOR_OTHER: ({ email }) =>
		say(
			`Diese Einladung ist für ${email}, angemeldet ist hier aber jemand anderes.`,
			`Melden Sie sich ab, öffnen Sie den Link noch einmal und melden Sie sich als ${email} an.`
		),
	ALREADY_MEMBER: ({ email }) =>
		say(`${email} gehört schon dazu.`, 'Um eine andere Rolle zu geben, ändern Sie die Rolle.'),
	LAST_OF_ROLE: ({ role }) =>
		say(
			role === 'admin'
				? 'Das ist die letzte Person mit Administrationsrechten.'
				: 'Das ist die letzte Person mit Inhaberrechten in dieser Organisation.',
			'Geben Sie dieselbe Rolle zuerst jemand anderem.'
		),
	RATE_LIMITED: ({ retryAfterSeconds }) =>
		say(
			'Der Server hat von hier in kurzer Zeit sehr viele Aufrufe bekommen.',
			`Warten Sie ${wording.duration(retryAfterSeconds, 'de')} und versuchen Sie es noch einmal.`
		),
	BODY_INVALID: ({ path, reason }) =>
		say(
			path === ''
				? `Die gesendeten Daten sind nicht lesbar: ${why(reason)}.`
				: `Die gesendeten Daten haben bei „${path}“ einen Fehler: ${why(reason)}.`,
			'Berichtigen Sie das und senden Sie die Daten noch einmal.'
		),
	BODY_TOO_LARGE: ({ limit }) =>
		say(
			`Die gesendeten Daten sind größer als ${wording.size(limit, 'de')}.`,
			'Senden Sie sie in mehreren kleineren Teilen.'
		),
	NOT_FOUND: ({ what }) =>
		say(
			`Hier gibt es nichts dergleichen (${what}).`,
			'Prüfen Sie die Adresse oder gehen Sie zur Übersicht.'
		),
	LIST_UNREADABLE: ({ reason, line }) =>
		say(
			`Die Liste lässt sich nicht lesen (Zeile ${line}): ${why(reason)}.`,
			'Speichern Sie sie als CSV in UTF-8, in der ersten Zeile die Namen der Spalten: name, kind, product, customer, license, limit. Nur name ist nötig.'
		),
	DATABASE_SERVER_REFUSED: ({ address, reason }) =>
		say(
			`Der Datenbankserver unter ${address} hat seine Datenbanken nicht genannt: ${why(reason)}.`,
			'Prüfen Sie Adresse, Benutzer und Passwort und ob jener Server Verbindungen von diesem annimmt.'
		),
	NAME_TAKEN: ({ what, name }) =>
		say(
			`${what === 'customer' ? 'Einen Kunden' : 'Ein Produkt'} mit dem Namen ${name} gibt es schon.`,
			'Wählen Sie einen anderen Namen oder ändern Sie, was schon da ist.'
		),
	LOGO_INVALID: ({ reason }) =>
		say(
			logoWrong.get(reason) ?? logoDamaged,
			'Speichern Sie es als einfaches PNG mit höchstens 512 × 512 Pixeln und 64 KB und wählen Sie diese Datei.'
		),
	WEBHOOK_NOT_SIGNED: () =>
		say(
			'Dies hat kein Shop signiert, den dieser Server kennt.',
			'Signieren Sie die gesendeten Bytes nach Standard Webhooks, mit einem Geheimnis von „keyferry order secret add“.'
		),
	WEBHOOK_TIME_OFF: ({ sentAt, hubTime }) =>
		say(
			`Dies wurde um ${time(sentAt)} signiert, hier ist es ${time(hubTime)}: mehr als 5 Minuten Unterschied.`,
			'Stellen Sie die Uhr des Shops richtig, und signieren Sie bei jedem Senden neu.'
		),
	ORDER_CHANGED: ({ purchase, line }) =>
		say(
			line === undefined
				? `Ein Ereignis zu ${purchase} kam schon unter derselben ID, mit anderem Inhalt.`
				: `Position ${line} von ${purchase} wurde schon ausgeführt, mit anderem Inhalt.`,
			'Senden Sie Neues als Position oder Ereignis mit eigener ID.'
		),
	ORDER_UNKNOWN: ({ purchase, line }) =>
		say(
			line === undefined
				? `Ein Kauf ${purchase} ist nicht bekannt.`
				: `Der Kauf ${purchase} hat keine Position ${line}.`,
			'Senden Sie sein order.paid. Dieses Ereignis bleibt erhalten und wird danach von selbst ausgeführt.'
		),
	ORDER_PRODUCT_UNKNOWN: ({ purchase, product }) =>
		say(
			`${purchase} gilt einem Produkt ${product}, das nicht im Katalog steht.`,
			'Fügen Sie ein Produkt mit diesem Kürzel hinzu oder berichtigen Sie es im Shop; dann wiederholen Sie das Ereignis.'
		),
	ORDER_LICENSE_UNKNOWN: ({ purchase, number }) =>
		say(
			`${number} ist keine Lizenz des Kunden von ${purchase}.`,
			'Prüfen Sie Nummer und Kunde und versuchen Sie es noch einmal, oder ändern Sie die Lizenz von Hand.'
		),
	ADDRESS_NOT_PUBLIC: ({ address }) =>
		say(
			`An ${address} lassen sich keine Ereignisse senden.`,
			'Geben Sie eine Adresse an, die mit https:// beginnt und zu einem Server im Internet führt. Ein Server, der mit --webhooks-to-lan gestartet ist, sendet auch in sein eigenes Netz.'
		),
	ARCHIVED: ({ what, name }) =>
		say(
			`${what === 'customer' ? 'Der Kunde' : 'Das Produkt'} ${name} ist archiviert: Neues wird nicht ausgestellt.`,
			'Holen Sie den Eintrag zuerst aus dem Archiv.'
		),
	HOST_NOT_SERVED: ({ address }) =>
		say(
			`Dieser Server antwortet unter ${address} und unter keinem anderen Namen.`,
			`Öffnen Sie ${address}. War das die Adresse, muss der Proxy vor dem Server den Host-Header weitergeben.`
		),
	CERTIFICATE_UNUSABLE: ({ path, reason }) =>
		say(
			`Der Server kann die Datei ${path} nicht verwenden: ${why(reason)}.`,
			'Berichtigen Sie die Datei oder ihren Pfad auf dem Rechner des Servers, und versuchen Sie es erneut.'
		),
	KEY_OF_STAFF: () =>
		say(
			'Das ist ein Schlüssel eines Mitarbeiters des Herstellers: Wer ihn hat, liest alle Kunden und kann Sicherungen abrufen.',
			'Bewahren Sie ihn wie ein Geheimnis auf und löschen Sie ihn, wenn sein Skript nicht mehr gebraucht wird.'
		),
	HUB_STORAGE_FULL: () =>
		say(
			'Die Festplatte des Servers ist voll; es wurde nichts gespeichert.',
			'Senden Sie dasselbe später noch einmal, sobald der Betreiber des Servers Platz geschaffen hat.'
		),
	HUB_BUSY: ({ retryAfterSeconds }) =>
		say(
			'Der Server kam nicht rechtzeitig dazu; es wurde nichts gespeichert.',
			`Senden Sie dasselbe noch einmal, in frühestens ${wording.duration(retryAfterSeconds, 'de')}.`
		),
	DATABASE_AWAY: () =>
		say(
			'Der Server erreicht seine Datenbank nicht; es wurde nichts gespeichert.',
			'Senden Sie dasselbe später noch einmal. Bleibt es dabei, sagen Sie dem Betreiber des Servers Bescheid.'
		),
	HUB_KEY_ENDED: ({ endedAt }) =>
		say(
			`Der Server unterschreibt nichts mehr, weil sein Schlüssel am ${wording.day(endedAt, 'de')} abgelaufen ist. Rückgaben und offline Ausgestelltes werden trotzdem erfasst.`,
			'Der Betreiber des Servers erzeugt einen neuen Schlüssel (keyferry hub-key rotate). Senden Sie danach dasselbe noch einmal.'
		),
	HUB_UNREACHABLE: ({ hub }) =>
		say(
			`Der Server unter ${hub} antwortet nicht.`,
			'Es geht nichts verloren. Versuchen Sie es noch einmal, sobald es eine Verbindung gibt.'
		),

	SITE_UNREACHABLE: ({ addresses }) =>
		say(
			addresses.length === 0
				? 'In diesem Netz wurde kein Lizenzserver gefunden.'
				: `Der Lizenzserver antwortet nicht unter ${wording.list(addresses, 'de')}.`,
			'Prüfen Sie die Adresse und ob dieser Rechner sein Netz erreicht. Hält es an, fragen Sie, wer den Lizenzserver betreibt.'
		),
	SITE_NOT_TRUSTED: ({ reason }) =>
		say(
			`Was dort antwortet, ist nicht als Lizenzserver vertrauenswürdig: ${why(reason)}.`,
			'Es wurde nichts geöffnet. Prüfen Sie die Adresse und fragen Sie, wer den Lizenzserver betreibt.'
		),
	GRACE_OVER: ({ since }) =>
		say(
			`Der Lizenzserver hat seit ${time(since)} nicht geantwortet, länger als diese Lizenz es erlaubt.`,
			'Gespeichertes bleibt. Die Funktionen öffnen sich von selbst wieder, sobald der Lizenzserver antwortet.'
		),

	COMMAND_UNKNOWN: ({ type, version }) =>
		say(
			`Der Server kennt „${type}“ in Version ${version} noch nicht.`,
			'Aktualisieren Sie den Server und gleichen Sie dann noch einmal ab.'
		),
	COMMAND_FAILED: ({ support }) =>
		say(
			`Der Server hatte dabei eine Störung (${support}). Es wurde nichts geändert.`,
			'Versuchen Sie es noch einmal. Wenn das wiederholt geschieht, nennen Sie dem Betreiber des Servers diesen Code.'
		),
	FACT_FAILED: ({ support }) =>
		say(
			`Der Server hatte beim Aufzeichnen eine Störung (${support}). Es ist noch nicht aufgezeichnet.`,
			'Behalten Sie es und reichen Sie es noch einmal ein. Wenn das wiederholt geschieht, nennen Sie dem Betreiber des Servers diesen Code.'
		),
	ALLOTMENT_NOT_FOUND: () =>
		say(
			'Diese Offline-Plätze gibt es nicht mehr.',
			'Gleichen Sie ab und sehen Sie die Liste der Offline-Plätze noch einmal an.'
		),
	ALLOTMENT_LIMIT_REACHED: ({ number, allowed, held, of }) =>
		say(
			of === 'license'
				? `Alle Geräte zusammen dürfen ${seatCount(allowed)} der Lizenz ${number} zugleich halten; sie halten ${wording.count(held, 'de')}.`
				: `Eine Person darf ${seatCount(allowed)} der Lizenz ${number} zugleich halten, auf allen Geräten zusammen; Sie halten ${wording.count(held, 'de')}.`,
			held > 0
				? 'Geben Sie nicht mehr gebrauchte Offline-Plätze zurück oder bitten Sie die Lizenzverwaltung, mehr zu erlauben.'
				: 'Fordern Sie weniger an oder bitten Sie die Lizenzverwaltung, mehr zu erlauben.'
		),
	ALLOTMENT_SPENT: ({ number, slots }) =>
		say(
			`Alle ${wording.count(slots, 'de')} Offline-Plätze der Lizenz ${number} auf diesem Gerät sind ausgestellt.`,
			'Stattdessen kann der Server die Anforderung beantworten. Weitere Offline-Plätze lassen sich online reservieren.'
		),
	ALLOTMENT_ENDED: ({ endedAt }) =>
		say(
			`Diese Offline-Plätze konnten bis ${date(endedAt)} ausgestellt werden.`,
			'Stattdessen kann der Server eine Anforderung beantworten. Offline-Plätze lassen sich online wieder reservieren.'
		),
	ALLOTMENT_CLOSED: () =>
		say(
			'Aus diesen Offline-Plätzen kann nichts mehr ausgestellt werden.',
			'Stattdessen kann der Server eine Anforderung beantworten. Offline-Plätze lassen sich online wieder reservieren.'
		),
	ALLOTMENT_STILL_ISSUING: ({ until }) =>
		say(
			`Das Gerät darf diese Plätze noch bis ${date(until)} ausstellen.`,
			'Schreiben Sie sie danach ab oder stoppen Sie das Gerät jetzt, damit es keine neuen bekommt.'
		),
	STORAGE_NOT_KEPT: () =>
		say(
			'Dieser Browser darf löschen, was diese App speichert, und damit auch, was ausgestellt wurde.',
			'Installieren Sie diese App oder erlauben Sie dem Browser, ihre Daten zu behalten (Einstellungen, Speicher), und reservieren Sie dann noch einmal.'
		),
	STORAGE_FULL: () =>
		say(
			'Auf diesem Gerät ist kein Speicherplatz mehr, deshalb wurde nichts Neues gespeichert. Was vorher gespeichert war, ist sicher.',
			'Exportieren Sie alles (Einstellungen, Export), schaffen Sie Platz auf dem Gerät und versuchen Sie es dann noch einmal.'
		),
	DESK_RESTORED: ({ issued, known }) =>
		say(
			`Dieses Gerät hat ${seatCount(issued)} ausgestellt, seine Daten zeigen aber nur ${wording.count(known, 'de')}: Sie wurden aus einer Sicherung wiederhergestellt oder kopiert.`,
			'Damit kein Platz zweimal ausgestellt wird, stellt es aus diesen Offline-Plätzen nichts mehr aus. Gleichen Sie ab, lassen Sie sie von der Lizenzverwaltung stoppen und reservieren Sie dann neue.'
		),
	DRAW_INVALID: ({ claim }) =>
		say(
			`Diese Aktivierung wurde offline ausgestellt und enthält etwas, das ihr Offline-Platz nicht erlaubt (${claim}).`,
			'Verwenden Sie sie nicht. Bitten Sie den Aussteller um eine neue.'
		),
	SLOT_CONTESTED: ({ number, slot, until, contact }) =>
		say(
			`Offline-Platz ${wording.count(slot, 'de')} der Lizenz ${number} wurde zuerst an einen anderen Rechner ausgestellt. Die Datei dieses Rechners läuft am ${date(until)} ab.`,
			`Fordern Sie vorher einen eigenen Platz für diesen Rechner an, oder fragen Sie bei ${ask(contact)}.`
		),
	OUTBOX_NOT_YOURS: () =>
		say(
			'Was hier wartet, gehört zu einem anderen Gerät oder einer anderen Person.',
			'Melden Sie sich als die Person an, die es eingereiht hat, oder exportieren Sie es und lassen Sie es von deren Gerät senden.'
		),
	PUSH_NOT_SIGNED: () =>
		say(
			'Der Server kann nicht erkennen, dass dieses Gerät es gesendet hat: Die Signatur fehlt oder passt nicht.',
			'Es geht nichts verloren. Aktualisieren Sie diese App, oder exportieren Sie, was wartet, und importieren Sie es auf einem anderen Gerät.'
		),
	PROTOCOL_UNSUPPORTED: ({ found, oldest, newest }) =>
		say(
			`Diese App verwendet Version ${found} des Abgleichs, der Server ${oldest} bis ${newest}.`,
			found < oldest
				? 'Laden Sie diese App neu, um sie zu aktualisieren. Was wartet, bleibt erhalten.'
				: 'Bitten Sie darum, den Server zu aktualisieren. Was wartet, bleibt erhalten.'
		),
	ALREADY_DONE: () =>
		say(
			'Das wurde vor so langer Zeit entschieden, dass das Ergebnis nicht mehr aufbewahrt wird.',
			'Es ist nichts zu tun. Öffnen Sie die Lizenz, um ihren Status zu sehen.'
		),
	OUTBOX_FORKED: () =>
		say(
			'Der Server hat dieses Gerät zweimal gesehen; seine Daten wurden also kopiert oder aus einer Sicherung wiederhergestellt.',
			'Exportieren Sie, was hier wartet. Diese App beginnt dann einen neuen Postausgang und sendet es noch einmal.'
		),
	DESK_ENDED: ({ endedAt }) =>
		say(
			`Das Gerät, von dem das kam, wurde am ${wording.day(endedAt, 'de')} beendet. Was darauf geschehen ist, zählt weiterhin.`,
			'Reichen Sie es von einem anderen Gerät noch einmal ein, oder melden Sie sich auf jenem an und starten Sie es neu.'
		),
	CLIENT_LIMIT_REACHED: ({ product, clients, holders, freeAt }) =>
		say(
			`${clients === 1 ? 'Der eine Client' : `Alle ${wording.count(clients, 'de')} Clients`} von ${product}, ${clients === 1 ? 'den' : 'die'} dieser Server bedienen darf, ${clients === 1 ? 'ist' : 'sind'} in Gebrauch${holdersDe(holders)}.`,
			freeAt === undefined
				? 'Bitten Sie jemanden davon, das Programm zu schließen, oder versuchen Sie es später noch einmal.'
				: `Bitten Sie jemanden davon, das Programm zu schließen, oder versuchen Sie es nach ${time(freeAt)} noch einmal.`
		),
	REPLACED: () =>
		say(
			'Eine andere Kopie dieses Clients hat seinen Platz auf dem Server eingenommen.',
			'Arbeiten Sie in der zuletzt gestarteten Kopie, oder geben Sie jeder Kopie einen eigenen Client-Namen.'
		),
	LEASE_ENDED: ({ reason }) =>
		say(
			reason === ''
				? 'Dieser Client hat keinen Platz mehr auf dem Server.'
				: `Der Platz dieses Clients auf dem Server wurde beendet: „${reason}“.`,
			'Speichern Sie Ihre Arbeit und verbinden Sie sich neu.'
		),
	CLIENT_PROOF_INVALID: () =>
		say(
			'Der Server kann nicht erkennen, dass dieser Client den Aufruf gesendet hat.',
			'Verbinden Sie sich neu. Bleibt es dabei, prüfen Sie, ob etwas zwischen Client und Server verändert, was gesendet wird.'
		),
	NO_SERVER_LICENSE: ({ product }) =>
		say(
			`Keine Lizenz, die auf diesem Server aktiv ist, bedient Clients von ${product}.`,
			'Bitten Sie die Verwaltung des Servers, eine Lizenz mit Clients zu aktivieren.'
		),
	CLIENT_VERSION_REFUSED: ({ version, from, to }) =>
		say(
			`Dieser Server bedient Clients der Version ${from === to ? from : `${from} bis ${to}`}; dies ist Version ${version}.`,
			'Installieren Sie eine Version, die der Server bedient, oder bitten Sie seine Verwaltung um ein Update.'
		),
	RESOURCE_NOT_OPEN: ({ resource }) =>
		say(
			`${resource} lässt sich hier nicht öffnen: Es ist nicht auf diesem Server, oder die Lizenz dafür ist dort nicht aktiv.`,
			'Wählen Sie etwas anderes, oder fragen Sie die Verwaltung des Servers.'
		),
	RESOURCE_LIMIT_REACHED: ({ resource, limit, holders }) =>
		say(
			`${resource} ist für ${limit === 1 ? 'einen Client' : `${wording.count(limit, 'de')} Clients`} gleichzeitig offen, und ${limit === 1 ? 'einer ist' : 'so viele sind'} darin${holdersDe(holders)}.`,
			'Bitten Sie jemanden davon, es zu schließen, oder versuchen Sie es später noch einmal.'
		),
	DEPENDENCY_REFUSED: ({ dependsOn }) =>
		say(
			`Schritt ${dependsOn}, auf dem dieser aufbaut, wurde abgelehnt.`,
			'Klären Sie zuerst jenen Schritt und reichen Sie diesen dann noch einmal ein.'
		),
	CHANGED_MEANWHILE: ({ by, at }) =>
		say(
			`${by ? `${by} hat dies` : 'Dies wurde'} inzwischen${at ? ` am ${date(at)}` : ''} geändert.`,
			'Vergleichen Sie beide Fassungen und entscheiden Sie, welche bleibt. Ihre bleibt so lange erhalten.'
		)
};
