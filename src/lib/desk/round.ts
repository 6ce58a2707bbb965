/**
 * One round of sync: push, then pull. Only faults are tried again; a refusal is a result. [SY3]
 *
 * @module
 */
import { Dexie } from 'dexie';
import type { Refusal } from '#lib/domain/refusal.ts';
import type { CommandResult, PullPage } from '#lib/domain/sync.ts';
import { addFiles, readAnswers, type Delivered } from './answer-files.ts';
import { POLL_MS, retryDelayMs } from './backoff.ts';
import { bringProven } from './bring.ts';
import { deskNow, readFact, relaxed, strict, writeFact } from './database.ts';
import { hub, judgeFailure } from './hub.ts';
import { commandOf, settleCommands, waitingCommands } from './outbox.ts';
import type { Hold, OutboxRow, SyncState } from './rows.ts';
import { confirmIdentity, settleOwedSignOut } from './session.ts';
import { learnRoots } from './trust.ts';
import { bringBack, keepHeads } from './witness.ts';

const PUSH_LIMIT = 500;

/** One round. @returns How long to wait before the next. */
export async function round(): Promise<number> {
	const before = (await readFact('sync')) ?? { phase: 'idle', faults: 0 };
	try {
		await settleOwedSignOut();
		await learnRoots();
		const known = await readFact('identity');
		if (!known) {
			// Whoever holds a license key needs no account. [RE2]
			const left = await bringProven(await waitingCommands(), storeResults);
			await report({ ...idle(before), held: left > 0 ? 'signed-out' : undefined });
			return POLL_MS;
		}
		await report({ ...before, phase: 'syncing' });
		const identity = await confirmIdentity();
		if (identity === null || 'refused' in identity) {
			await report({ ...idle(before), held: 'signed-out' });
			return POLL_MS;
		}
		const held = await push(identity.id);
		await pull(identity.id);
		await report({ phase: 'idle', faults: 0, syncedAt: deskNow(), ...(held ? { held } : {}) });
		return POLL_MS;
	} catch (error) {
		const failure = isStorageFault(error)
			? { fault: 'storage', detail: `storage: ${error.name}` }
			: judgeFailure(error);
		if ('refusal' in failure) {
			const held = holdFor(failure.refusal);
			await report({ ...idle(before), held, fault: held ? undefined : failure.refusal.refused });
			return POLL_MS;
		}
		const faults = before.faults + 1;
		const waitMs =
			'retryAfterSeconds' in failure && failure.retryAfterSeconds
				? failure.retryAfterSeconds * 1000
				: retryDelayMs(faults, Math.random());
		await report({
			...idle(before),
			phase: 'waiting',
			fault: failure.fault === 'unreachable' ? 'unreachable' : failure.detail,
			faults,
			nextTryAt: deskNow() + Math.ceil(waitMs / 1000)
		});
		return waitMs;
	}
}

/** Sends what waits, in order, until nothing does. @returns Why the rest is held, if it is. */
async function push(user: string): Promise<Hold | undefined> {
	for (;;) {
		const waiting = await waitingCommands();
		const [first] = waiting;
		if (!first) return undefined;
		const batch = sendable(waiting, user);
		if (batch.length === 0) return 'other-account';
		const { results, heads } = await hub.sync.push.mutate({
			outbox: first.outbox,
			commands: batch.map(commandOf)
		});
		const held = results.map(({ refusal }) => refusal && holdFor(refusal)).find((hold) => hold);
		const settled = results.filter(({ refusal }) => !refusal || !holdFor(refusal));
		await storeResults(settled);
		await keepHeads(heads);
		if (held) return held;
		// A hub that answers without a result for anything sent would be asked for ever.
		if (settled.length === 0) throw new Error('the hub answered without results');
	}
}

/** The next batch of one outbox: up to the first command that somebody else queued here. */
function sendable(waiting: readonly OutboxRow[], user: string): OutboxRow[] {
	const outbox = waiting[0]?.outbox;
	const mine = waiting.filter((row) => row.outbox === outbox);
	const end = mine.findIndex((row) => row.author !== undefined && row.author !== user);
	return mine.slice(0, end < 0 ? PUSH_LIMIT : Math.min(end, PUSH_LIMIT));
}

