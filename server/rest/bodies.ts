/**
 * What `/v1` takes and gives: the schemas that check bodies and make the OpenAPI document.
 *
 * @module
 */
import * as z from 'zod';

export const activationBody = z.strictObject({
	request: z
		.string()
		.min(1)
		.max(128 * 1024)
		.describe('A request file, or its tokens joined by `~`.')
});

export const returnBody = z.strictObject({
	return: z
		.string()
		.min(1)
		.max(128 * 1024)
		.describe('A return file, its tokens joined by `~`, or the return alone.')
});

export const returnAnswer = z.strictObject({
	file: z.string().describe('The receipt, armoured.')
});

export const activationAnswer = z.strictObject({
	file: z.string().describe('The activation file, armoured.'),
	notices: z
		.array(z.strictObject({ code: z.string(), title: z.string(), next: z.string() }))
		.optional()
		.describe('What the hub noticed besides, such as a clock in the future.'),
	receipts: z
		.array(z.string())
		.optional()
		.describe('Receipts, armoured, of the returns that the request file carried.')
});

export const adoptBody = z.strictObject({
	file: z
		.string()
		.min(1)
		.max(128 * 1024)
		.describe('An activation file, a receipt or a license key, or their tokens joined by `~`.')
});

export const adoptAnswer = z.strictObject({
	kind: z.enum(['license', 'activation', 'receipt']),
	number: z.string(),
	act: z.string().optional(),
	outcome: z
		.enum([
			'license',
			'known',
			'newer',
			'given-back',
			'ended',
			'same-machine',
			'seat',
			'overage',
			'receipt'
		])
		.describe('What the hub did with it: `seat` and `overage` are counted again.')
});
