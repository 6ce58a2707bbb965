/**
 * Virtual machine or not. Licenses may refuse virtual machines. [S8]
 *
 * The rules are those of `systemd-detect-virt`, as far as an ordinary user can follow them. A
 * container is not a virtual machine; it is one when its host is.
 *
 * @module
 */
import type { Probe } from './probe.ts';
import { readWindowsModel } from './windows.ts';

/** Makers and models that hypervisors report as the hardware of their guests. */
const guestHardware =
	/qemu|\bkvm\b|vmware|virtualbox|innotek|vbox|\bxen\b|bochs|parallels|bhyve|openstack|google compute engine|digitalocean|apple virtualization|virtual machine|rhev|ovirt|nutanix|amazon ec2|alibaba cloud ecs|vserver/i;

/** Cloud models that are a whole machine: the maker is the same as for guests. */
const bareMetal = /\bmetal\b/i;

export async function isVirtualMachine(probe: Probe): Promise<boolean> {
	if (probe.system === 'darwin')
		return (await probe.run('/usr/sbin/sysctl', ['-n', 'kern.hv_vmm_present']))?.trim() === '1';
	if (probe.system === 'win32') return isGuestHardware(await readWindowsModel(probe));
	return isLinuxGuest(probe);
}

function isLinuxGuest(probe: Probe): boolean {
	const dmi = ['sys_vendor', 'product_name', 'board_vendor', 'bios_vendor'].map((name) =>
		probe.read(`/sys/class/dmi/id/${name}`)
	);
	if (dmi.some((value) => bareMetal.test(value ?? ''))) return false;
	if (isGuestHardware(dmi)) return true;
	// Xen's first domain owns the hardware, though the processor says hypervisor there too.
	if (probe.read('/proc/xen/capabilities')?.includes('control_d')) return false;
	const flags = /^flags\s*:(.*)$/m.exec(probe.read('/proc/cpuinfo') ?? '')?.[1] ?? '';
	// Every hypervisor sets this bit for its guests; processors without the bit tell by device tree.
	if (flags.split(' ').includes('hypervisor')) return true;
	return probe.read('/sys/firmware/devicetree/base/hypervisor/compatible') !== undefined;
}

function isGuestHardware(values: readonly (string | undefined)[]): boolean {
	return values.some((value) => guestHardware.test(value ?? ''));
}
