/**
 * Judging one piece that came in: what it is, whether it is whole, and who signed it.
 *
 * @module
 */
import type { Policy } from '#lib/domain/licenses/license.ts';
import { compareMachines, type Fingerprint, type Machine } from '#lib/domain/machines/machine.ts';
import { isForeign } from '#lib/formats/armour.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { fileTokens, readFile, writeFile, type TokenFile } from '#lib/formats/file.ts';
import { verifyFile, type Trust, type VerifiedFile } from '#lib/signing/chain.ts';
import { verifyRequest } from '#lib/signing/request.ts';
import { verifyReturn } from '#lib/signing/return.ts';
import { strict } from '#lib/desk/store/database.ts';
import { mirroredLicenses } from '#lib/desk/mirror/mirrored.ts';
import { readCarriedPush } from '#lib/desk/files/carried-push.ts';
import {
	answeredRequest,
	readableLines,
	readBody,
	summarize,
	type Body
} from '#lib/desk/files/summary.ts';
import type { ImportItem, ImportState } from './import-item.ts';
import type { Piece } from './pieces.ts';

/**
 * @param trust - What this desk believes, with what came before in the same sitting.
 * @param machine - The machine that is asked about, if any.
 * @returns The item, and the file with its chain where that led to a root.
 */
export async function judgePiece(
	piece: Piece,
	{ id, trust, machine }: { id: string; trust: Trust; machine?: Machine }
): Promise<{ item: ImportItem; verified?: VerifiedFile }> {
	const plain = { id, source: piece.name, verified: false };
	const refused = (refusal: Refusal, state: ImportState = 'damaged') => ({
		item: { ...plain, state, refusal }
	});
	if (piece.refusal)
		return refused(piece.refusal, isForeign(piece.refusal) ? 'foreign' : 'damaged');
	if (piece.isPush) {
		const { text = '' } = piece;
		const carried = await readCarriedPush(text);
		if (isRefusal(carried)) return refused(carried);
		return { item: { ...plain, ...carried, state: 'new', kind: 'push', verified: true, text } };
	}
	const tokens = piece.block?.tokens.join('~') ?? '';
	const read = readFile(piece.text ?? tokens);
	if (isRefusal(read)) return refused(read);
	const body = readBody(read);
	if (isRefusal(body)) return refused(body);
	const file = await completeDraw(read, body);

	const item: ImportItem = {
		...plain,
		state: 'new',
		kind: body.type,
		jti: body.claims.jti,
		summary: summarize(body, file)
	};
	const request = answeredRequest(body);
	const asked = request === undefined ? undefined : await strict.requests.get(request);
	if (asked) item.answers = asked;
	const enrolled = item.summary?.fingerprint;
	if (enrolled && body.type === 'activation')
		item.machine = compare(enrolled, machine?.fp ?? asked?.summary.fingerprint, body.claims.pol);

	if (body.type === 'activation-request') {
		const verified = await verifyRequest(file.body);
		if (isRefusal(verified)) return { item: { ...item, state: 'damaged', refusal: verified } };
		item.proven = body.claims.proof !== undefined;
		item.licenseKnown = await isLicenseKnown(body.claims.num);
		return { item: { ...item, verified: true, text: keptText(piece, file) } };
	}
	if (body.type === 'return' && !file.activation) {
		// A code of it that came before the others.
		const refusal = refuse('CHAIN_INCOMPLETE', { kid: file.body.kid });
		return { item: { ...item, state: 'incomplete', refusal, waits: piece } };
	}
	const verified = await (body.type === 'return' ? verifyReturn : verifyFile)(file, trust);
	if (isRefusal(verified)) {
		// Without a root nothing can be checked; it can still be carried to where one is.
		if (trust.roots.length === 0 && verified.refused === 'KEY_UNKNOWN')
			return { item: { ...item, text: keptText(piece, file), waits: piece } };
		if (verified.refused === 'CHAIN_INCOMPLETE') {
			return { item: { ...item, state: 'incomplete', refusal: verified, waits: piece } };
		}
		const state = verified.refused === 'KEY_UNKNOWN' ? 'elsewhere' : 'damaged';
		return { item: { ...item, state, refusal: verified } };
	}
	if (!('hubKey' in verified))
		return { item: { ...item, verified: true, proven: true, text: keptText(piece, file) } };
	const text = keptText(piece, file, verified.hubKey?.text);
	return { item: { ...item, verified: true, text }, verified };
}

/** A draw that was scanned is one token: its allotment is this desk's own, or mirrored. [AL3, FI6] */
async function completeDraw(file: TokenFile, body: Body): Promise<TokenFile> {
	if (body.type !== 'activation' || body.claims.allot === undefined || file.allotment) return file;
	const { allot } = body.claims;
	const own = await strict.ownAllotments.get(allot);
	const text = own?.text ?? (await strict.allotments.get(allot))?.file;
	const block = text === undefined ? undefined : readFile(text);
	if (!block || isRefusal(block) || !block.key) return file;
	const whole = readFile([block.key.text, block.body.text, file.body.text].join('~'));
	return isRefusal(whole) ? file : whole;
}

/** The file as it came; a token alone gets the hub key that completes its chain. [FI1, FI6] */
function keptText(piece: Piece, file: TokenFile, hubKey?: string): string {
	const texts = fileTokens(file).map(({ text }) => text);
	const complete = file.key !== undefined || hubKey === undefined || texts.includes(hubKey);
	const isWhole = piece.block?.tokens.length === texts.length;
	if (complete && isWhole && piece.block?.label !== undefined && isPlainText(piece.text))
		return piece.text;
	const tokens = complete ? texts : [...texts.slice(0, -1), hubKey, ...texts.slice(-1)];
	const body = readBody(file);
	const summary = isRefusal(body) ? {} : summarize(body, file);
	return writeFile(tokens, readableLines(summary));
}

/** A stick that was pulled out pads files with NUL; half a sign comes of a paste. No hub reads either. */
function isPlainText(text: string | undefined): text is string {
	return text !== undefined && !/[\0\p{Cs}]/u.test(text);
}

function compare(enrolled: Fingerprint, present: Fingerprint | undefined, policy: Policy) {
	return present && compareMachines(enrolled, present, policy);
}

async function isLicenseKnown(number: string): Promise<boolean> {
	const found =
		(await mirroredLicenses.with('licenses.number', [number])).length +
		(await strict.keys.where('number').equals(number).count());
	return found > 0;
}
