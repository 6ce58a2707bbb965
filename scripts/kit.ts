/**
 * `npm run kit`: what is carried into an air gap, as a folder for a USB stick. [O10]
 *
 * `--data DIR` names the hub's data folder (for its root keys), `--platform linux-x64,win-x64,…` for
 * which systems a Node goes along (this one unless said otherwise), `--out DIR` where it is written.
 * `--with site` adds the site server, `--product FILE` what the vendor says of the products that it serves.
 *
 * @module
 */

import {
	chmodSync,
	copyFileSync,
	cpSync,
	existsSync,
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync
} from 'node:fs';
import { join, resolve } from 'node:path';
import { buildDesk } from './build-desk.ts';
import { bundle, thirdParty } from './bundle.ts';
import { checksums } from './checksums.ts';
import { stageProducts, stageSite } from './kit-site.ts';
import { nodeFor, nodeLicense, thisPlatform } from './kit-node.ts';
import { readOptions } from './options.ts';
import { root } from './root.ts';

const { values } = readOptions({
	options: {
		data: { type: 'string', default: join(root, 'data') },
		platform: { type: 'string', default: thisPlatform },
		out: { type: 'string', default: join(root, 'dist/kit') },
		with: { type: 'string' },
		product: { type: 'string' }
	}
});
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
	version: string;
};

/** Of the list of what is in the kit. */
const SITE_PARTS = `  server/ drizzle/ build/
                   the site server, its migrations and its pages
`;

/** The desk with the root keys inside, where `lib/desk/trust.ts` looks for them. */
function deskWithRoots(roots: string): string {
	const { folder } = buildDesk('one-file');
	const page = readFileSync(join(folder, 'index.html'), 'utf8');
	// `<` would let a key end the element; in JSON it can be spelled otherwise.
	const data = JSON.stringify(JSON.parse(roots)).replaceAll('<', '\\u003c');
	const element = `<script type="application/json" id="keyferry-roots">${data}</script>`;
	const body = page.search(/<body[\s>]/);
	if (body === -1) throw new Error('The one-file desk has no body.');
	return page.slice(0, body) + element + page.slice(body);
}

/** The commands that need no server. */
function stageCommands(folder: string): ReturnType<typeof bundle> {
	return bundle({
		entryPoints: ['server/cli/kit.ts'],
		outfile: join(folder, 'keyferry.mjs'),
		target: 'node24'
	});
}

function writeKit(folder: string, text: string): void {
	const source = join(root, 'scripts/kit');
	for (const file of ['keyferry', 'keyferry.cmd']) {
		copyFileSync(join(source, file), join(folder, file));
	}
	chmodSync(join(folder, 'keyferry'), 0o755);
	cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
	writeFileSync(join(folder, 'README.txt'), text);
}

async function makeKit(): Promise<void> {
	const rootsFile = join(resolve(values.data), 'roots.json');
	if (!existsSync(rootsFile)) {
		throw new Error(
			`There are no root keys in ${resolve(values.data)}: start a hub there once (npm start), ` +
				'or name the data folder of yours with --data.'
		);
	}
	const roots = readFileSync(rootsFile, 'utf8');
	if (values.with !== undefined && values.with !== 'site')
		throw new Error(`There is nothing called ${values.with} to go with a kit: --with site`);
	const hasSite = values.with === 'site';
	if (values.product !== undefined && !hasSite)
		throw new Error('--product is for a site server: add --with site');
	const out = resolve(values.out);
	const partial = `${out}.partial`;
	rmSync(partial, { recursive: true, force: true });
	mkdirSync(partial, { recursive: true });

	step('the desk as one file');
	writeFileSync(join(partial, 'desk.html'), deskWithRoots(roots));
	step(hasSite ? 'the command line and the site server' : 'the command line');
	const metafile = await (hasSite ? stageSite(partial) : stageCommands(partial));
	if (values.product !== undefined) stageProducts(resolve(values.product), partial);
	writeFileSync(join(partial, 'THIRD-PARTY.txt'), thirdParty(metafile));
	const platforms = [...new Set(values.platform.split(',').map((name) => name.trim()))];
	const nodes = [];
	for (const platform of platforms) {
		step(`Node for ${platform}`);
		nodes.push(nodeFor(platform, join(partial, 'node', platform)));
	}
	copyFileSync(nodeLicense(), join(partial, 'node/LICENSE'));
	writeFileSync(join(partial, 'roots.json'), roots, { mode: 0o644 });

	const others = platforms.filter((platform) => platform !== thisPlatform);
	const untried =
		others.length > 0
			? `Put together on ${thisPlatform}; not run there: ${others.join(', ')}.\n`
			: '';
	const site = hasSite ? readFileSync(join(root, 'scripts/kit/SITE.txt'), 'utf8') : '';
	const text = readFileSync(join(root, 'scripts/kit/README.txt'), 'utf8')
		.replace('{site}\n', site)
		.replace('{version}', version)
		.replace('{node}', nodes[0] ?? '')
		.replace('{platforms}', platforms.join(', '))
		.replace('{parts}\n', hasSite ? SITE_PARTS : '')
		.replace('{untried}\n', untried);
	writeKit(partial, text);
	step('checksums');
	writeFileSync(join(partial, 'SHA256SUMS'), checksums(partial));
	rmSync(out, { recursive: true, force: true });
	renameSync(partial, out);
	console.log(`The kit is in ${out}: copy that folder to a stick. Its README.txt says the rest.`);
	if (others.length > 0) console.log(`Not run here: ${others.join(', ')}.`);
}

function step(what: string): void {
	if (!process.env.CI) console.log(`  ${what} …`);
}

try {
	await makeKit();
} catch (cause) {
	console.error(cause instanceof Error ? cause.message : cause);
	process.exitCode = 1;
}
