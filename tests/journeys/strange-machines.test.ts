/** Machines as they really are: disks without links, no home and no account, a console and nothing else. */
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Field } from './field-machine.ts';

const field = new Field();
afterAll(() => field.clear());

const asking = ['request', '--key', 'KF-7Q2M-90TK-C4XR', '--name', 'Ada', '--label', 'rig'];
const stubborn = `--import ${resolve(import.meta.dirname, 'stubborn-disk.mjs')}`;

test.for(['EPERM', 'ENOTSUP', 'EOPNOTSUPP'])(
	'[MA3] a disk that answers links with %s, and whose files are held for a moment, keeps a state',
	async (LINK_FAULT) => {
		const machine = field.machine(`fat-${LINK_FAULT}`);
		const env = { NODE_OPTIONS: stubborn, LINK_FAULT };
		const ran = await machine.keyferry([...asking, '--out', 'a.kfreq'], { env });
		expect(ran.code, ran.stderr).toBe(0);
		const again = await machine.keyferry([...asking, '--out', 'b.kfreq'], { env });
		expect(again.code, again.stderr).toBe(0);
		expect(existsSync(machine.path('state/machine-key.json'))).toBe(true);
	}
);

test('[MA3] a number without account and home works with a state folder', async () => {
	const machine = field.machine('container');
	chmodSync(machine.folder, 0o777);
	const as = ['setpriv', '--reuid', '54321', '--regid', '54321', '--clear-groups'];
	const bare = ['env', '-u', 'HOME'];
	const ran = await machine.keyferry([...asking, '--out', 'a.kfreq'], { as: [...as, ...bare] });
	expect(ran.code, ran.stderr).toBe(0);
});

test('[MA3] a state folder that cannot be made ends in a sentence', async () => {
	const env = { KEYFERRY_STATE: '/proc/keyferry/state' };
	const ran = await field.machine('proc').keyferry(asking, { env });
	expect(ran.code).toBe(1);
	expect(ran.stderr).toMatch(/^keyferry: /m);
});

test('[FI6] request and status print QR codes, and save pictures of them', async () => {
	const machine = field.machine('console');
	const asked = await machine.keyferry([...asking, '--qr', '--qr-out', 'code.png']);
	expect(asked.stdout).toMatch(/Code 1 of 1\n█{50,}\n/);
	expect(readFileSync(machine.path('code.png')).subarray(1, 4).toString()).toBe('PNG');
	const shown = await machine.keyferry(['status', '--qr', '--qr-out', 'code.svg']);
	expect(shown.stdout).toMatch(/Code 1 of 1\n█{50,}\n/);
	expect(readFileSync(machine.path('code.svg'), 'utf8')).toContain('<svg');
});
