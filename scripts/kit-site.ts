/**
 * The site server of a kit: the program with its pages and its migrations, and what the vendor says of
 * the products that it serves. Node has its database. [ST1]
 *
 * @module
 */
import { copyFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { buildDesk } from './build-desk.ts';
import { bundle } from './bundle.ts';
import { root } from './root.ts';

/** @returns What went into the program. */
export async function stageSite(folder: string): Promise<Metafile> {
	// Two folders deep, as in the checkout: code finds pages and migrations from where it is.
	const program = join(folder, 'server/program');
	const metafile = await bundle({
		entryPoints: { main: 'server/cli/kit-site.ts' },
		outdir: program,
		outExtension: { '.js': '.mjs' },
		splitting: true,
		target: 'node24'
	});
	copyFileSync(join(root, 'server/cli/small-process.js'), join(folder, 'server/small-process.mjs'));
	writeFileSync(
		join(folder, 'keyferry.mjs'),
		[
			"import { serveSmall } from './server/small-process.mjs';",
			'serveSmall();',
			"await import('./server/program/main.mjs');",
			''
		].join('\n')
	);
	cpSync(buildDesk('desk').folder, join(folder, 'build/desk'), { recursive: true });
	cpSync(join(root, 'drizzle/site'), join(folder, 'drizzle/site'), { recursive: true });
	return metafile;
}

/** @throws Where the file is no list of products: the server would not say so before it is in the gap. */
export function stageProducts(file: string, folder: string): void {
	const { products } = JSON.parse(readFileSync(file, 'utf8')) as { products?: unknown };
	const isList =
		Array.isArray(products) &&
		products.every((each: unknown) => {
			const product = (each as { product?: unknown } | null)?.product;
			return typeof product === 'string' && product !== '';
		});
	if (!isList)
		throw new Error(`${file} is no list of products: {"products": [{"product": "SLUG", …}]}`);
	copyFileSync(file, join(folder, 'product.json'));
}
