/**
 * German: the vendor's console, orders of stores.
 *
 * @module
 */
import { many } from './phrases.ts';
import type { VendorOrdersTexts } from '../en/vendor-orders.ts';

const events = (count: number) => many(count, 'Ereignis', 'Ereignisse');

export const vendorOrdersDe: VendorOrdersTexts = {
	title: 'Bestellungen',
	count: (count, more) =>
		more ? `Die ersten ${events(count)} von Shops.` : `${events(count)} von Shops.`,
	searchHint: 'Kauf-ID, Adresse oder Lizenznummer',
	failedOnly: 'Nur fehlgeschlagene',
	empty: 'Noch keine Bestellungen',
	emptyText:
		'Ein Shop, der mit einem Geheimnis dieses Servers signiert, meldet ihm Zahlungen und Erstattungen; daraus entstehen Lizenzen.',
	secrets: 'Shop-Geheimnisse',
	types: { 'order.paid': 'Bezahlt', 'order.refunded': 'Erstattet' },
	states: { done: 'Erledigt', failed: 'Fehlgeschlagen' },
	noPurchase: 'Keine Kauf-ID',
	event: 'Ereignis',
	facts: {
		purchase: 'Kauf-ID',
		address: 'Adresse',
		customer: 'Kunde',
		received: 'Empfangen',
		tried: 'Zuletzt versucht',
		tries: 'Versuche',
		id: 'Ereignis-ID'
	},
	lines: 'Was daraus wurde',
	line: (id) => `Position ${id}`,
	outcomes: { made: 'Lizenz erstellt', extended: 'Verlängert', 'added-seats': 'Plätze ergänzt' },
	refunded: 'Erstattet, ausgesetzt',
	said: 'Was es besagt',
	why: 'Dieses Ereignis ausführen',
	replay: 'Erneut ausführen',
	replayed: 'Ausgeführt.',
	stillFailed: 'Es lässt sich weiterhin nicht ausführen. Die Seite sagt, warum.',
	secretsTruth:
		'Mit einem davon signiert ein Shop, was er meldet. So wechseln Sie es: ein zweites anlegen, den Shop darauf umstellen, das erste beenden. Bis dahin gelten beide.',
	make: 'Geheimnis anlegen',
	makeDo: 'Anlegen',
	name: 'Name des Shops',
	nameHint: 'Daran erkennen ihn Ihre Leute.',
	needName: 'Geben Sie einen Namen ein.',
	madeTitle: 'Das Geheimnis ist angelegt',
	madeText: 'Es wird nur dieses eine Mal gezeigt. Stellen Sie den Shop jetzt darauf ein.',
	copySecret: 'Geheimnis kopieren',
	done: 'Fertig',
	made: 'Angelegt',
	used: 'Zuletzt benutzt',
	unused: 'nie benutzt',
	end: 'Beenden',
	endTitle: (name) => `Das Geheimnis von ${name} beenden?`,
	endText: 'Was damit signiert wird, gilt ab jetzt nicht mehr.',
	ended: 'Das Geheimnis ist beendet.',
	noSecrets: 'Noch keine Geheimnisse',
	noSecretsText: 'Legen Sie für jeden Shop eines an und stellen Sie ihn darauf ein.'
};
