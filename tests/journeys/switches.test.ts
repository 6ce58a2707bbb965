/**
 * An entitlement that works from a version on, and one that the office switches off: by real commands, a
 * real hub, the licensed app of two versions, and a site server with its clients.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import { makeSiteMachine, openTestSite } from '../fixtures/running-site.ts';
import { Client } from '../site/client.ts';
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

test('[P7, LE6] on a site server a lease that needs what is off is refused by the next file, and granted by the one after', async () => {
	await office.asks('product', 'change', 'atlas-server', '--switch', 'dataflow');
	const license = await office.issue('--entitlements', 'dataflow,workflow', '--clients', '3');
	const { keys: roots } = JSON.parse(readFileSync(office.roots, 'utf8')) as { keys: PublicJwk[] };
	const sign = () => Promise.reject(new Error('only the hub signs'));
	const machine = makeSiteMachine({ roots, sign }, 'switched-site');
	const { site, url, close } = await openTestSite(machine, {}, 'switched-site');
	try {
		const load = async (file: string) => {
			expect(await site.licensing().load(file)).toMatchObject([{ outcome: 'loaded' }]);
			await site.refresh();
		};
		/** Switched at the office, and the next file carried to the site. */
		const carry = async (value: 'on' | 'off') => {
			const allow = ['license', 'allow', license.number, 'dataflow', value, '--out', machine.data];
			const { files } = await office.asks<{ files: { file: string }[] }>(...allow);
			await load(readFileSync(files[0]!.file, 'utf8'));
		};
		const needs = ['dataflow'];
		const made = await site.licensing().createRequest({ key: license.key, name: 'Site Admin' });
		if (isRefusal(made)) throw new Error(made.refused);
		const answer = await fetch(`${office.hub.address}/v1/activations`, {
			method: 'POST',
			body: JSON.stringify({ request: made.file })
		});
		await load(((await answer.json()) as { file: string }).file);

		const [before, during, after] = [new Client(url), new Client(url), new Client(url)];
		const held = await before.claim({ needs });
		expect(held.said.status).toBe(201);
		await carry('off');
		const restart = { reason: 'license-changed' };
		expect((await before.renew(held)).body).toMatchObject({ restart });
		expect((await during.claim({ needs })).said).toMatchObject({
			status: 403,
			proven: true,
			body: { code: 'ENTITLEMENT_MISSING', facts: { entitlement: 'dataflow' } }
		});
		expect((await during.claim({ needs: ['workflow'] })).claims).toMatchObject({
			ent: ['workflow']
		});
		await carry('on');
		expect((await after.claim({ needs })).claims?.ent.toSorted()).toEqual(['dataflow', 'workflow']);
	} finally {
		await close();
		machine.remove();
	}
});
