/**
 * What activations are put in order by. [P11]
 *
 * @module
 */
import { slotOfAct } from '#lib/domain/seats/allotment.ts';
import type { Seconds } from '#lib/domain/time.ts';
import { lastHeard, machineName, type ActivationLine } from './activation-summary.ts';
import { NEVER, type Ordering, type OwnTexts, type Sorting } from '#lib/search/row-order.ts';
import type { SharedTexts } from '#lib/search/search-text.ts';

export const activationOrders = [
	'machine',
	'site',
	'system',
	'version',
	'product',
	'number',
	'customer',
	'who',
	'granted',
	'by',
	'generation',
	'end',
	'heard',
	'state'
] as const;
export type ActivationOrder = (typeof activationOrders)[number];

/** Without another wish, what has come last comes first. */
export const byHeard: Sorting<ActivationOrder> = { by: 'heard', descending: true };

/** Sorts behind every text: what is not known comes last. */
const NONE = '\uFFFF';

/** @param texts - Those that many rows share. */
export function activationOrdering(texts: SharedTexts): Ordering<ActivationLine, ActivationOrder> {
	return {
		first: byHeard,
		timely: ['state'],
		tieOf: ({ id }) => halvesOf(id),
		isNumeric: true,
		textsOf: (by) => (textOf(by) ? texts : undefined),
		ownTextsOf: (by) => ownTexts[by],
		valueOf: (row, by, now) => {
			const text = textOf(by);
			return text ? texts.share(text(row) ?? NONE).place : numberOf(row, by, now);
		}
	};
}

const ownTexts: Partial<Record<ActivationOrder, OwnTexts<ActivationLine>>> = {
	machine: { of: machineName, isRead: true },
	number: { of: ({ number }) => number, isRead: false }
};

function textOf(by: ActivationOrder): ((row: ActivationLine) => string | undefined) | undefined {
	switch (by) {
		case 'site':
			return ({ site }) => site;
		case 'system':
			return ({ os }) => os;
		case 'version':
			return ({ version }) => version;
		case 'product':
			return ({ title }) => title;
		case 'customer':
			return ({ customer }) => customer;
		case 'who':
			return ({ name }) => name;
		default:
			return undefined;
	}
}

function numberOf(row: ActivationLine, by: ActivationOrder, now: Seconds): number {
	switch (by) {
		case 'granted':
			return row.grantedAt;
		case 'generation':
			return row.generation;
		case 'by':
			return slotOfAct(row.id) === undefined ? 0 : 1;
		case 'end':
			return row.expiresAt ?? NEVER;
		case 'heard':
			return lastHeard(row);
		default:
			return stateOf(row, now);
	}
}

const states = ['active', 'cooling', 'returned', 'retired'];

function stateOf({ state, overage, expiresAt }: ActivationLine, now: Seconds): number {
	const isEnded = expiresAt !== undefined && expiresAt <= now;
	return 4 * states.indexOf(state) + (overage ? 2 : 0) + (isEnded ? 1 : 0);
}

const DIGITS = 12;

/** An `act` as two numbers: a UUID of version 7 rises with time, slots of a block follow each other. */
function halvesOf(act: string): [number, number] {
	const digits = act.slice(0, 36).replaceAll('-', '');
	const { slot = 0 } = slotOfAct(act) ?? {};
	const head = parseInt(digits.slice(0, DIGITS), 16) || 0;
	const tail = parseInt(digits.slice(DIGITS, 2 * DIGITS - 4), 16) || 0;
	return [head, tail * 2 ** 14 + (slot % 2 ** 14)];
}
