/**
 * German: how a server is reached, as whoever sets it up says it.
 *
 * @module
 */
import type { ReachTexts } from '../en/reach.ts';

export const reachDe: ReachTexts = {
	next: 'Weiter',
	title: 'Wo ist er erreichbar?',
	truth:
		'Links in E-Mails beginnen mit dieser Adresse, und unter keinem anderen Namen antwortet der Server.',
	vendor: 'Ihr Name als Hersteller',
	vendorHint: 'Firma oder Marke. Jeder Lizenzschlüssel und jede Datei nennt ihn.',
	needVendor: 'Geben Sie einen Namen ein.',
	url: 'Öffentliche Adresse',
	urlHint: 'So, wie man sie eintippt: mit https:// und, wenn nötig, dem Port.',
	wrongUrl: 'Geben Sie eine Adresse wie https://hub.example.com ein, ohne Pfad.',
	givenUrl: 'Beim Start des Servers mit --url angegeben.',
	names: 'Dieser Rechner heißt',
	tls: 'Verschlüsselung',
	kind: {
		authority: 'Hier ein Zertifikat erstellen',
		files: 'Ich habe ein Zertifikat',
		proxy: 'Ein Proxy davor verschlüsselt',
		none: 'Nur auf diesem Rechner',
		options: 'Durch die Optionen des Servers'
	},
	about: {
		authority:
			'Für eigene Netze. Jedes Gerät muss zuerst einem Zertifikat vertrauen, das der Server anbietet.',
		files: 'Ein Zertifikat und sein Schlüssel als PEM-Dateien auf dem Rechner des Servers.',
		proxy: 'nginx, Caddy, ein Load Balancer: Er hat das Zertifikat und reicht Aufrufe weiter.',
		none: 'Zum Ausprobieren, unter http://localhost. Andere Geräte brauchen Verschlüsselung.',
		options: 'Das Zertifikat wurde beim Start mit --tls-cert und --tls-key angegeben.'
	},
	cert: 'Pfad des Zertifikats',
	certHint: 'Mit seiner Kette, zum Beispiel /etc/ssl/hub.crt',
	key: 'Pfad des privaten Schlüssels',
	keyHint: 'Der Server muss ihn lesen dürfen.',
	needPath: 'Geben Sie einen Pfad auf dem Rechner des Servers ein.',
	proxies: 'Adressen des Proxys',
	proxiesHint:
		'Adressen oder Netze wie 10.0.0.0/8, durch Kommas getrennt. Nur ihnen wird geglaubt.',
	needProxies: 'Geben Sie mindestens eine Adresse ein.',
	localOnly:
		'Browser erlauben das nur unter localhost: Wählen Sie für andere Geräte eine Verschlüsselung.',
	listening: (address) => `Der Server lauscht unter ${address}.`,
	save: 'Speichern und prüfen',
	checkTitle: 'Prüfung aus diesem Browser',
	checking: (url) => `Dieser Browser ruft den Server unter ${url} auf.`,
	reached: (url) => `Dieser Browser erreicht den Server unter ${url}.`,
	other: (seen) => `Der Server wurde erreicht, aber als ${seen} aufgerufen.`,
	otherHost:
		'Der Proxy muss den Host-Header weiterreichen, und die Adresse muss die sein, die man verwendet.',
	unnamedProxy: (from) =>
		`Der Aufruf kam von ${from}. Dieser Proxy ist nicht genannt, deshalb wird ihm nicht geglaubt.`,
	nameProxy: (from) => `${from} hinzufügen`,
	unreached: (url) => `Dieser Browser erreicht den Server unter ${url} nicht.`,
	look: {
		name: 'Führt der Name zu diesem Rechner? Bis ein Name überall bekannt ist, kann eine Stunde vergehen.',
		port: (listening) => `Stimmt der Port der Adresse? Der Server lauscht unter ${listening}.`,
		wall: 'Lässt eine Firewall den Aufruf durch?',
		trust: 'Vertraut dieses Gerät dem Zertifikat? Installieren Sie es, und prüfen Sie erneut.',
		proxy: 'Läuft der Proxy, und reicht er Aufrufe an diesen Server weiter?'
	},
	saveAuthority: 'Zertifikat zum Vertrauen speichern',
	open: 'Adresse in neuem Tab öffnen',
	openHint: 'Dort sagt der Browser selbst, woran es liegt.',
	again: 'Erneut prüfen',
	anyway: 'Ohne Prüfung weiter',
	edit: 'Adresse ändern',
	saved: (vendor, url) => `${vendor} unter ${url}.`
};
