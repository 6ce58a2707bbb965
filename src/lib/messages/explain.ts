/**
 * From a refusal to the words a person reads: one table for desk, CLI, app and API alike.
 *
 * @module
 */
import type { Refusal } from '#lib/domain/refusal.ts';
import { de } from './de/refusals.ts';
import { en } from './en/refusals.ts';
import { explainFrom, explainUnknown } from './explain-code.ts';
import type { Language, Message, MessageTable } from './message.ts';

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
	return explainFrom(tables[language], { code, facts, language });
}
