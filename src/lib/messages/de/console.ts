/**
 * German: the vendor's console, what was done and how the server stands.
 *
 * @module
 */
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
			hub: 'Server',
			'hub-time': 'Uhr'
		},
		from: 'Ab',
		to: 'Bis',
		empty: 'Noch wurde nichts getan',
		emptyText: 'Einträge erscheinen hier, sobald sich etwas ändert.',
		actors: { carrier: 'Wer es gebracht hat', hub: 'Der Server', operator: 'Der Betreiber' },
		actions: {
			'customer.added': 'Kunde hinzugefügt',
			'customer.changed': 'Kunde geändert',
			'product.added': 'Produkt hinzugefügt',
			'product.changed': 'Produkt geändert',
			'person.invited': 'Person eingeladen',
			'person.uninvited': 'Einladung zurückgezogen',
			'person.joined': 'Person beigetreten',
			'person.role-changed': 'Rolle geändert',
			'person.left': 'Person entfernt',
			'device.ended': 'Gerät beendet',
			'site-server.approved': 'Lizenz an einen Standortserver gegeben',
			'site-server.reported': 'Nutzung von einem Standortserver gemeldet',
			'license.issued': 'Lizenz ausgestellt',
			'license.changed': 'Lizenz geändert',
			'license.renewed': 'Lizenz verlängert',
			'license.upgraded': 'Upgrade der Lizenz ausgestellt',
			'license.moved': 'Lizenz verschoben',
			'license.suspended': 'Lizenz gesperrt',
			'license.resumed': 'Lizenz entsperrt',
			'license.frozen': 'Lizenz eingefroren',
			'license.unfrozen': 'Einfrieren aufgehoben',
			'license.reissued': 'Lizenzschlüssel neu signiert',
			'license.adopted': 'Lizenz wiedergefunden',
			'license.noted': 'Notiz zur Lizenz geändert',
			'license.allowed': 'Funktion geschaltet',
			'activation.granted': 'Rechner aktiviert',
			'activation.renewed': 'Aktivierung verlängert',
			'activation.adopted': 'Aktivierung wiedergefunden',
			'activation.returned': 'Platz zurückgegeben',
			'activation.retired': 'Rechner ausgemustert',
			'activation.drawn': 'Rechner offline aktiviert',
			'activation.ended': 'Überzähliger Platz beendet',
			'activation.described': 'Rechner durch seine Anfrage beschrieben',
			'activation.labeled': 'Rechner umbenannt',
			'activation.sited': 'Standort eines Rechners geändert',
			'seat.cooled': 'Gesperrter Platz frei',
			'allotment.reserved': 'Offline-Plätze reserviert',
			'allotment.adopted': 'Offline-Plätze wiedergefunden',
			'allotment.closed': 'Offline-Plätze zurückgegeben',
			'allotment.frozen': 'Offline-Plätze angehalten',
			'allotment.expired': 'Offline-Plätze abgelaufen',
			'allotment.written-off': 'Offline-Plätze abgeschrieben',
			'request.waiting': 'Anfrage wartet auf einen Platz',
			'request.withdrawn': 'Wartende Anfrage zurückgezogen',
			'request.expired': 'Wartende Anfrage abgelaufen',
			'hub.restored': 'Server aus einer Sicherung wiederhergestellt',
			'hub.second-factor': 'Zweiter Faktor für das Personal',
			'hub-time.confirmed': 'Uhr bestätigt'
		}
	},
	server: {
		title: 'Server',
		truth: 'Die Schlüssel, mit denen er signiert, und die Mails, die er verschickt.',
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
