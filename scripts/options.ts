import { parseArgs, type ParseArgsConfig } from 'node:util';

/** The options of a script; one that it does not have ends it with a sentence and code 2. */
export function readOptions<const T extends ParseArgsConfig>(
	config: T
): ReturnType<typeof parseArgs<T>> {
	try {
		return parseArgs(config);
	} catch (cause) {
		console.error(cause instanceof Error ? cause.message : cause);
		process.exit(2);
	}
}
