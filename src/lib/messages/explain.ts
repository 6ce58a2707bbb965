/**
 * From a refusal to the words a person reads: one table for desk, CLI, app and API alike.
 *
 * @module
 */
import type { Refusal, RefusalCode, Refusals } from '#lib/domain/refusal.ts';
import { de } from './de/refusals.ts';
import { en } from './en/refusals.ts';
import type { Language, Message, MessageTable } from './words/message.ts';

const tables: Record<Language, MessageTable> = { en, de };

/** What happened and what to do next. */
export function explain(refusal: Refusal, language: Language = 'en'): Message {
	return explainCode(refusal.refused, refusal.facts, language);
}

/**
 * The same for a refusal that somebody else wrote, in a file or an answer: a newer hub may use codes and
 * facts that this version does not know, and a hostile one anything. [FI7, O11]
 */
export function explainCode(code: string, facts: unknown, language: Language = 'en'): Message {
	const table = tables[language];
	if (!Object.hasOwn(table, code)) return explainUnknown(code, facts, language);
	try {
		// Sound: the code is in the table; facts of another shape end in the catch below.
		const text = table[code as keyof MessageTable] as (facts: unknown) => Message;
		return text(checked(facts));
	} catch {
		return explainUnknown(code, facts, language);
	}
}

type OptionalIn<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T];
/** Facts that a refusal may do without; a new one does not compile until it is here. */
const optionalFacts: Record<{ [C in RefusalCode]: OptionalIn<Refusals[C]> }[RefusalCode], true> = {
	freeAt: true,
	line: true,
	upgrade: true,
	by: true,
	id: true,
	at: true
};

/** Longer than any label, address or list that belongs into a sentence. */
const FACT_LENGTH_LIMIT = 300;

/** Facts that answer for themselves: asked for one that is not there, or is no plain value, they throw. */
function checked(facts: unknown): object {
	if (typeof facts !== 'object' || facts === null) throw new TypeError('no facts');
	return new Proxy(facts, {
		get(target, name) {
			const value: unknown = Reflect.get(target, name);
			if (value === undefined && typeof name === 'string' && Object.hasOwn(optionalFacts, name))
				return undefined;
			if (!Array.isArray(value)) return plainValue(value);
			return name === 'holders' ? value.map(plainRecord) : value.map(plainValue);
		}
	});
}

/** Whoever holds a lease. [LE7] */
function plainRecord(value: unknown): object {
	if (typeof value !== 'object' || value === null) throw new TypeError('no record');
	return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plainValue(each)]));
}

function plainValue(value: unknown): string | number | boolean {
	if (typeof value === 'string') return value.slice(0, FACT_LENGTH_LIMIT);
	if (typeof value === 'boolean' || Number.isFinite(value)) return value as boolean | number;
	throw new TypeError('no plain value');
}

/** A code without a text here: say so, with the facts as they came. */
function explainUnknown(code: string, facts: unknown, language: Language = 'en'): Message {
	const shown = plainFacts(facts);
	const name = code.slice(0, 80);
	const contact = contactIn(facts);
	if (language === 'de')
		return {
			title: `Der Server hat abgelehnt; den Grund „${name}“ kennt diese Version noch nicht${shown}.`,
			next: contact
				? `Aktualisieren Sie Keyferry hier oder fragen Sie bei ${contact} nach.`
				: 'Aktualisieren Sie Keyferry hier. Eine neuere Version erklärt den Grund.'
		};
	return {
		title: `The server refused for a reason that this version does not know yet: “${name}”${shown}.`,
		next: contact
			? `Update Keyferry here, or ask ${contact}.`
			: 'Update Keyferry here. A newer version explains the reason.'
	};
}

function plainFacts(facts: unknown): string {
	if (typeof facts !== 'object' || facts === null) return '';
	const shown = Object.entries(facts)
		.filter(([, value]) => typeof value === 'string' || Number.isFinite(value))
		.map(([name, value]) => `${name} ${value}`.slice(0, 80));
	return shown.length ? ` (${shown.slice(0, 6).join(', ')})` : '';
}

function contactIn(facts: unknown): string | undefined {
	if (typeof facts !== 'object' || facts === null || !('contact' in facts)) return undefined;
	return typeof facts.contact === 'string' && facts.contact
		? facts.contact.slice(0, FACT_LENGTH_LIMIT)
		: undefined;
}
