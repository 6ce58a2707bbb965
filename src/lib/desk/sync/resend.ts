/**
 * Giving a restored hub back what it has forgotten. [SY6]
 *
 * @module
 */
import { isFact } from '#lib/protocol/commands.ts';
import { WAITING_SECONDS } from '#lib/domain/seats/waiting.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { deskNow, relaxed, strict } from '#lib/desk/store/database.ts';
import { listRequests } from '#lib/desk/requests/read-requests.ts';
import { hubClient } from '#lib/desk/hub/hub.ts';
import { isAboutWaiting } from '#lib/desk/requests/request-status.ts';
import type { FileKind } from '#lib/desk/store/file-rows.ts';
import type { OutboxRow } from '#lib/desk/store/desk-rows.ts';
import { listMirroredKeys } from '#lib/desk/mirror/store-license-keys.ts';
import { draftForgotten } from '#lib/desk/mirror/asked-texts.ts';
import { appendCommands } from '#lib/desk/store/outbox.ts';

const BATCH = 100;

/**
 * Sends what this desk holds to a hub that is not the one it was, before anything of the mirror is
 * replaced: everything that the hub has signed, and every fact that was ever queued here, settled or
 * not. The hub takes up what it has forgotten. What waits is pushed as ever. [SY6]
 */
export async function resendHeld(): Promise<void> {
	const of = (kinds: FileKind[]) => strict.files.where('kind').anyOf(kinds).toArray();
	const files = [...(await strict.keys.toArray()), ...(await of(['license', 'activation']))];
	const answers = await relaxed.answers.filter(({ state }) => state === 'granted').toArray();
	const allotments = [
		...(await strict.ownAllotments.toArray()).map(({ text }) => text),
		...(await relaxed.allotments.toArray()).map(({ file }) => file)
	];
	const receipts = [
		...(await of(['receipt'])).map(({ text }) => text),
		...(await relaxed.receipts.toArray()).map(({ file }) => file)
	];
	const facts = await strict.outbox.filter(({ type }) => isFact(type)).toArray();
	const all = [
		...new Set([
			...(await listMirroredKeys()),
			...allotments,
			// A receipt counts before what its machine holds since, and again once its activation is known.
			...receipts,
			...files.map(({ text }) => text),
			...answers.map(({ file }) => file),
			...facts.flatMap(({ args }) => ('file' in args ? args.file : []))
		]),
		...new Set(receipts)
	];
	for (let at = 0; at < all.length; at += BATCH)
		await hubClient.adopt.files.mutate({ files: all.slice(at, at + BATCH) });
	await waitAgain();
	await appendCommands(await draftForgotten());
}

/** That a request is to wait for a seat is signed by nobody, so it is asked again. [RE1] */
async function waitAgain(): Promise<void> {
	const open = (await listRequests()).filter(({ state }) => state !== 'granted');
	const newest = new Map<string, OutboxRow>();
	for (const row of await strict.outbox.filter(isAboutWaiting).sortBy('createdAt'))
		newest.set(row.subject, row);
	const asked = open
		.flatMap(({ jti }) => newest.get(jti) ?? [])
		.filter(
			({ state, type, result, settledAt = 0 }) =>
				state === 'settled' &&
				type === 'request.wait' &&
				!result?.refusal &&
				settledAt + WAITING_SECONDS > deskNow()
		);
	await appendCommands(
		asked.map(({ type, version, args, hash, subject }) => {
			return { id: uuidv7(), type, version, args, hash, subject };
		})
	);
}
