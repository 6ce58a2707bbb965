/**
 * What was typed, so that the parser reads it as it was meant. It reads everything once more as if no
 * option took a value, and a value may begin with a dash, as the id of a key does once in sixty-four.
 *
 * @module
 */
import type { ArgsDef } from 'citty';
import { UsageError } from './outcome.ts';

/** As options are written here. Anything else that begins with a dash may be a value. */
const OPTION = /^--(?:[a-z][a-zA-Z-]*(?:=|$)|$)/;

/**
 * Joins each option that takes a value with the one that follows it.
 *
 * @param known - The options of the command that these arguments are for.
 * @throws {@link UsageError} where another option follows instead, and for what the parser would take for
 * something else: `--no-` before an option that takes a value, and the name under which it keeps what is
 * no option.
 */
export function tieValues(args: readonly string[], known: ArgsDef): string[] {
	const takers = new Set<string>();
	for (const [name, { type }] of Object.entries(known))
		if (type === 'string' || type === 'enum') takers.add(foldOption(name));
	const left = [...args];
	const joined: string[] = [];
	for (let arg = left.shift(); arg !== undefined; arg = left.shift()) {
		if (arg === '--') return [...joined, arg, ...left];
		judge(arg, takers);
		const [value] = left;
		const isTaker = arg.startsWith('--') && takers.has(foldOption(arg));
		if (isTaker && value !== undefined && OPTION.test(value))
			throw new UsageError(`${arg} needs a value.`);
		joined.push(isTaker && value !== undefined ? `${arg}=${left.shift()!}` : arg);
	}
	return joined;
}

function judge(arg: string, takers: ReadonlySet<string>): void {
	const isNegated = arg.startsWith('--no-') && takers.has(foldOption(arg.slice('--no-'.length)));
	const isOdd = /^--(?:no-)?_/.test(arg) || /^-(?!-).*_/.test(arg);
	if (isNegated || isOdd) throw new UsageError(`There is no option ${arg.split('=')[0]!} here.`);
}

/** `databaseUrl` and `database-url` are one option. */
export function foldOption(name: string): string {
	return name.replaceAll('-', '').toLowerCase();
}
