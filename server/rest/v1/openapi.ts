/**
 * The OpenAPI document of `/v1`, composed of what each endpoint says of itself.
 *
 * @module
 */
import type { Endpoint } from './endpoint.ts';

export function openApiDocument(endpoints: readonly Endpoint[]) {
	return {
		openapi: '3.1.0',
		info: {
			title: 'Keyferry hub',
			version: '1',
			description: 'Activation of licensed products, with or without a connection.'
		},
		paths: Object.fromEntries(
			endpoints.map(({ method, path, operation }) => [path, { [method]: operation }])
		),
		components: { securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } } }
	};
}
