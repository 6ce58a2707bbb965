/**
 * What screens read. Each call is a query for `Live`: `new Live(() => listRequests())` redraws
 * whenever this tab, another tab or sync changes what it read.
 *
 * What screens do: `activate.ts` (make a request), `give-back.ts` (make a return), `machines.ts`
 * (retire), `requests.ts` (submit), `intake.ts` (take in),
 * `keeping.ts` (keep), `answers.ts` (save answers), `qr.ts` (show as codes), `session.ts` (sign in and out), `sync.ts` (start, try now), `transfer.ts`
 * (export and import), `storage.ts` (ask the browser to keep it), `lookup.ts` and `licenses.ts` (search).
 *
 * @module
 */
import type { LicenseSummary } from '#lib/search/license-table.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { LicenseRow, ActivationRow } from '#lib/protocol/rows.ts';
import { deskNow, readFact, strict } from '#lib/desk/store/database.ts';
import { readMirroredKey } from '#lib/desk/store/license-keys.ts';
import { listAnswers } from '#lib/desk/files/newest-answers.ts';
import { countWaiting } from '#lib/desk/store/outbox.ts';
import { standing, type RequestState, type Standing } from './request-standing.ts';
import type {
	Facts,
	FileRow,
	Identity,
	KeyRow,
	OutboxRow,
	RequestRow,
	Settings,
	SyncState,
	Trust
} from '#lib/desk/store/rows.ts';

export type RequestView = RequestRow & Standing;

export type LicenseView = LicenseRow & {
	activations: ActivationRow[];
	/** Requests of this desk for it. */
	requests: RequestView[];
	/** The license key, if the desk holds it: own, or by the role of who is signed in. */
	keyText?: string;
};

export type Overview = {
	keys: number;
	drafts: number;
	queued: number;
	granted: number;
	refused: number;
	/** Refused, and waiting for a seat. */
	waiting: number;
	/** Answers that were never saved or shown. */
	unsavedAnswers: number;
};

export async function overview(): Promise<Overview> {
	const [keys, requests, answers] = await Promise.all([
		strict.keys.count(),
		listRequests(),
		listAnswers()
	]);
	const of = (state: RequestState) => requests.filter((row) => row.state === state).length;
	return {
		keys,
		drafts: of('draft'),
		queued: of('queued'),
		granted: of('granted'),
		refused: of('refused'),
		waiting: of('waiting'),
		unsavedAnswers: answers.filter(({ savedAt }) => savedAt === undefined).length
	};
}

/** The first licenses by number: what a list shows before all of them are in memory. */
export function listFirstLicenses(limit = 60): Promise<LicenseSummary[]> {
	return strict.licenses.orderBy('number').limit(limit).toArray();
}

/** How far a first sync has come, while it is under way or interrupted. */
export async function readFirstSync(): Promise<Facts['firstSync'] | null> {
	return (await readFact('firstSync')) ?? null;
}

/** @param id - License id or license number. */
export async function findLicense(id: string): Promise<LicenseView | undefined> {
	const row =
		(await strict.licenses.get(id)) ?? (await strict.licenses.where('number').equals(id).first());
	if (!row) return undefined;
	const [activations, requests, key, mirrored] = await Promise.all([
		strict.activations.where('licenseId').equals(row.id).toArray(),
		listRequests(row.number),
		strict.keys.where('licenseId').equals(row.id).last(),
		readMirroredKey(row)
	]);
	const view: LicenseView = { ...row, activations, requests };
	const keyText = mirrored ?? key?.text;
	return keyText === undefined ? view : { ...view, keyText };
}

/** License keys that this desk holds, with or without a hub. */
export function listKeys(): Promise<KeyRow[]> {
	return strict.keys.toArray();
}

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

/** Where a license went, as far as the mirror knows: what still waits for it will hear so. [SE7] */
export async function findMove(number: string): Promise<Refusal<'LICENSE_MOVED'> | undefined> {
	const { successor, contact = '' } =
		(await strict.licenses.where('number').equals(number).first()) ?? {};
	return successor === undefined
		? undefined
		: refuse('LICENSE_MOVED', { number, successor, contact });
}

