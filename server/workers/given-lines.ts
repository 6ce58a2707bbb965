/**
 * Lines of callers that `node:cluster` has given to a worker. Until the worker says that it has one, it is
 * open in the process that leads as well, and stays so where the worker ends before: whoever called would
 * wait for ever.
 *
 * @module
 */
import type { Worker } from 'node:cluster';

type Handle = { close(): void };
type Send = (message: unknown, handle?: Handle, ...rest: unknown[]) => boolean;

/** When the worker ends, the line that it was given last is closed, where it did not take it. */
export function closeGivenLine({ process }: Worker): void {
	// One at a time: the next is given when it has said that it has this one.
	let given: Handle | undefined;
	const send = process.send.bind(process) as Send;
	process.send = ((message: unknown, handle, ...rest) => {
		if (isNewLine(message)) given = handle;
		return send(message, handle, ...rest);
	}) satisfies Send as typeof process.send;
	// One that was taken is closed here already, and can be closed again.
	process.once('exit', () => given?.close());
}

function isNewLine(message: unknown): boolean {
	return (message as { act?: unknown } | undefined)?.act === 'newconn';
}
