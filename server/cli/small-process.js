// Memory that a server needs only while it starts is given back, and what dies young has little room:
// a third of what it would hold otherwise. Node and the C library take both at their start alone, so
// `serve` starts anew in the place of its process. Plain JavaScript that every Node since 14 reads.

const YOUNG = '--max-semi-space-size';

/** Does not return where the process can be replaced: not on Windows, and not by a Node before 22.15. */
export function serveSmall() {
	const { argv, env, execArgv, execPath, execve, platform } = process;
	if (argv[2] !== 'serve' || !execve || platform === 'win32') return;
	if (execArgv.some((option) => option.startsWith(YOUNG))) return;
	const small = [`${YOUNG}=8`, ...execArgv, ...argv.slice(1)];
	process.execve(execPath, [execPath, ...small], { MALLOC_TRIM_THRESHOLD_: '131072', ...env });
}
