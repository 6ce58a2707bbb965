/**
 * The OpenAPI document of `/v1`, made from the schemas that also check the bodies.
 *
 * @module
 */
import * as z from 'zod';
import { refusalStatus } from '#server/http/refusal-status.ts';
import {
	activationAnswer,
	activationBody,
	adoptAnswer,
	adoptBody,
	factAnswer,
	factBody,
	pushAnswer,
	pushBody,
	returnAnswer,
	returnBody
} from './bodies.ts';

const problemDocument = z.object({
	type: z.string(),
	title: z.string().describe('What happened, for people.'),
	detail: z.string().describe('What to do next.'),
	status: z.int(),
	code: z.enum(Object.keys(refusalStatus) as [string, ...string[]]),
	facts: z.record(z.string(), z.unknown()),
	file: z.string().optional().describe('The refusal as a file, for the way back.'),
	receipts: z.array(z.string()).optional().describe('Receipts of returns that it carried.')
});

export function openApiDocument() {
	const answer = {
		description: 'The activation file. 201 where it is new, 200 where it had been given before.',
		content: { 'application/json': { schema: schemaOf(activationAnswer) } }
	};
	const receipt = {
		description: 'The receipt. 201 where it is new, 200 where it had been given before.',
		content: { 'application/json': { schema: schemaOf(returnAnswer) } }
	};
	const fact = {
		description: 'What was recorded. 201 where it was new.',
		content: { 'application/json': { schema: schemaOf(factAnswer) } }
	};
	const refusal = {
		description: 'A refusal.',
		content: { 'application/problem+json': { schema: schemaOf(problemDocument) } }
	};
	return {
		openapi: '3.1.0',
		info: {
			title: 'Keyferry hub',
			version: '1',
			description: 'Activation of licensed products, with or without a connection.'
		},
		paths: {
			'/v1/activations': {
				post: {
					operationId: 'activate',
					summary: 'Submit an activation request.',
					description:
						'A request that carries a proof needs no sign-in; by number alone the caller is a ' +
						'member of the customer (API key as Bearer token). The same request gets the same file.',
					security: [{}, { apiKey: [] }],
					requestBody: {
						required: true,
						content: { 'application/json': { schema: schemaOf(activationBody) } }
					},
					responses: {
						200: answer,
						201: answer,
						default: refusal
					}
				}
			},
			'/v1/adopt': {
				post: {
					operationId: 'adopt',
					summary: 'Bring back what a restored hub has forgotten.',
					description:
						'An activation file or a license key that this hub once signed. Its signature says ' +
						'enough, so it needs no sign-in; the same file again changes nothing.',
					security: [{}, { apiKey: [] }],
					requestBody: {
						required: true,
						content: { 'application/json': { schema: schemaOf(adoptBody) } }
					},
					responses: {
						200: {
							description: 'What the hub did with it.',
							content: { 'application/json': { schema: schemaOf(adoptAnswer) } }
						},
						default: refusal
					}
				}
			},
			'/v1/backup': {
				get: {
					operationId: 'backup',
					summary: 'Take a backup (vendor staff).',
					description:
						'The ledger at one moment as a file for keyferry restore. Asks for the header ' +
						'x-keyferry: 1. It holds no private key and no secret that is not sealed.',
					security: [{ apiKey: [] }],
					responses: {
						200: {
							description: 'The backup.',
							content: { 'application/gzip': {} }
						},
						default: refusal
					}
				}
			},
			'/v1/facts': {
				post: {
					operationId: 'recordFact',
					summary: 'Bring what a desk or a machine has signed.',
					description:
						'A draw (an activation file that a desk made), a close, a return, or the allotment ' +
						'itself after a restore. Each proves itself, so it needs no sign-in, and no state of ' +
						'the license refuses it. The same again changes nothing. A draw of a slot that another ' +
						'machine has is recorded, and answered by a refusal for its machine.',
					security: [{}, { apiKey: [] }],
					requestBody: {
						required: true,
						content: { 'application/json': { schema: schemaOf(factBody) } }
					},
					responses: { 200: fact, 201: fact, default: refusal }
				}
			},
			'/v1/pushes': {
				post: {
					operationId: 'relayPush',
					summary: 'Bring what a desk could not send itself.',
					description:
						'A .kfpush file, unchanged. It is signed by the desk and runs with the rights of its ' +
						'author, so it needs no sign-in. The same push again gets the same results.',
					security: [{}],
					requestBody: {
						required: true,
						content: { 'application/json': { schema: schemaOf(pushBody) } }
					},
					responses: {
						200: {
							description: 'What became of each command.',
							content: { 'application/json': { schema: schemaOf(pushAnswer) } }
						},
						default: refusal
					}
				}
			},
			'/v1/returns': {
				post: {
					operationId: 'returnActivation',
					summary: 'Give a seat back.',
					description:
						'A return is signed by the machine, so it needs no sign-in. It frees the seat at once ' +
						'or lets it cool; the same return gets the same receipt.',
					security: [{}, { apiKey: [] }],
					requestBody: {
						required: true,
						content: { 'application/json': { schema: schemaOf(returnBody) } }
					},
					responses: { 200: receipt, 201: receipt, default: refusal }
				}
			}
		},
		components: { securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } } }
	};
}

function schemaOf(schema: z.ZodType): object {
	const { $schema: _, ...json } = z.toJSONSchema(schema);
	return json;
}
