/**
 * macOS: what `ioreg`, `diskutil`, `system_profiler` and `networksetup` tell every user. [MA1]
 *
 * Run by recordings only (tests/vectors/machine.json).
 *
 * @module
 */
import { cleanAddresses, cleanValue, type ComponentValues } from './component-values.ts';
import type { Probe } from './probe.ts';

export async function readMacos(probe: Probe): Promise<ComponentValues> {
	const [platform, volume, disks, ports] = await Promise.all([
		probe.run('/usr/sbin/ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice']),
		// The system volume is replaced by updates; people's data stay on this one.
		probe.run('/usr/sbin/diskutil', ['info', '-plist', '/System/Volumes/Data']),
		probe.run('/usr/sbin/system_profiler', ['-json', 'SPNVMeDataType', 'SPSerialATADataType']),
		probe.run('/usr/sbin/networksetup', ['-listallhardwareports'])
	]);
	return {
		os: cleanValue(ioregValue(platform, 'IOPlatformUUID')),
		fs: cleanValue(plistString(volume, 'VolumeUUID')),
		board: cleanValue(ioregValue(platform, 'IOPlatformSerialNumber')),
		disk: cleanValue(internalDiskSerial(disks)),
		mac: cleanAddresses(builtInPorts(ports))
	};
}

/** `"IOPlatformUUID" = "…"` as `ioreg` prints it. */
function ioregValue(output: string | undefined, name: string): string | undefined {
	return new RegExp(`"${name}" = "([^"]*)"`).exec(output ?? '')?.[1];
}

function plistString(output: string | undefined, name: string): string | undefined {
	return new RegExp(`<key>${name}</key>\\s*<string>([^<]*)</string>`).exec(output ?? '')?.[1];
}

/** The first disk that cannot be taken out: `system_profiler` nests disks under controllers. */
function internalDiskSerial(output: string | undefined): string | undefined {
	const serials: string[] = [];
	const visit = (value: unknown): void => {
		if (typeof value !== 'object' || value === null) return;
		const { device_serial: serial, detachable_drive: detachable } = value as Record<
			string,
			unknown
		>;
		if (typeof serial === 'string' && detachable !== 'yes') serials.push(serial);
		Object.values(value).forEach(visit);
	};
	visit(parseJson(output));
	return serials[0];
}

/** `Hardware Port: … / Device: en0 / Ethernet Address: …`; only ports that are part of the Mac. */
function builtInPorts(output: string | undefined): string[] {
	const blocks = (output ?? '').split(/\n\s*\n/);
	return blocks.flatMap((block) => {
		const port = /Hardware Port: (.+)/.exec(block)?.[1]?.trim() ?? '';
		const address = /Ethernet Address: (\S+)/.exec(block)?.[1] ?? '';
		const builtIn = /^(wi-fi|airport|ethernet( \d)?|10g ethernet|built-in ethernet)$/i.test(port);
		return builtIn ? [address] : [];
	});
}

function parseJson(text: string | undefined): unknown {
	try {
		return JSON.parse(text ?? 'null');
	} catch {
		return undefined;
	}
}
