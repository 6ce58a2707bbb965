/**
 * Issuing an activation file on this desk, without any network, from seats set aside for it.
 *
 * Slot and machine are bound first; then the file is signed; then it is stored together with the
 * command that tells the hub; only then is it shown. After a crash the same claims are signed again,
 * which makes the same bytes. [AL2]
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { joinTokens, readFile, writeFile, type TokenFile } from '#lib/formats/file.ts';
import { parseClaims, type Claims } from '#lib/formats/tokens.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { signClose } from '#lib/signing/draw.ts';
import { signToken } from '#lib/signing/jws.ts';
import type { Signer } from '#lib/signing/keys.ts';
import { verifyRequest } from '#lib/signing/request.ts';
import { judgeCounts } from './allotments.ts';
import { addFiles, fileRow } from '#lib/desk/files/answer-files.ts';
import { bindSlot } from './binding.ts';
import { deskNow, strict } from '#lib/desk/store/database.ts';
import { findDeskKey } from '#lib/desk/store/desk-key.ts';
import { readableLines, readBody, summarize } from '#lib/desk/files/summary.ts';
import type { DrawRow, OwnAllotmentRow } from '#lib/desk/store/desk-rows.ts';
import type { FileRow } from '#lib/desk/store/file-rows.ts';
import { syncNow } from '#lib/desk/store/sync-signal.ts';
import { appendCommands, draftCommand, type Draft } from '#lib/desk/store/outbox.ts';
import { orStorageFull } from '#lib/desk/store/storage.ts';

/**
 * Issues the activation file for a request that this desk holds.
 *
 * @param jti - Of the request.
 * @returns The file, after the disk has it. A request that was drawn before has the same one.
 */
export function issueNow(jti: string): Promise<FileRow | Refusal> {
	return orStorageFull(async () => {
		const row = await strict.requests.get(jti);
		if (!row || row.kind) return refuse('REQUEST_UNKNOWN', { request: jti });
		const file = readFile(row.text);
		if (isRefusal(file)) return file;
		const request = await verifyRequest(file.body);
		if (isRefusal(request)) return request;
		const given = (file.returns ?? []).flatMap((each) => actOf(each) ?? []);
		const draw = await bindSlot(request, given);
		if (isRefusal(draw)) return draw;
		const issued = await finishDraw(draw);
		syncNow();
		return issued;
	});
}

/**
 * Gives the seats that were not drawn back. Nothing can be drawn from it afterwards, whether or not
 * the hub has heard. [AL4]
 */
export function closeAllotment(id: string): Promise<Refusal | undefined> {
	return orStorageFull(async () => {
		const row = await bindClose(id, uuidv7());
		if (isRefusal(row)) return row;
		await finishClose(row);
		syncNow();
		return undefined;
	});
}

/** Signs and stores what was only bound before a crash. */
export async function finishDraws(): Promise<void> {
	for (const row of await strict.draws.where('state').equals('bound').toArray())
		await finishDraw(row);
	for (const row of await strict.ownAllotments.toArray())
		if (row.close && row.close.signedAt === undefined) await finishClose(row);
	syncNow();
}

async function finishDraw(row: DrawRow): Promise<FileRow> {
	const stored = row.state === 'drawn' && (await strict.files.get(row.claims.jti));
	if (stored) return stored;
	const { own, signer } = await open(row.allotment);
	const token = await signToken('activation', row.claims, signer);
	const text = writeBelow(own, token, readableLines(summarizeActivation(row.claims)));
	const file = mustRead(text);
	const body = { type: 'activation' as const, claims: row.claims };
	const issued = await fileRow(file, { body, text, verified: true });
	const asked = await readAsked(row.request);
	const args = { file: joinTokens(file), ...(asked && { asked: asked.body.text }) };
	const commands = [
		...(asked ? await draftReturns(asked) : []),
		await draftCommand('activation.draw', args, row.claims.jti)
	];
	await strict.transaction(
		'rw',
		[strict.draws, strict.files, strict.outbox, strict.states],
		async () => {
			// Another tab may have finished it meanwhile, with the same bytes.
			if ((await strict.draws.get(row.id))?.state === 'drawn') return;
			await addFiles([issued]);
			await appendCommands(commands);
			await strict.draws.update(row.id, { state: 'drawn' });
		}
	);
	return issued;
}

