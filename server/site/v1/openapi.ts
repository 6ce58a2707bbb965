/**
 * The OpenAPI document of a site server, composed of what each endpoint says of itself.
 *
 * @module
 */
import type { SiteEndpoint } from './endpoint.ts';

export function siteOpenApi(endpoints: readonly SiteEndpoint[]) {
	const paths: Record<string, Record<string, object>> = {};
	for (const { method, path, operation } of endpoints)
		(paths[path.replace(/:(\w+)/g, '{$1}')] ??= {})[method] = operation;
	return {
		openapi: '3.1.0',
		info: {
			title: 'Keyferry site server',
			version: '1',
			description: 'Leases for the clients of licensed products, counted inside the gap.'
		},
		paths
	};
}
