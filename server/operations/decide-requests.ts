/**
 * Deciding activation requests: load, decide, sign and save in one transaction, under a lock on
 * each license. [SE2] Many requests are decided together as cheaply as one.
 *
 * @module
 */
import { decideActivation, type Activation, type Grant } from '#lib/domain/activation.ts';
import type { License } from '#lib/domain/license.ts';
import { neededMatches } from '#lib/domain/machine.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { FORMAT_VERSION, type Claims } from '#lib/formats/tokens.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { signToken } from '#lib/signing/jws.ts';
import type { LicenseRecord, Writing } from '#server/db/writing.ts';
import type { Ask } from './admit.ts';
import { signRefusal, type Answer } from './answer.ts';
import type { Hub } from './hub.ts';
import {
	hashesOf,
	isGranted,
	loadLedger,
	saveLedger,
	type Ledger,
	type RequestRow
} from './ledger.ts';

/** @returns One answer for each ask, in their order. Asks may be of several customers. */
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