/** A result and the file that it carries are stored together, or neither. */
async function storeResults(results: readonly CommandResult[]): Promise<void> {
	const asked = await strict.outbox.bulkGet(results.map(({ id }) => id));
	const files = await readAnswers(
		results.flatMap(({ file, receipts = [] }, at): Delivered[] => [
			...(file === undefined ? [] : [{ text: file, request: asked[at]?.subject }]),
			...receipts.map((text) => ({ text }))
		])
	);
	await strict.transaction('rw', [strict.outbox, strict.files, strict.facts], async () => {
		await settleCommands(results);
		await addFiles(files);
		await writeFact('changedAt', deskNow());
	});
}

/** Pulls until there is no more. A restored hub is first told what this desk holds. [SY6] */
async function pull(user: string): Promise<void> {
	let broughtTo: string | undefined;
	for (;;) {
		const stored = await readFact('cursor');
		const own = stored?.user === user ? stored.cursor : undefined;
		if (stored && !own) await clearMirror();
		const page = await hub.sync.pull.query(own ? { cursor: own } : {});
		if (own && own.hubEpoch !== page.cursor.hubEpoch && broughtTo !== page.cursor.hubEpoch) {
			// The page is asked for again: what was brought back is in it then.
			await bringBack();
			broughtTo = page.cursor.hubEpoch;
			continue;
		}
		await applyPage(page, user);
		if (!page.more) return;
	}
}

/** Applies a page with its cursor in one transaction. [SY5] */
async function applyPage(page: PullPage, user: string): Promise<void> {
	// Answers to what this desk carries become files of its own, which outlive the mirror. [FI1]
	const asked = await strict.requests.bulkGet(page.answers.map(({ request }) => request));
	const renewed = await renewedRequests(page);
	const carried = page.answers.filter(({ request }, at) => asked[at] ?? renewed.has(request));
	const files = await readAnswers([
		...carried.map(({ file: text }) => ({ text })),
		...(await receiptsFor(page))
	]);
	const { licenses, activations, answers, receipts } = relaxed;
	await relaxed.transaction(
		'rw',
		[licenses, activations, answers, receipts, relaxed.files, relaxed.facts],
		async () => {
			const leaving = [...page.reset, ...page.gone];
			for (const table of [licenses, activations, answers, receipts])
				if (leaving.length > 0) await table.where('customerId').anyOf(leaving).delete();
			await licenses.bulkPut(page.licenses);
			await activations.bulkPut(page.activations);
			await answers.bulkPut(page.answers);
			await receipts.bulkPut(page.receipts);
			await addFiles(files, relaxed);
			await writeFact('cursor', { user, cursor: page.cursor }, relaxed);
		}
	);
}

/**
 * Requests of machines that got a newer file without asking: it is to be carried to them, whoever
 * asked first. [O7]
 */
async function renewedRequests({ activations }: PullPage): Promise<ReadonlySet<string>> {
	const known = await strict.activations.bulkGet(activations.map(({ id }) => id));
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
	const own = new Map(returns.map(({ jti, said }) => [said.act, jti]));
	return receipts.flatMap(({ act, file: text }) => {
		const request = own.get(act);
		return request === undefined ? [] : [{ text, request }];
	});
}

/** Another person signed in: what the hub showed the last one is not theirs to see. */
async function clearMirror(): Promise<void> {
	const { licenses, activations, answers, receipts, facts } = relaxed;
	const mirror = [licenses, activations, answers, receipts];
	await relaxed.transaction('rw', [...mirror, facts], async () => {
		await Promise.all(mirror.map((table) => table.clear()));
		await facts.delete('cursor');
	});
}

/** Refusals that say nothing about the command: it is kept and held. [SY3] */
function holdFor({ refused }: Refusal): Hold | undefined {
	if (refused === 'SIGN_IN_REQUIRED') return 'signed-out';
	if (refused === 'COMMAND_UNKNOWN' || refused === 'FORMAT_VERSION_UNSUPPORTED')
		return 'old-version';
	if (refused === 'OUTBOX_FORKED') return 'forked';
	return undefined;
}

function idle({ syncedAt }: SyncState): SyncState {
	return { phase: 'idle', faults: 0, ...(syncedAt === undefined ? {} : { syncedAt }) };
}

/** The disk is full, or the browser closed the database: nothing that was stored is lost by it. */
function isStorageFault(error: unknown): error is Error {
	return error instanceof Dexie.DexieError;
}

async function report(state: SyncState): Promise<void> {
	await writeFact('sync', state, relaxed);
}
