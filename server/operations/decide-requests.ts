/**
 * Deciding activation requests: load, decide, sign and save in one transaction, under a lock on
 * each license. [SE2] Many requests are decided together as cheaply as one.
 *
 * @module
 */
import { and, eq, inArray, sql } from 'drizzle-orm';
import { decideActivation, type Activation, type Grant } from '#lib/domain/activation.ts';
import type { License } from '#lib/domain/license.ts';
import { neededMatches, type Fingerprint } from '#lib/domain/machine.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { FORMAT_VERSION, type Claims } from '#lib/formats/tokens.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { signToken } from '#lib/signing/jws.ts';
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
import { signRefusal, type Answer } from './answer.ts';
import type { Hub } from './hub.ts';

type RequestRow = typeof requests.$inferSelect;
type FileRow = typeof activationFiles.$inferInsert;

/**
 * @returns One answer for each ask, in their order. Customers must come in the order of their ids
 * where asks of several are decided in one transaction.
 */
export async function decideRequests(
	hub: Hub,
	writing: Writing,
	asks: readonly Ask[]
): Promise<Answer[]> {
	const byCustomer = Map.groupBy(asks, ({ customerId }) => customerId);
	const customerIds = [...byCustomer.keys()].sort();
	const ledgers: Ledger[] = [];
	// All licenses before any customer: the order of locks. [SY4]
	for (const customerId of customerIds)
		ledgers.push(await loadLedger(writing, customerId, byCustomer.get(customerId)!));

	const answers = new Map<Ask, Answer>();
	for (const ledger of ledgers) {
		for (const ask of byCustomer.get(ledger.customerId)!)
			answers.set(ask, await decideOne(hub, ledger, ask));
		await saveLedger(writing, ledger);
	}
	return asks.map((ask) => answers.get(ask)!);
}

