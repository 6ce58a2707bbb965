/**
 * An empty folder becomes a vendor's hub that activates a machine, by the command line alone.
 *
 * @module
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { startHub } from '../fixtures/running-hub.ts';
import { recording, type Field } from './field-machine.ts';

/** Init, product, customer and license on a folder; then it serves, and a machine is activated. */
export async function runOwnHub(field: Field): Promise<void> {
	const office = field.machine('vendor');
	const data = office.path('data');
	const run = async <T>(...args: string[]): Promise<T> => {
		const ran = await office.keyferry([...args, '--json']);
		expect(ran, ran.stderr).toMatchObject({ code: 0 });
		return JSON.parse(ran.stdout) as T;
	};
	await run(
		'init',
		'--data',
		data,
		'--root-out',
		office.path('root.json'),
		'--name',
		'Example Software'
	);
	const on = ['--data', data];
	const about = ['--title', 'Beacon', '--contact', 'help@example.com'];
	await run('product', 'add', 'beacon', ...about, '--entitlements', 'export=Export', ...on);
	const again = await office.keyferry(['product', 'add', 'beacon', ...about, ...on]);
	expect([again.code, again.stderr]).toEqual([3, expect.stringContaining('NAME_TAKEN')]);
	await run('customer', 'add', 'Example GmbH', '--contact', 'it@example.com', ...on);
	const order = ['--product', 'beacon', '--customer', 'example gmbh', '--versions', '3'];
	// Where the key cannot be written, nothing is issued.
	const taken = ['--out', office.path('root.json')];
	const unwritten = await office.keyferry(['license', 'issue', ...order, ...taken, ...on]);
	expect([unwritten.code, unwritten.stderr]).toEqual([
		2,
		expect.stringContaining('is there already')
	]);
	expect(await run('license', 'list', ...on)).toEqual([]);
	const { number, key } = await run<{ number: string; key: string }>(
		...['license', 'issue', ...order, '--entitlements', 'export', ...on]
	);
	expect(await run('license', 'list', ...on)).toMatchObject([
		{ number, title: 'Beacon', customer: 'Example GmbH', seats: 1 }
	]);
	await run('customer', 'change', 'Example GmbH', '--name', 'Example AG', '--archive', ...on);
	const archived = await office.keyferry([
		'license',
		'issue',
		...order.with(3, 'Example AG'),
		...on
	]);
	expect([archived.code, archived.stderr]).toEqual([3, expect.stringContaining('ARCHIVED')]);
	expect(await run('audit', 'verify', ...on)).toMatchObject({ holds: true });

	const program = [process.execPath, field.program] as const;
	const hub = await startHub({ data, demo: false, program: [...program] });
	try {
		const busy = await office.keyferry(['license', 'list', ...on]);
		expect([busy.code, busy.stderr]).toEqual([
			1,
			expect.stringContaining('in use by keyferry serve')
		]);
		const machine = field.machine('rack-01', recording('rack-01'));
		writeFileSync(machine.path('key.kflic'), key);
		const who = ['--name', 'Ada', '--organization', 'Example AG', '--version', '3.1'];
		expect(await machine.keyferry(['request', '--key', 'key.kflic', ...who])).toMatchObject({
			code: 0
		});
		const [request] = machine.files('.kfreq') as [string];
		const sent = await machine.keyferry(['submit', request, '--hub', hub.address]);
		expect(sent, sent.stderr).toMatchObject({ code: 0 });
		const [answer] = machine.files('.kfact') as [string];
		const loaded = await machine.keyferry(['load', answer, '--roots', join(data, 'roots.json')]);
		expect(loaded, loaded.stderr).toMatchObject({ code: 0 });
		const status = await machine.keyferry(['status', '--json']);
		expect(JSON.parse(status.stdout)).toMatchObject({
			licenses: [{ state: 'active', number, title: 'Beacon' }]
		});
	} finally {
		await hub.end();
	}
}
