/**
 * The facts of a refusal as name and value for people.
 *
 * @module
 */
import { componentList } from '#lib/messages/words/components.ts';
import type { Language } from '#lib/messages/words/message.ts';
import { reasonText, typeName } from '#lib/messages/words/names.ts';
import { day, moment } from '#lib/messages/words/wording.ts';

const days = new Set(['expiredAt', 'signedAt', 'maintainedUntil', 'builtAt']);
const clocks = new Set(['clock', 'trusted']);
const machineParts = new Set(['matched', 'differ', 'present']);

/** Facts without a name are for machines and stay out. */
export function readFacts(
	facts: object,
	{ names, language }: { names: Record<string, string>; language: Language }
): { name: string; value: string }[] {
	return Object.entries(facts).flatMap(([key, value]) => {
		const name = Object.hasOwn(names, key) ? names[key] : undefined;
		const text = name && readValue(key, value, language);
		return name && text ? [{ name, value: text }] : [];
	});
}

function readValue(key: string, value: unknown, language: Language): string {
	if (typeof value === 'number' && Number.isFinite(value)) {
		if (days.has(key)) return day(value, language);
		if (clocks.has(key)) return moment(value, language);
	}
	if (Array.isArray(value)) {
		const items = value.filter((item) => typeof item === 'string');
		return machineParts.has(key) ? componentList(items, language) : items.join(', ');
	}
	if (key === 'reason' && typeof value === 'string') return reasonText(value, language);
	if (key === 'found' && typeof value === 'string') return typeName(value, language);
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