/** What is known of one customer's machines, and what has changed in this transaction. */
type Ledger = {
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

type HeldActivation = Omit<typeof activations.$inferSelect, 'revision'>;

async function loadLedger(
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

async function decideOne(hub: Hub, ledger: Ledger, ask: Ask): Promise<Answer> {
	const { claims, jkt } = ask.request;
	const before = ledger.requests.get(claims.jti);
	if (before && (before.jkt !== jkt || before.licenseId !== ask.licenseId)) {
		// Nothing is stored: the id belongs to another asker, whose answer stays what it is.
		const refusal = refuse('REQUEST_ID_TAKEN', { request: claims.jti });
		return refusalAnswer(hub, claims.jti, refusal);
	}
	if (before && isGranted(before)) return stored(before);

	const row = ledger.licenses.get(ask.licenseId);
	if (!row) throw new Error(`license ${ask.licenseId} is in the directory only`);
	const grant = decideActivation({
		license: licenseOf(row),
		counts: row,
		held: heldOf(ledger, ask),
		request: {
			id: claims.jti,
			fp: claims.fp,
			vm: claims.vm,
			version: claims.pv,
			label: claims.label
		},
		now: hub.now()
	});
	if (isRefusal(grant)) {
		// The same "no" again is the same file again.
		if (before?.refusal && sameRefusal(before.refusal, grant)) return stored(before);
		const answer = await refusalAnswer(hub, claims.jti, grant);
		remember(hub, ledger, ask, { ...answer, act: null });
		return answer;
	}
	return grantSeat(hub, ledger, { ask, row, grant });
}

async function grantSeat(
	hub: Hub,
	ledger: Ledger,
	{ ask, row, grant }: { ask: Ask; row: LicenseRecord; grant: Grant }
): Promise<Answer> {
	const { claims, jkt } = ask.request;
	const act = grant.act ?? uuidv7();
	const now = hub.now();
	const signed: Claims['activation'] = {
		v: Math.min(claims.v, FORMAT_VERSION),
		jti: uuidv7(),
		iat: now,
		iss: hub.iss,
		...row.terms,
		act,
		gen: grant.gen,
		req: claims.jti,
		name: claims.name,
		label: claims.label,
		held: claims.held,
		fp: claims.fp,
		k: neededMatches(claims.fp, row.terms.pol.k),
		nbf: now,
		exp: grant.exp,
		cnf: { jkt }
	};
	const token = await signToken('activation', signed, hub.signer);
	const { kid } = hub.signer;

	if (grant.act === undefined) row.active += 1;
	const known = ledger.held.get(act);
	ledger.held.set(act, {
		customerId: ledger.customerId,
		act,
		licenseId: ask.licenseId,
		state: 'active',
		gen: grant.gen,
		fp: claims.fp,
		// The first request's key proves a return; a later one does not. [SE5]
		jkt: known?.jkt ?? jkt,
		held: known ? known.held : (claims.held ?? null),
		label: claims.label ?? null,
		name: claims.name,
		grantedAt: now,
		expiresAt: grant.exp ?? null,
		request: claims.jti
	});
	ledger.changed.activations.add(act);
	ledger.changed.licenses.add(ask.licenseId);
	ledger.changed.files.push({
		customerId: ledger.customerId,
		jti: signed.jti,
		act,
		gen: grant.gen,
		request: claims.jti,
		kid,
		token,
		signedAt: now
	});
	const answer: Answer = { request: claims.jti, kid, token, isNew: true };
	remember(hub, ledger, ask, { ...answer, act });
	return answer;
}

function remember(
	hub: Hub,
	ledger: Ledger,
	ask: Ask,
	{ request, kid, token, refusal, act }: Answer & { act: string | null }
): void {
	ledger.requests.set(request, {
		customerId: ledger.customerId,
		request,
		licenseId: ask.licenseId,
		state: refusal ? 'refused' : 'granted',
		jkt: ask.request.jkt,
		act,
		refusal: refusal ?? null,
		kid,
		token,
		decidedAt: hub.now()
	});
	ledger.changed.requests.add(request);
}

/** Set-based: as many statements for five hundred requests as for one. */
async function saveLedger(
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

/** Machines of this license that share a component with the one that asks. */
function heldOf({ held }: Ledger, { licenseId, request }: Ask): Activation[] {
	const wanted = new Set(hashesOf(request.claims.fp));
	return [...held.values()]
		.filter((row) => row.licenseId === licenseId && hashesOf(row.fp).some((h) => wanted.has(h)))
		.map(({ act, gen, fp, label }) => ({ act, gen, fp, label: label ?? undefined }));
}

export function licenseOf(row: LicenseRecord): License {
	return {
		terms: row.terms,
		seats: row.seats,
		expiresAt: row.expiresAt ?? undefined,
		suspendedAt: row.suspendedAt ?? undefined,
		fileDays: row.fileDays ?? undefined
	};
}

/** Each hash with its component's name, so that two kinds of component never look alike. */
function hashesOf(fp: Fingerprint): string[] {
	return Object.entries(fp).flatMap(([component, value]) =>
		[value].flat().map((hash) => `${component}:${hash}`)
	);
}

async function refusalAnswer(hub: Hub, request: string, refusal: Refusal): Promise<Answer> {
	const token = await signRefusal(hub, request, refusal);
	return { request, kid: hub.signer.kid, token, refusal, isNew: true };
}

function stored(row: Pick<RequestRow, 'request' | 'kid' | 'token' | 'refusal'>): Answer {
	const { request, kid, token, refusal } = row;
	return { request, kid, token, refusal: refusal ?? undefined, isNew: false };
}

function isGranted({ state }: Pick<RequestRow, 'state'>): boolean {
	return state === 'granted';
}

function sameRefusal(a: Refusal, b: Refusal): boolean {
	const facts = (refusal: Refusal) => JSON.stringify(Object.entries(refusal.facts).sort());
	return a.refused === b.refused && facts(a) === facts(b);
}
