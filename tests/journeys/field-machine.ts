/**
 * A machine in the field: a folder of its own, recorded hardware, the real command line and the real
 * licensed app as processes of their own.
 *
 * @module
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Recording } from '#lib/sdk/node/sources/recorded.ts';
import { KEYFERRY } from '../fixtures/program.ts';

const root = resolve(import.meta.dirname, '../..');
const licensedApp = join(root, 'examples/licensed-app/app.ts');

export type Ran = { code: number | null; stdout: string; stderr: string };

export type FieldMachine = {
	/** Where it works: requests and answers lie here. */
	folder: string;
	state: string;
	path: (name: string) => string;
	/** Names of the files with this extension. */
	files: (extension: string) => string[];
	keyferry: (args: readonly string[], options?: RunOptions) => Promise<Ran>;
	/** Drives the licensed app by the lines that a person would type. */
	app: (
		lines: readonly string[],
		options?: RunOptions & { roots?: string; version?: string }
	) => Promise<Ran>;
};

export type RunOptions = { env?: Record<string, string>; stdin?: string; as?: readonly string[] };

/** Hardware as Linux tells it, all of it derived from `name`. */
export function recording(name: string, { vm = false, disk = name } = {}): Recording {
	const digits = createHash('sha256').update(name).digest('hex').slice(0, 32);
	const address = digits.slice(0, 10).replace(/(..)(?=.)/g, '$1:');
	return {
		system: 'linux',
		files: {
			'/etc/machine-id': `${digits}\n`,
			'/proc/self/mountinfo': '28 1 8:2 / / rw - ext4 /dev/sda2 rw\n',
			'/proc/cpuinfo': `flags\t\t: fpu${vm ? ' hypervisor' : ''}\n`,
			'/run/udev/data/b8:2': `E:ID_FS_UUID=uuid-${name}\n`,
			'/sys/class/dmi/id/sys_vendor': 'Example Computers\n',
			'/sys/class/dmi/id/product_name': `Model ${name}\n`,
			'/sys/devices/ata1/block/sda/sda2/partition': '2\n',
			'/sys/devices/ata1/block/sda/device/serial': `disk-${disk}\n`,
			'/sys/class/net/eno1/address': `02:${address}\n`,
			'/sys/class/net/eno1/addr_assign_type': '0\n'
		},
		links: {
			'/sys/dev/block/8:2': '/sys/devices/ata1/block/sda/sda2',
			'/sys/class/net/eno1/device': '/sys/devices/pci0/eno1'
		}
	};
}

export class Field {
	readonly folder = mkdtempSync(join(tmpdir(), 'keyferry-field-'));

	readonly program: string;

	/** @param program - The command line: this checkout's, or one that was installed. */
	constructor(program = KEYFERRY) {
		this.program = program;
		// Another user of the machine works in here too.
		chmodSync(this.folder, 0o755);
	}

	/** @param sources - `null` takes the hardware that this test runs on. */
	machine(name: string, sources: Recording | null = recording(name)): FieldMachine {
		const folder = join(this.folder, name);
		mkdirSync(folder);
		const state = join(folder, 'state');
		const recorded = join(folder, 'sources.json');
		if (sources) writeFileSync(recorded, JSON.stringify(sources));
		const env = {
			...process.env,
			NODE_ENV: sources ? 'test' : 'production',
			KEYFERRY_MACHINE_SOURCES: sources ? recorded : '',
			KEYFERRY_STATE: state,
			KEYFERRY_HUB: '',
			KEYFERRY_TOKEN: '',
			HOME: folder
		};
		const start = (script: string, args: readonly string[], options: RunOptions = {}) =>
			run([...(options.as ?? []), process.execPath, script, ...args], {
				cwd: folder,
				env: { ...env, ...options.env },
				stdin: options.stdin
			});
		return {
			folder,
			state,
			path: (file) => join(folder, file),
			files: (extension) => readdirSync(folder).filter((file) => file.endsWith(extension)),
			keyferry: (args, options) => start(this.program, args, options),
			app: (lines, { roots, version, ...options } = {}) =>
				start(
					licensedApp,
					[...(roots ? ['--roots', roots] : []), ...(version ? ['--version', version] : [])],
					{ ...options, stdin: `${lines.join('\n')}\n` }
				)
		};
	}

	clear(): void {
		rmSync(this.folder, { recursive: true, force: true });
	}
}

function run(
	[program = '', ...args]: readonly string[],
	{ cwd, env, stdin = '' }: { cwd: string; env: NodeJS.ProcessEnv; stdin?: string }
): Promise<Ran> {
	return new Promise((done, fail) => {
		const child = spawn(program, args, { cwd, env });
		let [stdout, stderr] = ['', ''];
		child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
		child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
		child.on('error', fail);
		child.on('close', (code) => done({ code, stdout, stderr }));
		child.stdin.end(stdin);
	});
}
