/**
 * Giving back a seat whose machine key this desk holds. [MA3]
 *
 * Nothing stops the machine from going on with its file, so such a return proves nothing: the seat
 * cools until its files have ended. [SE5]
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { readFile, writeFile } from '#lib/formats/file.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import { makeReturn } from '#lib/signing/return.ts';
import { writeState } from '#lib/desk/store/state.ts';
import { deskNow, strict } from '#lib/desk/store/database.ts';
import { findRequest } from './read-requests.ts';
import { readableLines, readBody, summarize } from '#lib/desk/files/summary.ts';
import type { StoredRequest } from '#lib/desk/store/file-rows.ts';
import { storedSigner } from '#lib/desk/store/stored-key.ts';
import { requestRow } from '#lib/desk/files/request-row.ts';
import { appendCommands } from '#lib/desk/store/outbox.ts';
import { syncNow } from '#lib/desk/store/sync-signal.ts';
import { draftSubmissions, submitRequests } from './submit.ts';

/**
 * Makes the return of a granted request, signed by the key that was made for it, and stores it. A
 * return that was made before is that return.
 *
 * @param request - `jti` of the request.
 * @param submit - Queues it for the hub in the same write.
 */
export async function composeReturn(
	request: string,
	{ submit = false }: { submit?: boolean } = {}
): Promise<StoredRequest | Refusal> {
	const view = await findRequest(request);
	const held = await strict.machineKeys.get(request);
	const file = readFile(view?.answer ?? '');
	const body = isRefusal(file) ? file : readBody(file);
	if (isRefusal(file)) return file;
	if (isRefusal(body)) return body;
	if (body.type !== 'activation' || !file.key || !held)
		return refuse('REQUEST_UNKNOWN', { request });
	const { act, cnf } = body.claims;
	const before = await findReturn(act);
	if (before) {
		if (submit) await submitRequests([before.jti]);
		return before;
	}
	const signer = await storedSigner(held);
	if (signer.kid !== cnf.jkt) return refuse('MACHINE_KEY_MISMATCH', { act });
	const { x = '' } = held.publicKey;
	const jwk: PublicJwk = { kty: 'OKP', crv: 'Ed25519', x };
	const token = await makeReturn(body.claims, { signer, jwk, now: deskNow() });
	const tokens = [file.key.text, file.body.text, token];
	const text = writeFile(tokens, readableLines(summarize(body)));
	const made = readFile(text);
	const read = isRefusal(made) ? made : readBody(made);
	if (isRefusal(made) || isRefusal(read)) throw new Error('a return just made cannot be read');
	const row = requestRow(made, read, { text, origin: 'made', storedAt: deskNow() });
	if (!row) throw new Error('a return just made is none');
	const commands = submit ? await draftSubmissions([row]) : [];
	await strict.transaction('rw', [strict.requests, strict.outbox, strict.states], async () => {
		await strict.requests.put(row);
		if (commands.length > 0) await appendCommands(commands);
		await writeState('changedAt', deskNow());
	});
	if (submit) syncNow();
	return row;
}

/** The return of an activation that this desk made or carries. */
export function findReturn(act: string): Promise<StoredRequest | undefined> {
	return strict.requests
		.filter(({ kind, summary }) => kind === 'return' && summary.act === act)
		.first();
}

/** Whether this desk holds the machine key of a request. */
export async function holdsKey(request: string): Promise<boolean> {
	return (await strict.machineKeys.get(request)) !== undefined;
}
