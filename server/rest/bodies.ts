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
	kind: z.enum(['license', 'activation', 'receipt', 'allotment']),
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
			'receipt',
			'allotment'
		])
		.describe('What the hub did with it: `seat` and `overage` are counted again.')
});

export const factBody = z.strictObject({
	file: z
		.string()
		.min(1)
		.max(128 * 1024)
		.describe(
			'A draw, a close or a return, or an allotment: the file, or its tokens joined by `~`.'
		)
});

export const factAnswer = z.strictObject({
	kind: z.enum(['draw', 'close', 'return', 'allotment']),
	number: z.string().describe('Number of the license.'),
	allotment: z.string().optional().describe('Of a close, or of an allotment that was adopted.'),
	file: z
		.string()
		.optional()
		.describe("The hub's activation file for a draw, or the draw itself; a receipt for a return.")
});

export const pushBody = z.strictObject({
	push: z.string().min(1).describe('A .kfpush file: what a desk has not sent yet, signed by it.')
});

export const pushAnswer = z.strictObject({
	results: z
		.array(
			z.strictObject({
				id: z.string().describe('Id of the command.'),
				n: z.int(),
				file: z.string().optional().describe('The answer, armoured.'),
				receipts: z.array(z.string()).optional(),
				refusal: z
					.strictObject({ refused: z.string(), facts: z.record(z.string(), z.unknown()) })
					.optional()
			})
		)
		.describe('One result for each command.')
});
