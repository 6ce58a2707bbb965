/**
 * `npm start`: a hub with demo data on this machine, and what to do with it.
 *
 * `--port` and `--data` as `keyferry serve` has them.
 *
 * @module
 */

import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildDesk } from './build-desk.ts';
import { readOptions } from './options.ts';
import { root } from './root.ts';

/** What `serve --demo` leaves in the data folder. */
type Demo = {
	users: { email: string; password: string; role: string }[];
	licenses: { number: string; product: string; seats: number }[];
};

const { values } = readOptions({
	options: {
		port: { type: 'string', default: '4870' },
		data: { type: 'string', default: join(root, 'data') }
	}
});
const address = `http://localhost:${values.port}`;
const data = resolve(values.data);

/** Said before anything long begins; the hub itself says it too. */
async function portIsTaken(): Promise<boolean> {
	// A port that is none is for the hub to refuse.
	if (!(Number(values.port) < 65_536)) return false;
	const probe = createServer();
	return new Promise((settle) => {
		probe.once('error', (error: NodeJS.ErrnoException) => settle(error.code === 'EADDRINUSE'));
		probe.listen(Number(values.port), '127.0.0.1', () => probe.close(() => settle(false)));
	});
}

async function isReady(hub: ChildProcess): Promise<boolean> {
	while (hub.exitCode === null && hub.signalCode === null) {
		const answer = await fetch(`${address}/health/ready`).catch(() => undefined);
		if (answer?.ok) return true;
		await sleep(100);
	}
	return false;
}

function welcome(): string {
	const demo = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')) as Demo;
	const width = Math.max(...demo.users.map(({ email }) => email.length));
	const signIns = demo.users.map(
		({ email, password, role }) => `  ${email.padEnd(width)}  ${password}  (${role})`
	);
	const license = demo.licenses[0];
	return [
		'',
		`Keyferry is running: ${address}`,
		'',
		'Demo sign-ins',
		...signIns,
		'',
		'Three things to try, the last two in another terminal',
		`  1. Open ${address}, sign in, and look at the licenses; then go offline and reload.`,
		`  2. npx keyferry request --key ${license?.number} --name "Ada Example" \\`,
		'       --organization "Example GmbH" --out example.kfreq',
		'     and drop example.kfreq on the page: it says what it is, and asks the server when you submit it.',
		'  3. npm run kit: what goes into an air gap, to be copied to a USB stick.',
		'',
		`Everything is kept in ${data}. Ctrl+C stops the hub.`,
		'A hub of your own begins with npx keyferry serve --data DIR, and goes on in the browser.',
		''
	].join('\n');
}

if (await portIsTaken()) {
	console.error(
		`Port ${values.port} is in use by another program: stop that one, or take another port ` +
			`with \`npm start -- --port ${Number(values.port) + 1}\`.`
	);
	process.exit(1);
}
try {
	process.stdout.write('Building the desk …');
	const started = Date.now();
	const { built } = buildDesk('desk');
	console.log(built ? ` ${Math.round((Date.now() - started) / 1000)} s` : ' up to date');
} catch (cause) {
	console.error(cause instanceof Error ? cause.message : cause);
	process.exit(1);
}
console.log('Starting the hub …');
const hub = spawn(
	process.execPath,
	['server/cli/keyferry.js', 'serve', '--port', values.port, '--data', data, '--demo'],
	{ cwd: root, stdio: 'inherit' }
);
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => hub.kill('SIGTERM'));
hub.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 0 : 1)));
if (await isReady(hub)) console.log(welcome());
