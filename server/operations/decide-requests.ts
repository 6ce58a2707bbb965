/**
 * Deciding activation requests: load, decide, sign and save in one transaction, under a lock on
 * each license. [SE2] Many requests are decided together as cheaply as one.
 *
 * @module
 */
import { decideActivation, type Activation, type Grant } from '#lib/domain/activation.ts';
import { termsInOrder, type License } from '#lib/domain/license.ts';
import { neededMatches } from '#lib/domain/machine.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { FORMAT_VERSION, type Claims } from '#lib/formats/tokens.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { signToken } from '#lib/signing/jws.ts';
import type { LicenseRecord, Writing } from '#server/db/writing.ts';
import type { Ask } from './ask.ts';
import { signRefusal, type Answer } from './answer.ts';
import { recordReturn, type Receipt } from './give-back.ts';
import type { PlacedReturn } from './ask.ts';
import type { Hub } from './hub.ts';
import { hashesOf, isGranted, loadLedger, type Ledger, type RequestRow } from './ledger.ts';
import { findRevocations } from './revocations.ts';
import { saveLedger } from './save-ledger.ts';

/** @returns One answer for each ask, in their order. Asks may be of several customers. */
export async function decideRequests(
	hub: Hub,
	writing: Writing,
	asks: readonly Ask[]
): Promise<Answer[]> {
	return (await decideTogether(hub, writing, { asks })).answers;
}

/** What is decided in one transaction. */
export type Brought = { asks?: readonly Ask[]; returns?: readonly PlacedReturn[] };

/**
 * Returns first, those that requests carry included: a machine that was repaired gives its old seat
 * back and takes a new one in one file. [MA3, MA4]
 *
 * @returns A receipt for each return and an answer for each ask, in their orders.
 */
export async function decideTogether(
	hub: Hub,
	writing: Writing,
	{ asks = [], returns = [] }: Brought
): Promise<{ answers: Answer[]; receipts: Receipt[] }> {
	const leaving = [...returns, ...asks.flatMap((ask) => ask.returns ?? [])];
	const asksOf = Map.groupBy(asks, ({ customerId }) => customerId);
	const returnsOf = Map.groupBy(leaving, ({ customerId }) => customerId);
	const customerIds = [...new Set([...asksOf.keys(), ...returnsOf.keys()])].sort();
	const ledgers: Ledger[] = [];
	// All licenses before any customer: the order of locks. [SY4]
	for (const customerId of customerIds) {
		const wanted = {
			asks: asksOf.get(customerId) ?? [],
			leaving: (returnsOf.get(customerId) ?? []).map(leavingOf)
		};
		ledgers.push(await loadLedger(hub, writing, customerId, wanted));
	}
	const receipts = new Map<PlacedReturn, Receipt>();
	const answers = new Map<Ask, Answer>();
	for (const ledger of ledgers)
		for (const each of returnsOf.get(ledger.customerId) ?? [])
			receipts.set(each, await recordReturn(hub, ledger, each));
	for (const ledger of ledgers) {
		const own = asksOf.get(ledger.customerId) ?? [];
		const revocations = await findRevocations(writing.tx, ledger);
		for (const ask of own) {
			const answer = await decideOne(hub, ledger, ask);
			const carried = ask.returns?.map((each) => receipts.get(each)!);
			answers.set(ask, {
				...answer,
				revocation: revocations.get(ask.licenseId),
				...(carried?.length && { receipts: carried })
			});
		}
		await saveLedger(writing, ledger);
	}
	return {
		answers: asks.map((ask) => answers.get(ask)!),
		receipts: returns.map((each) => receipts.get(each)!)
	};
}

function leavingOf({ proof, licenseId }: PlacedReturn) {
	const { act, req: request } = proof.activation;
	return { act, licenseId, way: 'return' as const, request };
}

