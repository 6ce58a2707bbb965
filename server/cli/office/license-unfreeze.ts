/** `keyferry license unfreeze`: lifts the freeze that a restore put on licenses. [SY6] */
import { parseLicenseNumber } from '#lib/domain/licenses/license-number.ts';
import { isRefusal, refuse, withoutRefusals, type Refusal } from '#lib/domain/refusal.ts';
import type { LicenseRow } from '#lib/protocol/rows.ts';
import type { RestoreReports } from '#server/operations/restore/restore-reports.ts';
import { command, hubOptions } from '#server/cli/base/command.ts';
import { callHub, findHub } from '#server/cli/base/hub-client.ts';
import { allLicenses } from './find-license.ts';
import { exitCodes, refusalJson, UsageError } from '#server/cli/base/outcome.ts';
import { isoMoment, table } from '#server/cli/base/texts.ts';

export const unfreezeCommand = command({
	name: 'unfreeze',
	description: 'Unfreeze licenses of a restored hub, so that they grant again',
	args: {
		number: {
			type: 'positional',
			required: false,
			valueHint: 'NUMBER…',
			description: 'License numbers'
		},
		all: { type: 'boolean', description: 'Every frozen license' },
		yes: { type: 'boolean', description: 'Unfreeze them; without it, only show who has reported' },
		...hubOptions
	},
	async run(args) {
		if ((args._.length === 0) === (args.all !== true))
			throw new UsageError('Name license numbers, or give --all.');
		const hub = findHub(args);
		const rows = await allLicenses((asked) => callHub(hub, asked));
		if (isRefusal(rows)) return rows;
		const asked: (LicenseRow | Refusal)[] = args.all
			? rows.filter(({ frozenAt }) => frozenAt !== undefined)
			: args._.map((typed) => {
					const number = parseLicenseNumber(typed);
					if (isRefusal(number)) return number;
					const row = rows.find((each) => each.number === number);
					return row ?? refuse('LICENSE_NOT_FOUND', { number });
				});
		const reports = await callHub<RestoreReports>(hub, {
			procedure: 'license.reports',
			query: true
		});
		if (isRefusal(reports)) return reports;
		const customerIds = new Set(withoutRefusals(asked).map(({ customerId }) => customerId));
		if (args.yes !== true)
			return {
				lines: [...tellReports(reports, customerIds), '', 'Nothing was lifted yet: add --yes.'],
				json: reports,
				refusals: asked.filter((each) => isRefusal(each)),
				exit: exitCodes.usage
			};
		const lines: string[] = [];
		const refusals: Refusal[] = [];
		const json: unknown[] = [];
		for (const row of asked) {
			const done = isRefusal(row)
				? row
				: await callHub<null>(hub, {
						procedure: 'license.unfreeze',
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

/** Which desks have told the restored hub what they hold, and which have not. [SY6] */
function tellReports(reports: RestoreReports, customerIds: ReadonlySet<string>): string[] {
	const desks = reports.desks.filter(
		({ staff, customers }) => staff || customers.some((id) => customerIds.has(id))
	);
	const rows = desks.map(({ desk, outbox, user, reportedAt }) => [
		desk ?? outbox,
		user,
		reportedAt === undefined ? 'has NOT reported' : `reported ${isoMoment(reportedAt)}`
	]);
	const brought = reports.brought.filter(({ customerId }) => customerIds.has(customerId));
	return [
		...(rows.length > 0 ? table([['desk', 'user', 'since the restore'], ...rows]) : []),
		...(rows.length === 0 ? ['No desk of these customers is known to this hub.'] : []),
		...brought.map(({ who, count }) => `${who} has brought ${count} back.`)
	];
}
