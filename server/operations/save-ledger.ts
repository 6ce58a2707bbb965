/**
 * Saving what was decided: as many statements for five hundred decisions as for one.
 *
 * @module
 */
import { and, eq, inArray, sql } from 'drizzle-orm';
import { seatCeiling } from '#lib/domain/seat.ts';
import {
	activationComponents,
	activationFiles,
	activations,
	giveBacks,
	licenses,
	requests
} from '#server/db/schema.ts';
import type { Transaction } from '#server/db/store.ts';
import type { Writing } from '#server/db/writing.ts';
import { fromNew } from '#server/db/upsert.ts';
import { saveBlocks } from './blocks.ts';
import { signPending } from './drawn-files.ts';
import { hashesOf, type Ledger } from './ledger.ts';
import { keepWaiting, serveWaiting } from './serve-waiting.ts';

/**
 * Whatever freed a seat in this transaction, those who wait for one get it first. Nothing is written
 * where nothing was decided. [RE1]
 */
export async function saveLedger(writing: Writing, ledger: Ledger): Promise<void> {
	const { tx, raiseRevision, audit } = writing;
	const { customerId, changed, notes } = ledger;
	await keepWaiting(tx, ledger);
	// What is counted already comes before who waits.
	await signPending(tx, ledger);
	await serveWaiting(tx, ledger);
	const { blocks } = ledger;
	const changes = [changed.requests, changed.activations, changed.givenBack, changed.licenses];
	if ([...changes, blocks.changed].every(({ size }) => size === 0)) return;
	const revision = await raiseRevision(customerId);
	for (const note of notes) audit(customerId, note);
	const counted = [...changed.licenses].map((licenseId) => {
		const row = ledger.licenses.get(licenseId)!;
		return { ...row, ceiling: seatCeiling(row.seats, row), revision };
	});
	// They are there, and locked: only what is set here changes.
	if (counted.length > 0)
		await tx
			.insert(licenses)
			.values(counted)
			.onConflictDoUpdate({
				target: [licenses.customerId, licenses.licenseId],
				set: fromNew(['active', 'reserved', 'cooling', 'revoked', 'waiting', 'ceiling', 'revision'])
			});
	const acts = [...changed.activations].map((act) => ({ ...ledger.held.get(act)!, revision }));
	await raiseAnswers(tx, ledger, { acts, revision });
	if (acts.length > 0) {
		await tx
			.insert(activations)
			.values(acts)
			.onConflictDoUpdate({
				target: [activations.customerId, activations.act],
				set: fromNew([
					'state',
					'cools_until',
					'gen',
					'fp',
					'jkt',
					'label',
					'name',
					'granted_at',
					'expires_at',
					'files_end_at',
					'request',
					'overage',
					'drawn',
					'revision'
				])
			});
		// What was activated just now has left no components behind.
		const known = acts.filter(({ state, gen }) => state !== 'active' || gen > 1);
		if (known.length > 0)
			await tx.delete(activationComponents).where(
				and(
					eq(activationComponents.customerId, customerId),
					inArray(
						activationComponents.act,
						known.map(({ act }) => act)
					)
				)
			);
		// A machine that gave its seat back is not looked for any more.
		const holding = acts.filter(({ state }) => state === 'active' || state === 'cooling');
		await insertComponents(
			tx,
			customerId,
			holding.flatMap(({ licenseId, act, fp }) =>
				hashesOf(fp).map((hash) => ({ licenseId, hash, act }))
			)
		);
	}
	await saveBlocks(tx, ledger, revision);
	if (changed.files.length > 0) await tx.insert(activationFiles).values(changed.files);
	const givenBack = [...changed.givenBack].map((act) => ({
		...ledger.givenBack.get(act)!,
		revision
	}));
	if (givenBack.length > 0)
		await tx
			.insert(giveBacks)
			.values(givenBack)
			.onConflictDoUpdate({
				target: [giveBacks.customerId, giveBacks.act],
				set: fromNew(['jti', 'kid', 'token', 'revision'])
			});
	const answered = [...changed.requests].map((id) => ({ ...ledger.requests.get(id)!, revision }));
	if (answered.length === 0) return;
	await tx
		.insert(requests)
		.values(answered)
		.onConflictDoUpdate({
			target: [requests.customerId, requests.request],
			set: fromNew(['state', 'act', 'refusal', 'kid', 'token', 'decided_at', 'revision'])
		});
}

/**
 * The newest file of an activation is the answer to its newest request. Where either changes, desks
 * hear again what answers the request that was the newest until now.
 */
async function raiseAnswers(
	tx: Transaction,
	{ customerId }: Ledger,
	{ acts, revision }: { acts: readonly { act: string; gen: number }[]; revision: number }
): Promise<void> {
	const known = acts.filter(({ gen }) => gen > 1).map(({ act }) => act);
	if (known.length === 0) return;
	await tx
		.update(requests)
		.set({ revision })
		.from(activations)
		.where(
			and(
				eq(activations.customerId, customerId),
				inArray(activations.act, known),
				eq(requests.customerId, customerId),
				eq(requests.request, activations.request)
			)
		);
}

/** Three parameters, however many rows: there are five for each machine. */
async function insertComponents(
	tx: Transaction,
	customerId: string,
	rows: readonly { licenseId: string; hash: string; act: string }[]
): Promise<void> {
	if (rows.length === 0) return;
	const column = (name: 'licenseId' | 'hash' | 'act') => sql.param(rows.map((row) => row[name]));
	await tx.execute(sql`
		insert into ${activationComponents} (customer_id, license_id, hash, act)
		select ${customerId}, * from
			unnest(${column('licenseId')}::text[], ${column('hash')}::text[], ${column('act')}::text[])
		on conflict do nothing`);
}
