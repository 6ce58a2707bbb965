/**
 * Our programs with all that they import inside, for the kit and for packages: they run where nothing
 * else is installed.
 *
 * @module
 */

import { build, type BuildOptions, type Metafile } from 'esbuild';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './root.ts';

/** Says what went in, for {@link thirdParty}. */
export async function bundle(
	options: Pick<
		BuildOptions,
		'entryPoints' | 'outExtension' | 'outdir' | 'outfile' | 'splitting' | 'target'
	>
): Promise<Metafile> {
	const { metafile } = await build({
		...options,
		absWorkingDir: root,
		bundle: true,
		chunkNames: '[name]-[hash]',
		external: ['pg-native'],
		format: 'esm',
		legalComments: 'none',
		logLevel: 'error',
		metafile: true,
		platform: 'node',
		// Packages that are still CommonJS ask for Node's own modules by `require`.
		banner: {
			js: `import { createRequire as keyferryRequire } from 'node:module'; const require = keyferryRequire(import.meta.url);`
		}
	});
	return metafile;
}

/** The terms of each package whose code is in a bundle, as one text to go along with it. */
export function thirdParty({ outputs }: Metafile): string {
	const files = Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs));
	const folders = new Set(files.filter((file) => file.includes('node_modules/')).map(packageOf));
	const terms = [...folders].map(termsOf).sort();
	return `Keyferry contains code of the packages below, under their terms.\n\n${terms.join('\n')}`;
}

/** The folder of the package that a file is in; packages have further `package.json` without a name. */
function packageOf(file: string): string {
	let folder = dirname(join(root, file));
	while (!/node_modules\/(@[^/]+\/)?[^/]+$/.test(folder.replaceAll('\\', '/')))
		folder = dirname(folder);
	return folder;
}

function termsOf(folder: string): string {
	const { name, version, license } = JSON.parse(
		readFileSync(join(folder, 'package.json'), 'utf8')
	) as { name: string; version: string; license?: string };
	const texts = readdirSync(folder)
		.filter((file) => /^(licen[sc]e|copying|notice)\b/i.test(file))
		.map((file) => readFileSync(join(folder, file), 'utf8').trim());
	return [`## ${name} ${version} (${license ?? 'see its text'})`, ...texts, ''].join('\n\n');
}
