/**
 * Recorded sources: what the files and tools of a machine said, as one JSON document.
 *
 * Recordings test the parsers of systems that are not at hand, and stand in where a test runs on a
 * machine without any readable hardware id. They never stand in silently: `machine()` takes a probe
 * only as an argument, and `recordedSources` looks at the environment under `NODE_ENV=test` alone.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import type { Probe, System } from './probe.ts';

export type Recording = {
	system: System;
	/** Path → text. `root` texts are readable by root only, so they do not count. */
	files?: Record<string, string | { root: string }>;
	/** Path → where it leads. */
	links?: Record<string, string>;
	/** Program and arguments, joined by blanks → what it printed. */
	outputs?: Record<string, string>;
};

export function recordedProbe(recording: Recording): Probe {
	const { system, files = {}, links = {}, outputs = {} } = recording;
	const paths = [...Object.keys(files), ...Object.keys(links)];
	return {
		system,
		read(path) {
			const text = files[path];
			return typeof text === 'string' ? text : undefined;
		},
		list(path) {
			const inside = paths.filter((each) => each.startsWith(`${path}/`));
			const names = inside.map((each) => each.slice(path.length + 1).split('/')[0] ?? '');
			return [...new Set(names)].sort();
		},
		resolve: (path) => links[path] ?? (paths.some((p) => p.startsWith(path)) ? path : undefined),
		run: async (program, args) => outputs[[program, ...args].join(' ')]
	};
}

/**
 * The recording that `KEYFERRY_MACHINE_SOURCES` names, for tests.
 *
 * Looked at only where `NODE_ENV` is `test`. A product that defines `NODE_ENV` as `production` in
 * its build, as bundlers do, ships none of this: nobody can hand it another machine's sources.
 */
export function recordedSources(): Probe | undefined {
	if (process.env.NODE_ENV !== 'test') return undefined;
	const file = process.env.KEYFERRY_MACHINE_SOURCES;
	if (!file) return undefined;
	return recordedProbe(JSON.parse(readFileSync(file, 'utf8')) as Recording);
}
