/** `keyferry license move`: a license goes to another customer. [SE7] */
import { writeFileSync } from 'node:fs';
import { parseLicenseNumber } from '#lib/domain/licenses/license-number.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { Moved } from '#server/operations/licenses/move-license.ts';
import { command, hubOptions } from '#server/cli/base/command.ts';
import { callHub, findHub } from '#server/cli/base/hub-client.ts';
import { findCustomer } from './customer.ts';
import type { Outcome } from '#server/cli/base/outcome.ts';
import { mustBeNew } from '#server/cli/base/texts.ts';

export const moveCommand = command({
	name: 'move',
	description: 'Move a license, or its free seats, to another customer',
	args: {
		number: {
			type: 'positional',
			required: true,
			valueHint: 'NUMBER',
			description: 'License number'
		},
		to: { type: 'string', required: true, valueHint: 'NAME|ID', description: 'New customer' },
		out: {
			type: 'string',
			valueHint: 'FILE',
			description: 'Write the new license key here (.kflic)'
		},
		...hubOptions
	},
	async run({ number: typed, out, ...args }): Promise<Outcome | Refusal> {
		mustBeNew(out);
		const number = parseLicenseNumber(typed);
		if (isRefusal(number)) return number;
		const hub = findHub(args);
		const customerId = await findCustomer((asked) => callHub(hub, asked), args.to);
		if (isRefusal(customerId)) return customerId;
		const moved = await callHub<Moved>(hub, {
			procedure: 'license.move',
			input: { number, customerId }
		});
		if (isRefusal(moved)) return moved;
		if (out !== undefined) writeFileSync(out, moved.key, { flag: 'wx' });
		const summary =
			moved.number === number
				? [`${number} belongs to the new customer, with a new license key.`]
				: [
						`${moved.number} goes on for the new customer.`,
						`Seats: ${moved.moved} now, ${moved.following} more as they become free.`
					];
		return {
			lines: [...summary, '', out === undefined ? moved.key.trimEnd() : `License key in ${out}.`],
			json: moved
		};
	}
});
