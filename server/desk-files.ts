/**
 * Serving the built desk: the same static files that any web server could serve.
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';

const folder = join(import.meta.dirname, '../build/desk');

/** Hashes of the inline scripts of the page that Kit built, for the content security policy. */
export function inlineScriptHashes(): string[] {
	const page = join(folder, 'index.html');
	if (!existsSync(page)) return [];
	const scripts = readFileSync(page, 'utf8').matchAll(
		/<script(?![^>]*\bsrc=)[^>]*>([^]*?)<\/script>/g
	);
	return Array.from(
		scripts,
		([, code = '']) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`
	);
}

export function deskFiles(): Hono {
	const app = new Hono();
	if (!existsSync(join(folder, 'index.html'))) {
		app.get('/', (context) =>
			context.text('The hub is running. The desk is not built here: npm run build\n', 200)
		);
		return app;
	}
	app.use('*', async (context, next) => {
		await next();
		const { pathname } = new URL(context.req.url);
		// Named by content, so they never change; everything else is asked for again each time.
		const isImmutable = pathname.startsWith('/_app/immutable/') && context.res.ok;
		context.res.headers.set(
			'cache-control',
			isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache'
		);
	});
	app.use('*', serveStatic({ root: folder, precompressed: true }));
	return app;
}
