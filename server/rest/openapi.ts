/**
 * The OpenAPI document of `/v1`, made from the schemas that also check the bodies.
 *
 * @module
 */
import * as z from 'zod';
import { refusalStatus } from '#server/operations/refusal-status.ts';
import { activationAnswer, activationBody } from './v1.ts';

const problemDocument = z.object({
	type: z.string(),
	title: z.string().describe('What happened, for people.'),
	detail: z.string().describe('What to do next.'),
	status: z.int(),
	code: z.enum(Object.keys(refusalStatus) as [string, ...string[]]),
	facts: z.record(z.string(), z.unknown()),
	file: z.string().optional().describe('The refusal as a file, for the way back.')
});

export function openApiDocument() {
	const answer = {
		description: 'The activation file. 201 where it is new, 200 where it had been given before.',
		content: { 'application/json': { schema: schemaOf(activationAnswer) } }
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
						default: {
							description: 'A refusal.',
							content: { 'application/problem+json': { schema: schemaOf(problemDocument) } }
						}
					}
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
