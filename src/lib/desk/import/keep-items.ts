/**
 * Keeping: what was taken in becomes part of this desk, to be submitted or carried on.
 *
 * @module
 */
import { isRefusal, withoutRefusals } from '#lib/domain/refusal.ts';
import { readFile, type TokenFile } from '#lib/formats/file.ts';
import { verifyFile, type VerifiedFile } from '#lib/signing/chain.ts';
import { addFiles, fileRow } from '#lib/desk/files/answer-files.ts';
import { keepMirrored } from '#lib/desk/files/mirrored-answers.ts';
import { writeState } from '#lib/desk/store/state.ts';
import { deskNow, strict } from '#lib/desk/store/database.ts';
import type { ImportItem } from './import-item.ts';
import { pushRow } from '#lib/desk/files/carried-push.ts';
import type { FileRow, KeyRow } from '#lib/desk/store/file-rows.ts';
import { readBody, summarize, type Body } from '#lib/desk/files/summary.ts';
import { syncNow } from '#lib/desk/store/sync-signal.ts';
import { addOwnAllotments, readOwnAllotments } from '#lib/desk/files/own-allotments.ts';
import { requestRow } from '#lib/desk/files/request-row.ts';
import { draftSubmissions } from '#lib/desk/requests/submit.ts';
import { appendCommands } from '#lib/desk/store/outbox.ts';
import { chainTrust, keepLearned, widenTrust } from '#lib/desk/hub/trust.ts';

/**
 * Keeps what is new: requests and returns to be submitted, answers to be carried on, license keys, trust. One
 * strict transaction; returns after the disk has it.
 *
 * @param submit - `jti`s of requests and returns, of these and of those already here: queued for the hub
 * in the write that stores the new ones.
 * @returns How many items were stored.
 */
export async function keepItems(
	items: readonly ImportItem[],
	{ submit = [] }: { submit?: readonly string[] } = {}
): Promise<number> {
	const keep = items.filter(({ state, text }) => state === 'new' && text !== undefined);
	const pushes = withoutRefusals(
		await Promise.all(keep.filter(isPush).map(({ text = '', source }) => pushRow(text, source)))
	);
	const read = keep
		.filter((item) => !isPush(item))
		.map((item) => ({ item, ...mustRead(item.text ?? '') }));
	const storedAt = deskNow();
	const requests = read.flatMap(({ item: { text = '' }, file, body }) => {
		return requestRow(file, body, { text, origin: 'imported', storedAt }) ?? [];
	});
	const keys = read.flatMap(({ item, body }) => keyRow(item, body) ?? []);
	const commands = await draftSubmissions([
		...(await strict.requests.where('jti').anyOf(submit).toArray()),
		...requests.filter(({ jti }) => submit.includes(jti))
	]);
	const stores = [strict.requests, strict.keys, strict.outbox, strict.states];
	// Rows of answers look up their request, so the requests of the same drop go first.
	await strict.transaction('rw', stores, async () => {
		const known = await strict.requests.bulkGet(requests.map(({ jti }) => jti));
		await strict.requests.bulkPut(requests.filter((_, at) => known[at] === undefined));
		await strict.keys.bulkPut(keys);
		if (commands.length > 0) await appendCommands(commands);
		await writeState('changedAt', deskNow());
	});
	const files: FileRow[] = [];
	for (const { item, file, body } of read) {
		if (body.type === 'license' || requests.some(({ jti }) => jti === body.claims.jti)) continue;
		const { text = '', verified } = item;
		files.push(await fileRow(file, { body, text, verified }));
	}
	const allotments = await readOwnAllotments(read.map(({ item: { text = '' } }) => text));
	await strict.transaction('rw', [strict.files, strict.ownAllotments], async () => {
		await addFiles([...files, ...pushes]);
		await addOwnAllotments(allotments);
	});
	await keepLearned(await verifiedOf(read.map(({ file }) => file)));
	if (requests.length > 0) await keepMirrored();
	// They are relayed by the next round, with or without somebody signed in. [SY8]
	if (pushes.length + commands.length > 0) syncNow();
	return keep.length;
}

async function verifiedOf(files: readonly TokenFile[]): Promise<VerifiedFile[]> {
	const verified: VerifiedFile[] = [];
	let trust = await chainTrust();
	for (const file of files) {
		if (file.body.type === 'activation-request' || file.body.type === 'return') continue;
		const result = await verifyFile(file, trust);
		if (isRefusal(result)) continue;
		trust = widenTrust(trust, result);
		verified.push(result);
	}
	return verified;
}

function isPush({ kind }: ImportItem): boolean {
	return kind === 'push';
}

function mustRead(text: string): { file: TokenFile; body: Body } {
	const file = readFile(text);
	const body = isRefusal(file) ? file : readBody(file);
	if (isRefusal(file) || isRefusal(body)) throw new Error('an item was read before and is not now');
	return { file, body };
}

function keyRow(item: ImportItem, body: Body): KeyRow | undefined {
	if (body.type !== 'license') return undefined;
	const { jti, sub: licenseId, num: number } = body.claims;
	const { text = '', verified } = item;
	return { jti, licenseId, number, text, summary: summarize(body), verified, storedAt: deskNow() };
}
