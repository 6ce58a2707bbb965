import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What the built desk may weigh, compressed. What a first screen needs is read from the build's own
 * manifest: Kit's two entries, the layout and the page, and what these import without waiting. It is
 * the page for `/`, or Lookup for whoever has a number in hand.
 */

const built = 'build/desk';
const generated = '.svelte-kit/generated/client-optimized';

if (!existsSync(`${built}/index.html`)) throw new Error('Build the desk first: npm run build');

/** @type {Record<string, {file: string, src?: string, name?: string, imports?: string[], dynamicImports?: string[]}>} */
const chunks = JSON.parse(readFileSync('.svelte-kit/output/client/.vite/manifest.json', 'utf8'));

/** The chunks that are reached from some, by the imports that `next` follows. */
function reached(keys, next) {
	const found = new Set();
	const visit = (key) => {
		if (found.has(key)) return;
		found.add(key);
		next(key).forEach(visit);
	};
	keys.forEach(visit);
	return found;
}

const atOnce = (key) => chunks[key].imports ?? [];
const ever = (key) => [...atOnce(key), ...(chunks[key].dynamicImports ?? [])];

/** @param {Iterable<string>} keys */
const files = (keys) => [...keys].map((key) => `${built}/${chunks[key].file}`);

const routes = readFileSync(`${generated}/app.js`, 'utf8');
const entries = Object.keys(chunks).filter((key) => /^entry\//.test(chunks[key].name ?? ''));

/** @param {string} path */
function screen(path) {
	const page = new RegExp(`"${path}": \\[(\\d+)`).exec(routes);
	if (!page) throw new Error(`the built desk has no page for ${path}`);
	const nodes = [0, page[1]].map((node) => `${generated}/nodes/${node}.js`);
	return files(reached([...entries, ...nodes], atOnce)).filter((file) => file.endsWith('.js'));
}

/** What only the scanner needs: the decoder, its glue, and what no other page imports. */
const isScanner = (key) => /barcode-detector|zxing/.test(`${key} ${chunks[key].src ?? ''}`);
const roots = Object.keys(chunks).filter((key) => chunks[key].isEntry);
const withoutScanner = reached(roots, (key) => ever(key).filter((next) => !isScanner(next)));
const scannerOnly = new Set(files(Object.keys(chunks).filter((key) => !withoutScanner.has(key))));

const all = readdirSync(built, { recursive: true, withFileTypes: true })
	// Beside each file lies its compressed form for the hub; offline only the file is kept.
	.filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
	.map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'));

/** What only the vendor's people load, whoever downloads, and whoever sets a hub up, by its name: see vite.config.ts. */
const vendor = all.filter((file) => /\/(vendor|downloads|setup)\.[^/]+$/.test(file));

/** What only a site server's pages load, likewise; some of it a hub's set-up too. */
const site = all.filter((file) => /\/(site|reach)\.[^/]+$/.test(file));

/** What attaches licenses, likewise. */
const attach = all.filter((file) => /\/attach\.[^/]+$/.test(file));

export default [
	{
		name: 'JavaScript for the first screen',
		path: screen('/'),
		limit: '120 kB',
		gzip: true
	},
	{
		name: 'JavaScript for Lookup',
		path: screen('/lookup'),
		limit: '126.5 kB',
		gzip: true
	},
	{
		name: 'everything that is kept for offline use, without the scanner',
		path: all.filter(
			(file) =>
				!/\.(wasm|png)$/.test(file) &&
				!scannerOnly.has(file) &&
				![...vendor, ...site, ...attach].includes(file)
		),
		limit: '450 kB',
		gzip: true
	},
	{
		name: 'the vendor’s console, downloads and the set-up',
		path: vendor,
		limit: '150 kB',
		gzip: true
	},
	{
		name: 'the pages of a site server',
		path: site,
		limit: '100 kB',
		gzip: true
	},
	{
		name: 'attaching',
		path: attach,
		limit: '10 kB',
		gzip: true
	}
];
