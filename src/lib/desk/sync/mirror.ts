/**
 * The mirror: what the hub shows this person, page by page. [SY4, SY5]
 *
 * @module
 */
import { summaryOf } from '#lib/search/licenses/license-summary.ts';
import { activationSummaryOf } from '#lib/search/activations/activation-summary.ts';
import type { Cursor, PullPage } from '#lib/protocol/pull.ts';
import { addFiles, readAnswers, type Delivered } from '#lib/desk/files/answer-files.ts';
import { readState, writeState } from '#lib/desk/store/state.ts';
import { mirrorTables, relaxed, strict } from '#lib/desk/store/database.ts';
import type { ActivationRow } from '#lib/protocol/rows.ts';
import { hubClient } from '#lib/desk/hub/hub.ts';
import type { CustomerRow } from '#lib/desk/store/mirror-rows.ts';
import { noteEnded } from './ended.ts';
import { resendHeld } from './resend.ts';
import { wholePage } from './whole-page.ts';
import { oweKeys, storeKeys } from '#lib/desk/mirror/store-license-keys.ts';
import { foldMirror } from '#lib/desk/mirror/fold.ts';
import { tellMirrorNews } from '#lib/desk/mirror/news.ts';
import { mirroredActivations } from '#lib/desk/mirror/mirrored.ts';
import { removeCustomers, storeMirrored } from '#lib/desk/mirror/write.ts';
import {
	addOwnAllotments,
	applyStates,
	readOwnAllotments
} from '#lib/desk/files/own-allotments.ts';

/** After so many pages the keys of their blocks are merged: each record of them is looked through for a row that may be here. */
const PAGES_APART = 32;

/**
 * Pulls until there is no more. A restored hub is first told what this desk holds. [SY6]
 *
 * The next page is on its way while this one is stored: a first sync takes as long as the storing.
 */
export async function pullMirror(): Promise<void> {
	let ahead: Promise<PullPage> | undefined;
	// Keys are three times as long as all else, and no list needs them.
	let keysLater = (await readState('firstSync')) !== undefined;
	for (let pages = 1; ; pages++) {
		const stored = await readState('cursor');
		keysLater ||= stored === undefined;
		const page = await (ahead ?? ask(stored, { count: true, keysLater }));
		ahead = undefined;
		await noteEnded(page.deskEnded);
		const { hubEpoch } = page.cursor;
		const met = (await readState('hubEpoch')) ?? stored?.hubEpoch;
		if (met !== undefined && met !== hubEpoch) await resendHeld();
		if (met !== hubEpoch) await writeState('hubEpoch', hubEpoch);
		// The page is asked for again: what was brought back is in it then.
		if (met !== undefined && met !== hubEpoch) continue;
		keysLater &&= page.more;
		if (page.more) ahead = ask(page.cursor, { keysLater });
		// It is waited for above, or not at all.
		ahead?.catch(() => undefined);
		const isApplied = await applyPage(page, stored);
		if (!page.more || !isApplied) return;
		if (pages % PAGES_APART === 0) await foldMirror(relaxed, async () => false);
	}
}

/**
 * @param count - Whether to say how much comes after the page.
 * @param keysLater - Whether keys are asked for once all rows are here.
 */
async function ask(
	cursor: Cursor | undefined,
	{ count, keysLater }: { count?: true; keysLater: boolean }
): Promise<PullPage> {
	const outbox = (await readState('outbox'))?.id;
	const how = { keysApart: true, keysLater, rowsAlike: true };
	return wholePage(await hubClient.sync.pull.query({ cursor, count, outbox, ...how }));
}

/**
 * Applies a page with its cursor in one transaction. [SY5]
 *
 * @param after - Where the mirror stood when the page was asked for.
 * @returns False where somebody signed out or the mirror moved on meanwhile: then nothing is done.
 */
