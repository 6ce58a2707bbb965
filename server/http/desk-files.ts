/**
 * Serving the built desk: the same static files that any web server could serve.
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';

const folder = join(import.meta.dirname, '../../build/desk');

const NO_SCRIPTS: readonly string[] = [];

let hashed: { page: string; at: number; scripts: string[] } | undefined;

/**
 * Hashes of the inline scripts of the page that Kit built, for the content security policy. A desk
 * that is built again under a running hub has others.
 *
 * @returns The very same list as long as they are the same.
 */
export function inlineScriptHashes(page: string = join(folder, 'index.html')): readonly string[] {
	try {
		// Asked for each answer: an error for a desk that is not built costs more than the rest of it.
		const at = statSync(page, { throwIfNoEntry: false })?.mtimeMs;
		if (at === undefined) return NO_SCRIPTS;
		if (hashed?.page !== page || hashed.at !== at)
			hashed = { page, at, scripts: hashesOf(readFileSync(page, 'utf8')) };
		return hashed.scripts;
	} catch {
		// Being built at this moment.
		return NO_SCRIPTS;
	}
}

function hashesOf(page: string): string[] {
	const scripts = page.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([^]*?)<\/script>/g);
	return Array.from(
		scripts,
		([, code = '']) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`
	);
}

/**
 * The one page of the built desk, for an address of its own.
 *
 * @param connect - Origins that it may ask besides its own.
 * @returns `undefined` where the desk is not built.
 */
export function deskPage(connect: readonly string[] = []): string | undefined {
	try {
		const page = readFileSync(join(folder, 'index.html'), 'utf8');
		return page.replace("connect-src 'self'", ["connect-src 'self'", ...connect].join(' '));
	} catch {
		return undefined;
	}
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
