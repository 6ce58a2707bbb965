/**
 * German: the vendor's console, servers that are told of events.
 *
 * @module
 */
import { many } from './phrases.ts';
import type { VendorWebhooksTexts } from '../en/vendor-webhooks.ts';

const events = (count: number) => many(count, 'Ereignis', 'Ereignisse');

export const vendorWebhooksDe: VendorWebhooksTexts = {
	title: 'Webhooks',
	truth:
		'Dieser Server meldet anderen, was aus Lizenzen und Aktivierungen wird, signiert und jeweils einmal.',
	empty: 'Noch keine Webhooks',
	emptyText: 'Fügen Sie die Adresse eines Ihrer Server hinzu, der es wissen will, etwa eines CRM.',
	add: 'Webhook hinzufügen',
	addDo: 'Hinzufügen',
	url: 'Adresse',
	urlHint: 'Sie beginnt mit https:// und führt zu einem Server im Internet.',
	needUrl: 'Geben Sie eine Adresse ein, die mit https:// beginnt.',
	events: 'Ereignisse',
	needEvent: 'Wählen Sie mindestens eines.',
	kinds: {
		'license.created': 'Lizenz erstellt',
		'license.changed': 'Lizenz geändert',
		'license.suspended': 'Lizenz ausgesetzt',
		'license.resumed': 'Lizenz fortgesetzt',
		'license.moved': 'Lizenz übertragen',
		'activation.created': 'Rechner aktiviert',
		'activation.renewed': 'Aktivierung erneuert',
		'activation.returned': 'Aktivierung zurückgegeben',
		'activation.retired': 'Aktivierung stillgelegt',
		'activation.ended': 'Aktivierung über dem Limit beendet'
	},
	all: 'Alle Ereignisse',
	some: (count) => many(count, 'Art von Ereignissen', 'Arten von Ereignissen'),
	madeTitle: 'Das Geheimnis dieses Webhooks',
	madeText: 'Es wird nur dieses eine Mal gezeigt. Der andere Server prüft damit Signaturen.',
	copySecret: 'Geheimnis kopieren',
	done: 'Fertig',
	on: 'Ein',
	off: 'Aus',
	turnOn: 'Einschalten',
	turnOff: 'Ausschalten',
	newSecret: 'Neues Geheimnis',
	newSecretTitle: (url) => `Ein neues Geheimnis für ${url} anlegen?`,
	newSecretText:
		'Das alte endet sofort. Was der andere Server bis dahin ablehnt, wird noch einmal gesendet.',
	remove: 'Entfernen',
	removeTitle: (url) => `${url} entfernen?`,
	removeText: 'Dorthin wird nichts mehr gemeldet, und was wartet, wird vergessen.',
	removed: 'Der Webhook ist entfernt.',
	waiting: (count) => (count === 1 ? '1 Ereignis wartet' : `${events(count)} warten`),
	failed: (count) => `${events(count)} aufgegeben`,
	log: 'Was gemeldet wurde',
	refresh: 'Aktualisieren',
	failedOnly: 'Nur aufgegebene',
	nothingTold: 'Noch wurde nichts gemeldet',
	nothingToldText: 'Ereignisse erscheinen hier, sobald aus einer Lizenz etwas wird.',
	states: { waiting: 'Wartet', sent: 'Gesendet', failed: 'Aufgegeben' },
	tries: (count) => many(count, 'Versuch', 'Versuche'),
	answered: (status) => `Antwort ${status}`,
	replay: 'Noch einmal senden',
	replayed: 'Es wird noch einmal gesendet.'
};