async function applyPage(page: PullPage, after: Cursor | undefined): Promise<boolean> {
	// Until the first of its revisions is here whole, each row of a customer comes once.
	const isUnread = (customerId: string) => (after?.customers[customerId] ?? -1) < 0;
	const reset = new Set(page.reset);
	const isNew = (customerId: string) => reset.has(customerId) || isUnread(customerId);
	// Answers to what this desk carries become files of its own, which outlive the mirror. [FI1]
	const asked = await strict.requests.bulkGet(page.answers.map(({ request }) => request));
	const renewed = await renewedRequests(
		page.activations.filter(({ customerId }) => !isUnread(customerId))
	);
	const carried = page.answers.filter(({ request }, at) => asked[at] ?? renewed.has(request));
	const files = await readAnswers([
		...carried.map(({ file: text }) => ({ text })),
		...(await receiptsFor(page))
	]);
	const own = await readOwnAllotments(page.allotments.map(({ file }) => file));
	const { rows, blocks } = storeKeys(page.licenses, page.keys);
	const mirror = mirrorTables(relaxed);
	const leaving = [...page.reset, ...page.gone];
	const write = async () => {
		const identity = await readState('identity', relaxed);
		const cursor = await readState('cursor', relaxed);
		if (!identity || JSON.stringify(cursor) !== JSON.stringify(after)) return false;
		await removeCustomers(relaxed, leaving);
		await storeMirrored(relaxed, { licenses: rows, activations: page.activations }, isNew);
		await relaxed.licenseKeys.bulkPut(blocks);
		if (!page.keys) await oweKeys(relaxed, customersWithKeys(page));
		await relaxed.customers.bulkPut(customersOf(page));
		await relaxed.answers.bulkPut(page.answers);
		await relaxed.receipts.bulkPut(page.receipts);
		await relaxed.allotments.bulkPut(page.allotments);
		await addOwnAllotments(own, relaxed);
		await applyStates(page.allotments, relaxed);
		await addFiles(files, relaxed);
		await writeState('cursor', page.cursor, relaxed);
		await countFirstSync(page, after === undefined);
		return true;
	};
	const tables = [...mirror, relaxed.ownAllotments, relaxed.files, relaxed.states];
	const isApplied = await relaxed.transaction('rw', tables, write);
	if (isApplied)
		tellMirrorNews({
			licenses: rows.map(summaryOf),
			machines: page.activations.map(activationSummaryOf),
			gone: leaving
		});
	return isApplied;
}
/**
 * Requests of machines that got a newer file without asking: it is to be carried to them, whoever
 * asked first. [O7]
 */
async function renewedRequests(
	activations: readonly ActivationRow[]
): Promise<ReadonlySet<string>> {
	const known = await mirroredActivations.bulkGet(activations.map(({ id }) => id));
	const renewed = activations.filter(({ state, request, generation }, at) => {
		const before = known[at];
		return state === 'active' && before?.request === request && before.generation < generation;
	});
	return new Set(renewed.map(({ request }) => request));
}

/** Receipts of the returns that this desk made or carries. */
async function receiptsFor({ receipts }: PullPage): Promise<Delivered[]> {
	if (receipts.length === 0) return [];
	const returns = await strict.requests.filter(({ kind }) => kind === 'return').toArray();
	const own = new Map(returns.map(({ jti, summary }) => [summary.act, jti]));
	return receipts.flatMap(({ act, file: text }) => {
		const request = own.get(act);
		return request === undefined ? [] : [{ text, request }];
	});
}

/** While pages of a first sync come, people see how far it is: half a customer is not a whole. */
async function countFirstSync(page: PullPage, isFirst: boolean): Promise<void> {
	const before = isFirst ? undefined : await readState('firstSync', relaxed);
	if (!page.more) return relaxed.states.delete('firstSync');
	if (!isFirst && !before && page.reset.length === 0) return;
	const { licenses, activations, answers, receipts, allotments } = page;
	const rows = [licenses, activations, answers, receipts, allotments].flat().length;
	const left = page.left ?? Math.max(0, (before?.left ?? 0) - rows);
	await writeState('firstSync', { done: (before?.done ?? 0) + rows, left }, relaxed);
}

function customersOf({ licenses }: PullPage): CustomerRow[] {
	const names = new Map(licenses.map(({ customerId, customer }) => [customerId, customer]));
	return [...names].map(([customerId, name]) => ({ customerId, name }));
}

/** Customers of whose licenses the keys are still to come, as far as they may be seen here. */
function customersWithKeys({ licenses, cursor: { keyless = [] } }: PullPage): string[] {
	const hidden = new Set(keyless);
	return licenses.flatMap(({ customerId, key }) =>
		key === undefined && !hidden.has(customerId) ? customerId : []
	);
}
