/**
 * German: the frame of a refusal; its text is in refusals.ts.
 *
 * @module
 */
import type { RefusalCardTexts } from '../en/refusal-card.ts';

export const refusalCardDe: RefusalCardTexts = {
	asked: 'Gefragt',
	facts: 'Angaben',
	next: 'Wie es weitergeht',
	code: 'Code',
	fact: {
		number: 'Lizenz',
		seats: 'Plätze',
		used: 'Vergeben',
		contact: 'Kontakt',
		expiredAt: 'Abgelaufen',
		clock: 'Uhr hier',
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
		reason: 'Einzelheit',
		kid: 'Schlüssel',
		signedAt: 'Signiert',
		maintainedUntil: 'Wartung bis',
		builtAt: 'Erstellt',
		product: 'Produkt'
	}
};
