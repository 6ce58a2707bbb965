import { expect, test } from 'vitest';
import type { RestEdge } from './endpoint.ts';
import { v1 } from './v1.ts';

/** Mounting asks nothing of the hub. */
const app = v1({} as RestEdge);

test('every route that is mounted is in the document, and every one in the document is mounted', async () => {
	const mounted = app.routes
		.filter(({ method, path }) => method !== 'ALL' && path !== '/v1/openapi.json')
		.map(({ method, path }) => `${method} ${path}`);
	const response = await app.request('/v1/openapi.json');
	const { paths } = (await response.json()) as { paths: Record<string, object> };
	const described = Object.entries(paths).flatMap(([path, item]) =>
		Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`)
	);
	expect(mounted.length).toBeGreaterThan(5);
	expect(mounted.toSorted()).toEqual(described.toSorted());
});
