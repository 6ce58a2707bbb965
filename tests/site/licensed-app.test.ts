/** The licensed app at a license server, as a person drives it: chosen, tested, counted, told, locked. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { RunningSite } from '#server/serve-site.ts';
import {
	makeSiteMachine,
	makeVendor,
	openTestSite,
	type SiteMachine,
	type Vendor
} from '../fixtures/running-site.ts';
import { recording } from '../journeys/field-machine.ts';

const program = resolve(import.meta.dirname, '../../examples/licensed-app/app.ts');
let home: string;
let vendor: Vendor;
let machine: SiteMachine;
let running: RunningSite;
let act: string;
const apps: App[] = [];

beforeAll(async () => {
	home = mkdtempSync(join(tmpdir(), 'keyferry-app-'));
	vendor = await makeVendor();
	machine = makeSiteMachine(vendor);
	({ act } = await machine.activate({ clients: 1 }));
	running = await openTestSite(machine);
	await running.site.settings.write('ttl', 2);
});
afterEach(async () => {
	await Promise.all(apps.splice(0).map((app) => app.end()));
});
afterAll(async () => {
	await running.close();
	machine.remove();
	rmSync(home, { recursive: true, force: true });
});

/** A program that is typed to, one line at a time, and whose screen is read. */
class App {
	readonly #child: ChildProcessWithoutNullStreams;
	#unread = '';
	#wake = () => {};

	/** @param state - Of a machine that holds a license itself. */
	constructor(name: string, state = join(home, name)) {
		mkdirSync(state, { recursive: true });
		writeFileSync(join(home, `${name}.json`), JSON.stringify(recording(name)));
		this.#child = spawn(process.execPath, [program, '--roots', machine.roots], {
			cwd: state,
			env: {
				...process.env,
				NODE_ENV: 'test',
				KEYFERRY_MACHINE_SOURCES: join(home, `${name}.json`),
				KEYFERRY_STATE: state
			}
		});
		for (const stream of [this.#child.stdout, this.#child.stderr])
			stream.on('data', (chunk: Buffer) => {
				this.#unread += chunk.toString();
				this.#wake();
			});
		this.#child.on('exit', () => this.#wake());
		apps.push(this);
	}

	type(...lines: string[]): void {
		for (const line of lines) this.#child.stdin.write(`${line}\n`);
	}

	/** Reads on until this stands on the screen. @returns What stood before it, and it. */
	async sees(text: string): Promise<string> {
		while (!this.#unread.includes(text)) {
			if (this.#child.exitCode !== null) throw new Error(`no "${text}" in:\n${this.#unread}`);
			await new Promise<void>((done) => (this.#wake = done));
		}
		const end = this.#unread.indexOf(text) + text.length;
		const seen = this.#unread.slice(0, end);
		this.#unread = this.#unread.slice(end);
		return seen;
	}

	async end(): Promise<void> {
		if (this.#child.exitCode !== null) return;
		const ended = once(this.#child, 'exit');
		this.#child.stdin.end();
		await ended;
	}
}

async function appAtServer(name: string): Promise<App> {
	const app = new App(name);
	await app.sees('> ');
	app.type('t', '3', running.url);
	await app.sees('Saved. Server');
	return app;
}

test('[LC5] Next tests the server before it saves; a server that is not there changes nothing', async () => {
	const app = new App('tester');
	await app.sees('✗ locked');
	app.type('t', '3', '127.0.0.1:9');
	expect(await app.sees('Nothing was changed.')).toContain('✗ It does not answer');
	app.type('t', '3', running.url);
	const seen = await app.sees('Saved. Server');
	expect(seen).toContain('✓ License KF-');
	expect(seen).toContain('Clients: 0 of 1 at work');
	expect(await app.sees('Quit')).toContain('Your client is now activated');
	await app.end();
	const again = new App('tester');
	await again.sees('✓ Your client is now activated');
	expect(await again.sees('Reports')).toContain('Dataflow    ✓ open');
});

test('[LC3] one too many reads who works, waits in line, and works when it is free', async () => {
	const first = await appAtServer('first');
	await first.sees('now activated');
	const second = await appAtServer('second');
	expect(await second.sees('(CLIENT_LIMIT_REACHED)')).toMatch(/ at \S+ +since \d{4}-\d\d-\d\d/);
	second.type('w');
	await second.sees('You are in line');
	second.type('m');
	expect(await second.sees('Entitlements')).toMatch(/Clients +1 of 1 at work/);
	await first.end();
	await second.sees('✓ Your client is now activated');
	second.type('1');
	await second.sees('sum →');
});

test('[LC4] a changed license is told with a countdown, and a restart works under it', async () => {
	const app = await appAtServer('first');
	await app.sees('now activated');
	await machine.activate({ act, gen: 2, clients: 1, ent: ['reports'] });
	await running.site.refresh();
	expect(await app.sees('Restart within')).toContain('has a changed license');
	app.type('x');
	expect(await app.sees('Reports     ✓ open')).toContain('Dataflow    ✗ locked');
});

test('[LC4] what an admin ends is locked; what was saved still opens', async () => {
	const app = await appAtServer('first');
	await app.sees('now activated');
	app.type('reports');
	await app.sees('readings');
	const [held] = running.site.pools.list();
	await running.site.pools.end(held!.id, 'Maintenance at noon');
	expect(await app.sees('Saved results (v) still open')).toContain('Maintenance at noon');
	app.type('reports');
	await app.sees('(ENTITLEMENT_MISSING)');
	app.type('v');
	await app.sees('5 readings, mean');
});

test('[LC6] a machine that holds a seat itself is asked for it before a server counts it', async () => {
	const mover = makeSiteMachine(vendor, 'mover');
	await mover.activate({ label: 'desk-2' });
	const app = new App('mover', join(mover.data, 'state'));
	await app.sees('Dataflow    ✓ open');
	app.type('t', '3', running.url);
	await app.sees('Give it back first?');
	app.type('y', 'desk-2');
	expect(await app.sees('Saved. Server')).toContain('✓ The seat is given back and locked.');
	await app.sees('now activated');
	app.type('t', '1');
	expect(await app.sees('Reports     ✗ locked')).toContain('Dataflow    ✗ locked');
	expect(running.site.pools.list()).toEqual([]);
	await app.end();
	mover.remove();
});
