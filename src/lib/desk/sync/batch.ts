/**
 * Commands as they leave this desk: as many as fit, signed together by the key of their outbox. [SY9]
 *
 * @module
 */
import { PUSH_PROTOCOL } from '#lib/protocol/push.ts';
import { PUSH_BODY_LIMIT, PUSH_COMMAND_LIMIT, type SignedPush } from '#lib/formats/push.ts';
import { signPush } from '#lib/signing/push.ts';
import { deskNow } from '#lib/desk/store/database.ts';
import { deskKeyOf } from '#lib/desk/store/desk-key.ts';
import { readDeskName } from '#lib/desk/store/desk-name.ts';
import { commandOf } from '#lib/desk/store/outbox.ts';
import type { OutboxRow } from '#lib/desk/store/desk-rows.ts';

/** Signs commands of one outbox with its key. They travel as they are signed, whoever brings them. */
export async function signBatch(batch: readonly OutboxRow[]): Promise<SignedPush> {
	const [first] = batch;
	if (!first) throw new Error('a push has commands');
	const { outbox, jwk: key, signer } = await deskKeyOf(first.outbox);
	const desk = await readDeskName();
	const content = { protocol: PUSH_PROTOCOL, outbox, key, desk, commands: batch.map(commandOf) };
	return signPush(content, { signer, now: deskNow() });
}

/** The first commands of one outbox that fit into a push, in order. */
export function nextBatch(waiting: readonly OutboxRow[]): OutboxRow[] {
	const outbox = waiting[0]?.outbox;
	const batch: OutboxRow[] = [];
	let bytes = 0;
	for (const row of waiting) {
		if (row.outbox !== outbox) continue;
		bytes += JSON.stringify(row.args).length + 512;
		if (batch.length > 0 && (bytes > PUSH_BODY_LIMIT || batch.length === PUSH_COMMAND_LIMIT)) break;
		batch.push(row);
	}
	return batch;
}
