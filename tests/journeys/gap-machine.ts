/**
 * A machine in the gap with what a person carried there: the bundled commands, the bundled licensed
 * app, a Node and the root keys.
 *
 * @module
 */
import { build } from 'esbuild';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { compareMachines } from '#lib/domain/machines/machine.ts';
import { machine } from '#lib/sdk/node/machine.ts';
import { folderInGap, inGap, type Ran } from '../fixtures/gap.ts';
import { recording } from './field-machine.ts';

const root = resolve(import.meta.dirname, '../..');
const programs = { keyferry: 'server/cli/kit.ts', app: 'examples/licensed-app/app.ts' };

export type GapMachine = {
	/** Where it works: requests and answers lie here. */
	work: string;
	/** Names of the files in there with this extension. */
	files: (extension: string) => string[];
	keyferry: (...args: string[]) => Promise<Ran>;
	/** Drives the licensed app by the lines that a person would type. */
	app: (...lines: string[]) => Promise<Ran>;
	remove: () => void;
};

/** @param roots - The file of root keys that the product came with. */
export async function setUpMachineInGap(roots: string): Promise<GapMachine> {
	const folder = folderInGap('gap');
	const { fp } = await machine();
	const hasHardware = compareMachines(fp, fp, { k: 2, given: false }).same;
	for (const [name, entry] of Object.entries(programs))
		await build({
			entryPoints: [join(root, entry)],
			outfile: join(folder, `${name}.mjs`),
			bundle: true,
			platform: 'node',
			format: 'esm',
			minifySyntax: true,
			logLevel: 'error',
			define: hasHardware ? { 'process.env.NODE_ENV': '"production"' } : {}
		});
	const env: Record<string, string> = { KEYFERRY_STATE: join(folder, 'work/state') };
	// Where nothing can be read of the hardware, a recording stands in.
	if (!hasHardware) {
		env.NODE_ENV = 'test';
		env.KEYFERRY_MACHINE_SOURCES = join(folder, 'sources.json');
		writeFileSync(env.KEYFERRY_MACHINE_SOURCES, JSON.stringify(recording('gap')));
	}
	copyFileSync(process.execPath, join(folder, 'node'));
	chmodSync(join(folder, 'node'), 0o755);
	copyFileSync(roots, join(folder, 'roots.json'));
	chmodSync(join(folder, 'roots.json'), 0o644);
	// The inside has a place to write; the stick above belongs to somebody else.
	const work = join(folder, 'work');
	mkdirSync(work);
	chmodSync(work, 0o777);

	const inside = (script: string, args: string[], input = '') =>
		inGap(join(folder, 'node'), [join(folder, script), ...args], { cwd: work, env, input });
	return {
		work,
		files: (extension) => readdirSync(work).filter((name) => name.endsWith(extension)),
		keyferry: (...args) => inside('keyferry.mjs', args),
		app: (...lines) => inside('app.mjs', [], `${lines.join('\n')}\n`),
		remove: () => rmSync(dirname(folder), { recursive: true, force: true })
	};
}
