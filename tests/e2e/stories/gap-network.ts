/**
 * A network of its own for several programs: they reach each other, and nothing else.
 *
 * @module
 */
import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { expect } from '../fixtures.ts';

/** Why there can be none on this machine, or nothing where there can. */
export function noGapNetwork(): string | undefined {
	const { status } = spawnSync('unshare', ['-rn', 'ip', 'link', 'set', 'lo', 'up']);
	return status === 0 ? undefined : 'this system gives ordinary users no networks of their own';
}

export class GapNetwork {
	readonly #holder: ChildProcessWithoutNullStreams;
	readonly #programs: Program[] = [];

	private constructor(holder: ChildProcessWithoutNullStreams) {
		this.#holder = holder;
	}

	static async open(): Promise<GapNetwork> {
		const holder = spawn('unshare', ['-rn', 'sh', '-c', 'ip link set lo up; echo up; exec cat']);
		await once(holder.stdout, 'data');
		return new GapNetwork(holder);
	}

	/** What comes before a program that is to run inside. */
	get #inside(): string[] {
		return ['nsenter', '-t', String(this.#holder.pid), '-U', '-n', '--preserve-credentials', '--'];
	}

	start(command: readonly string[], options: { cwd: string; env?: NodeJS.ProcessEnv }): Program {
		const [program = '', ...args] = [...this.#inside, ...command];
		const started = new Program(spawn(program, args, options));
		this.#programs.push(started);
		return started;
	}

	/** A program that starts `executable` inside. */
	launcher(file: string, executable: string): string {
		const words = [...this.#inside, executable].map((word) => `"${word}"`).join(' ');
		writeFileSync(file, `#!/bin/sh\nexec ${words} "$@"\n`);
		chmodSync(file, 0o755);
		return file;
	}

	async close(): Promise<void> {
		await Promise.all(this.#programs.map((each) => each.end()));
		this.#holder.stdin.end();
	}
}

/** A program that a person sees and types into. */
export class Program {
	readonly process: ChildProcessWithoutNullStreams;
	/** All that it has printed. */
	said = '';
	#read = 0;

	constructor(process: ChildProcessWithoutNullStreams) {
		this.process = process;
		for (const stream of [process.stdout, process.stderr])
			stream.on('data', (chunk: Buffer) => (this.said += chunk.toString()));
	}

	type(...lines: string[]): void {
		for (const line of lines) this.process.stdin.write(`${line}\n`);
	}

	/** Waits for what it prints after what was seen before. @returns What was printed up to there. */
	async sees(text: string | RegExp): Promise<string> {
		const from = this.#read;
		const rest = () => this.said.slice(from);
		await expect
			.poll(rest, { message: `the program says ${String(text)}` })
			.toMatch(typeof text === 'string' ? new RegExp(RegExp.escape(text)) : text);
		const seen = rest();
		const found = typeof text === 'string' ? seen.indexOf(text) + text.length : endOf(seen, text);
		this.#read = from + found;
		return seen.slice(0, found);
	}

	/** It ends by itself. */
	async gone(): Promise<void> {
		if (this.process.exitCode === null) await once(this.process, 'exit');
	}

	async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
		if (this.process.exitCode !== null || this.process.signalCode !== null) return;
		const ended = once(this.process, 'exit');
		this.process.kill(signal);
		await ended;
	}
}

function endOf(text: string, pattern: RegExp): number {
	const found = pattern.exec(text)!;
	return found.index + found[0].length;
}
