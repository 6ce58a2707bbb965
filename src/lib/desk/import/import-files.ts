/**
 * Importing: what was dropped, pasted or scanned is decoded and explained before anything is done
 * with it, and every piece is accounted for exactly once.
 *
 * @module
 */
import type { Machine } from '#lib/domain/machines/machine.ts';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { decodeToken, type DecodedToken } from '#lib/formats/jws.ts';
import { verifyFile, type Trust } from '#lib/signing/chain.ts';
import { strict } from '#lib/desk/store/database.ts';
import { chainTrust, learnRoots, widenTrust } from '#lib/desk/hub/trust.ts';
import { emptyBatch, type ImportBatch, type ImportItem } from './import-item.ts';
import { judgePiece } from './judge-piece.ts';
import { readPieces, textPieces, type Piece } from './pieces.ts';

type Options = {
	/** What came before in the same intake: it goes on growing, and duplicates are found across. */
	before?: ImportBatch;
	/** The machine that is asked about, if any: its fingerprint code was given. */
	machine?: Machine;
	/** Files are read first; then what was in them is checked, which may be many more. */
	onProgress?: (step: ImportStep, done: number, of: number) => void;
};

export type ImportStep = 'read' | 'check';

/** A desk that has just been opened may know no root yet: without one nothing can be checked, nor submitted by anyone. */
const ROOTS_MS = 5_000;

/** Files from a picker, a drop, a folder or a zip. Nothing is stored. */
export async function importFiles(
	files: readonly File[],
	options: Options = {}
): Promise<ImportBatch> {
	const { onProgress } = options;
	const pieces = await readPieces(files, (done, of) => onProgress?.('read', done, of));
	return importPieces(pieces, options);
}

/** Pasted text; several armoured files in one paste are several items. Nothing is stored. */
export async function importText(
	text: string,
	source: string,
	options: Options = {}
): Promise<ImportBatch> {
	return importPieces(await textPieces(text, source), options);
}

/** A token that a `QrReader` has put together. Nothing is stored. */
export function importToken(
	token: DecodedToken,
	source: string,
	options: Options = {}
): Promise<ImportBatch> {
	return importPieces([{ name: source, block: { tokens: [token.text] } }], options);
}

/** What came before, looked at once more: what it waited for has come. */
export function importAgain(options: Options): Promise<ImportBatch> {
	return importPieces([], options);
}

async function importPieces(pieces: readonly Piece[], options: Options): Promise<ImportBatch> {
	const before = options.before ?? emptyBatch;
	await learnRoots(AbortSignal.timeout(ROOTS_MS));
	let trust = await trustAfter(before.items);
	const items = [...before.items];
	const seen = new Set(items.flatMap(({ jti, waits }) => (waits ? [] : (jti ?? []))));
	const waiting = items.flatMap(({ id, waits }) =>
		waits ? [{ id: Number(id), piece: waits }] : []
	);
	const fresh = pieces.map((piece, at) => ({ id: before.items.length + at, piece }));
	// Hub keys and trust first: what follows may need them to complete its chain.
	const order = [...waiting, ...fresh].sort((a, b) => rank(a.piece) - rank(b.piece));
	for (const [at, { id, piece }] of order.entries()) {
		options.onProgress?.('check', at, order.length);
		const machine = options.machine;
		const { item, verified } = await judgeAlone(piece, { id: `${id}`, trust, machine });
		if (item.state === 'new' && item.jti !== undefined) {
			if (seen.has(item.jti)) item.state = 'twice';
			else if (await isKnown(item)) item.state = 'known';
			seen.add(item.jti);
		}
		if (verified) trust = widenTrust(trust, verified);
		items[id] = item;
	}
	options.onProgress?.('check', order.length, order.length);
	const counts = { ...emptyBatch.counts };
	for (const { state } of items) counts[state] += 1;
	return { items, counts };
}

/** One piece that cannot be judged, for whatever reason, has its line and stops no neighbor. [FI3] */
async function judgeAlone(
	piece: Piece,
	options: Parameters<typeof judgePiece>[1]
): ReturnType<typeof judgePiece> {
	try {
		return await judgePiece(piece, options);
	} catch {
		const refusal = refuse('FILE_MALFORMED', { reason: 'unreadable' });
		const item = { id: options.id, source: piece.name, verified: false, refusal };
		return { item: { ...item, state: 'damaged' } };
	}
}

/** What this desk believes, and what the pieces that came before in the same intake have taught. */
async function trustAfter(items: readonly ImportItem[]): Promise<Trust> {
	let trust = await chainTrust();
	for (const { kind, text, verified } of items) {
		if (!verified || text === undefined || (kind !== 'hub-key' && kind !== 'trust')) continue;
		const file = readFile(text);
		const result = isRefusal(file) ? file : await verifyFile(file, trust);
		if (!isRefusal(result)) trust = widenTrust(trust, result);
	}
	return trust;
}

async function isKnown({ kind, jti = '' }: ImportItem): Promise<boolean> {
	if (kind === 'activation-request' || kind === 'return')
		return (await strict.requests.get(jti)) !== undefined;
	if (kind === 'license') return (await strict.keys.get(jti)) !== undefined;
	return (await strict.files.get(jti)) !== undefined;
}
function rank({ block }: Piece): number {
	const last = decodeToken(block?.tokens.at(-1) ?? '');
	return !isRefusal(last) && (last.type === 'trust' || last.type === 'hub-key') ? 0 : 1;
}
