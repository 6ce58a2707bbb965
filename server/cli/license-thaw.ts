/** `keyferry license thaw`: lifts the freeze that a restore put on licenses. [SY6] */
import { parseLicenseNumber } from '#lib/domain/license-number.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { LicenseRow } from '#lib/domain/sync.ts';
import { command, shared } from './command.ts';
import { callHub, findHub } from './hub-client.ts';
import { refusalJson, UsageError } from './outcome.ts';

export const thaw = command({
	name: 'thaw',
	description: 'Let licenses of a restored hub grant again',
	args: {
		number: {
			type: 'positional',
			required: false,
			valueHint: 'NUMBER…',
			description: 'License numbers'
		},
		all: { type: 'boolean', description: 'Every frozen license' },
		hub: shared.hub,
		token: shared.token,
		ca: shared.ca
	},
	async run(args) {
		if ((args._.length === 0) === (args.all !== true))
			throw new UsageError('Name license numbers, or say --all.');
		const hub = findHub(args);
		const rows = await callHub<LicenseRow[]>(hub, { procedure: 'license.list', query: true });
		if (isRefusal(rows)) return rows;
		const asked: (LicenseRow | Refusal)[] = args.all
			? rows.filter(({ frozenAt }) => frozenAt !== undefined)
			: args._.map((typed) => {
					const number = parseLicenseNumber(typed);
					if (isRefusal(number)) return number;
					const row = rows.find((each) => each.number === number);
					return row ?? refuse('LICENSE_NOT_FOUND', { number });
				});
		const lines: string[] = [];
		const refusals: Refusal[] = [];
		const json: unknown[] = [];
		for (const row of asked) {
			const done = isRefusal(row)
				? row
				: await callHub<null>(hub, {
						procedure: 'license.thaw',
						input: { licenseId: row.id }
					});
			if (isRefusal(row) || isRefusal(done)) {
				const refusal = isRefusal(row) ? row : (done as Refusal);
				refusals.push(refusal);
				json.push(refusalJson(refusal));
			} else {
				lines.push(`${row.number} grants again.`);
				json.push({ number: row.number, frozen: false });
			}
		}
		if (asked.length === 0) lines.push('No license is frozen.');
		return { lines, json, refusals };
	}
});
