/**
 * The task by which Windows runs a server from boot on. Written by Microsoft's schema, and never tried on
 * Windows itself.
 *
 * @see https://learn.microsoft.com/windows/win32/taskschd/task-scheduler-schema
 * @module
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { UsageError, type Outcome } from '#server/cli/base/outcome.ts';

export type Task = {
	name: string;
	role: 'hub' | 'site';
	/** The program and what it is given, each as it is. */
	command: readonly string[];
	/** Absolute. */
	data: string;
};

/** LOCAL SERVICE: no password, few rights, and nobody signs in by it. */
const ACCOUNT = 'S-1-5-19';

/** @returns The text of the task, to be saved as UTF-16. */
export function taskXml({
	role,
	command: [program = '', ...args],
	data
}: Omit<Task, 'name'>): string {
	return [
		'<?xml version="1.0" encoding="UTF-16"?>',
		'<Task version="1.3" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">',
		`<RegistrationInfo><Description>Keyferry ${role === 'hub' ? 'hub' : 'site server'}</Description></RegistrationInfo>`,
		'<Triggers><BootTrigger><Enabled>true</Enabled></BootTrigger></Triggers>',
		`<Principals><Principal id="Server"><UserId>${ACCOUNT}</UserId><RunLevel>LeastPrivilege</RunLevel></Principal></Principals>`,
		'<Settings>',
		'<MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>',
		'<DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>',
		'<StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>',
		// The least that the schema allows is a minute.
		'<RestartOnFailure><Interval>PT1M</Interval><Count>999</Count></RestartOnFailure>',
		'<ExecutionTimeLimit>PT0S</ExecutionTimeLimit>',
		'<Enabled>true</Enabled>',
		'</Settings>',
		'<Actions Context="Server"><Exec>',
		`<Command>${escaped(program)}</Command>`,
		`<Arguments>${escaped(args.map(quoted).join(' '))}</Arguments>`,
		`<WorkingDirectory>${escaped(data)}</WorkingDirectory>`,
		'</Exec></Actions>',
		'</Task>',
		''
	].join('\r\n');
}

/** One word of a command line, as Windows programs take it apart: backslashes count before a quote alone. */
function quoted(word: string): string {
	return `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
}

function escaped(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

export async function installTask(task: Task): Promise<Outcome> {
	mustBeName(task.name);
	const folder = mkdtempSync(join(tmpdir(), 'keyferry-task-'));
	try {
		const file = join(folder, 'task.xml');
		writeFileSync(file, `\uFEFF${taskXml(task)}`, 'utf16le');
		// The folder is the server's own from now on, and its keys nobody else's.
		await tool('icacls', [task.data, '/grant', `*${ACCOUNT}:(OI)(CI)M`]);
		await tool('schtasks', ['/Create', '/TN', task.name, '/XML', file, '/F']);
		await tool('schtasks', ['/Run', '/TN', task.name]);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
	const lines = [
		`The task ${task.name} runs, and starts at boot.`,
		'The server’s own words are not kept by Windows: open its page on this machine.'
	];
	return { lines, json: { task: task.name, started: true } };
}

export async function taskStatus(name: string): Promise<Outcome> {
	const installed = await tool('schtasks', ['/Query', '/TN', name]).then(
		() => true,
		() => false
	);
	const line = installed ? `${name} is a task of Windows.` : `There is no task ${name}.`;
	return { lines: [line], json: { installed, task: name }, exit: installed ? 0 : 3 };
}

export async function removeTask(name: string): Promise<Outcome> {
	await tool('schtasks', ['/End', '/TN', name]).catch(() => undefined);
	const removed = await tool('schtasks', ['/Delete', '/TN', name, '/F']).then(
		() => true,
		() => false
	);
	const line = removed
		? `The task ${name} is removed. The data folder stays.`
		: `There was no task ${name}.`;
	return { lines: [line], json: { removed, task: name } };
}

/** By full path: the present folder, which may be a stick, is looked into first else. */
function tool(program: string, args: readonly string[]) {
	const system = `${process.env.SystemRoot ?? 'C:\\Windows'}\\System32`;
	return promisify(execFile)(`${system}\\${program}.exe`, [...args]);
}

/** @throws UsageError for what is no name of a service or a task. */
export function mustBeName(name: string): void {
	if (!/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(name))
		throw new UsageError(`${name} is no name of a service.`);
}
