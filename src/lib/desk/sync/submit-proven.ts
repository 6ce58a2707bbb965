/**
 * Bringing requests to the hub without an account: a request whose maker held the license key
 * carries a proof, and then anyone may submit it. [RE2]
 *
 * @module
 */
import type { Refusal } from '#lib/domain/refusal.ts';
import { heldFor } from '#lib/domain/after-refusal.ts';
import type { CommandResult } from '#lib/protocol/commands.ts';
import { fetchHub, HubFault } from '#lib/desk/hub/hub.ts';
import type { Hold } from '#lib/desk/store/state-rows.ts';
import type { OutboxRow } from '#lib/desk/store/desk-rows.ts';
import { provesItself } from '#lib/desk/files/proof.ts';

/**
 * Brings those that carry a proof, one by one, and stores each answer before the next is asked. The
 * hub gives the same request the same answer, however often it is brought [SE3].
 *
 * @returns Why the rest is held, if it is: they need somebody to sign in, or a freeze to be lifted.
 * @throws where the hub gives no answer; what is not stored is asked again.
 */
export async function submitProven(
	waiting: readonly OutboxRow[],
	store: (results: readonly CommandResult[]) => Promise<void>
): Promise<Hold | undefined> {
	let held: Hold | undefined;
	for (const row of waiting) {
		const { args } = row;
		if (row.type !== 'activation.request' || !('request' in args && provesItself(args.request))) {
			held ??= 'signed-out';
			continue;
		}
		const answer = await askHub(args);
		const hold = answer.refusal && heldFor(answer.refusal.refused);
		if (hold) held ??= hold;
		else await store([{ id: row.id, n: row.n, ...answer }]);
	}
	return held;
}

async function askHub(
	asked: object
): Promise<Pick<CommandResult, 'file' | 'receipts' | 'refusal'>> {
	const response = await fetchHub('/v1/activations', {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(asked)
	});
	if (response.status >= 500 || response.status === 429) throw new HubFault(response);
	const body = (await response.json()) as {
		file?: string;
		receipts?: string[];
		code?: string;
		facts?: object;
	};
	const { file, receipts, code, facts } = body;
	if (response.ok && file !== undefined) return { file, receipts };
	if (code === undefined) throw new HubFault(response);
	// Sound for display only: a newer hub may use codes and facts that this version does not know.
	const refusal = { refused: code, facts: facts ?? {} } as unknown as Refusal;
	return file === undefined ? { refusal, receipts } : { refusal, file, receipts };
}
