/** `keyferry license allow`: switches what the catalog leaves to customers. [P7] */
import { isRefusal } from '#lib/domain/refusal.ts';
import { isSwitchValue } from '#lib/domain/licenses/switch.ts';
import type { Allowed } from '#server/operations/licenses/allow-entitlement.ts';
import { asking } from '#server/cli/base/asking.ts';
import { command, hubOrFolder } from '#server/cli/base/command.ts';
import { UsageError } from '#server/cli/base/outcome.ts';
import { writeFiles } from './license-renew.ts';
import { findLicense } from './find-license.ts';

export const allowCommand = command({
	name: 'allow',
	description: 'Switch an entitlement on or off, and sign the next file of each machine',
	args: {
		number: { type: 'positional', required: true, description: 'License number' },
		entitlement: { type: 'positional', required: true, description: 'Its code' },
		value: { type: 'positional', required: true, valueHint: 'on|off', description: 'on or off' },
		out: { type: 'string', valueHint: 'DIR', description: 'Folder for the files (default: .)' },
		...hubOrFolder
	},
	run: (args) =>
		asking(args, async (ask) => {
			const { entitlement, value, out = '.' } = args;
			if (!isSwitchValue(value)) throw new UsageError('Say on or off.');
			const row = await findLicense(ask, args.number);
			if (isRefusal(row)) return row;
			const { number } = row;
			const known = row.switches?.find(({ code }) => code === entitlement);
			const seen = { was: known?.isOn === false ? 'off' : 'on', after: known?.changed?.id ?? '' };
			const input = { number, entitlement, value, ...seen };
			const done = await ask<Allowed>({ procedure: 'license.allow', input });
			if (isRefusal(done)) return done;
			const files = writeFiles(done.files, out);
			return {
				lines: [
					`${entitlement} of ${number} is ${value}. ${files.length} files for its machines.`,
					...files.map(({ file }) => `  ${file}`)
				],
				json: { number, entitlement, value, files }
			};
		})
});
