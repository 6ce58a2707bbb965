/** `keyferry service install|status|remove`: a hub or a site server from boot on, by systemd or as a task of Windows. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { defineCommand } from 'citty';
import { command } from '#server/cli/base/command.ts';
import { UsageError, type Outcome } from '#server/cli/base/outcome.ts';
import { roleOf, roleOfFolder } from './serve-options.ts';
import { environmentFileOf, unitText } from './systemd-unit.ts';
import { installTask, mustBeName, removeTask, taskStatus } from './windows-task.ts';

const which = {
	user: { type: 'boolean', description: 'A service of this user, without root' },
	name: {
		type: 'string',
		default: 'keyferry',
		valueHint: 'NAME',
		description: 'Name of the service'
	}
} as const;

const install = command({
	name: 'install',
	description: 'Run a hub or a site server as a service, from boot on',
	args: {
		role: {
			type: 'string',
			valueHint: 'hub|site',
			description: 'Role of the server (default: that of the folder, else hub)'
		},
		data: { type: 'string', required: true, valueHint: 'DIR', description: 'Data folder' },
		port: { type: 'string', valueHint: 'N', description: 'Port' },
		host: { type: 'string', valueHint: 'ADDRESS', description: 'Address to listen on' },
		url: { type: 'string', valueHint: 'URL', description: 'Public address' },
		proxy: { type: 'string', valueHint: 'CIDR,…', description: 'Proxies that it believes' },
		roots: {
			type: 'string',
			valueHint: 'FILE',
			description: 'Root keys of the vendor, for the first start of a site server'
		},
		'run-as': {
			type: 'string',
			valueHint: 'USER',
			description: 'Whose rights it has (default: the folder’s owner)'
		},
		...which
	},
	async run(args): Promise<Outcome> {
		const data = resolve(args.data);
		const role = args.role === undefined ? roleOfFolder(data) : roleOf(args.role);
		prepareFolder(data, { role, runAs: args['run-as'] });
		const given = (['port', 'host', 'url', 'proxy'] as const).flatMap((name) => {
			const value = args[name];
			return value === undefined ? [] : [`--${name}`, value];
		});
		// The folder is to be known before the hub or site in it is.
		const served = role === 'site' ? ['serve', '--role', 'site'] : ['serve'];
		const roots = args.roots === undefined ? [] : ['--roots', resolve(args.roots)];
		const program = [process.execPath, resolve(process.argv[1] ?? '')];
		const command = [...program, ...served, '--data', data, ...given, ...roots];
		if (process.platform === 'win32') return installTask({ name: args.name, role, command, data });

		const place = placeOf(args);
		const user = args.user ? undefined : (args['run-as'] ?? String(statSync(data).uid));
		const text = unitText({ role, command, data, user });
		mkdirSync(dirname(place.file), { recursive: true });
		writeFileSync(place.file, text, { mode: 0o644 });
		const started = await place.systemctl('daemon-reload').then(
			() => place.systemctl('enable', '--now', place.unit).then(() => true),
			() => false
		);
		const lines = [`The service is written to ${place.file}.`];
		lines.push(
			started
				? `It runs, and starts at boot. What it does: journalctl ${place.flags.join(' ')} -u ${place.unit}`
				: `systemd does not run here. Where it does: ${place.said('enable --now')}`
		);
		const told = role === 'hub' ? 'DATABASE_URL, KEYFERRY_SMTP' : 'KEYFERRY_METRICS_TOKEN';
		lines.push(`${told} and the like go into ${environmentFileOf(data)}.`);
		lines.push(`It starts from ${dirname(program[1]!)}, which has to stay there.`);
		if (user === '0')
			lines.push(
				`It runs as root, whose the folder is. With fewer rights: chown -R USER ${data}, then install again.`
			);
		if (args.user) lines.push('To run it while you are signed out: loginctl enable-linger');
		return { lines, json: { file: place.file, unit: place.unit, started } };
	}
});

/** A hub is made before; a site server makes what it needs in an empty folder of its own. */
function prepareFolder(
	data: string,
	{ role, runAs }: { role: 'hub' | 'site'; runAs: string | undefined }
): void {
	if (existsSync(data)) return;
	if (role === 'hub')
		throw new UsageError(`There is no folder ${data}: make it with keyferry init.`);
	if (runAs !== undefined)
		throw new UsageError(`There is no folder ${data}: make it for ${runAs} first.`);
	mkdirSync(data, { recursive: true, mode: 0o700 });
}

const status = command({
	name: 'status',
	description: 'Whether the service is installed and runs',
	args: which,
	async run(args): Promise<Outcome> {
		if (process.platform === 'win32') return taskStatus(args.name);
		const place = placeOf(args);
		const installed = existsSync(place.file);
		const state = await place.systemctl('is-active', place.unit).catch((error: unknown) => {
			// It says the state, and ends with 3 where that is not "active".
			const { stdout = '' } = error as { stdout?: string };
			return stdout;
		});
		const active = state.trim() || 'unknown';
		const line = installed ? `${place.unit}: ${active}` : `There is no ${place.file}.`;
		return {
			lines: [line],
			json: { installed, state: active, file: place.file },
			exit: installed ? 0 : 3
		};
	}
});

const remove = command({
	name: 'remove',
	description: 'Stop the service and remove it; the data folder stays',
	args: which,
	async run(args): Promise<Outcome> {
		if (process.platform === 'win32') return removeTask(args.name);
		const place = placeOf(args);
		const installed = existsSync(place.file);
		await place.systemctl('disable', '--now', place.unit).catch(() => undefined);
		rmSync(place.file, { force: true });
		await place.systemctl('daemon-reload').catch(() => undefined);
		const line = installed
			? `${place.unit} is removed. The data folder stays.`
			: `There was no ${place.file}.`;
		return { lines: [line], json: { removed: installed, file: place.file } };
	}
});

export const serviceCommand = defineCommand({
	meta: {
		name: 'service',
		description: 'A hub or a site server as a service: install, status, remove'
	},
	subCommands: { install, status, remove }
});

const run = promisify(execFile);

/** Where a service of this name is, and how systemd is asked about it. */
function placeOf({ user = false, name }: { user?: boolean; name: string }) {
	if (process.platform !== 'linux')
		throw new UsageError(
			'Services are made for systemd on Linux, and as tasks on Windows. Elsewhere, have keyferry serve run at boot.'
		);
	mustBeName(name);
	const own = process.env.XDG_CONFIG_HOME || join(homedir(), '.config');
	const folder = user ? join(own, 'systemd/user') : '/etc/systemd/system';
	const flags = user ? ['--user'] : [];
	const unit = `${name}.service`;
	return {
		file: join(folder, unit),
		unit,
		flags,
		said: (verb: string) => ['systemctl', ...flags, verb, unit].join(' '),
		systemctl: async (...args: string[]) => (await run('systemctl', [...flags, ...args])).stdout
	};
}
