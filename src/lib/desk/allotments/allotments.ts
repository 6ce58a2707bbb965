/**
 * Allotments: blocks of seats set aside for a desk. Those of this desk are kept with its own data
 * (`own-allotments.ts`) and drawn from (`draws.ts`); those of others are only mirrored.
 *
 * @module
 */
import type { AllotmentState } from '#lib/domain/seats/allotment.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { AllotmentRow } from '#lib/protocol/rows.ts';
import { maySignedIn } from '#lib/desk/store/identity.ts';
import { readState } from '#lib/desk/store/state.ts';
import { deskNow, strict } from '#lib/desk/store/database.ts';
import { mirroredLicenses } from '#lib/desk/mirror/mirrored.ts';
import { drawnBefore } from './drawn-count.ts';
import type { DrawRow, OwnAllotmentRow } from '#lib/desk/store/desk-rows.ts';
import type { FileRow } from '#lib/desk/store/file-rows.ts';

/** One allotment as screens show it, of this desk or of another. */
export type AllotmentView = {
	id: string;
	licenseId: string;
	number: string;
	product: string;
	/** What people call the desk; absent for this one while the mirror has not told. */
	desk?: string;
	userName?: string;
	own: boolean;
	max: number;
	/** Slots that this desk can still bind; of others, seats that the hub still sets aside. */
	left: number;
	/** Seats that the hub still sets aside, as it said last. */
	blocked: number;
	state: AllotmentState;
	issueUntil: number;
	filesUntil: number;
	/** What this desk drew, slot by slot; the newest of each. */
	draws: DrawRow[];
	contested: NonNullable<AllotmentRow['contested']>;
	/** Why this desk issues nothing from it, whatever its state. [AL6] */
	trouble?: Refusal<'DESK_RESTORED'>;
	/** Whoever is signed in may end it or write it off. [AL4] */
	mayEnd: boolean;
};

/** What this desk can issue now, by license number. */
export type Issuable = ReadonlyMap<string, { left: number; issueUntil: number }>;

/** Allotments of this desk, those that can issue first; then by when issuing ends. */
export async function listOwnAllotments(): Promise<AllotmentView[]> {
	const rows = await strict.ownAllotments.toArray();
	const views = await Promise.all(rows.map(viewOwn));
	const rank = ({ state, issueUntil }: AllotmentView) =>
		state === 'open' && issueUntil > deskNow() ? 0 : 1;
	return views.sort((a, b) => rank(a) - rank(b) || a.issueUntil - b.issueUntil);
}

/** @param id - `jti` of its token. */
export async function findAllotment(id: string): Promise<AllotmentView | undefined> {
	const own = await strict.ownAllotments.get(id);
	if (own) return viewOwn(own);
	const row = await strict.allotments.get(id);
	return row && viewMirrored(row);
}

/** Allotments of one license, of every desk. */
export async function listAllotmentsOf(licenseId: string): Promise<AllotmentView[]> {
	const rows = await strict.allotments.where('licenseId').equals(licenseId).toArray();
	const own = (await strict.ownAllotments.toArray()).filter(
		({ id, claims }) => claims.sub === licenseId && !rows.some((row) => row.id === id)
	);
	const views = await Promise.all([
		...rows.map(async (row) => (await findAllotment(row.id)) ?? viewMirrored(row)),
		...own.map(viewOwn)
	]);
	return views.sort((a, b) => b.issueUntil - a.issueUntil);
}

/** What can be issued here right now, without any network. */
export async function listIssuable(): Promise<Issuable> {
	const issuable = new Map<string, { left: number; issueUntil: number }>();
	const now = Math.max(deskNow(), (await readState('trust'))?.trustedAt ?? 0);
	for (const view of await listOwnAllotments()) {
		if (view.state !== 'open' || view.issueUntil <= now || view.trouble) continue;
		const { left = 0, issueUntil = view.issueUntil } = issuable.get(view.number) ?? {};
		issuable.set(view.number, {
			left: left + view.left,
			issueUntil: Math.min(issueUntil, view.issueUntil)
		});
	}
	return issuable;
}

/** What this desk issued for a request, and whether the hub has recorded it. */
export type Issued = { file: FileRow; isRecorded: boolean };

export async function findIssued(request: string): Promise<Issued | undefined> {
	const files = await strict.files.where('request').equals(request).toArray();
	const file = files.find(({ kind, summary }) => kind === 'activation' && summary.allotment);
	if (!file) return undefined;
	const told = await strict.outbox.where('subject').equals(file.jti).toArray();
	return { file, isRecorded: told.some(({ state }) => state === 'settled') };
}

async function viewOwn(row: OwnAllotmentRow): Promise<AllotmentView> {
	const { id, claims, state, number } = row;
	const [all, mirrored] = await Promise.all([
		strict.draws.where('allotment').equals(id).toArray(),
		strict.allotments.get(id)
	]);
	const newest = new Map<number, DrawRow>();
	for (const draw of all.sort((a, b) => a.claims.gen - b.claims.gen))
		newest.set(draw.claims.slot ?? 0, draw);
	const draws = [...newest.values()].sort((a, b) => (a.claims.slot ?? 0) - (b.claims.slot ?? 0));
	const trouble = judgeCounts(row, { all, mirrored });
	const view: AllotmentView = {
		id,
		licenseId: claims.sub,
		number,
		product: claims.title,
		desk: mirrored?.desk,
		userName: mirrored?.userName,
		own: true,
		max: claims.max,
		left: claims.max - draws.length,
		blocked: mirrored?.reserved ?? claims.max,
		state,
		issueUntil: claims.exp,
		filesUntil: claims.fexp,
		draws,
		contested: mirrored?.contested ?? [],
		mayEnd: mirrored !== undefined && (await maySignedIn('allotment.end', mirrored.customerId))
	};
	return trouble ? { ...view, trouble } : view;
}

async function viewMirrored(row: AllotmentRow): Promise<AllotmentView> {
	const license = await mirroredLicenses.get(row.licenseId);
	return {
		id: row.id,
		licenseId: row.licenseId,
		number: license?.number ?? '',
		product: license?.title ?? '',
		desk: row.desk,
		userName: row.userName,
		own: false,
		max: row.max,
		left: row.reserved,
		blocked: row.reserved,
		state: row.state,
		issueUntil: row.issueUntil,
		filesUntil: row.filesUntil,
		draws: [],
		contested: row.contested ?? [],
		mayEnd: await maySignedIn('allotment.end', row.customerId)
	};
}

/**
 * Did this desk draw more than its data knows of? Then that was brought back from a backup, and its
 * next slot may be out already. [AL6]
 *
 * @param all - Every draw of it that is here.
 */
export function judgeCounts(
	{ id, claims, state }: OwnAllotmentRow,
	{ all, mirrored }: { all: readonly DrawRow[]; mirrored?: AllotmentRow }
): Refusal<'DESK_RESTORED'> | undefined {
	const issued = drawnBefore(id);
	if (issued > all.length)
		return refuse('DESK_RESTORED', { allotment: id, issued, known: all.length });
	const slots = new Set(all.map((draw) => draw.claims.slot)).size;
	// While it is open, the hub takes seats off it by what it recorded, and by nothing else.
	const recorded = state === 'open' && mirrored ? claims.max - mirrored.reserved : 0;
	if (recorded > slots)
		return refuse('DESK_RESTORED', { allotment: id, issued: recorded, known: slots });
	return undefined;
}
