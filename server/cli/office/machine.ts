/** `keyferry machine retire`: a machine that burnt or was lost gives its seat free. */
import { defineCommand } from 'citty';
import { parseLicenseNumber } from '#lib/domain/licenses/license-number.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { ActivationRow } from '#lib/protocol/rows.ts';
import type { Retired } from '#server/operations/activations/retire-machine.ts';
import { command, hubOptions } from '#server/cli/base/command.ts';
import { callHub, findHub, type HubAddress } from '#server/cli/base/hub-client.ts';
import { findLicense } from './find-license.ts';
import { UsageError } from '#server/cli/base/outcome.ts';
import { isoDay } from '#server/cli/base/texts.ts';

const retire = command({
	name: 'retire',
	description: 'Retire a machine that is gone: free its seat and revoke its files',
	args: {
		machine: {
			type: 'positional',
			required: true,
			valueHint: 'ACT|LABEL',
			description: 'Activation ID, or the label of the machine'
		},
		license: { type: 'string', required: true, valueHint: 'NUMBER', description: 'License number' },
		reason: { type: 'string', required: true, description: 'Why, for the audit' },
		...hubOptions
	},
	async run({ machine, license, reason, ...named }) {
		const number = parseLicenseNumber(license);
		if (isRefusal(number)) return number;
		const hub = findHub(named);
		const row = await findSeat(hub, number, machine);
		if (isRefusal(row)) return row;
		const done = await callHub<Retired>(hub, {
			procedure: 'machine.retire',
			input: { act: row.id, reason }
		});
		if (isRefusal(done)) return done;
		const label = row.label ?? row.id;
		const seat = done.freed
			? 'Its seat is free.'
			: `Its seat cools until ${isoDay(done.coolsUntil)}: the machines that may be replaced at once in a year are used up.`;
		return {
			lines: [done.isNew ? `${label} is retired.` : `${label} had left its seat before.`, seat],
			json: { number, label: row.label, ...done }
		};
	}
});

export const machineCommand = defineCommand({
	meta: { name: 'machine', description: 'Machines at a hub: retire one that is gone' },
	subCommands: { retire }
});

/** A machine of this license, by its activation or by its label where only one has it. */
async function findSeat(
	hub: HubAddress,
	number: string,
	asked: string
): Promise<Pick<ActivationRow, 'id' | 'label'> | Refusal> {
	const license = await findLicense((asked) => callHub(hub, asked), number);
	if (isRefusal(license)) return license;
	// Said twice, it is answered as before, though the machine holds no seat any more.
	if (/^[0-9a-f]{8}-[0-9a-f]{4}-/.test(asked)) return { id: asked };
	const seats = await callHub<ActivationRow[]>(hub, {
		procedure: 'activation.seats',
		input: { licenseId: license.id },
		query: true
	});
	if (isRefusal(seats)) return seats;
	const named = seats.filter(
		({ id, label }) => id === asked || label?.toLowerCase() === asked.toLowerCase()
	);
	const [one, ...more] = named;
	if (one && more.length === 0) return one;
	if (!one) return refuse('NOT_FOUND', { what: `machine ${asked} of ${number}` });
	const ids = named.map(({ id }) => id).join(', ');
	throw new UsageError(
		`${named.length} machines of ${number} are called ${asked}: name one of ${ids}.`
	);
}
