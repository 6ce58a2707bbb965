/**
 * Inside a gap: a process tree without network interfaces, an ordinary user, nothing but the bundled
 * commands, the bundled app, a Node and the root keys.
 */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noGap } from '../fixtures/gap.ts';
import { startHub, type RunningHub } from '../fixtures/running-hub.ts';
import { Field } from './field-machine.ts';
import { setUpMachineInGap, type GapMachine } from './gap-machine.ts';

const field = new Field();
const reason = noGap();
let hub: RunningHub;
let inside: GapMachine;

beforeAll(async () => {
	if (reason) return;
	hub = await startHub();
	inside = await setUpMachineInGap(hub.roots);
});

afterAll(async () => {
	if (reason) return;
	await hub.stop();
	field.clear();
	inside.remove();
});

test('[K4, MA1, O2] the app in the gap is unlocked by files alone: locked before, entitled functions after', async (context) => {
	if (reason) context.skip(reason);
	const { app, keyferry, work } = inside;
	const key = hub.demo.licenses.find(({ product }) => product === 'atlas-server')?.key ?? '';

	const fingerprint = await keyferry('fingerprint', '--json');
	expect(fingerprint, fingerprint.stderr).toMatchObject({ code: 0 });
	const components = (JSON.parse(fingerprint.stdout) as { components: string[] }).components;
	expect(components.length).toBeGreaterThanOrEqual(2);

	const before = await app('1', '2', '3', 'q');
	expect(before.stdout.match(/\(ENTITLEMENT_MISSING\)/g)).toHaveLength(3);
	const asked = await app('u', 'Ada Admin', 'Example GmbH', ...key.trimEnd().split('\n'), 's', 'q');
	expect(asked.stdout).toContain('The activation request is ready');
	expect(asked.stdout).toContain('Waiting for activation');
	const [request = ''] = inside.files('.kfreq');

	// There is no way out but the file.
	const cut = await keyferry('submit', request, '--hub', hub.address);
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
	const status = await keyferry('status', '--json');
	expect(status, status.stderr).toMatchObject({ code: 0 });
	expect(JSON.parse(status.stdout)).toMatchObject({
		licenses: [{ state: 'active', entitlements: ['dataflow', 'workflow'] }]
	});
});
