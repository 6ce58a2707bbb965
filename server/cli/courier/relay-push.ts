/**
 * The unsent work of a desk on its way to the hub, by whoever carries it. [SY8]
 *
 * @module
 */
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { Command } from '#lib/protocol/commands.ts';
import { readFile } from '#lib/formats/file.ts';
import { readPushFile, readSignedPush } from '#lib/formats/push.ts';
import { readSubmission, type Submission } from './parcels.ts';
import { NotAHub, readResults } from '#server/cli/base/hub-answer.ts';
import { postToHub, type HubAddress } from '#server/cli/base/hub-client.ts';

/** What became of one command. `name` is the stem of its answer. */
export type RelayedCommand = {
	label?: string;
	number?: string;
	name?: string;
	answer?: string;
	/** Of the returns that its request carried; `carried` has the stems of their files, by `act`. */
	receipts?: readonly string[];
	carried?: Submission['carried'];
	refusal?: Refusal;
};

/**
 * Sends the file as it is.
 *
 * @returns One row for each command, or why the whole was refused.
 * @throws NotAHub
 */
export async function sendPush(hub: HubAddress, text: string): Promise<RelayedCommand[] | Refusal> {
	const signed = readPushFile(text);
	const found = isRefusal(signed) ? signed : readSignedPush(signed);
	if (isRefusal(found)) return found;
	const commands = new Map(found.read.commands.map((command) => [command.id, command]));
	const reply = await postToHub<unknown>(hub, '/v1/pushes', { push: text });
	if (isRefusal(reply)) return reply;
	const results = readResults(reply);
	if (!results) throw new NotAHub(`${hub.url} answered a push with something else.`);
	return results.map(({ id, file: answer, receipts, refusal }) => ({
		...about(commands.get(id)),
		answer,
		receipts,
		refusal
	}));
}

function about(
	command: Command | undefined
): Pick<RelayedCommand, 'label' | 'number' | 'name' | 'carried'> {
	const args = command?.args ?? {};
	const text: unknown = 'request' in args ? args.request : 'file' in args ? args.file : undefined;
	const file = typeof text === 'string' ? readFile(text) : undefined;
	const submission = file && !isRefusal(file) ? readSubmission(file) : undefined;
	if (submission && !isRefusal(submission)) {
		const { label, number, stem: name, carried } = submission;
		return { label, number, name, carried };
	}
	return { name: command?.id };
}
