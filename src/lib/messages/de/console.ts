/**
 * German: the vendor's console, what was done and how the server stands.
 *
 * @module
 */
import { historyDe } from './history.ts';
import type { ConsoleTexts } from '../en/console.ts';
import { many } from './phrases.ts';

const entries = (count: number) => many(count, 'Eintrag', 'Einträge');

export const consoleDe: ConsoleTexts = {
	audit: {
		title: 'Protokoll',
		truth: 'Was getan wurde, von wem und wann. Einträge werden nie geändert oder entfernt.',
		of: 'Von',
		vendor: 'Hersteller',
		count: (count, more) => (more ? `Die neuesten ${entries(count)}` : entries(count)),
		searchHint: 'Lizenznummer, Rechner, Person',
		kind: 'Art',
		anyKind: 'Alles',
		kinds: {
			license: 'Lizenzen',
			activation: 'Aktivierungen',
			seat: 'Plätze',
			allotment: 'Offline-Plätze',
			request: 'Anfragen',
			person: 'Personen',
			device: 'Geräte',
			'site-server': 'Standortserver',
			customer: 'Kunde',
			product: 'Produkte',
			release: 'Releases',
			hub: 'Server',
			'hub-time': 'Uhr'
		},
		from: 'Ab',
		to: 'Bis',
		empty: 'Noch wurde nichts getan',
		emptyText: 'Einträge erscheinen hier, sobald sich etwas ändert.',
		actors: { carrier: 'Wer es gebracht hat', hub: 'Der Server', operator: 'Der Betreiber' },
		actions: {
			...historyDe.actions,
			'customer.added': 'Kunde hinzugefügt',
			'customer.purchase-changed': 'Adresse eines Kaufs geändert',
			'hub.store-secret-added': 'Shop-Geheimnis angelegt',
			'hub.store-secret-ended': 'Shop-Geheimnis beendet',
			'hub.webhook-added': 'Webhook hinzugefügt',
			'hub.webhook-changed': 'Webhook geändert',
			'hub.webhook-removed': 'Webhook entfernt',
			'customer.changed': 'Kunde geändert',
			'product.added': 'Produkt hinzugefügt',
			'product.changed': 'Produkt geändert',
			'release.added': 'Release hinzugefügt',
			'release.changed': 'Release geändert',
			'release.withdrawn': 'Release zurückgezogen',
			'person.invited': 'Person eingeladen',
			'person.uninvited': 'Einladung zurückgezogen',
			'person.joined': 'Person beigetreten',
			'person.role-changed': 'Rolle geändert',
			'person.left': 'Person entfernt',
			'device.ended': 'Gerät beendet',
			'hub.restored': 'Server aus einer Sicherung wiederhergestellt',
			'hub.face-changed': 'Auftritt des Herstellers geändert',
			'hub.second-factor': 'Zweiter Faktor für das Personal',
			'hub-time.confirmed': 'Uhr bestätigt'
		}
	},
	face: {
		title: 'Ihr Auftritt',
		text: 'Name, Logo, Farbe und Support-Adresse stehen in der App, auf gedruckten Blättern und in E-Mails. Die Apps erfahren davon mit der nächsten Synchronisierung und zeigen es auch offline.',
		name: 'Name',
		nameHint: 'Anstelle von Keyferry.',
		support: 'Support-Adresse',
		supportHint: 'Antworten auf E-Mails dieses Servers gehen dorthin.',
		wrongSupport: 'Geben Sie eine E-Mail-Adresse ein oder lassen Sie das Feld leer.',
		accent: 'Farbe',
		accentHint: 'Als #1f5fbf, oder leer für die von Keyferry.',
		wrongAccent: 'Schreiben Sie eine Farbe als # und sechs Zeichen von 0 bis f.',
		light: 'Hell',
		dark: 'Dunkel',
		sample: 'Aktivieren',
		sampleLink: 'Link',
		asIs: (color) => `${color}, unverändert`,
		adjusted: (color) => `${color}: angepasst, damit Text lesbar ist (4,5:1)`,
		logo: 'Logo',
		logoHint:
			'PNG, höchstens 512 × 512 Pixel und 64 KB. Was sonst noch in der Datei steht, wird weggelassen.',
		choose: 'Logo wählen',
		removeLogo: 'Logo entfernen',
		save: 'Speichern',
		saved: 'Gespeichert. Die Apps zeigen es nach der nächsten Synchronisierung.'
	},
	server: {
		title: 'Server',
		truth: 'Die Schlüssel, mit denen er signiert, die Mails, die er verschickt, und Ihr Auftritt.',
		keys: 'Schlüssel',
		keysText: 'Was ein abgelöster Schlüssel signiert hat, bleibt für immer gültig.',
		signs: 'Signiert',
		retired: 'Abgelöst',
		voided: 'Ungültig',
		until: 'Bis',
		from: 'Ab',
		roots: 'Vertraute Wurzelschlüssel',
		rotate:
			'Ein neuer Schlüssel wird auf dem Server selbst gemacht; der Wurzelschlüssel wird nur für diesen Befehl gebracht:',
		mail: 'Mail',
		noMail: 'Noch wurde keine Mail verschickt.',
		states: { waiting: 'Wartet', sent: 'Gesendet', failed: 'Fehlgeschlagen' },
		test: 'Testnachricht senden',
		testTo: 'An',
		wrongTo: 'Geben Sie eine E-Mail-Adresse ein.',
		testPut: (to) => `Eine Testnachricht an ${to} ist unterwegs. Sie erscheint unten.`
	}
};
