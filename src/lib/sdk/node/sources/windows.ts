/**
 * Windows: the registry's machine GUID, and CIM classes that every user may query. [MA1]
 *
 * Run by recordings only (tests/vectors/machine.json).
 *
 * @module
 */
import {
	cleanAddresses,
	cleanValue,
	joinValues,
	type ComponentValues
} from './component-values.ts';
import type { Probe } from './probe.ts';

/** One start of PowerShell for everything: it takes about a second. */
export const QUERY = [
	"$ErrorActionPreference='SilentlyContinue'",
	'$d=Get-CimInstance Win32_LogicalDisk -Filter "DeviceID=\'$env:SystemDrive\'"',
	'$p=$d|Get-CimAssociatedInstance -ResultClassName Win32_DiskPartition',
	'$k=$p|Get-CimAssociatedInstance -ResultClassName Win32_DiskDrive|Select-Object -First 1',
	'@{volume=$d.VolumeSerialNumber;disk=$k.SerialNumber;' +
		'board=(Get-CimInstance Win32_BaseBoard|Select-Object Manufacturer,Product,SerialNumber);' +
		'product=(Get-CimInstance Win32_ComputerSystemProduct|Select-Object Vendor,Name,UUID);' +
		'adapters=@(Get-NetAdapter -Physical|Select-Object PermanentAddress,PnPDeviceID)}' +
		'|ConvertTo-Json -Depth 4 -Compress'
].join(';');

type Answer = {
	volume?: string | null;
	disk?: string | null;
	board?: { Manufacturer?: string; Product?: string; SerialNumber?: string } | null;
	product?: { Vendor?: string; Name?: string; UUID?: string } | null;
	adapters?: { PermanentAddress?: string | null; PnPDeviceID?: string | null }[] | null;
};

export async function readWindows(probe: Probe): Promise<ComponentValues> {
	const [registry, answer] = await Promise.all([
		probe.run('reg', [
			'query',
			'HKLM\\SOFTWARE\\Microsoft\\Cryptography',
			'/v',
			'MachineGuid',
			'/reg:64'
		]),
		queryWindows(probe)
	]);
	const { board, product } = answer;
	const adapters = answer.adapters ?? [];
	const builtIn = adapters.filter(({ PnPDeviceID }) =>
		PnPDeviceID?.toUpperCase().startsWith('PCI\\')
	);
	const counted = builtIn.length > 0 ? builtIn : adapters;
	return {
		os: cleanValue(/MachineGuid\s+REG_SZ\s+(\S+)/.exec(registry ?? '')?.[1]),
		fs: cleanValue(answer.volume ?? undefined),
		board: joinValues(board?.Manufacturer, board?.Product, board?.SerialNumber, product?.UUID),
		disk: cleanValue(answer.disk ?? undefined),
		mac: cleanAddresses(counted.map(({ PermanentAddress }) => withColons(PermanentAddress ?? '')))
	};
}

export async function queryWindows(probe: Probe): Promise<Answer> {
	const output = await probe.run('powershell', [
		'-NoProfile',
		'-NonInteractive',
		'-Command',
		QUERY
	]);
	try {
		return (JSON.parse(output ?? 'null') as Answer | null) ?? {};
	} catch {
		return {};
	}
}

/** `A4BB6D112233` and `A4-BB-6D-11-22-33` alike: drivers differ. */
function withColons(address: string): string {
	return address.replace(/[^0-9A-Fa-f]/g, '').replace(/(..)(?=.)/g, '$1:');
}
