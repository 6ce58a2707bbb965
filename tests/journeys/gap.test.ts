/**
 * Inside a gap: a process tree without network interfaces, an ordinary user, nothing but the bundled
 * commands, the bundled app, a Node and the root keys.
 */
import { build } from 'esbuild';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareMachines } from '#lib/domain/machine.ts';
import { machine } from '#lib/sdk/node/machine.ts';
import { folderInGap, inGap, noGap } from '../gap.ts';
import { startHub, type RunningHub } from '../running-hub.ts';
import { Field, recording } from './field-machine.ts';

const root = resolve(import.meta.dirname, '../..');
const field = new Field();
const reason = noGap();
let hub: RunningHub;
let folder: string;
let env: Record<string, string> = {};

beforeAll(async () => {
	if (reason) return;
	hub = await startHub();
	folder = folderInGap('gap');
	const { fp } = await machine();
	const hasHardware = compareMachines(fp, fp, 2).same;
	const entries = { keyferry: 'server/cli/kit.ts', app: 'examples/licensed-app/app.ts' };
	for (const [name, entry] of Object.entries(entries))
		await build({
			entryPoints: [join(root, entry)],
			outfile: join(folder, `${name}.mjs`),
			bundle: true,
			platform: 'node',
			format: 'esm',
			minifySyntax: true,
			logLevel: 'error',
			define: hasHardware ? { 'process.env.NODE_ENV': '"production"' } : {}
		});
	// Where nothing can be read of the hardware, a recording stands in.
	if (!hasHardware) {
		writeFileSync(join(folder, 'sources.json'), JSON.stringify(recording('gap')));
		env = { NODE_ENV: 'test', KEYFERRY_MACHINE_SOURCES: join(folder, 'sources.json') };
	}
	copyFileSync(process.execPath, join(folder, 'node'));
	chmodSync(join(folder, 'node'), 0o755);
	copyFileSync(hub.roots, join(folder, 'roots.json'));
	chmodSync(join(folder, 'roots.json'), 0o644);
	// The inside has a place to write; the stick above belongs to somebody else.
	mkdirSync(join(folder, 'work'));
	chmodSync(join(folder, 'work'), 0o777);
}, 120_000);

afterAll(async () => {
	if (reason) return;
	await hub.stop();
	field.clear();
	rmSync(dirname(folder), { recursive: true, force: true });
});

const inside = (script: string, args: string[], input = '') =>
	inGap(join(folder, 'node'), [join(folder, script), ...args], {
		cwd: join(folder, 'work'),
		env: { ...env, KEYFERRY_STATE: join(folder, 'work/state') },
		input
	});

test('[K4, MA1, O2] the app in the gap is unlocked by files alone: locked before, entitled functions after', async (context) => {
	if (reason) context.skip(reason);
	const app = (...lines: string[]) => inside('app.mjs', [], `${lines.join('\n')}\n`);
	const key = hub.demo.licenses.find(({ product }) => product === 'atlas-server')?.key ?? '';

	const fingerprint = await inside('keyferry.mjs', ['fingerprint', '--json']);
	expect(fingerprint, fingerprint.stderr).toMatchObject({ code: 0 });
	const components = (JSON.parse(fingerprint.stdout) as { components: string[] }).components;
	expect(components.length).toBeGreaterThanOrEqual(2);

	const before = await app('1', '2', '3', 'q');
	expect(before.stdout.match(/\(ENTITLEMENT_MISSING\)/g)).toHaveLength(3);
	const asked = await app('u', 'Ada Admin', 'Example GmbH', ...key.trimEnd().split('\n'), 's', 'q');
	expect(asked.stdout).toContain('The activation request is ready');
	expect(asked.stdout).toContain('Waiting for activation');
	const work = join(folder, 'work');
	const request = readdirSync(work).find((name) => name.endsWith('.kfreq')) ?? '';

	// There is no way out but the file.
	const cut = await inside('keyferry.mjs', ['submit', request, '--hub', hub.address]);
	expect(cut.code).toBe(1);
	expect(cut.stdout).toContain('HUB_UNREACHABLE');

	const ferry = field.machine('ferry');
	copyFileSync(join(work, request), ferry.path(request));
	const submitted = await ferry.keyferry(['submit', request, '--hub', hub.address]);
	expect(submitted, submitted.stderr).toMatchObject({ code: 0 });
	const answer = request.replace('.kfreq', '.kfact');
	copyFileSync(ferry.path(answer), join(work, answer));

	const after = await app('l', answer, '1', '2', '3', '4', 's', 'q');
	expect(after.stdout).toContain('Unlocked: Dataflow, Workflow');
	expect(after.stdout).toContain('sum → 63');
	expect(after.stdout).toContain('step 3: publish done');
	expect(after.stdout.match(/\(ENTITLEMENT_MISSING\)/g)).toHaveLength(2);
	expect(after.stdout).toContain('✓ active');

	// The command line finds the kit's roots beside itself and sees the same state.
	const status = await inside('keyferry.mjs', ['status', '--json']);
	expect(status, status.stderr).toMatchObject({ code: 0 });
	expect(JSON.parse(status.stdout)).toMatchObject({
		licenses: [{ state: 'active', entitlements: ['dataflow', 'workflow'] }]
	});
});
