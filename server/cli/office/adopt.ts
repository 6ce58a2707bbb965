/** `keyferry adopt`: brings files back to a hub that was restored and has forgotten them. [SY6] */
import { readFileSync } from 'node:fs';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { Adopted } from '#server/operations/restore/adopted.ts';
import { command, hubOptions } from '#server/cli/base/command.ts';
import { findHub, postToHub } from '#server/cli/base/hub-client.ts';
import { refusalJson, UsageError } from '#server/cli/base/outcome.ts';

const outcomes: Record<string, string> = {
	license: 'taken up',
	receipt: 'taken up; the seat was given back',
	allotment: 'taken up; its seats are set aside again',
	known: 'known already',
	newer: 'known already; the newer file is kept',
	'given-back': 'given back since; not taken up again',
	ended: 'has ended; it holds no seat',
	'same-machine': 'its machine holds a seat already',
	seat: 'found again, on a seat',
	overage: 'found again, beyond the seats of the license'
};

export const adoptCommand = command({
	name: 'adopt',
	description: 'Submit activation files, receipts and license keys that a restored hub has lost',
	args: {
		file: {
			type: 'positional',
			required: true,
			valueHint: 'FILE…',
			description: 'Files to submit'
		},
		...hubOptions
	},
	async run(args) {
		const files = args._;
		if (files.length === 0) throw new UsageError('Name the files to submit.');
		const hub = findHub(args);
		const lines: string[] = [];
		const refusals: Refusal[] = [];
		const json: unknown[] = [];
		for (const file of files) {
			const body = { file: readFileSync(file, 'utf8') };
			const adopted = await postToHub<Adopted>(hub, '/v1/adopt', body);
			if (isRefusal(adopted)) {
				refusals.push(adopted);
				json.push({ file, ...refusalJson(adopted) });
				continue;
			}
			lines.push(`${file}: ${outcomes[adopted.outcome] ?? adopted.outcome}.`);
			json.push({ file, ...adopted });
		}
		return { lines, json, refusals };
	}
});
