/**
 * An entitlement that works from a version on, and one that the office switches off: by real commands, a
 * real hub, and the licensed app of two versions.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LicenseOffice } from './license-office.ts';

let office: LicenseOffice;

beforeAll(async () => {
	office = await LicenseOffice.open();
});
afterAll(() => office.close());

test('[P7, K4, O7] what is too new here is refused with both versions; what is off is locked by the next file', async () => {
	const marks = ['--switch', 'dataflow', '--since', 'subflow=8.1.5'];
	await office.asks('product', 'change', 'atlas-server', ...marks);
	const products = await office.asks<{ slug: string; entitlements: object[] }[]>('product', 'list');
	expect(products.find(({ slug }) => slug === 'atlas-server')?.entitlements).toEqual([
		{ code: 'dataflow', title: 'Dataflow', switch: true },
		{ code: 'workflow', title: 'Workflow' },
		{ code: 'subflow', title: 'Subflow', since: '8.1.5' }
	]);

	const license = await office.issue('--entitlements', 'dataflow,subflow');
	const machine = office.field.machine('vault');
	await office.activate(machine, license);
	const { roots } = office;
	const older = await machine.app(['1', '3', 'q'], { roots, version: '8.1.4' });
	expect(older.stdout).toContain('sum → 63');
	expect(older.stdout).toContain('works from version 8.1.5 on; this is version 8.1.4');
	expect(older.stdout).toContain('(ENTITLEMENT_NEEDS_VERSION)');
	const newer = await machine.app(['3', 'q'], { roots, version: '8.1.10' });
	expect(newer.stdout).toContain('inner 2 →');
	const asked = ['status', '--roots', roots, '--version', '8.1.4', '--since', 'subflow=8.1.5'];
	const status = await machine.keyferry([...asked, '--json']);
	expect(JSON.parse(status.stdout)).toMatchObject({
		licenses: [{ entitlements: ['dataflow', 'subflow'], needsVersion: { subflow: '8.1.5' } }]
	});

	const allow = ['license', 'allow', license.number, 'dataflow', 'off'];
	const { files } = await office.asks<{ files: { generation: number; file: string }[] }>(
		...allow,
		...['--out', machine.folder]
	);
	expect(files).toMatchObject([{ generation: 2 }]);
	expect((await office.load(machine, files[0]!.file)).code).toBe(0);
	const off = await machine.app(['1', '3', 'q'], { roots });
	expect(off.stdout).toContain('(ENTITLEMENT_MISSING)');
	expect(off.stdout).toContain('inner 2 →');
});
