/**
 * From a refusal to the words a person reads: one table for desk, CLI, app and API alike.
 *
 * @module
 */
import type { Refusal } from '#lib/domain/refusal.ts';
import { de } from './de/refusals.ts';
import { en } from './en/refusals.ts';
import type { Language, Message, MessageTable } from './words/message.ts';

const tables: Record<Language, MessageTable> = { en, de };

/** What happened and what to do next. */
export function explain(refusal: Refusal, language: Language = 'en'): Message {
	const table = tables[language];
	// Sound: `facts` belongs to this very code, which the union cannot say across an index.
	const text = table[refusal.refused] as ((facts: unknown) => Message) | undefined;
	return text ? text(refusal.facts) : explainUnknown(refusal.refused, refusal.facts, language);
}

/**
 * The same for a refusal that came in a file: a newer hub may use codes and facts that this
 * version does not know. [FI7, O11]
 */
export function explainCode(code: string, facts: unknown, language: Language = 'en'): Message {
	const table = tables[language];
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
function explainUnknown(code: string, facts: unknown, language: Language = 'en'): Message {
	const shown = plainFacts(facts);
	const contact = contactIn(facts);
	if (language === 'de')
		return {
			title: `Der Server hat abgelehnt; den Grund „${code}“ kennt diese Version noch nicht${shown}.`,
			next: contact
				? `Aktualisieren Sie Keyferry hier oder fragen Sie bei ${contact} nach.`
				: 'Aktualisieren Sie Keyferry hier. Eine neuere Version erklärt den Grund.'
		};
	return {
		title: `The server refused for a reason that this version does not know yet: “${code}”${shown}.`,
		next: contact
			? `Update Keyferry here, or ask ${contact}.`
			: 'Update Keyferry here. A newer version explains the reason.'
	};
}

function plainFacts(facts: unknown): string {
	if (typeof facts !== 'object' || facts === null) return '';
	const shown = Object.entries(facts)
		.filter(([, value]) => typeof value === 'string' || typeof value === 'number')
		.map(([name, value]) => `${name} ${value}`.slice(0, 80));
	return shown.length ? ` (${shown.slice(0, 6).join(', ')})` : '';
}

function contactIn(facts: unknown): string | undefined {
	if (typeof facts !== 'object' || facts === null || !('contact' in facts)) return undefined;
	return typeof facts.contact === 'string' && facts.contact ? facts.contact : undefined;
}
