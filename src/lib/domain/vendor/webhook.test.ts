import { expect, test } from 'vitest';
import { nextWebhookTry, webhookBody, webhookKindOf } from './webhook.ts';

test('[WH1] a license and its activations are told of, people and notes are not', () => {
	expect(webhookKindOf('license.issued')).toBe('license.created');
	expect(webhookKindOf('activation.drawn')).toBe('activation.created');
	expect(webhookKindOf('person.joined')).toBeUndefined();
	expect(webhookKindOf('license.noted')).toBeUndefined();
	expect(webhookKindOf('hub.store-secret-added')).toBeUndefined();
});

test('[WH1] an activation says its license, and what it is itself', () => {
	const facts = { license: 'the-license', freed: 1 };
	const event = { at: 1_800_000_000, customerId: 'the-customer', number: 'KF-1', facts };
	expect(
		JSON.parse(webhookBody({ ...event, kind: 'activation.returned', subject: 'act' }))
	).toEqual({
		type: 'activation.returned',
		timestamp: '2027-01-15T08:00:00.000Z',
		data: {
			customer: 'the-customer',
			license: { id: 'the-license', number: 'KF-1' },
			activation: 'act',
			facts: { freed: 1 }
		}
	});
});

test('[WH1] waits grow, and end after days', () => {
	const waits = Array.from({ length: 10 }, (_, at) => nextWebhookTry(at + 1, 0));
	expect(waits[9]).toBeUndefined();
	const sum = waits.slice(0, 9).reduce<number>((all, each) => all + each!, 0);
	expect(sum).toBeGreaterThan(3 * 86_400);
	expect(waits[0]).toBe(10);
});