/** Everything kept to be carried on that is no request: answers, trust. Newest first. */
export function listFiles(): Promise<FileRow[]> {
	return strict.files.orderBy('storedAt').reverse().toArray();
}

/** What waits for the hub and what became of the rest, newest first. */
export async function listOutbox(): Promise<OutboxRow[]> {
	const rows = await strict.outbox.toArray();
	return rows.sort((a, b) => b.createdAt - a.createdAt || b.n - a.n);
}

export type SyncView = SyncState & {
	/** Commands that the hub has not settled yet. Nothing drops them. [SY3] */
	waiting: number;
	oldestAt?: number;
	/** E-mail of who is signed in. */
	email?: string;
};

export async function readSync(): Promise<SyncView> {
	const [state, waiting, identity] = await Promise.all([
		readFact('sync'),
		countWaiting(),
		readFact('identity')
	]);
	const view: SyncView = {
		...(state ?? { phase: 'idle', faults: 0 }),
		waiting: waiting.count
	};
	if (waiting.oldestAt !== undefined) view.oldestAt = waiting.oldestAt;
	if (identity) view.email = identity.email;
	return view;
}

/** Who is signed in, from what the desk remembers: no network is asked. `null`: nobody. */
export async function readIdentity(): Promise<Identity | null> {
	return (await readFact('identity')) ?? null;
}

export const defaultSettings: Settings = { language: 'auto', theme: 'auto' };

export async function readSettings(): Promise<Settings> {
	return { ...defaultSettings, ...(await readFact('settings')) };
}

export async function changeSettings(change: Partial<Settings>): Promise<void> {
	await strict.transaction('rw', strict.facts, async () => {
		await strict.facts.put({ name: 'settings', value: { ...(await readSettings()), ...change } });
	});
}

/** When everything was last exported, and whether something changed since. */
export async function readExportState(): Promise<{ exportedAt?: number; changed: boolean }> {
	const [settings, changedAt] = await Promise.all([readFact('settings'), readFact('changedAt')]);
	const changed = changedAt !== undefined;
	const exportedAt = settings?.exportedAt;
	return exportedAt === undefined ? { changed } : { exportedAt, changed };
}

export async function readTrust(): Promise<Trust> {
	return (await readFact('trust')) ?? { roots: [], voided: [], hubKeys: [], trustedAt: 0 };
}

/** The overlay: the newest word about each request is the outbox's, else the mirror's. [SY5] */
async function viewRequests(rows: readonly RequestRow[]): Promise<RequestView[]> {
	const ids = rows.map((row) => row.jti);
	const acts = rows.flatMap(({ kind, said }) => (kind === 'return' && said.act) || []);
	const [commands, answers, files, receipts] = await Promise.all([
		strict.outbox.where('subject').anyOf(ids).toArray(),
		strict.answers.bulkGet(ids),
		strict.files.where('request').anyOf(ids).toArray(),
		strict.receipts.bulkGet(acts)
	]);
	const receiptOf = new Map(receipts.flatMap((row) => (row ? [[row.act, row.file] as const] : [])));
	return rows.map((row, at) => {
		const receipt = row.kind === 'return' ? receiptOf.get(row.said.act ?? '') : undefined;
		const mirrored = receipt ? ({ state: 'granted', file: receipt } as const) : answers[at];
		const about = commands.filter((command) => command.subject === row.jti);
		const carried = files
			.filter((file) => file.request === row.jti)
			.sort((a, b) => a.storedAt - b.storedAt);
		return { ...row, ...standing({ commands: about, mirrored, carried, now: deskNow() }) };
	});
}

/**
 * Product titles by license number, of licenses and license keys that this desk knows.
 *
 * @param numbers - Without them, those of the requests of this desk.
 */
export async function readTitles(numbers?: readonly string[]): Promise<Map<string, string>> {
	const asked = numbers ?? (await strict.requests.orderBy('number').uniqueKeys()).map(String);
	const [keys, licenses] = await Promise.all([
		strict.keys.where('number').anyOf(asked).toArray(),
		strict.licenses.where('number').anyOf(asked).toArray()
	]);
	return new Map([
		...keys.map(({ number, said }) => [number, said.product ?? number] as const),
		...licenses.map(({ number, title }) => [number, title] as const)
	]);
}
