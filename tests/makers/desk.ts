/**
 * Desks in Node: `src/lib/desk` itself, bundled as for a page, each with its own copy of every module
 * and a browser profile around it.
 *
 * @module
 */
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import * as dexie from 'dexie';
import { build } from 'esbuild';
import type { DeskCalls } from '../e2e/desk-calls.ts';
import { PageLife, type Profile } from './profile.ts';

let bundled: Promise<string> | undefined;

function bundle(): Promise<string> {
	bundled ??= build({
		entryPoints: [join(import.meta.dirname, '../e2e/desk-calls.ts')],
		bundle: true,
		write: false,
		format: 'cjs',
		platform: 'neutral',
		mainFields: ['module', 'main'],
		conditions: ['import'],
		// It follows promises by changing the one global `Promise`: all desks here need the same one.
		external: ['dexie'],
		define: { __ONE_FILE__: 'false', 'import.meta.env.DEV': 'false' },
		logLevel: 'silent'
	}).then(({ outputFiles }) => outputFiles[0]!.text);
	return bundled;
}

export type Desk = {
	profile: Profile;
	life: PageLife;
	calls: DeskCalls;
	/** Has the desk do something. `undefined` where its page ended meanwhile. */
	do: <T>(work: (calls: DeskCalls) => Promise<T>) => Promise<T | undefined>;
};

type Script = (...globals: unknown[]) => void;

/** Opens the desk that lives in this profile. Several at once are tabs of one browser. */
export async function openDesk(profile: Profile, origin: string): Promise<Desk> {
	const life = new PageLife(profile);
	const around = { require: () => dexie, module: {}, exports: {} };
	const globals: Record<string, unknown> = { ...life.globals(origin), ...around };
	const script = await bundle();
	const filename = 'desk.js';
	const page = compileFunction(script, Object.keys(globals), { filename }) as Script;
	const { indexedDB, IDBKeyRange } = globals;
	// A database keeps what it finds there when it is made.
	Object.assign(dexie.Dexie.dependencies, { indexedDB, IDBKeyRange });
	page(...Object.values(globals));
	const { desk: calls } = globals.globalThis as { desk: DeskCalls };
	await calls.openDatabase(() => {});
	return { profile, life, calls, do: (work) => life.unlessOver(work(calls)) };
}
