import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { machine } from './machine.ts';
import { cleanAddresses, cleanValue } from './sources/component-values.ts';
import { localProbe } from './sources/probe.ts';
import { recordedProbe, type Recording } from './sources/recorded.ts';

describe('cleaning', () => {
	test('[MA1] a clean value stays as it is', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (raw) => {
				const once = cleanValue(raw);
				expect(once === undefined ? once : cleanValue(once)).toBe(once);
			})
		);
	});

	test('[MA1] addresses do not depend on the order of the slots', () => {
		const address = fc
			.array(fc.integer({ min: 16, max: 254 }), { minLength: 6, maxLength: 6 })
			.map((bytes) => bytes.map((byte) => byte.toString(16)).join(':'));
		fc.assert(
			fc.property(fc.array(address, { maxLength: 7 }), (addresses) => {
				const sorted = cleanAddresses(addresses);
				expect(cleanAddresses(addresses.toReversed())).toEqual(sorted);
				expect(sorted?.length ?? 0).toBeLessThanOrEqual(4);
			})
		);
	});
});

describe('sources that say nonsense', () => {
	const outputs = [
		'/usr/sbin/ioreg -rd1 -c IOPlatformExpertDevice',
		'/usr/sbin/diskutil info -plist /System/Volumes/Data',
		'/usr/sbin/system_profiler -json SPNVMeDataType SPSerialATADataType',
		'/usr/sbin/networksetup -listallhardwareports'
	];
	const files = [
		'/etc/machine-id',
		'/proc/self/mountinfo',
		'/proc/cpuinfo',
		'/sys/class/dmi/id/sys_vendor',
		'/sys/class/net/eth0/address'
	];
	const text = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.constantFrom('28 1 8:2 / / rw', '1 2 3 / / - -', '{"a":[null,{"device_serial":3}]}', '[]')
	);

	const some = fc.oneof(
		fc.jsonValue(),
		fc.record({ UUID: fc.jsonValue(), Vendor: fc.jsonValue() }),
		fc.array(fc.record({ PermanentAddress: fc.jsonValue(), PnPDeviceID: fc.jsonValue() }))
	);
	const answer = fc
		.record({ volume: some, disk: some, board: some, product: some, adapters: some })
		.map((value) => JSON.stringify(value));

	test.for(['linux', 'darwin', 'win32'] as const)(
		'[MA1] give a fingerprint without that component, never a fault: %s',
		async (system) => {
			await fc.assert(
				fc.asyncProperty(
					fc.array(text, { minLength: 5, maxLength: 5 }),
					answer,
					async (texts, json) => {
						const recording: Recording = { system, files: {}, outputs: {}, links: {} };
						files.forEach((path, at) => (recording.files![path] = texts[at] ?? ''));
						outputs.forEach((tool, at) => (recording.outputs![tool] = texts[at] ?? ''));
						const probe = recordedProbe(recording);
						// Whatever is asked on Windows is answered with some JSON.
						const { fp } = await machine(
							system === 'win32' ? { ...probe, run: () => Promise.resolve(json) } : probe
						);
						for (const hash of Object.values(fp).flat()) expect(hash).toMatch(/^[\w-]{22}$/);
					}
				),
				{ numRuns: 500 }
			);
		}
	);
});

describe.skipIf(process.platform === 'win32')('what every user may read', () => {
	const folder = mkdtempSync(join(tmpdir(), 'keyferry-probe-'));
	afterAll(() => rmSync(folder, { recursive: true }));
	const { read } = localProbe();
	const put = (path: string, mode: number) => {
		writeFileSync(join(folder, path), 'value');
		chmodSync(join(folder, path), mode);
		return join(folder, path);
	};

	test('[MA1] is decided by mode bits, so that root sees no more than others', () => {
		chmodSync(folder, 0o755);
		expect(read(put('open', 0o644))).toBe('value');
		expect(read(put('closed', 0o600))).toBeUndefined();
		expect(read(put('group', 0o640))).toBeUndefined();
		expect(read(join(folder, 'missing'))).toBeUndefined();
	});

	test('[MA1] counts the folders above and the place that a link leads to', () => {
		mkdirSync(join(folder, 'private'), { mode: 0o700 });
		const hidden = put('private/open', 0o644);
		expect(read(hidden)).toBeUndefined();
		symlinkSync(hidden, join(folder, 'link'));
		expect(read(join(folder, 'link'))).toBeUndefined();
	});
});
