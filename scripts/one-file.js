/**
 * Makes the kit's desk one file: the icon inside, and no reference to anything beside it.
 *
 * @module
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @param {string} folder - Where the build wrote its page. */
export function finishOneFile(folder) {
	const page = join(folder, 'index.html');
	const icon = readFileSync(join(folder, 'icon.svg')).toString('base64');
	const html = readFileSync(page, 'utf8')
		.replace(/<link[^>]+rel="(manifest|apple-touch-icon)"[^>]*>\s*/g, '')
		.replace(/href="[^"]*icon\.svg"/, `href="data:image/svg+xml;base64,${icon}"`);
	const tags = html.replace(/<(script|style)[^]*?<\/\1>/g, '');
	const beside = /\s(?:src|href)="(?!data:|#)([^"]+)"/.exec(tags);
	if (beside) throw new Error(`the one-file desk refers to ${beside[1]}`);
	for (const name of readdirSync(folder))
		if (name !== 'index.html') rmSync(join(folder, name), { recursive: true });
	writeFileSync(page, html);
}
