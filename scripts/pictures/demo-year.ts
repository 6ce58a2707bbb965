/**
 * A hub with the demo's data and a year behind it: it is started month by month with its clock put back,
 * and machines ask it as machines do. What pictures show is what it says.
 *
 * @module
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { DAY_SECONDS } from '#lib/domain/time.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { signToken } from '#lib/signing/jws.ts';
import { exportPublicJwk, generateKeyPair, signerOf } from '#lib/signing/keys.ts';
import { root } from '../root.ts';

/** When the pictures are taken, by the clocks of hub and browser, whatever the day. */
export const PICTURED_AT = Date.parse('2026-11-30T09:41:00Z') / 1000;

const PORT = 4869;
export const ADDRESS = `http://localhost:${PORT}`;

/** Machines that came in each month, the oldest first: of the large license, by its number in the demo. */
const COMING = [
	['drawing-04'],
	['drawing-05', 'drawing-06'],
	['drawing-07'],
	['drawing-08', 'drawing-09'],
	['drawing-10'],
	['drawing-11', 'drawing-12'],
	['drawing-13'],
	[],
	['drawing-14', 'drawing-15'],
	['drawing-16'],
	['drawing-17', 'drawing-18']
] as const;

type Demo = {
	token: string;
	users: { email: string; password: string; role: string }[];
	licenses: { number: string; key: string; product: string; seats: number }[];
};

export type DemoYear = Demo & { stop: () => Promise<void> };

/** @param data - An empty folder. */
export async function demoYear(data: string): Promise<DemoYear> {
	for (const [at, labels] of COMING.entries()) {
		const monthsAgo = COMING.length - at;
		const now = PICTURED_AT - monthsAgo * 30 * DAY_SECONDS;
		const hub = await start(data, now);
		const { number } = hub.demo.licenses.find(({ seats }) => seats === 25)!;
		for (const label of labels) await activate(hub.demo, await requestOf(number, label, now));
		await stop(hub.process);
	}
	const { process: hub, demo } = await start(data, PICTURED_AT);
	await renewAll(demo);
	return { ...demo, stop: () => stop(hub) };
}

/** What the demo issued a year ago, as it would stand had it been looked after. */
async function renewAll(demo: Demo): Promise<void> {
	const [server, drawing, backup] = demo.licenses;
	const inDays = (days: number) => PICTURED_AT + days * DAY_SECONDS;
	await ask(demo, 'license.renew', { number: server!.number, maintainedUntil: inDays(300) });
	await ask(demo, 'license.renew', { number: drawing!.number, maintainedUntil: inDays(120) });
	await ask(demo, 'license.renew', { number: backup!.number, expiresAt: inDays(22) });
}

/** A request file as a machine writes it. */
export async function requestOf(number: string, label: string, now: number): Promise<string> {
	const machine = await generateKeyPair(true);
	const hash = () => randomBytes(16).toString('base64url');
	return signToken(
		'activation-request',
		{
			v: 1,
			jti: uuidv7(),
			iat: now,
			num: number,
			fp: { os: hash(), fs: hash(), board: hash(), disk: hash(), mac: [hash()] },
			vm: false,
			os: 'linux',
			name: 'Tina Technician',
			org: 'Example GmbH',
			label,
			cnf: { jwk: await exportPublicJwk(machine.publicKey) }
		},
		await signerOf(machine)
	);
}

export async function activate(demo: Demo, request: string): Promise<void> {
	await post(demo, '/v1/activations', { request });
}

async function ask(demo: Demo, procedure: string, input: object): Promise<void> {
	await post(demo, `/rpc/${procedure}`, input);
}

async function post({ token }: Demo, path: string, body: object): Promise<void> {
	const answer = await fetch(ADDRESS + path, {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			'x-keyferry': '1',
			authorization: `Bearer ${token}`
		},
		body: JSON.stringify(body)
	});
	if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
}

async function start(data: string, now: number): Promise<{ process: ChildProcess; demo: Demo }> {
	const clock = pathToFileURL(join(root, 'scripts/pictures/past-clock.js')).href;
	const keyferry = join(root, 'server/cli/keyferry.js');
	const hub = spawn(
		process.execPath,
		[keyferry, 'serve', '--demo', '--port', String(PORT), '--data', data],
		{
			cwd: root,
			stdio: ['ignore', 'ignore', 'inherit'],
			env: {
				...process.env,
				NODE_OPTIONS: `--import=${clock}`,
				KEYFERRY_CLOCK_AHEAD_MS: String(now * 1000 - Date.now())
			}
		}
	);
	for (;;) {
		if (hub.exitCode !== null) throw new Error(`the hub did not start (${hub.exitCode})`);
		const answer = await fetch(`${ADDRESS}/health/ready`).catch(() => undefined);
		if (answer?.ok) break;
		await sleep(100);
	}
	return { process: hub, demo: JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')) as Demo };
}

async function stop(hub: ChildProcess): Promise<void> {
	const ended = once(hub, 'exit');
	hub.kill('SIGTERM');
	await ended;
}