async function readAsked(request: string): Promise<TokenFile | undefined> {
	const asked = readFile((await strict.requests.get(request))?.text ?? '');
	return isRefusal(asked) ? undefined : asked;
}

/** Returns that the request carries along are facts of their own, and go before the draw. [MA4] */
async function draftReturns(asked: TokenFile): Promise<Draft[]> {
	const drafts: Draft[] = [];
	for (const file of asked.returns ?? []) {
		const claims = parseClaims('return', file.body.payload);
		if (!isRefusal(claims))
			drafts.push(await draftCommand('activation.return', { file: joinTokens(file) }, claims.jti));
	}
	return drafts;
}

function bindClose(id: string, jti: string): Promise<OwnAllotmentRow | Refusal> {
	const tables = [strict.ownAllotments, strict.draws, strict.allotments];
	return strict.transaction('rw', tables, async () => {
		const own = await strict.ownAllotments.get(id);
		if (!own) return refuse('ALLOTMENT_NOT_FOUND', { allotment: id });
		if (own.state !== 'open')
			return refuse('ALLOTMENT_CLOSED', { allotment: id, state: own.state });
		const all = await strict.draws.where('allotment').equals(id).toArray();
		// A close that leaves out what was drawn would give back seats that are in use.
		const old = judgeCounts(own, { all, mirrored: await strict.allotments.get(id) });
		if (old) return old;
		const slots = new Set(all.map(({ claims }) => claims.slot ?? 0));
		const drawn = [...slots].sort((a, b) => a - b);
		const claims: Claims['close'] = { v: 1, jti, iat: deskNow(), allot: id, drawn };
		const closed: OwnAllotmentRow = { ...own, state: 'closed', close: { claims } };
		await strict.ownAllotments.put(closed);
		return closed;
	});
}

async function finishClose({ id, close }: OwnAllotmentRow): Promise<void> {
	if (!close) return;
	const { own, signer } = await open(id);
	const { jti, allot, drawn, iat: now } = close.claims;
	const token = await signClose({ jti, allot, drawn }, { signer, now });
	const file = joinTokens(mustRead(writeBelow(own, token, [])));
	const command = await draftCommand('allotment.close', { file }, jti);
	await strict.transaction('rw', [strict.ownAllotments, strict.outbox, strict.states], async () => {
		if ((await strict.ownAllotments.get(id))?.close?.signedAt !== undefined) return;
		await appendCommands([command]);
		const signed = { ...close, signedAt: deskNow() };
		await strict.ownAllotments.update(id, { close: signed });
	});
}

/** The allotment and the key that draws from it: what was bound has both. */
async function open(allotment: string): Promise<{ own: OwnAllotmentRow; signer: Signer }> {
	const own = await strict.ownAllotments.get(allotment);
	const key = own && (await findDeskKey(own.jkt));
	if (!own || !key) throw new Error(`the key of allotment ${allotment} is gone`);
	return { own, signer: key.signer };
}

/** A token of this desk below its allotment: hub key, allotment, token. */
function writeBelow({ text }: OwnAllotmentRow, token: string, lines: readonly string[]): string {
	const { key, body } = mustRead(text);
	return writeFile([...(key ? [key.text] : []), body.text, token], lines);
}

function summarizeActivation(claims: Claims['activation']) {
	return summarize({ type: 'activation', claims });
}

function mustRead(text: string): TokenFile {
	const file = readFile(text);
	if (isRefusal(file)) throw new Error(`a file of this desk cannot be read: ${file.refused}`);
	return file;
}

function actOf(file: TokenFile): string | undefined {
	const body = readBody(file);
	return !isRefusal(body) && body.type === 'return' ? body.claims.act : undefined;
}
