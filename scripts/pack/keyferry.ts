/**
 * The package `keyferry`: command line, hub and built desk. Everything is inside, dependencies as well,
 * so it installs from the one file, in an air gap too.
 *
 * @module
 */

import { copyFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildDesk } from '../build-desk.ts';
import { bundle, thirdParty } from '../bundle.ts';
import { root } from '../root.ts';
import { writeManifest } from './manifest.ts';

/** The embedded database reads these beside its code. */
const DATABASE_FILES = ['pglite.wasm', 'pglite.data', 'initdb.wasm'];

export async function stageKeyferry(folder: string): Promise<void> {
	// Two folders deep, as in the checkout: code finds the desk and the migrations from where it is.
	const program = join(folder, 'server/program');
	const metafile = await bundle({
		entryPoints: {
			main: 'server/cli/main.ts',
			'embedded-thread': 'server/db/embedded-thread.ts',
			'serve-worker': 'server/serve-worker.ts'
		},
		outdir: program,
		splitting: true,
		target: 'node22'
	});
	writeFileSync(join(folder, 'THIRD-PARTY.txt'), thirdParty(metafile));
	const database = join(root, 'node_modules/@electric-sql/pglite/dist');
	for (const file of DATABASE_FILES) copyFileSync(join(database, file), join(program, file));

	cpSync(buildDesk('desk').folder, join(folder, 'build/desk'), { recursive: true });
	cpSync(join(root, 'drizzle'), join(folder, 'drizzle'), {
		recursive: true,
		filter: (file) => !file.endsWith('_snapshot.json')
	});
	mkdirSync(join(folder, 'docs'));
	for (const file of ['command-line.md', 'operations.md'])
		copyFileSync(join(root, 'docs', file), join(folder, 'docs', file));
	for (const file of ['keyferry.js', 'README.md'])
		copyFileSync(join(root, 'scripts/pack/keyferry', file), join(folder, file));
	copyFileSync(join(root, 'server/cli/small-process.js'), join(folder, 'server/small-process.js'));
	writeManifest(folder, {
		name: 'keyferry',
		description: 'Offline-first license activation: the hub, its desk and the command line.',
		keywords: ['license', 'activation', 'offline', 'air-gap'],
		bin: { keyferry: 'keyferry.js' },
		exports: { './package.json': './package.json' },
		engines: { node: '>=22.18' },
		files: ['THIRD-PARTY.txt', 'build', 'docs', 'drizzle', 'keyferry.js', 'server']
	});
}
