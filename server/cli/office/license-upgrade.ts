/** `keyferry license upgrade`: a new license for newer majors, beside the old one. [UP1] */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseLicenseNumber } from '#lib/domain/licenses/license-number.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { Upgraded } from '#server/operations/licenses/upgrade-license.ts';
import { asking } from '#server/cli/base/asking.ts';
import { command, hubOrFolder } from '#server/cli/base/command.ts';
import type { Outcome } from '#server/cli/base/outcome.ts';
import { mustBeNew, writeBeside } from '#server/cli/base/texts.ts';
import { endOptions, readEnds, tellEnds } from './license-ends.ts';
import { nameOfActivation } from './license-renew.ts';
import { majors, readTerms, termOptions } from './license-terms.ts';

export const upgradeCommand = command({
	name: 'upgrade',
	description: 'Issue a license for newer versions; the old one keeps working and names it',
	args: {
		number: {
			type: 'positional',
			required: true,
			valueHint: 'NUMBER',
			description: 'License number of the old one'
		},
		versions: {
			type: 'string',
			required: true,
			valueHint: '10 or 10-11',
			description: 'Major versions covered by the new one'
		},
		...endOptions,
		...termOptions,
		out: { type: 'string', valueHint: 'FILE', description: 'Write the license key here (.kflic)' },
		files: {
			type: 'string',
			valueHint: 'DIR',
			description: 'Write the next files of the old license’s machines here; desks sync them'
		},
		...hubOrFolder
	},
	run: ({ number: typed, out, files, ...args }): Promise<Outcome | Refusal> =>
		asking(args, async (ask) => {
			mustBeNew(out);
			const number = parseLicenseNumber(typed);
			if (isRefusal(number)) return number;
			const ends = readEnds(args);
			if (isRefusal(ends)) return ends;
			const wishes = {
				versions: majors(args.versions),
				expiresAt: ends.expiresAt,
				maintainedUntil: ends.maintainedUntil,
				...readTerms(args)
			};
			const input = { number, ...wishes };
			const upgraded = await ask<Upgraded>({ procedure: 'license.upgrade', input });
			if (isRefusal(upgraded)) return upgraded;
			if (out !== undefined) writeFileSync(out, upgraded.key, { flag: 'wx' });
			const next = upgraded.before.files;
			if (files !== undefined) {
				mkdirSync(files, { recursive: true });
				for (const { file } of next) writeBeside(join(files, nameOfActivation(file)), file);
			}
			return {
				lines: [
					`${upgraded.number} is for newer versions, beside ${number}.`,
					...tellEnds(ends),
					next.length === 0
						? `${number} keeps working for its own versions.`
						: `${number} keeps working; ${next.length} files of its machines name the new number.`,
					'',
					out === undefined ? upgraded.key.trimEnd() : `License key in ${out}.`
				],
				json: upgraded
			};
		})
});
