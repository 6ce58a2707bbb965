/**
 * One round of sync: push, then pull. Only faults are tried again; a refusal is a result. [SY3]
 *
 * @module
 */
import { Dexie } from 'dexie';
import type { Refusal } from '#lib/domain/refusal.ts';
import type { CommandResult } from '#lib/domain/sync.ts';
import { addFiles, readAnswers, type Delivered } from './answer-files.ts';
import { POLL_MS, retryDelayMs } from './backoff.ts';
import { bringProven } from './bring.ts';
import { deskNow, readFact, relaxed, strict, writeFact } from './database.ts';
import { hub, judgeFailure } from './hub.ts';
import { pull } from './mirror.ts';
import { commandOf, settleCommands, waitingCommands } from './outbox.ts';
import type { Hold, OutboxRow, SyncState } from './rows.ts';
import { addOwnAllotments, readOwnAllotments } from './own-allotments.ts';
import { confirmIdentity, settleOwedSignOut } from './session.ts';
import { learnRoots } from './trust.ts';
import { keepHeads } from './witness.ts';

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
			...(file === undefined ? [] : [{ text: file, request: requestOf(asked[at]) }]),
			...receipts.map((text) => ({ text }))
		])
	);
	const allotments = await readOwnAllotments(results.flatMap(({ file }) => file ?? []));
	await strict.transaction(
		'rw',
		[strict.outbox, strict.files, strict.ownAllotments, strict.facts],
		async () => {
			await settleCommands(results);
			await addFiles(files);
			await addOwnAllotments(allotments);
			await writeFact('changedAt', deskNow());
		}
	);
}

/** What an answer is about, where the file itself does not say so. */
function requestOf(row: OutboxRow | undefined): string | undefined {
	const isAsked = row?.type === 'activation.request' || row?.type === 'activation.return';
	return isAsked ? row.subject : undefined;
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
