/**
 * One shape for all commands: arguments in, an outcome or a refusal out.
 *
 * @module
 */
import { defineCommand, type ArgsDef, type CommandDef, type ParsedArgs } from 'citty';
import type { Refusal } from '#lib/domain/refusal.ts';
import { report, UsageError, type Outcome } from './outcome.ts';
import { foldOption } from './typed-values.ts';

const everywhere = {
	json: { type: 'boolean', description: 'Print JSON for programs' }
} as const satisfies ArgsDef;

/** Defines a command that refuses options it does not know: a typing slip must not pass unseen. */
export function command<const T extends ArgsDef>({
	name,
	description,
	args,
	run
}: {
	name: string;
	description: string;
	args: T;
	run: (args: ParsedArgs<T & typeof everywhere>) => Promise<Outcome | Refusal>;
}): CommandDef {
	const known = { ...args, ...everywhere };
	const defined = defineCommand({
		meta: { name, description },
		args: known,
		async run(context) {
			refuseUnknown(context.args, known);
			const outcome = await run(context.args);
			process.exitCode = report(outcome, Boolean(context.args.json));
		}
	});
	// Sound: whoever runs it hands it only what was parsed by its own definition.
	return defined as unknown as CommandDef;
}

function refuseUnknown(args: Record<string, unknown>, known: ArgsDef): void {
	const names = new Set(
		Object.entries(known).flatMap(([name, arg]) => [
			name,
			...('alias' in arg ? [arg.alias ?? []].flat() : [])
		])
	);
	const folded = new Set([...names].map(foldOption));
	const unknown = Object.keys(args).find((name) => name !== '_' && !folded.has(foldOption(name)));
	if (unknown !== undefined) throw new UsageError(`There is no option --${unknown} here.`);
	for (const [name, { type }] of Object.entries(known))
		if (type === 'string' && args[name] === '' && name !== 'label')
			throw new UsageError(`--${name} needs a value.`);
}

/** Options that several commands share. */
export const shared = {
	state: { type: 'string', valueHint: 'DIR', description: 'State folder (default: the system’s)' },
	roots: {
		type: 'string',
		valueHint: 'FILE',
		description: 'Root keys to trust (JWKS or trust file)'
	},
	given: {
		type: 'string',
		valueHint: 'NAME',
		description: 'Fingerprint given to this machine by hand (default: KEYFERRY_FINGERPRINT)'
	},
	product: { type: 'string', valueHint: 'SLUG', description: 'Only this product' }
} as const satisfies ArgsDef;

/** A running hub, and who asks it. */
export const hubOptions = {
	hub: { type: 'string', valueHint: 'URL', description: 'Hub (default: KEYFERRY_HUB)' },
	token: { type: 'string', valueHint: 'KEY', description: 'API key (default: KEYFERRY_TOKEN)' },
	ca: {
		type: 'string',
		valueHint: 'FILE',
		description: 'Certificate authority of the hub, PEM (default: KEYFERRY_CA)'
	},
	timeout: {
		type: 'string',
		valueHint: 'SECONDS',
		description: 'How long the hub may be silent (default: KEYFERRY_TIMEOUT)'
	}
} as const satisfies ArgsDef;

/** A running hub, or the folder of one that does not run. */
export const hubOrFolder = {
	data: {
		type: 'string',
		valueHint: 'DIR',
		description: 'Data folder of a stopped hub (default: ask the running hub)'
	},
	'database-url': {
		type: 'string',
		valueHint: 'URL',
		description: 'With --data: its PostgreSQL (default: DATABASE_URL)'
	},
	...hubOptions
} as const satisfies ArgsDef;
