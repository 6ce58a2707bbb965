/**
 * What Stripe says, as an order of Keyferry: a paid checkout is a purchase of one line, named by its
 * payment, so that a refund of that payment leads to it.
 *
 * @see https://docs.stripe.com/webhooks/signature, "Verify manually"
 * @see https://docs.stripe.com/api/checkout/sessions/object
 * @module
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Seconds, as Stripe's own libraries have it. */
const TOLERANCE = 300;

type Session = {
	id: string;
	payment_intent: string | null;
	payment_status: string;
	customer_details: { email: string | null; name: string | null } | null;
	locale: string | null;
	/** As it is set on the payment link, or when the session is made. */
	metadata: Record<string, string> | null;
};

type Charge = { payment_intent: string | null; refunded: boolean };

export type StripeEvent = { id: string; type: string; data: { object: unknown } };

/** @param now - Seconds since 1970. */
export function isFromStripe(
	{ header, body }: { header: string; body: string },
	{ secret, now }: { secret: string; now: number }
): boolean {
	const parts = header.split(',').map((part) => part.split('='));
	const at = parts.find(([name]) => name === 't')?.[1] ?? '';
	if (!/^\d{1,11}$/.test(at) || Math.abs(now - Number(at)) > TOLERANCE) return false;
	const mac = createHmac('sha256', secret).update(`${at}.${body}`).digest();
	// Two while the secret changes.
	const given = parts.filter(([name]) => name === 'v1').map(([, hex]) => Buffer.from(hex!, 'hex'));
	return given.some((each) => each.length === mac.length && timingSafeEqual(each, mac));
}

/** @returns Nothing for what makes and ends no license: unpaid, refunded in part, or sold without a product of Keyferry. */
export function orderOf({ type, data: { object } }: StripeEvent): object | undefined {
	switch (type) {
		case 'checkout.session.completed':
		case 'checkout.session.async_payment_succeeded':
			return paid(object as Session);
		case 'charge.refunded': {
			const { payment_intent, refunded } = object as Charge;
			if (payment_intent === null || !refunded) return undefined;
			return { type: 'order.refunded', data: { id: payment_intent } };
		}
		default:
			return undefined;
	}
}

function paid({ id, payment_intent, metadata, ...session }: Session): object | undefined {
	const { keyferry_product: product, keyferry_extends: extended, ...said } = metadata ?? {};
	const { email, name } = session.customer_details ?? {};
	if (session.payment_status === 'unpaid' || !email || (!product && !extended)) return undefined;
	const { keyferry_seats: seats, keyferry_days: days } = said;
	const line = {
		id,
		...(product ? { product, ...(seats && { seats: Number(seats) }) } : { extends: extended }),
		...(days && { expiryDays: Number(days) })
	};
	return {
		type: 'order.paid',
		data: {
			// A session that costs nothing has no payment.
			id: payment_intent ?? id,
			address: email,
			...(name && { name }),
			language: session.locale?.startsWith('de') ? 'de' : 'en',
			lines: [line]
		}
	};
}
