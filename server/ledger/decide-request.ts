/**
 * One activation request: decided, signed and remembered in a ledger that is loaded and locked.
 * [SE1, SE3]
 *
 * @module
 */
import { begin, leave, noteChange, renew, takeBack } from '#lib/domain/seats/activation-record.ts';
import { decideActivation, type Activation, type Grant } from '#lib/domain/seats/activation.ts';
import { shareComponent } from '#lib/domain/machines/machine.ts';
import { saidIn, saidSince } from '#lib/domain/machines/machine-said.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { mayWait } from '#lib/domain/seats/waiting.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { granteeOf } from '#lib/signing/activation.ts';
import type { LicenseRecord } from '#server/db/writing.ts';
import type { RequestAnswer } from '#server/ledger/held/answer.ts';
import type { PlacedRequest } from '#server/ledger/held/ask.ts';
import { countReplacement, replacementsLeft } from '#server/ledger/held/given-back.ts';
import { licenseOf, type HeldActivation, type Ledger } from '#server/ledger/held/ledger.ts';
import {
	isGranted,
	isSameRefusal,
	refuseRequest,
	refuseSpent,
	rememberAnswer,
	retell,
	storedAnswer
} from '#server/ledger/held/remember-answer.ts';
import { addActivation, changeActivation, lockedLicense } from '#server/ledger/held/seats.ts';
import { signActivation } from '#server/ledger/held/sign-activation.ts';
import { noteTrial, otherTrials } from './trials.ts';
import { startWaiting, withdraw } from './waiting.ts';

/** The license must be loaded, with what is known of machines alike. [SE2] */
export async function decideRequest(
	ledger: Ledger,
	asked: PlacedRequest
): Promise<RequestAnswer | Refusal<'HUB_KEY_ENDED'>> {
	const { request, licenseId, intent } = asked;
	const { jti } = request.claims;
	const before = ledger.requests.get(jti);
	const isOwn = before?.jkt === request.jkt && before.licenseId === licenseId;
	if (before && isOwn && isGranted(before)) {
		const holder = before.act === null ? undefined : ledger.held.get(before.act);
		if (holder?.state === 'active') {
			recallSaid(ledger, holder, asked);
			return storedAnswer(before);
		}
	}
	const ended = ledger.hub.signer.ended();
	if (ended) return ended;
	// Not stored: the id belongs to another asker, whose answer stays what it is.
	if (before && !isOwn)
		return refuseRequest(ledger, jti, refuse('REQUEST_ID_TAKEN', { request: jti }));
	// Not stored: the row keeps what was granted, which is what makes the request spent.
	if (before && isGranted(before)) return refuseSpent(ledger, jti);
	if (intent === 'withdraw') return withdraw(ledger, { asked, before });

	const license = lockedLicense(ledger, licenseId);
	const grant = decide(ledger, license, asked);
	if (!isRefusal(grant)) return grantSeat(ledger, { asked, license, grant });
	if (intent === 'wait' && mayWait(grant))
		return startWaiting(ledger, { asked, before, refusal: grant });
	if (before?.state === 'waiting' && intent !== 'serve') {
		// It goes on waiting.
		retell(ledger, jti);
		return refuseRequest(ledger, jti, grant);
	}
	// The same "no" again is the same file again.
	if (before?.state === 'refused' && before.refusal && isSameRefusal(before.refusal, grant))
		return storedAnswer(before);
	const answer = await refuseRequest(ledger, jti, grant);
	rememberAnswer(ledger, {
		request: jti,
		licenseId,
		state: 'refused',
		jkt: request.jkt,
		act: null,
		refusal: grant,
		kid: answer.kid,
		token: answer.token,
		decidedAt: ledger.hub.now()
	});
	return answer;
}

/** What a ledger has lost of a machine, or was never told, its request says again. [P11, SY6] */
function recallSaid(
	ledger: Ledger,
	holder: HeldActivation,
	{ request, licenseId, actor }: PlacedRequest
): void {
	const said = saidIn(request.claims);
	if (holder.said || !said) return;
	changeActivation(ledger, holder, { ...holder, said });
	ledger.notes.push({
		at: ledger.hub.now(),
		actor,
		action: 'activation.described',
		subject: holder.act,
		facts: { license: licenseId, ...said }
	});
}

