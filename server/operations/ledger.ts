/**
 * The part of a customer's ledger that a decision needs: read under the licenses' locks, changed in
 * memory, saved at once. As many statements for five hundred requests as for one.
 *
 * @module
 */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Fingerprint } from '#lib/domain/machine.ts';
import {
	activationComponents,
	activationFiles,
	activations,
	licenses,
	requests
} from '#server/db/schema.ts';
import type { Transaction } from '#server/db/store.ts';
import type { LicenseRecord, Writing } from '#server/db/writing.ts';
import type { Ask } from './admit.ts';

export type RequestRow = typeof requests.$inferSelect;
type FileRow = typeof activationFiles.$inferInsert;

/** What is known of one customer's machines, and what has changed in this transaction. */
export type Ledger = {
	customerId: string;
	licenses: Map<string, LicenseRecord>;
	requests: Map<string, Omit<RequestRow, 'revision'>>;
	held: Map<string, HeldActivation>;
	changed: {
		licenses: Set<string>;
		requests: Set<string>;
		activations: Set<string>;
		files: FileRow[];
	};
};

export type HeldActivation = Omit<typeof activations.$inferSelect, 'revision'>;

/** Locks the licenses that are asked for, and reads what is known of these machines. */
export async function loadLedger(
	writing: Writing,
	customerId: string,
	asks: readonly Ask[]
): Promise<Ledger> {
	const licenseIds = [...new Set(asks.map(({ licenseId }) => licenseId))];
	const locked = await writing.lockLicenses(customerId, licenseIds);
	const ids = asks.map(({ request }) => request.claims.jti);
	const known = await writing.tx
		.select()
		.from(requests)
		.where(and(eq(requests.customerId, customerId), inArray(requests.request, ids)));
	const fresh = asks.filter(
		({ request }) => !known.some((row) => row.request === request.claims.jti && isGranted(row))
	);
	const held = await findMachines(writing.tx, customerId, fresh);
	return {
		customerId,
		licenses: new Map(locked.map((row) => [row.licenseId, row])),
		requests: new Map(known.map((row) => [row.request, row])),
		held: new Map(held.map((row) => [row.act, row])),
		changed: { licenses: new Set(), requests: new Set(), activations: new Set(), files: [] }
	};
}

/** Activations that share a component with any of these machines, by index. */
async function findMachines(
	tx: Transaction,
	customerId: string,
	asks: readonly Ask[]
): Promise<HeldActivation[]> {
	const hashes = [...new Set(asks.flatMap(({ request }) => hashesOf(request.claims.fp)))];
	if (hashes.length === 0) return [];
	const licenseIds = [...new Set(asks.map(({ licenseId }) => licenseId))];
	const alike = tx
		.selectDistinct({ act: activationComponents.act })
		.from(activationComponents)
		.where(
			and(
				eq(activationComponents.customerId, customerId),
				inArray(activationComponents.licenseId, licenseIds),
				inArray(activationComponents.hash, hashes)
			)
		);
	return tx
		.select()
		.from(activations)
		.where(
			and(
				eq(activations.customerId, customerId),
				inArray(activations.act, alike),
				eq(activations.state, 'active')
			)
		);
}

/** Nothing is written where nothing was decided. */
export async function saveLedger(
	{ tx, raiseRevision }: Writing,
	{ customerId, changed, ...ledger }: Ledger
): Promise<void> {
	if (changed.requests.size === 0) return;
	const revision = await raiseRevision(customerId);
	for (const licenseId of changed.licenses) {
		const { active } = ledger.licenses.get(licenseId)!;
		await tx
			.update(licenses)
			.set({ active, revision })
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
					'gen',
					'fp',
					'label',
					'name',
					'granted_at',
					'expires_at',
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
		const components = acts.flatMap(({ licenseId, act, fp }) =>
			hashesOf(fp).map((hash) => ({ customerId, licenseId, hash, act }))
		);
		await tx.insert(activationComponents).values(components);
		await tx.insert(activationFiles).values(changed.files);
	}
	const answered = [...changed.requests].map((id) => ({ ...ledger.requests.get(id)!, revision }));
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

/** Each hash with its component's name, so that two kinds of component never look alike. */
export function hashesOf(fp: Fingerprint): string[] {
	return Object.entries(fp).flatMap(([component, value]) =>
		[value].flat().map((hash) => `${component}:${hash}`)
	);
}

export function isGranted({ state }: Pick<RequestRow, 'state'>): boolean {
	return state === 'granted';
}
