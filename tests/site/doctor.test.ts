/** What `doctor` says of a site server's machine: every line holds once, and fails once. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeLicenseNumber } from '#lib/domain/licenses/license-number.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { writeFile } from '#lib/formats/file.ts';
import { doctorTexts } from '#lib/messages/doctor.ts';
import { openLicensing } from '#lib/sdk/node/licensing.ts';
import { recordedProbe, type Recording } from '#lib/sdk/node/sources/recorded.ts';
import { signToken } from '#lib/signing/jws.ts';
import { checkFirewall } from '#server/doctor/firewall.ts';
import { examineSite, type SitePatient } from '#server/doctor/site.ts';
import { makeLocalAuthority } from '#server/keys/local-authority.ts';
import { activationClaims, makeHub, NOW } from '../fixtures/chain.ts';
import { recording } from '../journeys/field-machine.ts';

const t = doctorTexts.en;
const home = mkdtempSync(join(tmpdir(), 'keyferry-doctor-'));
const data = join(home, 'site');
const hardware = recordedProbe(recording('rack-07'));

/** A site server that was set up on its machine, its license active. */
beforeAll(async () => {
	const hub = await makeHub();
	mkdirSync(data, { mode: 0o755 });
	writeFileSync(join(data, 'roots.json'), JSON.stringify({ keys: [hub.root.jwk] }));
	writeFileSync(join(data, 'site-key.json'), '{}', { mode: 0o600 });
	const state = join(data, 'state');
	const roots = [hub.root.jwk];
	const licensing = await openLicensing({ roots, state, probe: hardware, now: () => NOW });
	if (isRefusal(licensing)) throw new Error(licensing.refused);
	// From then on the folder knows whose it is.
	const ask = { key: makeLicenseNumber(new Uint8Array(11).fill(17)), name: 'Site Admin' };
	expect(await licensing.createRequest(ask)).not.toHaveProperty('refused');
	const claims = activationClaims({ fp: licensing.machine.fp, clients: 10 });
	const token = await signToken('activation', claims, hub.hub.signer);
	expect(await licensing.load(writeFile([hub.hubKey, token], []))).toHaveLength(1);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const later = NOW + 60;

async function look(changes: Partial<SitePatient> = {}) {
	const patient = { data, port: 0, host: '127.0.0.1', probe: hardware, now: () => later };
	const findings = await examineSite({ ...patient, ...changes });
	return Object.fromEntries(findings.map(({ name, ...found }) => [name, found]));
}

describe('[ST6] doctor on a site server', () => {
	test('finds nothing wrong where nothing is, and names each line in both languages', async () => {
		const found = await look();
		expect(Object.values(found).filter(({ state }) => state === 'bad')).toEqual([]);
		for (const texts of Object.values(doctorTexts))
			expect(Object.keys(texts.names)).toEqual(Object.keys(found));
		expect(found.license).toEqual({ state: 'ok', says: t.license(1, 10) });
		expect(found.virtual!.state).toBe('ok');
		const german = await look({ language: 'de' });
		expect(german.license!.says).toBe('1 aktiv, für 10 Clients gleichzeitig.');
	});

	test('before the first start: a folder to come, no root keys, no license', async () => {
		expect(await look({ data: join(home, 'to', 'come') })).toMatchObject({
			folder: { state: 'note' },
			roots: { state: 'bad', mend: t.rootsMend },
			license: { state: 'note', mend: t.unlicensedMend }
		});
		const roots = join(data, 'roots.json');
		const found = await look({ data: join(home, 'to', 'come'), roots });
		expect(found.roots).toEqual({ state: 'ok', says: t.roots(1) });
	});

	test('a folder that cannot be made, as it would be within a file', async () => {
		const file = join(home, 'a-file');
		writeFileSync(file, '', { mode: 0o777 });
		expect((await look({ data: join(file, 'site') })).folder).toMatchObject({
			state: 'bad',
			mend: t.folderMend
		});
	});

	test('keys that others may read', async () => {
		chmodSync(join(data, 'site-key.json'), 0o644);
		expect((await look()).rights).toEqual({
			state: 'bad',
			says: t.rightsOpen('site-key.json'),
			mend: t.rightsMend(data)
		});
		chmodSync(join(data, 'site-key.json'), 0o600);
		expect((await look()).rights!.state).toBe('ok');
	});

	test('a disk that is nearly full, and one that is full', async () => {
		expect((await look({ free: () => 500 * 1024 ** 2 })).disk!.state).toBe('note');
		expect((await look({ free: () => 1024 })).disk).toMatchObject({ state: 'bad' });
		expect((await look({ free: () => 2 * 1024 ** 3 })).disk!.state).toBe('ok');
	});

	test('a machine that cannot be told apart, a copied folder, a virtual machine', async () => {
		const bare: Recording = {
			system: 'linux',
			files: { '/etc/machine-id': `${'0a'.repeat(16)}\n` }
		};
		const fresh = join(home, 'fresh');
		expect((await look({ data: fresh, probe: recordedProbe(bare) })).machine).toMatchObject({
			state: 'bad',
			mend: t.machineMend
		});
		const other = recordedProbe(recording('rack-08'));
		expect((await look({ probe: other })).machine).toEqual({
			state: 'bad',
			says: t.copied,
			mend: t.copiedMend
		});
		const virtual = recordedProbe(recording('rack-07', { vm: true }));
		expect((await look({ data: fresh, probe: virtual })).virtual).toEqual({
			state: 'note',
			says: t.virtual,
			mend: t.virtualMend
		});
	});

	test('a clock behind what was signed, and behind what was written', async () => {
		const year = 365 * 86_400;
		expect((await look({ now: () => NOW - year })).clock).toMatchObject({
			state: 'bad',
			says: expect.stringContaining('a license was signed')
		});
		const tomorrow = NOW + 86_400;
		utimesSync(join(data, 'site-key.json'), tomorrow, tomorrow);
		expect((await look()).clock).toMatchObject({
			state: 'bad',
			says: expect.stringContaining('before its folder was written')
		});
		utimesSync(join(data, 'site-key.json'), NOW, NOW);
	});

	test('a port in use, and an address that is another’s or nobody’s', async () => {
		const taken = createServer((socket) =>
			socket.resume().end('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nhello')
		);
		taken.listen(0, '127.0.0.1');
		await once(taken, 'listening');
		const { port } = taken.address() as AddressInfo;
		const url = `http://127.0.0.1:${port}`;
		expect(await look({ port, url })).toMatchObject({
			port: { state: 'bad', mend: t.portMend(port + 1) },
			address: { state: 'bad', says: t.addressOther(url, 200) }
		});
		taken.close();
		await once(taken, 'close');
		expect((await look({ url })).address).toMatchObject({
			state: 'bad',
			says: t.addressSilent(url, 'ECONNREFUSED')
		});
	});

	test('a certificate for other names, and one for this', async () => {
		expect((await look()).certificate!.state).toBe('note');
		await makeLocalAuthority(data, ['site.example.com']);
		const at = async (url: string) => (await look({ url })).certificate!;
		expect((await at('https://site.example.invalid')).mend).toBe(
			t.certificateNew('site.example.invalid')
		);
		const closed = 'https://localhost:1';
		expect((await at(closed)).state).toBe('ok');
		const after = async (days: number) => {
			const now = Math.floor(Date.now() / 1000) + days * 86_400;
			return (await look({ url: closed, now: () => now })).certificate!;
		};
		expect(await after(800)).toMatchObject({ state: 'bad', mend: t.certificateRenew });
		expect((await after(900)).says).toMatch(/^It ended on /);
		rmSync(join(data, 'tls'), { recursive: true });
	});
});

describe('[ST6] what the machine’s firewall says of a port', () => {
	const asked = { port: 4870, host: '0.0.0.0', t };
	const linux = (outputs: Record<string, string>, files: Record<string, string> = {}) =>
		checkFirewall(recordedProbe({ system: 'linux', files, outputs }), asked);
	const open = (name: string) => ({
		name: 'firewall',
		state: 'ok',
		says: t.firewallOpen(name, 4870)
	});
	const shut = (name: string) => ({ state: 'bad', says: t.firewallShut(name, 4870) });

	test('none is on, or nobody but this machine is listened to', async () => {
		expect(await linux({})).toMatchObject({ state: 'ok', says: t.firewallNone });
		expect(await linux({ 'ufw status': 'Status: inactive\n' })).toMatchObject({ state: 'ok' });
		const local = { ...asked, host: '127.0.0.1' };
		expect(await checkFirewall(hardware, local)).toMatchObject({ state: 'note' });
	});

	test('firewalld: by ports and ranges of the zone', async () => {
		const running = { 'firewall-cmd --state': 'running\n' };
		const ports = (list: string) => linux({ ...running, 'firewall-cmd --list-ports': list });
		expect(await ports('80/tcp 4870/tcp\n')).toEqual(open('firewalld'));
		expect(await ports('4800-4900/tcp\n')).toEqual(open('firewalld'));
		const closed = await ports('4870/udp 14870/tcp 48/tcp\n');
		expect(closed).toMatchObject(shut('firewalld'));
		expect(closed.mend).toContain('firewall-cmd --permanent --add-port=4870/tcp');
		expect(await linux(running)).toMatchObject({ state: 'note' });
	});

	test('ufw: by its rules, or that it is on where only root is told more', async () => {
		const rules = (list: string) =>
			linux({ 'ufw status': `Status: active\n\nTo Action From\n${list}\n` });
		expect(await rules('4870/tcp                   ALLOW       Anywhere')).toEqual(open('ufw'));
		expect(await rules('4000:5000/tcp              ALLOW       10.0.0.0/8')).toEqual(open('ufw'));
		expect(await rules('4870/tcp                   DENY        Anywhere')).toMatchObject(
			shut('ufw')
		);
		expect(await rules('22/tcp                     ALLOW       Anywhere')).toMatchObject({
			mend: t.firewallMend('ufw allow 4870/tcp')
		});
		expect(await linux({}, { '/etc/ufw/ufw.conf': 'ENABLED=yes\n' })).toMatchObject({
			state: 'note',
			says: t.firewallUnknown('ufw')
		});
		expect(await linux({}, { '/etc/ufw/ufw.conf': 'ENABLED=no\n' })).toMatchObject({ state: 'ok' });
	});

	test('Windows: whether it is on, and whether a rule lets the port in', async () => {
		const windows = (answer: string | undefined) => {
			const probe = recordedProbe({ system: 'win32' });
			return checkFirewall({ ...probe, run: () => Promise.resolve(answer) }, asked);
		};
		expect(await windows('3 1\r\n')).toEqual(open('Windows'));
		expect(await windows('3 0\r\n')).toMatchObject(shut('Windows'));
		expect(await windows('0 0\r\n')).toMatchObject({ state: 'ok', says: t.firewallNone });
		expect(await windows(undefined)).toMatchObject({ state: 'note' });
	});
});
