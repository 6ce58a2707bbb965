/**
 * German: the frame of a refusal; its text is in refusals.ts.
 *
 * @module
 */
import type { RefusalCardTexts } from '../en/refusal-card.ts';

export const refusalCardDe: RefusalCardTexts = {
	asked: 'Angefragt',
	facts: 'Details',
	next: 'Nächste Schritte',
	code: 'Code',
	fact: {
		number: 'Lizenz',
		seats: 'Plätze',
		used: 'Vergeben',
		contact: 'Kontakt',
		expiredAt: 'Abgelaufen',
		clock: 'Uhr auf diesem Gerät',
		trusted: 'Gesicherte Zeit',
		version: 'Version',
		from: 'Gilt ab',
		to: 'Gilt bis',
		expected: 'Erwartet',
		found: 'Gefunden',
		matched: 'Gleich',
		differ: 'Verschieden',
		needed: 'Nötig',
		line: 'Zeile',
		reason: 'Grund',
		kid: 'Schlüssel',
		signedAt: 'Signiert',
		maintainedUntil: 'Wartung bis',
		builtAt: 'Erstellt',
		product: 'Produkt'
	}
};
