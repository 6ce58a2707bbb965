/** `keyferry license …`: asked of a hub, with a token of vendor staff. */
import { defineCommand } from 'citty';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { LicenseRow } from '#lib/protocol/rows.ts';
import { command, hubOrFolder } from '#server/cli/base/command.ts';
import { asking } from '#server/cli/base/asking.ts';
import { allowCommand } from './license-allow.ts';
import { allLicenses, findLicense } from './find-license.ts';
import { issueCommand, trialCommand } from './license-issue.ts';
import { moveCommand } from './license-move.ts';
import { renewCommand } from './license-renew.ts';
import type { Outcome } from '#server/cli/base/outcome.ts';
import { unfreezeCommand } from './license-unfreeze.ts';
import { upgradeCommand } from './license-upgrade.ts';
import { isoDay, table } from '#server/cli/base/texts.ts';

const suspend = stateCommand('suspend', 'Refuse new activations and renewals until resumed');
const resume = stateCommand('resume', 'Lift a suspension');

const list = command({
	name: 'list',
	description: 'List the licenses that this token may see',
	args: hubOrFolder,
	run: (args) =>
		asking(args, async (ask) => {
			const rows = await allLicenses(ask);
			if (isRefusal(rows)) return rows;
			const head = [
				'number',
				'product',
				'customer',
				'seats',
				'used',
				'maintenance',
				'expires',
				'state'
			];
			const cells = rows.map((row) => [
				row.number,
				row.title,
				row.customer,
				`${row.seats}`,
				`${row.counts.active + row.counts.reserved + row.counts.cooling}`,
				isoDay(row.maintainedUntil, '-'),
				isoDay(row.expiresAt, 'never'),
				stateOf(row)
			]);
			return { lines: table([head, ...cells]), json: rows };
		})
});

function stateOf({ successor, suspendedAt, frozenAt, ...row }: LicenseRow): string {
	if (successor !== undefined) return `moved to ${successor}`;
	if (suspendedAt !== undefined) return 'suspended';
	if (frozenAt !== undefined) return 'frozen';
	if (row.upgradedTo !== undefined) return `active, upgraded to ${row.upgradedTo}`;
	return row.trialDays === undefined ? 'active' : `trial of ${row.trialDays} days`;
}

export const licenseCommand = defineCommand({
	meta: {
		name: 'license',
		description:
			'Licenses at a hub: issue, trial, renew, allow, upgrade, move, suspend, resume, unfreeze, list'
	},
	subCommands: {
		issue: issueCommand,
		trial: trialCommand,
		renew: renewCommand,
		allow: allowCommand,
		upgrade: upgradeCommand,
		move: moveCommand,
		suspend,
		resume,
		unfreeze: unfreezeCommand,
		list
	}
});

function stateCommand(verb: 'suspend' | 'resume', description: string) {
	return command({
		name: verb,
		description,
		args: {
			number: {
				type: 'positional',
				required: true,
				valueHint: 'NUMBER',
				description: 'License number'
			},
			...hubOrFolder
		},
		run: ({ number: typed, ...place }): Promise<Outcome | Refusal> =>
			asking(place, async (ask) => {
				const row = await findLicense(ask, typed);
				if (isRefusal(row)) return row;
				const { number, id: licenseId } = row;
				const done = await ask<null>({ procedure: `license.${verb}`, input: { licenseId } });
				if (isRefusal(done)) return done;
				const says = verb === 'suspend' ? 'is suspended' : 'is active again';
				const state = verb === 'suspend' ? 'suspended' : 'active';
				return { lines: [`${number} ${says}.`], json: { number, state } };
			})
	});
}
