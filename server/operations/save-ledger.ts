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
import type { Writing } from '#server/db/writing.ts';
import { hashesOf, type Ledger } from './ledger.ts';

/** Nothing is written where nothing was decided. */
export async function saveLedger(
	{ tx, raiseRevision, audit }: Writing,
	{ customerId, changed, notes, ...ledger }: Ledger
): Promise<void> {
	const changes = [changed.requests, changed.activations, changed.givenBack, changed.licenses];
	if (changes.every(({ size }) => size === 0)) return;
	const revision = await raiseRevision(customerId);
	for (const note of notes) audit(customerId, note);
	for (const licenseId of changed.licenses) {
		const row = ledger.licenses.get(licenseId)!;
		const { active, cooling, seats, revoked } = row;
		await tx
			.update(licenses)
			.set({ active, cooling, revoked, ceiling: seatCeiling(seats, row), revision })
			.where(and(eq(licenses.customerId, customerId), eq(licenses.licenseId, licenseId)));
	}
	const acts = [...changed.activations].map((act) => ({ ...ledger.held.get(act)!, revision }));
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
					'revision'
				])
			});
		const changedActs = acts.map(({ act }) => act);
		await tx
			.delete(activationComponents)
			.where(
				and(
					eq(activationComponents.customerId, customerId),
					inArray(activationComponents.act, changedActs)
				)
			);
		// A machine that gave its seat back is not looked for any more.
		const holding = acts.filter(({ state }) => state === 'active' || state === 'cooling');
		const components = holding.flatMap(({ licenseId, act, fp }) =>
			hashesOf(fp).map((hash) => ({ customerId, licenseId, hash, act }))
		);
		if (components.length > 0) await tx.insert(activationComponents).values(components);
	}
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

/** `set column = excluded.column` for each. */
function fromNew(columns: readonly string[]) {
	const camel = (name: string) =>
		name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
	return Object.fromEntries(
		columns.map((column) => [camel(column), sql.raw(`excluded."${column}"`)])
	);
}