function decide(ledger: Ledger, license: LicenseRecord, asked: PlacedRequest): Grant | Refusal {
	const { jti: id, fp, vm, pv: version, label, name } = asked.request.claims;
	return decideActivation({
		license: licenseOf(license),
		counts: license,
		held: alikeIn(ledger, asked, 'active'),
		cooling: alikeIn(ledger, asked, 'cooling'),
		trials: otherTrials(ledger, license),
		request: { id, fp, vm, version, label, name },
		replacementsLeft: replacementsLeft(ledger, license),
		now: ledger.hub.now()
	});
}

/** Machines of this license in that state that share a component with the one that asks. */
function alikeIn(
	{ held }: Ledger,
	{ licenseId, request }: PlacedRequest,
	state: 'active' | 'cooling'
): Activation[] {
	return held
		.sharing(request.claims.fp)
		.filter((row) => row.state === state && row.licenseId === licenseId)
		.filter((row) => shareComponent(row.fp, request.claims.fp))
		.map(({ act, gen, fp, label, overage, drawn }) => ({
			act,
			gen,
			fp,
			label: label ?? undefined,
			beyond: overage && drawn
		}));
}

async function grantSeat(
	ledger: Ledger,
	{ asked, license, grant }: { asked: PlacedRequest; license: LicenseRecord; grant: Grant }
): Promise<RequestAnswer> {
	const { request, licenseId, actor, intent } = asked;
	const { gen, exp, fp, fromCooling, differs = [], isReplacement = false, trialEndsAt } = grant;
	const now = ledger.hub.now();
	const known = grant.act === undefined ? undefined : mustHold(ledger, grant.act);
	const act = known?.act ?? uuidv7();
	const { signed, file } = await signActivation(ledger, {
		license,
		act,
		gen,
		exp,
		grantee: { ...granteeOf(request), fp }
	});
	// The machine takes its own cooling seat: it stays one, and the old activation is over. [SE5]
	const left = fromCooling === undefined ? undefined : mustHold(ledger, fromCooling);
	if (left) changeActivation(ledger, left, leave(left, 'return'));
	const { customerId } = ledger;
	const next = known
		? renew(known, file, now)
		: {
				customerId,
				act,
				licenseId,
				...(left ? { ...takeBack(left, file, now), texts: left.texts } : begin(file, now))
			};
	const change = { at: now, components: differs, counted: isReplacement };
	const said = saidSince((known ?? left)?.said, saidIn(request.claims));
	const noted = { ...(differs.length > 0 ? noteChange(next, change) : next), said };
	if (isReplacement) countReplacement(ledger, licenseId);
	if (trialEndsAt !== undefined) license.expiresAt = trialEndsAt;
	noteTrial(ledger, license, noted);
	if (known) changeActivation(ledger, known, noted);
	else addActivation(ledger, noted);
	ledger.changed.licenses.add(licenseId);
	ledger.notes.push({
		at: now,
		actor,
		action: known ? 'activation.renewed' : 'activation.granted',
		subject: act,
		facts: {
			license: licenseId,
			gen,
			cooling: fromCooling,
			differs: differs.join(' ') || undefined,
			replaced: isReplacement || undefined,
			waited: intent === 'serve' ? true : undefined,
			trialEndsAt
		}
	});
	const { jti } = request.claims;
	rememberAnswer(ledger, {
		request: jti,
		licenseId,
		state: 'granted',
		jkt: request.jkt,
		act,
		refusal: null,
		kid: signed.kid,
		token: signed.token,
		decidedAt: now
	});
	return { request: jti, ...signed, isNew: true };
}

function mustHold({ held }: Ledger, act: string): HeldActivation {
	const known = held.get(act);
	if (!known) throw new Error(`activation ${act} is not loaded`);
	return known;
}
