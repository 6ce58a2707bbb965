/** `keyferry adopt`: brings files back to a hub that was restored and has forgotten them. [SY6] */
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { joinTokens, readFiles } from '#lib/formats/file.ts';
import type { Adopted } from '#server/operations/restore/adopted.ts';
import { command, hubOptions } from '#server/cli/base/command.ts';
import { findHub, postToHub, type HubAddress } from '#server/cli/base/hub-client.ts';
import { refusalJson, UsageError } from '#server/cli/base/outcome.ts';
import { readInputs } from '#server/cli/base/texts.ts';

const outcomes: Record<string, string> = {
	license: 'taken up',
	receipt: 'taken up; the seat was given back',
	allotment: 'taken up; its seats are set aside again',
	known: 'known already',
	newer: 'known already; the newer file is kept',
	'given-back': 'given back since; not taken up again',
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
			description: 'Files, archives or folders to submit'
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
		for (const { source, adopted } of await adoptAll(hub, files)) {
			if (isRefusal(adopted)) {
				refusals.push(adopted);
				json.push({ file: source, ...refusalJson(adopted) });
				continue;
			}
			lines.push(`${source}: ${outcomes[adopted.outcome] ?? adopted.outcome}.`);
			json.push({ file: source, ...adopted });
		}
		return { lines, json, refusals };
	}
});

type Brought = { source: string; adopted: Adopted | Refusal };

/** Every piece has its outcome: one that cannot be read stops none of its neighbors. [FI3] */
async function adoptAll(hub: HubAddress, inputs: readonly string[]): Promise<Brought[]> {
	const brought: Brought[] = [];
	for (const input of inputs)
		for (const { source, text, refusal } of await readOrSay(input)) {
			if (refusal) brought.push({ source, adopted: refusal });
			for (const file of text === undefined ? [] : readFiles(text)) {
				const adopted = isRefusal(file)
					? file
					: await postToHub<Adopted>(hub, '/v1/adopt', { file: joinTokens(file) });
				brought.push({ source, adopted });
			}
		}
	return brought;
}

async function readOrSay(input: string): Promise<Awaited<ReturnType<typeof readInputs>>> {
	try {
		return await readInputs([input]);
	} catch {
		return [{ source: input, refusal: refuse('FILE_MALFORMED', { reason: 'unreadable' }) }];
	}
}
