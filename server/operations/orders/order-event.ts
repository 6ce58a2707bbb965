/**
 * Events of a store, as they are sent.
 *
 * @module
 */
import * as z from 'zod';
import { LATEST_END } from '#lib/domain/calendar.ts';
import type { OrderEvent } from '#lib/domain/vendor/order.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { isBlank } from '#lib/domain/typed-name.ts';

/** One line for people. */
const text = z
	.string()
	.max(200)
	.regex(/^[^\p{Cc}\p{Cs}]+$/u)
	.refine((typed) => !isBlank(typed));

/** Of a purchase or a line, as the store makes them. */
const storeId = z.string().regex(/^[\x21-\x7e]{1,100}$/);
const code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
const amount = z.int().min(1).max(1_000_000);
const days = z.int().min(1).max(3650);
const end = z.int().min(0).max(LATEST_END);
const number = z.string().max(64);

const ends = {
	expiresAt: end.optional().describe('Seconds since 1970.'),
	expiryDays: days.optional(),
	maintainedUntil: end.optional().describe('Seconds since 1970.'),
	maintenanceDays: days.optional()
};

const line = z.union([
	z.strictObject({
		id: storeId,
		product: code.describe('Slug of a product of the catalog.'),
		edition: text.optional(),
		seats: amount.optional(),
		clients: amount.optional(),
		entitlements: z.array(code).max(64).optional(),
		versions: z
			.strictObject({ from: z.int().min(0), to: z.int().min(0) })
			.refine(({ from, to }) => from <= to)
			.optional(),
		...ends
	}),
	z.strictObject({ id: storeId, extends: number.describe('Number of a license.'), ...ends }),
	z.strictObject({ id: storeId, addsSeats: amount, to: number.describe('Number of a license.') })
]);

const distinct = (ids: readonly string[]) => new Set(ids).size === ids.length;

export const orderEvent = z.discriminatedUnion('type', [
	z.object({
		type: z.literal('order.paid'),
		data: z.strictObject({
			id: storeId.describe('The purchase ID.'),
			address: z.email().max(200).toLowerCase(),
			name: text.optional(),
			language: z.enum(['en', 'de']).optional(),
			lines: z
				.array(line)
				.min(1)
				.max(100)
				.refine((lines) => distinct(lines.map(({ id }) => id)))
		})
	}),
	z.object({
		type: z.literal('order.refunded'),
		data: z.strictObject({
			id: storeId.describe('The purchase ID.'),
			lines: z.array(storeId).min(1).max(100).optional()
		})
	})
]);

/** What an event says of itself before it is known to be whole. */
export type EventHead = { type: string; purchaseId?: string };

/** @returns The event, or what is wrong with it. */
export function parseEvent(body: string): OrderEvent | Refusal<'BODY_INVALID'> {
	const json = jsonOf(body);
	if (json === undefined) return refuse('BODY_INVALID', { path: '', reason: 'json' });
	const parsed = orderEvent.safeParse(json);
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	const path = issue?.path.join('.') ?? '';
	return refuse('BODY_INVALID', { path, reason: issue?.code ?? 'invalid' });
}

/** As much as can be read of an event that may be wrong. */
export function headOf(body: string): EventHead {
	const head = z
		.object({
			type: z.string().max(100),
			data: z.object({ id: storeId }).optional().catch(undefined)
		})
		.safeParse(jsonOf(body));
	return head.success ? { type: head.data.type, purchaseId: head.data.data?.id } : { type: '' };
}

function jsonOf(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return undefined;
	}
}
