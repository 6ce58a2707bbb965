/**
 * Requests of this desk, each with where it stands: what the outbox asks lies over what the mirror
 * shows. [SY5]
 *
 * @module
 */
import { deskNow, strict } from '#lib/desk/store/database.ts';
import type { StoredRequest } from '#lib/desk/store/file-rows.ts';
import { statusOf, type RequestStatus } from './request-status.ts';

export type RequestView = StoredRequest & RequestStatus;

/** Requests that this desk made or carries, newest first, each with where it stands. */
export async function listRequests(number?: string): Promise<RequestView[]> {
	const rows =
		number === undefined
			? await strict.requests.orderBy('storedAt').reverse().toArray()
			: await strict.requests.where('number').equals(number).toArray();
	return viewRequests(rows);
}

export async function findRequest(jti: string): Promise<RequestView | undefined> {
	const row = await strict.requests.get(jti);
	return row && (await viewRequests([row]))[0];
}

/** The overlay: the newest word about each request is the outbox's, else the mirror's. [SY5] */
async function viewRequests(rows: readonly StoredRequest[]): Promise<RequestView[]> {
	const ids = rows.map((row) => row.jti);
	const acts = rows.flatMap(({ kind, summary }) => (kind === 'return' && summary.act) || []);
	const [commands, answers, files, receipts] = await Promise.all([
		strict.outbox.where('subject').anyOf(ids).toArray(),
		strict.answers.bulkGet(ids),
		strict.files.where('request').anyOf(ids).toArray(),
		strict.receipts.bulkGet(acts)
	]);
	const receiptOf = new Map(receipts.flatMap((row) => (row ? [[row.act, row.file] as const] : [])));
	return rows.map((row, at) => {
		const receipt = row.kind === 'return' ? receiptOf.get(row.summary.act ?? '') : undefined;
		const mirrored = receipt ? ({ state: 'granted', file: receipt } as const) : answers[at];
		const about = commands.filter((command) => command.subject === row.jti);
		const carried = files
			.filter((file) => file.request === row.jti)
			.sort((a, b) => a.storedAt - b.storedAt);
		return { ...row, ...statusOf({ commands: about, mirrored, carried, now: deskNow() }) };
	});
}
