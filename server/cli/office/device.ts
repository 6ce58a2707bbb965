/** `keyferry device list|end`: devices of people, and the seats that they block. [DV1] */
import { defineCommand } from 'citty';
import { VENDOR_ID } from '#lib/domain/access.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { BlockedSeats, DeviceRow } from '#lib/protocol/people.ts';
import type { AskHub } from '#server/rpc/operator.ts';
import type { DevicePage } from '#server/operations/devices/list-devices.ts';
import { asking } from '#server/cli/base/asking.ts';
import { command, hubOrFolder } from '#server/cli/base/command.ts';
import { UsageError } from '#server/cli/base/outcome.ts';
import { isoDay, table } from '#server/cli/base/texts.ts';
import { findOwnCustomer } from './user.ts';

const list = command({
	name: 'list',
	description: 'List devices, when they were used last, and the offline seats set aside for them',
	args: {
		customer: {
			type: 'string',
			valueHint: 'NAME|ID',
			description: 'Of the people of this customer (default: your own)'
		},
		staff: { type: 'boolean', description: 'Of the vendor’s own people' },
		...hubOrFolder
	},
	run: ({ customer, staff, ...place }) =>
		asking(place, async (ask) => {
			const customerId = staff ? VENDOR_ID : customer && (await findOwnCustomer(ask, customer));
			if (isRefusal(customerId)) return customerId;
			const devices = await allDevices(ask, customerId);
			if (isRefusal(devices)) return devices;
			const rows = devices.map(({ id, name, person, seenAt, createdAt, endedAt, ...row }) => [
				id,
				name,
				person.email,
				isoDay(seenAt ?? createdAt),
				endedAt !== undefined ? `ended ${isoDay(endedAt)}` : row.forkedAt ? 'copied' : 'in use',
				String(row.blocked.reduce((sum, { seats }) => sum + seats, 0))
			]);
			const head = ['device', 'name', 'user', 'last used', 'state', 'seats'];
			return { lines: rows.length > 0 ? table([head, ...rows]) : ['No devices.'], json: devices };
		})
});

const end = command({
	name: 'end',
	description:
		'End a device: its sessions end, what it asks for is refused, its offline seats stay blocked',
	args: {
		device: { type: 'positional', required: true, valueHint: 'ID', description: 'Device ID' },
		yes: { type: 'boolean', description: 'End it; without, only say what would stay blocked' },
		...hubOrFolder
	},
	run: ({ device, yes, ...place }) =>
		asking(place, async (ask) => {
			const asked = { input: { device } };
			const found = await ask<DeviceRow>({ procedure: 'device.show', query: true, ...asked });
			if (isRefusal(found)) return found;
			if (!yes) throw new UsageError([...willEnd(found), 'Say --yes to end it.'].join('\n'));
			const ended = await ask<DeviceRow>({ procedure: 'device.end', ...asked });
			if (isRefusal(ended)) return ended;
			const lines = [`${nameOf(ended)} is ended.`, ...blockedLines(ended.blocked)];
			return { lines, json: ended };
		})
});

export const deviceCommand = defineCommand({
	meta: { name: 'device', description: 'Devices of people: list, end' },
	subCommands: { list, end }
});

async function allDevices(ask: AskHub, customerId?: string): Promise<DeviceRow[] | Refusal> {
	const all: DeviceRow[] = [];
	let after: string | undefined;
	do {
		const input = { customerId, after, limit: 500 };
		const page = await ask<DevicePage>({ procedure: 'device.list', query: true, input });
		if (isRefusal(page)) return page;
		all.push(...page.devices);
		after = page.next;
	} while (after !== undefined);
	return all;
}

function nameOf({ name, person }: DeviceRow): string {
	return `${name || 'A device without a name'} of ${person.email}`;
}

function willEnd(device: DeviceRow): string[] {
	return [
		`${nameOf(device)} would be signed out, and what it still asks for refused. What has been done on it counts.`,
		...blockedLines(device.blocked)
	];
}

function blockedLines(blocked: readonly BlockedSeats[]): string[] {
	if (blocked.length === 0) return ['No offline seats are set aside for it.'];
	return blocked.map(
		({ number, title, seats, until }) =>
			`${seats} ${seats === 1 ? 'seat' : 'seats'} of ${number} (${title}) stay blocked until ${isoDay(until)} at the latest.`
	);
}
