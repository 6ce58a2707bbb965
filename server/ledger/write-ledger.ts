/**
 * Writing what was decided: as many statements for five hundred decisions as for one.
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { among } from '#server/db/among.ts';
import { seatCeiling } from '#lib/domain/seat.ts';
import {
	activationComponents,
	activationFiles,
	activations,
	giveBacks,
	licenses
} from '#server/db/schema/ledger.ts';
import { requests } from '#server/db/schema/requests.ts';
import { insertRows, updateRows } from '#server/db/rows.ts';
import type { Transaction } from '#server/db/database.ts';
import type { Writing } from '#server/db/writing.ts';
import { writeBlocks } from './allotment-blocks.ts';
import { hashesOf } from './held-activations.ts';
import type { HeldActivation, Ledger } from './ledger.ts';
import { writeTexts } from './change-texts.ts';
import { writeTrials } from './trials.ts';

/** Nothing is written where nothing was decided. */
export async function writeLedger(
	{ tx, raiseRevision, audit, auditHeads }: Writing,
	ledger: Ledger
): Promise<void> {
	const { customerId, changed, notes, blocks } = ledger;
	const { requests: asked, activations: seated, givenBack: left, licenses: grants } = changed;
	const changes = [asked, seated, left, grants, changed.notes, changed.texts];
	if ([...changes, blocks.changed].every(({ size }) => size === 0)) return;
	const revision = await raiseRevision(customerId);
	for (const note of notes) audit(customerId, note);
	const counted = [...changed.licenses].map((licenseId) => {
		const row = ledger.licenses.get(licenseId)!;
		return { ...row, ceiling: seatCeiling(row.seats, row), revision };
	});
	const acts = [...changed.activations].map((act) => ({ ...ledger.held.get(act)!, revision }));
	await raiseAnswers(tx, ledger, { acts, revision });
	const givenBack = [...changed.givenBack].map((act) => ({
		...ledger.givenBack.get(act)!,
		revision
	}));
	const answered = [...changed.requests].map((id) => ({ ...ledger.requests.get(id)!, revision }));
	// Sent one behind another, and waited for together.
	await Promise.all([
		updateRows(tx, licenses, counted, [
			'active',
			'reserved',
			'cooling',
			'revoked',
			'waiting',
			'ceiling',
			'expiresAt',
			'revision'
		]),
		insertRows(tx, activations, acts, [
			'state',
			'coolsUntil',
			'gen',
			'fp',
			'firstKey',
			'held',
			'label',
			'name',
			'grantedAt',
			'expiresAt',
			'filesEndAt',
			'request',
			'overage',
			'drawn',
			'changes',
			'twin',
			'said',
			'heardAt',
			'revision'
		]),
		writeComponents(tx, customerId, acts),
		writeTexts(tx, ledger, revision),
		writeTrials(tx, ledger),
		writeBlocks(tx, ledger, revision),
		insertRows(tx, activationFiles, changed.files),
		insertRows(tx, giveBacks, givenBack, [
			'freed',
			'coolsUntil',
			'at',
			'jkt',
			'jti',
			'kid',
			'token',
			'revision'
		]),
		insertRows(tx, requests, answered, [
			'state',
			'act',
			'refusal',
			'kid',
			'token',
			'decidedAt',
			'revision'
		]),
		auditHeads()
	]);
}

async function writeComponents(
	tx: Transaction,
	customerId: string,
	acts: readonly HeldActivation[]
): Promise<void> {
	// What was activated just now has left no components behind.
	const known = acts.filter(({ state, gen }) => state !== 'active' || gen > 1);
	const left = known.map(({ act }) => act);
	if (left.length > 0)
		await tx
			.delete(activationComponents)
			.where(
				and(eq(activationComponents.customerId, customerId), among(activationComponents.act, left))
			);
	// A machine that gave its seat back is not looked for any more.
	const holding = acts.filter(({ state }) => state === 'active' || state === 'cooling');
	const rows = holding.flatMap(({ licenseId, act, fp }) =>
		hashesOf(fp).map((hash) => ({ customerId, licenseId, hash, act }))
	);
	await insertRows(tx, activationComponents, rows, []);
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
				among(activations.act, known),
				eq(requests.customerId, customerId),
				eq(requests.request, activations.request)
			)
		);
}
