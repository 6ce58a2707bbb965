/**
 * Requests of this desk, each with where it stands: what the outbox asks lies over what the mirror
 * shows. [SY5]
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import { deskNow, strict } from '#lib/desk/store/database.ts';
import { mirroredActivations } from '#lib/desk/mirror/mirrored.ts';
import type { StoredRequest } from '#lib/desk/store/file-rows.ts';
import { statusOf, type RequestStatus } from './request-status.ts';

export type RequestView = StoredRequest &
	RequestStatus & {
		/** When its answer was last saved or shown to be carried back, the desk's own time. */
		answerSavedAt?: Seconds;
		/** `act` of the activation that it was granted. */
		act?: string;
		/** Its seat was given back, is about to be, or its machine was retired: nothing is to be carried. */
		isSeatGone?: true;
	};

/** Rows of which each is looked up; more are read with their whole table, which is faster then. */
const FEW = 100;

/** Requests that this desk made or carries, newest first, each with where it stands. */
export async function listRequests(number?: string): Promise<RequestView[]> {
	const rows =
		number === undefined
			? await strict.requests.orderBy('storedAt').reverse().toArray()
			: await strict.requests.where('number').equals(number).toArray();
	const views = await viewRequests(rows);
	const given = new Set(
		views.flatMap(({ kind, state, summary }) =>
			kind === 'return' && state !== 'refused' && summary.act ? [summary.act] : []
		)
	);
	return given.size === 0 ? views : views.map((view) => without(view, given));
}

export async function findRequest(jti: string): Promise<RequestView | undefined> {
	const row = await strict.requests.get(jti);
	return row && (await viewRequests([row]))[0];
}

/** The overlay: the newest word about each request is the outbox's, else the mirror's. [SY5] */
async function viewRequests(rows: readonly StoredRequest[]): Promise<RequestView[]> {
	const ids = rows.map((row) => row.jti);
	const acts = rows.flatMap(({ kind, summary }) => (kind === 'return' && summary.act) || []);
	const isFew = rows.length <= FEW;
	const [commands, answers, files, receipts] = await Promise.all([
		isFew ? strict.outbox.where('subject').anyOf(ids).toArray() : strict.outbox.toArray(),
		strict.answers.bulkGet(ids),
		isFew ? strict.files.where('request').anyOf(ids).toArray() : strict.files.toArray(),
		strict.receipts.bulkGet(acts)
	]);
	const receiptOf = new Map(receipts.flatMap((row) => (row ? [[row.act, row.file] as const] : [])));
	const open = ids.filter((_, at) => rows[at]?.kind === undefined && answers[at] === undefined);
	const machines = await strict.activations.where('request').anyOf(open).toArray();
	const actOf = new Map(machines.map(({ request, id }) => [request, id]));
	const about = groupBy(commands, ({ subject }) => subject);
	const answering = groupBy(files, ({ request = '' }) => request);
	const now = deskNow();
	const views = rows.map((row, at) => {
		const receipt = row.kind === 'return' ? receiptOf.get(row.summary.act ?? '') : undefined;
		const mirrored = receipt ? ({ state: 'granted', file: receipt } as const) : answers[at];
		const carried = (answering.get(row.jti) ?? []).sort((a, b) => a.storedAt - b.storedAt);
		const status = statusOf({
			commands: about.get(row.jti) ?? [],
			mirrored,
			isGranted: actOf.has(row.jti),
			carried,
			now
		});
		const file = carried.find(({ text }) => text === status.answer);
		const view: RequestView = { ...row, ...status };
		if (file?.savedAt !== undefined) view.answerSavedAt = file.savedAt;
		const act = file?.kind === 'activation' ? file.summary.act : actOf.get(row.jti);
		if (act !== undefined) view.act = act;
		return view;
	});
	const holding = await mirroredActivations.bulkGet(views.flatMap(({ act }) => act ?? []));
	const gone = new Set(holding.flatMap((row) => (row && row.state !== 'active' ? [row.id] : [])));
	return views.map((view) => without(view, gone));
}

function without(view: RequestView, gone: ReadonlySet<string>): RequestView {
	return view.act !== undefined && gone.has(view.act) ? { ...view, isSeatGone: true } : view;
}

function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const row of rows) {
		const group = groups.get(keyOf(row));
		if (group) group.push(row);
		else groups.set(keyOf(row), [row]);
	}
	return groups;
}
