/**
 * Linux: machine id, root volume, and what sysfs tells every user about the hardware. [MA1]
 *
 * Sysfs belongs to the machine, not to the network namespace of the process, so the adapters stay
 * visible where no interface is.
 *
 * @module
 */
import {
	cleanAddresses,
	firstValue,
	joinValues,
	type ComponentValues
} from './component-values.ts';
import type { Probe } from './probe.ts';

const DMI = '/sys/class/dmi/id';
const DEVICE_TREE = '/sys/firmware/devicetree/base';
const NET = '/sys/class/net';

/** `NET_ADDR_PERM`: the address that the adapter was made with. */
const PERMANENT_ADDRESS = '0';

/** A block device stack is a few layers deep (partition, LVM, encryption); a loop is not one. */
const DEEPEST_STACK = 8;

export function readLinux(probe: Probe): ComponentValues {
	const root = findRootVolume(probe);
	return {
		os: firstValue(probe.read('/etc/machine-id'), probe.read('/var/lib/dbus/machine-id')),
		fs: root && volumeId(probe, root),
		board: boardId(probe),
		disk: root && diskId(probe, root.device),
		mac: cleanAddresses(physicalAdapters(probe).map((adapter) => permanentAddress(probe, adapter)))
	};
}

/** Where `/` is mounted from. `device` is its folder in sysfs, where it has one. */
type RootVolume = { number: string; source: string; device: string | undefined };

function findRootVolume(probe: Probe): RootVolume | undefined {
	const lines = (probe.read('/proc/self/mountinfo') ?? '').split('\n');
	// `36 35 98:0 / / rw,noatime shared:1 - ext4 /dev/sda1 rw`; the last mount on a place counts.
	const line = lines.map((each) => each.split(' ')).findLast((fields) => fields[4] === '/');
	if (!line) return undefined;
	const number = line[2] ?? '';
	const source = line[line.indexOf('-') + 2] ?? '';
	const name = (probe.resolve(source) ?? source).split('/').at(-1) ?? '';
	// btrfs mounts under a number of its own, which only the source explains.
	const device =
		probe.resolve(`/sys/dev/block/${number}`) ??
		(source.startsWith('/dev/') ? probe.resolve(`/sys/class/block/${name}`) : undefined);
	return { number, source, device };
}

function volumeId(probe: Probe, { number, source, device }: RootVolume): string | undefined {
	const name = device?.split('/').at(-1);
	const byUuid = '/dev/disk/by-uuid';
	const link = probe
		.list(byUuid)
		.find((uuid) => name && probe.resolve(`${byUuid}/${uuid}`)?.split('/').at(-1) === name);
	const own = device && probe.read(`${device}/dev`)?.trim();
	const udev = probe.read(`/run/udev/data/b${own ?? number}`);
	const given = /(?:^|\s)root=UUID=(\S+)/.exec(probe.read('/proc/cmdline') ?? '')?.[1];
	// The kernel was told its root at boot; in a container that is not the root of this process.
	const boot = source.startsWith('/dev/') ? given : undefined;
	return firstValue(link, /^E:ID_FS_UUID=(.+)$/m.exec(udev ?? '')?.[1], boot);
}

/**
 * What an owner or a cloud has set to tell machines of one model apart. A model identifies nothing,
 * and serials are for root only, but for those of a device tree.
 */
function boardId(probe: Probe): string | undefined {
	const dmi = (name: string) => probe.read(`${DMI}/${name}`);
	return (
		joinValues(dmi('board_asset_tag'), dmi('chassis_asset_tag')) ??
		firstValue(probe.read(`${DEVICE_TREE}/serial-number`))
	);
}

/** Serial of the disk below the root volume; of a RAID, its first member's by order of value. */
function diskId(probe: Probe, device: string | undefined): string | undefined {
	const serials = wholeDisks(probe, device).map((disk) => {
		const sources = ['device/serial', 'serial', 'device/wwid', 'wwid', 'device/cid'];
		return firstValue(...sources.map((name) => probe.read(`${disk}/${name}`)));
	});
	return serials.filter((serial) => serial !== undefined).sort()[0];
}

function wholeDisks(probe: Probe, device: string | undefined, depth = 0): string[] {
	if (device === undefined || depth > DEEPEST_STACK) return [];
	if (probe.read(`${device}/partition`) !== undefined)
		return wholeDisks(probe, device.slice(0, device.lastIndexOf('/')), depth + 1);
	const below = probe.list(`${device}/slaves`);
	if (below.length === 0) return [device];
	return below.flatMap((name) =>
		wholeDisks(probe, probe.resolve(`${device}/slaves/${name}`), depth + 1)
	);
}

/** Adapters with a device behind them. Plugged-in ones count only where nothing is built in. */
function physicalAdapters(probe: Probe): string[] {
	const adapters = probe.list(NET).filter((name) => probe.resolve(`${NET}/${name}/device`));
	const builtIn = adapters.filter(
		(name) => !/\/usb\d/.test(probe.resolve(`${NET}/${name}/device`) ?? '')
	);
	return builtIn.length > 0 ? builtIn : adapters;
}

function permanentAddress(probe: Probe, adapter: string): string | undefined {
	// In a bond all members show one address; the kernel keeps each one's own here.
	const bonded = probe.read(`${NET}/${adapter}/bonding_slave/perm_hwaddr`);
	if (bonded !== undefined) return bonded;
	const permanent = probe.read(`${NET}/${adapter}/addr_assign_type`)?.trim() === PERMANENT_ADDRESS;
	return permanent ? probe.read(`${NET}/${adapter}/address`) : undefined;
}
