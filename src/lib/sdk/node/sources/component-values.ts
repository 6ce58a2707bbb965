/**
 * Component values: raw ids of one machine, cleaned, and their hashes. [MA1]
 *
 * @module
 */
import { createHmac } from 'node:crypto';
import type { Component, Fingerprint } from '#lib/domain/machines/machine.ts';

/** What the sources of a machine said. Raw: never sent, never stored, never printed. */
export type ComponentValues = { [C in Exclude<Component, 'given' | 'mac'>]?: string } & {
	mac?: string[];
};

const HASH_KEY = 'keyferry-fp-1';
const HASH_BYTES = 16;
const MOST_ADDRESSES = 4;

/** What makers leave in where a value should be. Compared in lower case, without punctuation. */
const placeholders = new Set([
	'',
	'0123456789',
	'0123456789abcdef',
	'01234567890123456789ab',
	'1234567890',
	'123456789',
	'abcdefghijk',
	'assettag',
	'asset1234567890',
	'assettag1234567890',
	'atn12345678901234567',
	'baseboardassettag',
	'baseboardserialnumber',
	'chassisassettag',
	'chassisserialnumber',
	'default',
	'defaultstring',
	'defaultassettag',
	'empty',
	'invalid',
	'na',
	'noassetinformation',
	'noassettag',
	'none',
	'notapplicable',
	'notavailable',
	'notpresent',
	'notset',
	'notspecified',
	'null',
	'oem',
	'other',
	'serialnumber',
	'sku',
	'systemmanufacturer',
	'systemproductname',
	'systemserialnumber',
	'systemsku',
	'systemversion',
	'tobefilledbyoem',
	'type1family',
	'type1productconfigid',
	'type1skunumber',
	'type2boardassettag',
	'type2boardproductname',
	'type2boardserialnumber',
	'type3chassisassettag',
	'type3chassisserialnumber',
	'uninitialized',
	'undefined',
	'unknown'
]);

/**
 * What a hypervisor, a cloud or a firmware gives to each of its machines alike. Compared in lower
 * case, without punctuation.
 */
const shared =
	/^(.*qemuharddisk.*qm0000\d|qm0000\d|vmware.*0000000000000001|77837084326590858269328677|03000200040005000006000700080009|00020003000400050006000700080009|12345678123456781234567812345678|123456781234567890abcddeefaabbcc)$/;

/** Names of hypervisors and clouds, which stand where an owner would put an asset tag. */
const platforms =
	/^(amazonec2|oraclecloudcom|openstack(nova|compute)?|google(computeengine|cloud)?|alibabacloud(ecs)?|digitalocean(droplet)?|hetzner|vserver|vultr|linode|scaleway|ovh(cloud)?|qemu|bochs|kvm|rhelkvm|xen|hvmdomu|virtualbox|oracle(corporation|vmvirtualbox)?|innotekgmbh|vmware(inc|virtualplatform|\d{1,3})?|virtualmachine|microsoftcorporation|hyperv(uefirelease.*)?|parallels(virtualplatform|softwareinternationalinc|internationalgmbh)?|bhyve|nutanix(ahv)?|proxmox|ovirt(node)?|apple(incvirtualmachine|virtualizationgenericplatform)|440bxdesktopreferenceplatform|standardpc.*)$/;

/** One value as it is hashed, or `undefined` where it says nothing about this machine. */
export function cleanValue(raw: string | undefined): string | undefined {
	const value = (raw ?? '').replaceAll('\0', '').trim().replace(/\s+/g, ' ').toLowerCase();
	const letters = value.replace(/^0x/, '').replace(/[^a-z0-9]/g, '');
	// One sign repeated: all zeros, all F, a row of X.
	if (placeholders.has(letters) || /^(.)\1*$/.test(letters)) return undefined;
	return shared.test(letters) || platforms.test(letters) ? undefined : value;
}

/** The first of several sources that says something: an empty one goes on to the next. */
export function firstValue(...raw: readonly (string | undefined)[]): string | undefined {
	return raw.map(cleanValue).find((value) => value !== undefined);
}

/** Several values as one, in the order given; absent when none of them says anything. */
export function joinValues(...raw: readonly (string | undefined)[]): string | undefined {
	const values = raw.map(cleanValue).filter((value) => value !== undefined);
	return values.length === 0 ? undefined : values.join('|');
}

/** Up to four addresses in lower case with colons, sorted, so that slots and names do not matter. */
export function cleanAddresses(raw: readonly (string | undefined)[]): string[] | undefined {
	const addresses = raw
		.map((address) => cleanValue(address)?.replaceAll('-', ':'))
		.filter((address) => address !== undefined && /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(address));
	const sorted = [...new Set(addresses as string[])].sort().slice(0, MOST_ADDRESSES);
	return sorted.length === 0 ? undefined : sorted;
}

export function hashComponent(component: Component, value: string): string {
	return createHmac('sha256', HASH_KEY)
		.update(`${component}:${value.trim().toLowerCase()}`)
		.digest()
		.subarray(0, HASH_BYTES)
		.toString('base64url');
}

export function hashValues(values: ComponentValues): Fingerprint {
	const fp: Fingerprint = {};
	for (const component of ['os', 'fs', 'board', 'disk'] as const) {
		const value = values[component];
		if (value !== undefined) fp[component] = hashComponent(component, value);
	}
	if (values.mac) fp.mac = values.mac.map((address) => hashComponent('mac', address));
	return fp;
}