async function decideOne(hub: Hub, ledger: Ledger, ask: Ask): Promise<Answer> {
	const { claims, jkt } = ask.request;
	const before = ledger.requests.get(claims.jti);
	if (before && (before.jkt !== jkt || before.licenseId !== ask.licenseId)) {
		// Nothing is stored: the id belongs to another asker, whose answer stays what it is.
		const refusal = refuse('REQUEST_ID_TAKEN', { request: claims.jti });
		return refusalAnswer(hub, claims.jti, refusal);
	}
	if (before && isGranted(before)) {
		const holder = before.act === null ? undefined : ledger.held.get(before.act);
		if (holder?.state === 'active') return stored(before);
		// Not stored: the row keeps what was granted, which is what makes the request spent.
		return refusalAnswer(hub, claims.jti, refuse('REQUEST_SPENT', { request: claims.jti }));
	}

	const row = ledger.licenses.get(ask.licenseId);
	if (!row) throw new Error(`license ${ask.licenseId} is in the directory only`);
	const grant = decideActivation({
		license: licenseOf(row),
		counts: row,
		held: heldOf(ledger, ask, 'active'),
		cooling: heldOf(ledger, ask, 'cooling'),
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
		...termsInOrder(row.terms),
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
	if (grant.fromCooling !== undefined) takeBack(ledger, row, grant.fromCooling);
	const known = ledger.held.get(act);
	const exp = grant.exp ?? null;
	ledger.held.set(act, {
		customerId: ledger.customerId,
		act,
		licenseId: ask.licenseId,
		state: 'active',
		coolsUntil: null,
		gen: grant.gen,
		fp: claims.fp,
		// The first request's key proves a return; a later one does not. [SE5]
		jkt: known?.jkt ?? jkt,
		held: known ? known.held : (claims.held ?? null),
		label: claims.label ?? null,
		name: claims.name,
		grantedAt: now,
		expiresAt: exp,
		filesEndAt: known ? laterEnd(known.filesEndAt, exp) : exp,
		request: claims.jti,
		overage: known?.overage ?? false
	});
	ledger.notes.push({
		...{ at: now, actor: ask.actor, subject: act },
		action: grant.act === undefined ? 'activation.granted' : 'activation.renewed',
		facts: { license: ask.licenseId, gen: grant.gen, cooling: grant.fromCooling }
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

/** The machine takes its own cooling seat: the seat stays one, the old activation is over. [SE5] */
function takeBack({ held, changed }: Ledger, row: LicenseRecord, act: string): void {
	const left = held.get(act);
	if (!left) throw new Error(`activation ${act} is not loaded`);
	row.cooling -= 1;
	held.set(act, { ...left, state: 'returned', coolsUntil: null });
	changed.activations.add(act);
}

/** Absent where either has no end. */
export function laterEnd(one: number | null, other: number | null): number | null {
	return one === null || other === null ? null : Math.max(one, other);
}

/** Machines of this license in that state that share a component with the one that asks. */
function heldOf(
	{ held }: Ledger,
	{ licenseId, request }: Ask,
	state: 'active' | 'cooling'
): Activation[] {
	const wanted = new Set(hashesOf(request.claims.fp));
	return [...held.values()]
		.filter((row) => row.state === state && row.licenseId === licenseId)
		.filter((row) => hashesOf(row.fp).some((hash) => wanted.has(hash)))
		.map(({ act, gen, fp, label }) => ({ act, gen, fp, label: label ?? undefined }));
}

export function licenseOf(row: LicenseRecord): License {
	return {
		terms: row.terms,
		seats: row.seats,
		expiresAt: row.expiresAt ?? undefined,
		suspendedAt: row.suspendedAt ?? undefined,
		frozenAt: row.frozenAt ?? undefined,
		fileDays: row.fileDays ?? undefined
	};
}

async function refusalAnswer(hub: Hub, request: string, refusal: Refusal): Promise<Answer> {
	const token = await signRefusal(hub, request, refusal);
	return { request, kid: hub.signer.kid, token, refusal, isNew: true };
}

function stored(row: Pick<RequestRow, 'request' | 'kid' | 'token' | 'refusal'>): Answer {
	const { request, kid, token, refusal } = row;
	return { request, kid, token, refusal: refusal ?? undefined, isNew: false };
}

function sameRefusal(a: Refusal, b: Refusal): boolean {
	const facts = (refusal: Refusal) => JSON.stringify(Object.entries(refusal.facts).sort());
	return a.refused === b.refused && facts(a) === facts(b);
}
