/**
 * Explaining a refusal by its code, from a table of texts that the caller has: the desk loads only the
 * language that it speaks.
 *
 * @module
 */
import type { Language, Message, MessageTable } from './message.ts';

/** A newer hub may use codes and facts that this version does not know. [FI7, O11] */
export function explainFrom(
	table: MessageTable,
	{ code, facts, language }: { code: string; facts: unknown; language: Language }
): Message {
	if (!Object.hasOwn(table, code)) return explainUnknown(code, facts, language);
	try {
		// Sound: the code is in the table; facts of another shape end in the catch below.
		const text = table[code as keyof MessageTable] as (facts: unknown) => Message;
		return text(facts);
	} catch {
		return explainUnknown(code, facts, language);
	}
}

/** A code without a text here: say so, with the facts as they came. */
export function explainUnknown(code: string, facts: unknown, language: Language = 'en'): Message {
	const said = plainFacts(facts);
	const contact = contactIn(facts);
	if (language === 'de')
		return {
			title: `Der Hub hat abgelehnt; den Grund „${code}“ kennt diese Version noch nicht${said}.`,
			next: contact
				? `Aktualisieren Sie Keyferry hier oder fragen Sie bei ${contact} nach.`
				: 'Aktualisieren Sie Keyferry hier; eine neuere Version erklärt den Grund.'
		};
	return {
		title: `The hub refused for a reason that this version does not know yet: “${code}”${said}.`,
		next: contact
			? `Update Keyferry here, or ask ${contact}.`
			: 'Update Keyferry here; a newer version explains the reason.'
	};
}

function plainFacts(facts: unknown): string {
	if (typeof facts !== 'object' || facts === null) return '';
	const said = Object.entries(facts)
		.filter(([, value]) => typeof value === 'string' || typeof value === 'number')
		.map(([name, value]) => `${name} ${value}`.slice(0, 80));
	return said.length ? ` (${said.slice(0, 6).join(', ')})` : '';
}

function contactIn(facts: unknown): string | undefined {
	if (typeof facts !== 'object' || facts === null || !('contact' in facts)) return undefined;
	return typeof facts.contact === 'string' && facts.contact ? facts.contact : undefined;
}
