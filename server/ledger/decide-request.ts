/**
 * One activation request: decided, signed and remembered in a ledger that is loaded and locked. What
 * waits for a seat is decided here as well. [SE1, SE3, RE1]
 *
 * @module
 */
import { decideActivation, type Activation, type Grant } from '#lib/domain/activation.ts';
import type { AuditNote } from '#lib/domain/audit.ts';
import { termsInOrder, type License } from '#lib/domain/license.ts';
import { neededMatches, shareComponent } from '#lib/domain/machine.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { mayWait, waitingEnd } from '#lib/domain/waiting.ts';
import { FORMAT_VERSION, type Claims } from '#lib/formats/tokens.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { signToken } from '#lib/signing/jws.ts';
import type { LicenseRecord } from '#server/db/writing.ts';
import type { PlacedRequest } from './ask.ts';
import { signRefusal, type Answer } from './answer.ts';
import type { Hub } from '#server/hub/hub.ts';
import { isGranted, type Ledger, type RequestRow } from './ledger.ts';

/** The license must be loaded, with what is known of machines alike. [SE2] */
export async function decideOne(hub: Hub, ledger: Ledger, ask: PlacedRequest): Promise<Answer> {
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

	if (ask.intent === 'withdraw') return withdraw(hub, ledger, { ask, before });

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
		if (ask.intent === 'wait' && mayWait(grant))
			return wait(hub, ledger, { ask, before, refusal: grant });
		if (before?.state === 'waiting' && ask.intent !== 'serve') {
			// It goes on waiting, and desks hear so again.
			ledger.changed.requests.add(claims.jti);
			return refusalAnswer(hub, claims.jti, grant);
		}
		// The same "no" again is the same file again.
		if (before?.state === 'refused' && before.refusal && sameRefusal(before.refusal, grant))
			return stored(before);
		const answer = await refusalAnswer(hub, claims.jti, grant);
		remember(hub, ledger, ask, { ...answer, act: null });
		return answer;
	}
	return grantSeat(hub, ledger, { ask, row, grant });
}

async function grantSeat(
	hub: Hub,
	ledger: Ledger,
	{ ask, row, grant }: { ask: PlacedRequest; row: LicenseRecord; grant: Grant }
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
		// A file of the hub's own: it is no overage of a desk any more. [AL4]
		overage: (known?.overage && !known.drawn) ?? false,
		drawn: false
	});
	ledger.notes.push({
		...{ at: now, actor: ask.actor, subject: act },
		action: grant.act === undefined ? 'activation.granted' : 'activation.renewed',
		facts: {
			license: ask.licenseId,
			gen: grant.gen,
			cooling: grant.fromCooling,
			waited: ask.intent === 'serve' ? true : undefined
		}
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

/** From now on it is granted by itself. Asked again, it keeps its place. [RE1] */
async function wait(
	hub: Hub,
	ledger: Ledger,
	{ ask, before, refusal }: { ask: PlacedRequest; before: Remembered | undefined; refusal: Refusal }
): Promise<Answer> {
	const { claims, text: token } = ask.request;
	const { jti: request } = claims;
	if (before?.state === 'waiting') {
		ledger.changed.requests.add(request);
		return { ...stored(before), standing: 'waiting' };
	}
	const isSame = before?.refusal && sameRefusal(before.refusal, refusal);
	const answer = isSame ? stored(before) : await refusalAnswer(hub, request, refusal);
	remember(hub, ledger, ask, { ...answer, act: null, state: 'waiting' });
	const { customerId } = ledger;
	const { licenseId, actor } = ask;
	const since = hub.now();
	const until = waitingEnd(since);
	ledger.joining.push({ customerId, request, licenseId, token, actor, since, until });
	note(ledger, { at: since, actor, action: 'request.waiting', request, licenseId, until });
	return { ...answer, standing: 'waiting' };
}

/** What no longer waits is withdrawn all the same; what was granted meanwhile stays granted. */
async function withdraw(
	hub: Hub,
	ledger: Ledger,
	{ ask, before }: { ask: PlacedRequest; before: Remembered | undefined }
): Promise<Answer> {
	const { jti: request } = ask.request.claims;
	if (!before) return refusalAnswer(hub, request, refuse('REQUEST_UNKNOWN', { request }));
	if (before.state === 'waiting') stopWaiting(hub, ledger, { ...ask, action: 'request.withdrawn' });
	return { ...stored(before), standing: 'withdrawn' };
}

/** It is refused again, as it was before it waited. */
export function stopWaiting(
	hub: Hub,
	ledger: Ledger,
	{
		request: { claims },
		licenseId,
		actor,
		action
	}: Pick<PlacedRequest, 'request' | 'licenseId' | 'actor'> & {
		action: 'request.withdrawn' | 'request.expired';
	}
): void {
	const { jti: request } = claims;
	ledger.requests.set(request, { ...ledger.requests.get(request)!, state: 'refused' });
	ledger.changed.requests.add(request);
	note(ledger, { at: hub.now(), actor, action, request, licenseId });
}

function note(
	{ notes }: Ledger,
	{
		request: subject,
		licenseId: license,
		until,
		...rest
	}: Pick<AuditNote, 'at' | 'actor' | 'action'> & {
		request: string;
		licenseId: string;
		until?: number;
	}
): void {
	notes.push({ ...rest, subject, facts: { license, until } });
}

type Remembered = Omit<RequestRow, 'revision'>;

function remember(
	hub: Hub,
	ledger: Ledger,
	ask: PlacedRequest,
	{
		request,
		kid,
		token,
		refusal,
		act,
		state = refusal ? 'refused' : 'granted'
	}: Answer & { act: string | null; state?: RequestRow['state'] }
): void {
	ledger.requests.set(request, {
		customerId: ledger.customerId,
		request,
		licenseId: ask.licenseId,
		state,
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
	{ licenseId, request }: PlacedRequest,
	state: 'active' | 'cooling'
): Activation[] {
	return held
		.sharing(request.claims.fp)
		.filter((row) => row.state === state && row.licenseId === licenseId)
		.filter((row) => shareComponent(row.fp, request.claims.fp))
		.map(({ act, gen, fp, label, overage, drawn }) => ({
			...{ act, gen, fp, label: label ?? undefined },
			beyond: overage && drawn
		}));
}

export function licenseOf(row: LicenseRecord): License {
	return {
		terms: row.terms,
		seats: row.seats,
		expiresAt: row.expiresAt ?? undefined,
		suspendedAt: row.suspendedAt ?? undefined,
		frozenAt: row.frozenAt ?? undefined,
		successor: row.successor ?? undefined,
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
