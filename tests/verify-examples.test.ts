/**
 * The verifiers that product developers copy, each in its own language, over all vectors of
 * activation files. A language or library that cannot be had here is skipped with the reason.
 */
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { damagedActivations } from './fuzz/damaged-activations.ts';
import type { FileVector } from '../scripts/vectors/vector.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const examples = join(root, 'examples/verify');
const cache = join(root, '.cache');
const file = join(root, 'tests/vectors/activation.json');
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: FileVector[] };
const SEED = Number(process.env.FUZZ_SEED ?? 1);

const expectedOf = (list: readonly FileVector[]) =>
	Object.fromEntries(list.map(({ name, expect: code }) => [name, code]));

type Command = { command: string; args: string[]; cwd?: string };

function run({ command, args, cwd = root }: Command): SpawnSyncReturns<string> {
	return spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 24 });
}

/** @throws What the command said, where it is missing or fails. */
function must(command: Command): string {
	const { error, status, stdout, stderr } = run(command);
	if (error) throw new Error(`${command.command} is not here`, { cause: error });
	if (status !== 0)
		throw new Error(`${command.command}: ${stderr.trim().split('\n').at(-1) ?? ''}`);
	return stdout;
}

function codesOf({ command, args }: Command, path: string): unknown {
	return JSON.parse(must({ command, args: [...args, path] }));
}

/** PyJWT and cryptography at the pinned versions, fetched once into the cache. */
function readyPython(): Command {
	const source = join(examples, 'python');
	const wanted = readFileSync(join(source, 'requirements.txt'), 'utf8');
	const folder = join(cache, 'verify-python');
	const stamp = join(folder, 'installed');
	const windows = process.platform === 'win32';
	const python = join(folder, windows ? 'Scripts/python.exe' : 'bin/python');
	if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(cache, { recursive: true });
		must({ command: windows ? 'python' : 'python3', args: ['-m', 'venv', folder] });
		const requirements = join(source, 'requirements.txt');
		must({ command: python, args: ['-m', 'pip', 'install', '--quiet', '-r', requirements] });
		writeFileSync(stamp, wanted);
	}
	return { command: python, args: ['-B', join(source, 'run_vectors.py')] };
}

function readyGo(): Command {
	const cwd = join(examples, 'go');
	const program = join(cache, process.platform === 'win32' ? 'verify-go.exe' : 'verify-go');
	mkdirSync(cache, { recursive: true });
	must({ command: 'go', args: ['build', '-o', program, '.'], cwd });
	return { command: program, args: [] };
}

function readyNode(): Command {
	return { command: process.execPath, args: [join(examples, 'node/run-vectors.js')] };
}

describe.for([
	['Python: PyJWT and cryptography', readyPython],
	['Go: golang-jwt', readyGo],
	['Node: node:crypto alone', readyNode]
] as const)('%s', ([, ready]) => {
	let command: Command | undefined;
	let reason = '';

	beforeAll(() => {
		try {
			command = ready();
		} catch (cause) {
			reason = cause instanceof Error ? cause.message : String(cause);
		}
	});

	test('[O8] every vector of activation files has its code', ({ skip }) => {
		if (!command) return skip(`not installed here: ${reason}`);
		expect(codesOf(command, file)).toEqual(expectedOf(vectors));
	});

	test('[O8] damaged files have the code that our own verifier gives', async ({ skip }) => {
		if (!command) return skip(`not installed here: ${reason}`);
		const files = await damagedActivations(SEED, { count: 1000, from: vectors });
		const path = join(mkdtempSync(join(tmpdir(), 'keyferry-damaged-')), 'damaged.json');
		writeFileSync(path, JSON.stringify({ vectors: files }));
		expect(codesOf(command, path), `FUZZ_SEED=${SEED}`).toEqual(expectedOf(files));
		rmSync(dirname(path), { recursive: true });
	});
});

/** The script checks no circumstances, so one file of each kind is enough. */
function isUnasked({ machine, product, version, builtAt }: FileVector): boolean {
	return [machine, product, version, builtAt].every((asked) => asked === undefined);
}

/** The script takes BEGIN and END as lines, or bare tokens; damage on the way it leaves to others. */
function isOnLinesOfItsOwn(text: string): boolean {
	const isArmoured = /^[ \t>|]*-----BEGIN KEYFERRY [A-Z-]+-----[ \t]*$/m.test(text);
	const isBare = /^[\w.~\n-]+$/.test(text) && !text.endsWith('.');
	const isEnded = /^[ \t>|]*-----END KEYFERRY [A-Z-]+-----[ \t]*$/m.test(text);
	if (!isArmoured) return isBare;
	return isEnded && !/[^\0-\x7f]|\r\r/.test(text);
}

describe('openssl alone', () => {
	const folder = mkdtempSync(join(tmpdir(), 'keyferry-openssl-'));
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	/** What the script looks at; the rest it leaves out, as its README says. */
	const seen = new Set<string>([
		'ok',
		'SIGNATURE_INVALID',
		'KEY_UNKNOWN',
		'KEY_NOT_ALLOWED',
		'HUB_KEY_NOT_VALID',
		'CHAIN_INCOMPLETE'
	]);
	const leftOut = new Set([
		'next root taught by trust',
		'revocation without use',
		'revocation altered',
		'trust altered',
		'allotment for a weak key'
	]);
	const looked = vectors.filter(
		(vector) =>
			seen.has(vector.expect) &&
			!leftOut.has(vector.name) &&
			isUnasked(vector) &&
			isOnLinesOfItsOwn(vector.file)
	);
	const offered = vectors.filter(({ expect: code }) => code === 'TOKEN_TYPE_UNEXPECTED');

	test('[O8] verifies both signatures of a file, and prints its claims', ({ skip }) => {
		const version = run({ command: 'openssl', args: ['version'] });
		// LibreSSL and OpenSSL 1 have no `pkeyutl -rawin` for Ed25519.
		if (version.error !== undefined || !/^OpenSSL [3-9]/.test(version.stdout))
			return skip(`no OpenSSL 3 here: ${version.error ? 'not installed' : version.stdout.trim()}`);

		const outcomes = [...looked, ...offered].map(({ name, file: text, roots, expect: code }) => {
			const paths = [join(folder, 'file.kfact'), join(folder, 'roots.json')] as const;
			writeFileSync(paths[0], text);
			writeFileSync(paths[1], JSON.stringify({ keys: roots }));
			const done = run({ command: 'sh', args: [join(examples, 'openssl/verify.sh'), ...paths] });
			const claims = done.status === 0 && (JSON.parse(done.stdout) as { prd?: string }).prd;
			return [name, code === 'ok' ? claims : done.status] as const;
		});
		const wanted = [...looked, ...offered].map(
			({ name, expect: code }) => [name, code === 'ok' ? 'atlas-server' : 3] as const
		);
		expect(outcomes).toEqual(wanted);
	});
});
