/** The package `keyferry`: installed from its tarball, and a license round trip with nothing else. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHub } from '../fixtures/running-hub.ts';
import { Field } from '../journeys/field-machine.ts';
import { runOwnHub } from '../journeys/own-hub.ts';
import { complaints, findNode, install, root, type Installed } from './tarball.ts';

let installed: Installed;
let program: string;
beforeAll(() => {
	installed = install('keyferry');
	program = join(installed.folder, 'node_modules/keyferry/keyferry.js');
}, 600_000);
afterAll(() => installed.clear());

test('publint and arethetypeswrong find nothing', () => {
	expect(complaints('publint', ['run', installed.tarball, '--strict'])).toBe('');
	expect(complaints('attw', [installed.tarball])).toBe('');
});

test('it brings along all that it needs, with the terms of each', () => {
	const packages = readdirSync(join(installed.folder, 'node_modules'));
	expect(packages.filter((name) => !name.startsWith('.'))).toEqual(['keyferry']);
	const terms = readFileSync(
		join(installed.folder, 'node_modules/keyferry/THIRD-PARTY.txt'),
		'utf8'
	);
	for (const name of ['@electric-sql/pglite', 'better-auth', 'drizzle-orm', 'zod'])
		expect(terms).toContain(`## ${name} `);
});

test('[K3] an empty folder becomes a hub that activates a machine, with nothing but what was installed', async () => {
	const field = new Field(program);
	try {
		await runOwnHub(field);
	} finally {
		field.clear();
	}
});

test('the Containerfile takes this tarball, and serves by options that there are', () => {
	const file = readFileSync(join(root, 'Containerfile'), 'utf8');
	const [, pattern = ''] = /^COPY (\S+) /m.exec(file) ?? [];
	expect(basename(installed.tarball)).toMatch(new RegExp(`^${pattern.replace('*', '\\d.*')}$`));
	const [, command = '[]'] = /^CMD (\[.*\])$/m.exec(file) ?? [];
	const [verb = '', ...options] = JSON.parse(command) as string[];
	const { stdout } = spawnSync(process.execPath, [program, verb, '--help'], { encoding: 'utf8' });
	for (const option of options.filter((each) => each.startsWith('--')))
		expect(stdout).toContain(option);
	expect(file).toContain('USER node');
});

test('an old Node is told so in a sentence', (context) => {
	const found = findNode('20.0');
	if ('missing' in found) return context.skip(found.missing);
	const { status, stderr } = spawnSync(found.node, [program, 'serve'], { encoding: 'utf8' });
	expect(status).toBe(1);
	expect(stderr).toMatch(/^keyferry: Node 20\.0\.0 is too old\. .*\n$/);
});

test.for(['22.18', 'this one'] as const)(
	'on Node %s a demo hub starts, and a request goes round',
	async (name, context) => {
		const found = findNode(name);
		if ('missing' in found) return context.skip(found.missing);
		const work = join(installed.folder, `on ${name}`);
		mkdirSync(work);
		const keyferry = (...args: string[]) => {
			const env = { ...process.env, HOME: work, KEYFERRY_STATE: join(work, 'state') };
			const options = { cwd: work, encoding: 'utf8', env } as const;
			return spawnSync(found.node, [program, ...args], options);
		};
		const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
			version: string;
		};
		expect(keyferry('--version').stdout).toBe(`${version}\n`);

		const hub = await startHub({ program: [found.node, program], fromNothing: true });
		try {
			const page = await fetch(hub.address).then((answer) => answer.text());
			expect(page).toContain('<title>Keyferry');
			const { number } = hub.demo.licenses[0]!;
			const who = ['--key', number, '--name', 'Site Admin', '--given', 'rack-07'];
			expect(keyferry('request', ...who, '--out', 'r.kfreq')).toMatchObject({ status: 0 });
			const to = ['--hub', hub.address, '--token', hub.demo.token];
			expect(keyferry('submit', 'r.kfreq', ...to)).toMatchObject({ status: 0 });
			expect(existsSync(join(work, 'r.kfact'))).toBe(true);
			const loaded = keyferry('load', 'r.kfact', '--roots', hub.roots);
			expect(loaded).toMatchObject({ status: 0, stderr: '' });
			const status = JSON.parse(keyferry('status', '--json').stdout) as { licenses: unknown[] };
			expect(status.licenses).toMatchObject([{ state: 'active', number }]);

			await hub.end();
			const again = await startHub({ program: [found.node, program], data: hub.data });
			expect(again.demo.licenses[0]).toMatchObject({ number });
			await again.end();
		} finally {
			await hub.stop();
		}
	}
);
