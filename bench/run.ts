/**
 * `npm run bench [-- NAME…]`: each figure beside raw work done in the same run, and their ratio.
 *
 * The ratio is what counts: absolute figures depend on the machine. Prints a table and writes
 * `bench/out/results.json`.
 *
 * @module
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { activate } from './activate.ts';
import { cluster } from './cluster.ts';
import { coldStart } from './cold-start.ts';
import { vendorConsole } from './console.ts';
import { firstSync } from './first-sync.ts';
import { leases } from './leases.ts';
import { lists } from './lists.ts';
import { pull } from './pull.ts';
import type { Result } from './result.ts';
import { growth } from './growth.ts';
import { push } from './push.ts';
import { search } from './search.ts';
import { sign } from './sign.ts';
import { start } from './start.ts';
import { verify } from './verify.ts';
import { workers } from './workers.ts';

const benches: Record<string, () => Promise<Result[]>> = {
	verify,
	sign,
	activate,
	workers,
	cluster,
	push,
	growth,
	start,
	'first-sync': firstSync,
	search,
	lists,
	'cold-start': coldStart,
	pull,
	leases,
	console: vendorConsole
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
	console.error(`Unknown: ${unknown.join(', ')}. There is ${Object.keys(benches).join(', ')}.`);
	process.exit(2);
}

const results: Result[] = [];
for (const [name, bench] of Object.entries(benches))
	if (asked.length === 0 || asked.includes(name)) results.push(...(await bench()));

const round = (value: number) => Number(value.toPrecision(4));
console.table(
	results.map(({ name, figure, unit, raw, ratio, bar, reached }) => ({
		name,
		figure: `${round(figure)} ${unit}`,
		raw: `${round(raw)} ${unit}`,
		ratio: round(ratio),
		bar,
		reached: reached ? 'yes' : 'no'
	}))
);
const out = join(import.meta.dirname, 'out');
mkdirSync(out, { recursive: true });
writeFileSync(join(out, 'results.json'), JSON.stringify(results, undefined, '\t') + '\n');
