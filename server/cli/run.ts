/**
 * Runs the command line: help, usage errors and faults in one place.
 *
 * @module
 */
import { renderUsage, runCommand, type ArgsDef, type CommandDef, type SubCommandsDef } from 'citty';
import { stripVTControlCharacters } from 'node:util';
import { asciiJson, complain, exitCodes, faultText, UsageError } from '#server/cli/base/outcome.ts';
import { tieValues } from '#server/cli/base/typed-values.ts';

/** Sets the exit code and returns; a server that was started goes on running. */
export async function run(main: CommandDef, rawArgs: readonly string[]): Promise<void> {
	const args = [...rawArgs];
	const asJson = args.includes('--json');
	const { command, parent, depth } = await findCommand(main, args);
	if (args.length === 0 || args.includes('--help') || args.includes('-h')) {
		const usage = await renderUsage(command, parent);
		process.stdout.write(`${process.stdout.isTTY ? usage : stripVTControlCharacters(usage)}\n`);
		process.exitCode = args.length === 0 ? exitCodes.usage : exitCodes.done;
		return;
	}
	if (args[0] === '--version') {
		const { version } = (await resolve(main.meta)) as { version: string };
		process.stdout.write(`${version}\n`);
		return;
	}
	try {
		const known = (await resolve(command.args)) as ArgsDef | undefined;
		const typed = tieValues(args.slice(depth), known ?? {});
		await runCommand(main, { rawArgs: [...args.slice(0, depth), ...typed] });
	} catch (fault) {
		const isUsage = fault instanceof UsageError || (fault as Error).name === 'CLIError';
		const text = stripVTControlCharacters(faultText(fault));
		if (asJson) process.stdout.write(`${asciiJson({ fault: text })}\n`);
		complain(`keyferry: ${text}`);
		if (isUsage) process.stderr.write(`  Next: keyferry ${nameOf(args)}--help\n`);
		process.exitCode = isUsage ? exitCodes.usage : exitCodes.fault;
	}
}

async function findCommand(main: CommandDef, args: readonly string[]) {
	let command = main;
	let parent: CommandDef | undefined;
	let depth = 0;
	for (const name of args) {
		const below = (await resolve(command.subCommands)) as SubCommandsDef | undefined;
		const next = below && Object.hasOwn(below, name) ? below[name] : undefined;
		if (!next) break;
		parent = command;
		command = (await resolve(next)) as CommandDef;
		depth++;
	}
	return { command, parent, depth };
}

async function resolve(value: unknown): Promise<unknown> {
	return typeof value === 'function' ? (value as () => unknown)() : value;
}

function nameOf(args: readonly string[]): string {
	const words = args.slice(
		0,
		args.findIndex((arg) => arg.startsWith('-'))
	);
	const [first] = words;
	return first && /^[a-z-]+$/.test(first) && !first.startsWith('-') ? `${first} ` : '';
}
