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
const QUERY = [
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

/** What PowerShell printed, of which nothing is taken for granted. */
type Answer = Record<string, unknown>;

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
	const board = fieldsOf(answer.board);
	const product = fieldsOf(answer.product);
	const adapters = (Array.isArray(answer.adapters) ? answer.adapters : []).map(fieldsOf);
	const builtIn = adapters.filter((adapter) =>
		textOf(adapter.PnPDeviceID)?.toUpperCase().startsWith('PCI\\')
	);
	const counted = builtIn.length > 0 ? builtIn : adapters;
	return {
		os: cleanValue(/MachineGuid\s+REG_SZ\s+(\S+)/.exec(registry ?? '')?.[1]),
		fs: cleanValue(textOf(answer.volume)),
		board: joinValues(textOf(board.SerialNumber), textOf(product.UUID)),
		disk: cleanValue(textOf(answer.disk)),
		mac: cleanAddresses(
			counted.map(({ PermanentAddress }) => withColons(textOf(PermanentAddress) ?? ''))
		)
	};
}

/** Makers and models, which tell a virtual machine. */
export async function readWindowsModel(probe: Probe): Promise<(string | undefined)[]> {
	const { product, board } = await queryWindows(probe);
	const { Vendor, Name } = fieldsOf(product);
	const { Manufacturer, Product } = fieldsOf(board);
	return [Vendor, Name, Manufacturer, Product].map(textOf);
}

async function queryWindows(probe: Probe): Promise<Answer> {
	const output = await probe.run('powershell', [
		'-NoProfile',
		'-NonInteractive',
		'-Command',
		QUERY
	]);
	try {
		return fieldsOf(JSON.parse(output ?? 'null'));
	} catch {
		return {};
	}
}

/** Where a class has several instances the first one counts. */
function fieldsOf(value: unknown): Answer {
	const one: unknown = Array.isArray(value) ? value[0] : value;
	return typeof one === 'object' && one !== null ? (one as Answer) : {};
}

function textOf(value: unknown): string | undefined {
	return typeof value === 'string' ? value : undefined;
}

/** `A4BB6D112233` and `A4-BB-6D-11-22-33` alike: drivers differ. */
function withColons(address: string): string {
	return address.replace(/[^0-9A-Fa-f]/g, '').replace(/(..)(?=.)/g, '$1:');
}
