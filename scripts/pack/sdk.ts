/**
 * The package `@keyferry/sdk`: the modules that its entries lead to, each one compiled by itself, and
 * their types. No other code of ours is in it, and of other packages none.
 *
 * @module
 */

import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';
import { root } from '../root.ts';
import { pinned, writeManifest } from './manifest.ts';

const LIB = join(root, 'src/lib');

/** What can be imported, and the module behind it. */
const entries = {
	'.': 'sdk/exports.ts',
	'./node': 'sdk/node/exports.ts',
	'./explain': 'messages/exports.ts'
};

export async function stageSdk(folder: string): Promise<void> {
	const modules = await modulesOf(Object.values(entries));
	await compile(modules, folder);
	declare(Object.values(entries), folder);
	copyFileSync(join(root, 'docs/sdk.md'), join(folder, 'README.md'));
	writeManifest(folder, {
		name: '@keyferry/sdk',
		description: 'Verify offline activation files, and license a product with them.',
		keywords: ['license', 'activation', 'offline', 'air-gap', 'verify'],
		sideEffects: false,
		exports: {
			...Object.fromEntries(
				Object.entries(entries).map(([name, file]) => {
					const module = `./lib/${file.replace(/\.ts$/, '')}`;
					return [name, { types: `${module}.d.ts`, default: `${module}.js` }];
				})
			),
			'./package.json': './package.json'
		},
		engines: { node: '>=20' },
		files: ['lib'],
		// Loaded on demand, by who looks for a license server in the network.
		peerDependencies: { 'bonjour-service': `^${pinned('bonjour-service')}` },
		peerDependenciesMeta: { 'bonjour-service': { optional: true } },
		dependencies: { fflate: `^${pinned('fflate')}`, zod: `^${pinned('zod')}` },
		publishConfig: { access: 'public' }
	});
}

/** Every module that these lead to when they run, as paths from `src/lib`. */
async function modulesOf(files: readonly string[]): Promise<string[]> {
	const { metafile } = await build({
		entryPoints: [...files],
		absWorkingDir: LIB,
		outdir: '.',
		bundle: true,
		format: 'esm',
		platform: 'node',
		packages: 'external',
		alias: { '#lib': LIB },
		metafile: true,
		write: false,
		logLevel: 'error'
	});
	return Object.keys(metafile.inputs);
}

async function compile(modules: readonly string[], folder: string): Promise<void> {
	await build({
		entryPoints: [...modules],
		absWorkingDir: LIB,
		outbase: '.',
		outdir: join(folder, 'lib'),
		bundle: true,
		format: 'esm',
		platform: 'neutral',
		target: 'es2022',
		logLevel: 'error',
		plugins: [
			{
				name: 'each module by itself',
				setup({ onResolve }) {
					onResolve({ filter: /.*/ }, ({ path, importer, kind }) =>
						kind === 'entry-point' ? undefined : { path: published(path, importer), external: true }
					);
				}
			}
		]
	});
}

/** The types of the entries and of all that they mention. @throws Where they do not compile. */
function declare(files: readonly string[], folder: string): void {
	const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile) as {
		config: { compilerOptions: object };
	};
	const { options } = ts.convertCompilerOptionsFromJson(
		{
			...config.compilerOptions,
			declaration: true,
			emitDeclarationOnly: true,
			noEmit: false,
			lib: ['es2023', 'dom'],
			module: 'nodenext',
			target: 'es2023',
			outDir: join(folder, 'lib'),
			rootDir: LIB,
			types: ['node']
		},
		root
	);
	const program = ts.createProgram(
		files.map((file) => join(LIB, file)),
		options
	);
	const { diagnostics } = program.emit(undefined, (path, text, _mark, _onError, sources) => {
		const from = sources?.[0]?.fileName ?? '';
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(
			path,
			text.replace(
				/((?:\bfrom |\bimport\()["'])([.#][^"']+)(?=["'])/g,
				(_, before: string, specifier: string) => before + published(specifier, from)
			)
		);
	});
	const [problem] = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
	if (problem) throw new Error(ts.flattenDiagnosticMessageText(problem.messageText, '\n'));
}

/** An import as it reads in the package: of our modules relative, and compiled. */
function published(specifier: string, importer: string): string {
	if (!/^[.#]/.test(specifier)) return specifier;
	const target = specifier.startsWith('#lib/')
		? join(LIB, specifier.slice('#lib/'.length))
		: join(dirname(importer), specifier);
	const path = relative(dirname(importer), target).replaceAll(sep, '/');
	return (path.startsWith('.') ? path : `./${path}`).replace(/\.ts$/, '.js');
}
