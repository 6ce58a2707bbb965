/**
 * German: what a look at the machine of a server finds, and what mends it.
 *
 * @module
 */
import type { DoctorTexts } from '../en/doctor.ts';
import { n } from './phrases.ts';

const gigabytes = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(1).replace('.', ',')} GB`;

export const doctorDe: DoctorTexts = {
	names: {
		folder: 'Ordner',
		rights: 'Rechte',
		disk: 'Speicherplatz',
		roots: 'Stammschlüssel',
		machine: 'Rechner',
		virtual: 'Virtuelle Maschine',
		license: 'Lizenz',
		clock: 'Uhr',
		port: 'Port',
		firewall: 'Firewall',
		certificate: 'Zertifikat',
		address: 'Adresse'
	},
	folder: (data) => `${data} kann gelesen und beschrieben werden.`,
	folderToCome: (data) => `${data} wird beim ersten Start angelegt.`,
	folderClosed: (data) => `${data} kann nicht beschrieben werden.`,
	folderMend:
		'Wählen Sie einen anderen Ordner, oder lassen Sie den Server von dessen Besitzer starten.',
	rights: 'Schlüssel und Einstellungen sind nur für ihren Besitzer lesbar.',
	rightsOpen: (names) => `Andere können ${names} lesen.`,
	rightsMend: (data) => `chmod -R go= ${data}`,
	notOnWindows: 'Wird unter Windows nicht geprüft.',
	disk: (bytes, data) => `${gigabytes(bytes)} sind frei, wo ${data} liegt.`,
	diskMend: 'Schaffen Sie Platz: Ein Server, der nicht schreiben kann, lehnt alles ab.',
	roots: (count) => `${n(count)} festgelegt. Lizenzen werden damit geprüft.`,
	rootsMissing: 'Es gibt keine Stammschlüssel, also kann keine Lizenz geprüft werden.',
	rootsMend: 'Starten Sie ihn aus dem Kit, oder nennen Sie die Datei: --roots roots.json',
	machine: (components) => `Er ist zu erkennen an: ${components}.`,
	machineWeak: (components) =>
		components === ''
			? 'Nichts unterscheidet diesen Rechner von anderen.'
			: `Nur daran ist der Rechner zu erkennen: ${components}. Das reicht nicht.`,
	machineMend:
		'Betreiben Sie ihn auf dem Rechner selbst, oder auf einem, dessen Seriennummer, Datenträger oder Netzwerkadapter Programme lesen können.',
	copied: 'Die Lizenzdaten des Ordners gehören zu einem anderen Rechner.',
	copiedMend:
		'Beginnen Sie hier mit einem leeren Ordner; auf dem alten Rechner geht es weiter wie bisher.',
	hardware: 'Das ist keine virtuelle Maschine.',
	virtual: 'Das ist eine virtuelle Maschine.',
	virtualMend:
		'Eine Lizenz kann das ausschließen: Nehmen Sie dann einen echten Rechner, oder fragen Sie den Hersteller.',
	license: (count, clients) => `${n(count)} aktiv, für ${n(clients)} Clients gleichzeitig.`,
	unlicensed: 'Noch ist keine Lizenz aktiv.',
	unlicensedMend:
		'Schalten Sie den Server auf seiner Seite frei, oder mit keyferry request und keyferry load.',
	clock: (utc) => `Nach diesem Rechner ist es ${utc} UTC.`,
	clockBehind: (utc, trusted) =>
		`Nach diesem Rechner ist es ${utc} UTC, und eine Lizenz wurde um ${trusted} UTC signiert.`,
	clockBefore: (utc) =>
		`Nach diesem Rechner ist es ${utc} UTC; das ist, bevor sein Ordner geschrieben wurde.`,
	clockMend: 'Stellen Sie die Uhr.',
	portFree: (host, port) => `${host} Port ${port} ist frei.`,
	portOwn: 'Der Server dieses Ordners läuft.',
	portTaken: (host, port, code) => `Auf ${host} Port ${port} kann nicht gehört werden (${code}).`,
	portMend: (next) =>
		`Beenden Sie, was dort läuft, oder wählen Sie einen anderen Port, etwa ${next}.`,
	firewallLocal: 'Nur dieser Rechner wird gehört: Kein Client erreicht ihn von woanders.',
	firewallLocalMend: 'Starten Sie ihn mit --host 0.0.0.0, sobald er eingerichtet ist.',
	firewallNone: 'Soweit zu sehen ist, ist keine Firewall dieses Rechners an.',
	firewallOpen: (name, port) => `${name} lässt Clients auf Port ${port} herein.`,
	firewallShut: (name, port) => `${name} hält Clients auf Port ${port} ab.`,
	firewallUnknown: (name) => `${name} ist an; was sie hereinlässt, erfährt nur die Administration.`,
	firewallMend: (command) => `Als Administrator: ${command}`,
	certificateNone:
		'Keines: Die Verbindungen sind nicht verschlüsselt. Lizenzen und Leases bleiben auch so echt.',
	certificateMend:
		'Nennen Sie eines, oder lassen Sie den Server auf der Seite „Einstellungen“ eine eigene Zertifizierungsstelle anlegen.',
	certificateElsewhere: (host) => `Es gilt nicht für ${host}.`,
	certificateNew: (host) => `Erstellen Sie eines, das ${host} nennt.`,
	certificate: (host, day) => `Es gilt für ${host} und endet am ${day}.`,
	certificateEnds: (host, day) => `Es gilt für ${host} und endet bald: am ${day}.`,
	certificateEnded: (day) => `Es ist am ${day} abgelaufen.`,
	certificateRenew: 'Erneuern Sie es.',
	addressNone: 'Keine Adresse genannt: Clients erfahren die des Rechners.',
	address: (url) => `${url} führt zu diesem Server.`,
	addressOther: (url, status) => `${url} antwortet ${status} und ist kein solcher Server.`,
	addressSilent: (url, code) => `${url} ist von hier nicht zu erreichen (${code}).`,
	addressMend: 'Prüfen Sie Nameserver, Proxy, dessen Zertifikat und die Firewall.'
};
