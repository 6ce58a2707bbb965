/**
 * Pages of license keys as they came: one of which a key could not be put together is refused before anything of it is
 * stored, and asked for again. [SY5]
 *
 * @module
 */
import type { KeysAsked, KeysPage, KeyTokens } from '#lib/protocol/pull.ts';
import type { KeyForm, OwnKey, ToldKeys } from '#lib/protocol/told-keys.ts';
import { TOKEN_LENGTH_LIMIT } from '#lib/formats/jws.ts';
import { isRecord, must } from './whole-page.ts';

type Before = KeyTokens['before'];

/** @throws HubFault where keys are not whole, or of nobody who was asked for, or it never comes to an end. */
export function wholeKeys(page: KeysPage, { customerIds }: KeysAsked): KeysPage {
	const { before, customers, alike, next } = page;
	must(isRecord(before) && Object.values(before).every(areTexts), 'no tokens before keys');
	const all = alike ?? customers;
	must(Array.isArray(all) && all.every((some) => isRecord(some) && isRecord(some.own)), 'no keys');
	const asked = new Set(customerIds);
	const areAsked = all.every(({ customerId }) => asked.has(customerId));
	must(areAsked, 'keys of customers that were not asked for');
	must(
		alike ? alike.every((some) => areTold(some, before)) : areWhole(customers, before),
		'keys that are not whole'
	);
	const isOnward =
		!next || (asked.has(next.customerId) && all.some(({ own }) => Object.hasOwn(own, next.after)));
	must(isOnward, 'a place to go on where no key is');
	return page;
}

function areWhole(customers: KeysPage['customers'], before: Before): boolean {
	return customers.every(({ own }) =>
		Object.values(own).every(
			(key) => isRecord(key) && Object.hasOwn(before, key.kid) && typeof key.token === 'string'
		)
	);
}

function areTold({ forms, own }: ToldKeys, before: Before): boolean {
	if (!Array.isArray(forms) || !forms.every((form) => isRecord(form) && isForm(form, before)))
		return false;
	const sizes = forms.map(({ gaps }) => sizeOf(gaps));
	return Object.values(own).every((key) => isOwn(key, sizes));
}

function isForm({ kid, parts, gaps }: KeyForm, before: Before): boolean {
	return (
		Object.hasOwn(before, kid) &&
		areTexts(parts) &&
		Array.isArray(gaps) &&
		gaps.every((gap) => Number.isSafeInteger(gap) && gap > 0) &&
		parts.length === gaps.length + 1 &&
		parts.join('').length + sizeOf(gaps) <= TOKEN_LENGTH_LIMIT
	);
}

/** @param sizes - Signs that a token of each form has for itself. */
function isOwn(key: OwnKey, sizes: readonly number[]): boolean {
	if (!Array.isArray(key)) return false;
	const [form, text] = key;
	return Number.isSafeInteger(form) && typeof text === 'string' && text.length === sizes[form];
}

function sizeOf(gaps: readonly number[]): number {
	return gaps.reduce((sum, gap) => sum + gap, 0);
}

function areTexts(value: unknown): boolean {
	return Array.isArray(value) && value.every((text) => typeof text === 'string');
}
