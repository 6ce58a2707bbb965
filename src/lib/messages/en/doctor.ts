/**
 * English: what a look at the machine of a server finds, and what mends it.
 *
 * @module
 */
import { n } from './phrases.ts';

const gigabytes = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(1)} GB`;

export const doctorEn = {
	names: {
		folder: 'Folder',
		rights: 'Rights',
		disk: 'Disk',
		roots: 'Root keys',
		machine: 'Machine',
		virtual: 'Virtual machine',
		license: 'License',
		clock: 'Clock',
		port: 'Port',
		firewall: 'Firewall',
		certificate: 'Certificate',
		address: 'Address'
	} as Record<string, string>,
	folder: (data: string) => `${data} can be read and written.`,
	folderToCome: (data: string) => `${data} is made at the first start.`,
	folderClosed: (data: string) => `${data} cannot be written.`,
	folderMend: 'Choose another folder, or have its owner start the server.',
	rights: 'Keys and settings are for their owner alone.',
	rightsOpen: (names: string) => `Others may read ${names}.`,
	rightsMend: (data: string) => `chmod -R go= ${data}`,
	notOnWindows: 'Not looked at on Windows.',
	disk: (bytes: number, data: string) => `${gigabytes(bytes)} are free where ${data} is.`,
	diskMend: 'Free some space: a server that cannot write refuses everything.',
	roots: (count: number) => `${n(count)} pinned. Licenses are checked against them.`,
	rootsMissing: 'There are no root keys, so no license can be checked.',
	rootsMend: 'Start it from the kit, or name the file: --roots roots.json',
	machine: (components: string) => `It is told apart by ${components}.`,
	machineWeak: (components: string) =>
		components === ''
			? 'Nothing here tells this machine from others.'
			: `Only this tells the machine apart: ${components}. That is not enough.`,
	machineMend:
		'Run it on the machine itself, or on one whose serial number, disk or network adapter programs can read.',
	copied: 'The folder’s license state is of another machine.',
	copiedMend: 'Begin with an empty folder here; on the machine it came from it goes on working.',
	hardware: 'This is no virtual machine.',
	virtual: 'This is a virtual machine.',
	virtualMend: 'A license may refuse those: then use a machine of hardware, or ask the vendor.',
	license: (count: number, clients: number) =>
		`${n(count)} active, for ${n(clients)} clients at once.`,
	unlicensed: 'No license is active yet.',
	unlicensedMend: 'Unlock the server on its page, or by keyferry request and keyferry load.',
	clock: (utc: string) => `It is ${utc} UTC by this machine.`,
	clockBehind: (utc: string, trusted: string) =>
		`It is ${utc} UTC by this machine, and a license was signed at ${trusted} UTC.`,
	clockBefore: (utc: string) =>
		`It is ${utc} UTC by this machine, which is before its folder was written.`,
	clockMend: 'Set the clock.',
	portFree: (host: string, port: number) => `${host} port ${port} is free.`,
	portOwn: 'The server of this folder runs.',
	portTaken: (host: string, port: number, code: string) =>
		`${host} port ${port} cannot be listened on (${code}).`,
	portMend: (next: number) => `Stop what is there, or choose another port, such as ${next}.`,
	firewallLocal: 'Only this machine is listened to: no client reaches it from elsewhere.',
	firewallLocalMend: 'Start it with --host 0.0.0.0 once it is set up.',
	firewallNone: 'No firewall of this machine is on, as far as can be seen.',
	firewallOpen: (name: string, port: number) => `${name} lets clients in at port ${port}.`,
	firewallShut: (name: string, port: number) => `${name} keeps clients out at port ${port}.`,
	firewallUnknown: (name: string) =>
		`${name} is on; what it lets in is told to administrators alone.`,
	firewallMend: (command: string) => `As administrator: ${command}`,
	certificateNone: 'None: lines are not encrypted. Licenses and leases stay genuine without it.',
	certificateMend:
		'Name one, or let the server make an authority of its own, on its settings page.',
	certificateElsewhere: (host: string) => `It is not for ${host}.`,
	certificateNew: (host: string) => `Make one that names ${host}.`,
	certificate: (host: string, day: string) => `It is for ${host} and ends on ${day}.`,
	certificateEnds: (host: string, day: string) => `It is for ${host} and ends soon: on ${day}.`,
	certificateEnded: (day: string) => `It ended on ${day}.`,
	certificateRenew: 'Renew it.',
	addressNone: 'No address was named: clients are told the machine’s own.',
	address: (url: string) => `${url} leads to this server.`,
	addressOther: (url: string, status: number) => `${url} answers ${status}, and is no such server.`,
	addressSilent: (url: string, code: string) => `${url} cannot be reached from here (${code}).`,
	addressMend: 'Look at the name server, the proxy, its certificate and the firewall.'
};

export type DoctorTexts = typeof doctorEn;
