/**
 * What an OpenAPI document says of bodies and answers: schemas as they are checked, and the refusal that
 * every endpoint may answer.
 *
 * @see https://spec.openapis.org/oas/v3.1.0#media-type-object
 * @module
 */
import * as z from 'zod';
import { refusalStatus } from './refusal-status.ts';

export function jsonContent(schema: z.ZodType): object {
	return { 'application/json': { schema: schemaOf(schema) } };
}

const problemDocument = z.object({
	type: z.string(),
	title: z.string().describe('What happened, for people.'),
	detail: z.string().describe('What to do next.'),
	status: z.int(),
	code: z.enum(Object.keys(refusalStatus) as [string, ...string[]]),
	facts: z.record(z.string(), z.unknown()),
	error: z.string().optional().describe('The same as RFC 8628 names it, where it does.'),
	file: z.string().optional().describe('The refusal as a file, for the way back.'),
	receipts: z.array(z.string()).optional().describe('Receipts of returns that it carried.')
});

/** What every endpoint may answer. */
export const refused = {
	description: 'A refusal.',
	content: { 'application/problem+json': { schema: schemaOf(problemDocument) } }
};

function schemaOf(schema: z.ZodType): object {
	const { $schema: _, ...json } = z.toJSONSchema(schema);
	return json;
}
