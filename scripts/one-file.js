/**
 * Makes the kit's desk one file: icons inside, no reference to anything beside it, and a place for
 * the root keys that `npm run kit` fills in.
 *
 * @module
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The element that `npm run kit` fills with the root keys, as a JWKS. */
export const ROOTS_ELEMENT = '<script type="application/json" id="keyferry-roots"></script>';

/** @param {string} folder - Where the build wrote its page. */
export function finishOneFile(folder) {
	const page = join(folder, 'index.html');
	const icon = readFileSync(join(folder, 'icon.svg')).toString('base64');
	const html = readFileSync(page, 'utf8')
		.replace(/<link[^>]+rel="(manifest|apple-touch-icon)"[^>]*>\s*/g, '')
		.replace(/href="[^"]*icon\.svg"/, `href="data:image/svg+xml;base64,${icon}"`)
		.replace('</head>', `${ROOTS_ELEMENT}\n\t</head>`);
	const beside = /(?:src|href)="(?!data:|#)([^"]+)"/.exec(html.replace(/<script[^]*?<\/script>/g, ''));
	if (beside) throw new Error(`the one-file desk refers to ${beside[1]}`);
	for (const name of readdirSync(folder))
		if (name !== 'index.html') rmSync(join(folder, name), { recursive: true });
	writeFileSync(page, html);
}

/**
 * @param {string} html - The one-file desk.
 * @param {{ keys: object[] }} jwks - Root keys.
 * @returns {string}
 */
export function pinRoots(html, jwks) {
	if (!html.includes(ROOTS_ELEMENT)) throw new Error('the one-file desk has no place for roots');
	// A base64url key cannot end the element; whatever else a JWKS holds must not either.
	const json = JSON.stringify(jwks).replaceAll('<', '\\u003c');
	return html.replace(ROOTS_ELEMENT, ROOTS_ELEMENT.replace('></script>', `>${json}</script>`));
}
