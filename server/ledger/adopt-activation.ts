/**
 * Activations that a ledger has lost, in a restore for one: their files are facts that this very hub
 * has signed, so they are recorded as they say. [SY6, SE4]
 *
 * @module
 */
import { begin, joinEarlier, renew } from '#lib/domain/activation-record.ts';
import { decideAdoption, type Adoption } from '#lib/domain/adoption.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import { fileOf } from '#lib/signing/activation.ts';
import type { VerifiedReturn } from '#lib/signing/return.ts';
import type { FileRecord, HeldActivation, Ledger } from './ledger.ts';
import { rememberAnswer, rememberFound } from './remember-answer.ts';
import { addActivation, changeActivation, lockedLicense } from './seats.ts';
import { keepFile } from './sign-activation.ts';

/** An activation file that this hub has signed. */
export type FoundFile = { claims: Claims['activation']; kid: string; text: string };

/** The license must be loaded, with what is known of machines alike. Earlier generations first. */
export function adoptActivation(ledger: Ledger, found: FoundFile, actor: string): Adoption {
	const { hub, customerId, held, changed, notes } = ledger;
	const { claims, kid, text: token } = found;
	const { act, gen, sub: licenseId, req: request, iat: grantedAt } = claims;
	const adoption = decide(ledger, claims);
	if (adoption === 'known' || adoption === 'ended') return adoption;
	// A receipt may have said that it was given back before the request was known: it is spent. [SE3]
	const isElsewhere = adoption === 'same-machine';
	rememberFound(ledger, claims, { act: isElsewhere ? null : act, kid, token });
	if (adoption === 'given-back' || isElsewhere) return adoption;

	const file = fileOf(claims);
	const known = held.get(act);
	if (known)
		// What was counted beyond the license still is. [SE4]
		changeActivation(ledger, known, {
			...renew(known, file, grantedAt),
			overage: known.overage
		});
	else
		addActivation(ledger, {
			customerId,
			act,
			licenseId,
			...begin(file, grantedAt, { overage: adoption === 'overage' })
		});
	changed.licenses.add(licenseId);
	keepFound(ledger, found);
	notes.push({
		at: hub.now(),
		actor,
		action: known ? 'activation.renewed' : 'activation.adopted',
		subject: act,
		facts: {
			license: licenseId,
			gen,
			request: known ? undefined : request,
			overage: adoption === 'overage' || undefined
		}
	});
	return adoption;
}

function decide(ledger: Ledger, file: FoundFile['claims']): Adoption {
	const { hub, held, givenBack } = ledger;
	const { act, gen, sub: licenseId, fp } = file;
	const license = lockedLicense(ledger, licenseId);
	const alike = held
		.sharing(fp)
		.filter((row) => row.licenseId === licenseId && row.state === 'active')
		.map((row) => ({ fp: row.fp, label: row.label ?? undefined }));
	return decideAdoption({
		file,
		known: givenBack.has(act) ? { state: 'returned', gen } : held.get(act),
		held: alike,
		license: { seats: license.seats, counts: license },
		// A seat is not lost to a clock that leapt. [CL3]
		now: hub.freeingTime()
	});
}

/**
 * A generation that came back after a later one: it is out, so it is kept, and a request that it
 * answered gets its bytes again. [SE3]
 *
 * @param stored - Files that the hub has of this activation.
 */
export function adoptEarlier(
	ledger: Ledger,
	found: FoundFile,
	stored: readonly Pick<FileRecord, 'act' | 'gen' | 'token'>[]
): void {
	const { claims, kid, text: token } = found;
	const { act, gen, exp, req } = claims;
	const known = ledger.held.get(act);
	const isThis = (each: { act: string; gen: number }) => each.act === act && each.gen === gen;
	const isStored = stored.some(isThis) || ledger.changed.files.some(isThis);
	if (!known || gen >= known.gen || isStored) return;
	keepFound(ledger, found);
	changeActivation(ledger, known, joinEarlier(known, exp));
	const request = ledger.requests.get(req);
	const answer = stored.find((each) => each.token === request?.token);
	if (!request || !answer || answer.act !== act || answer.gen < gen) return;
	rememberAnswer(ledger, { ...request, kid, token, decidedAt: claims.iat });
}

/** It holds no seat here: its machine gives it back, and what becomes of it is decided at once. */
export function recordForgotten(
	ledger: Ledger,
	{ activation: claims, activationText: text, activationKid: kid }: VerifiedReturn
): HeldActivation {
	const { act, sub: licenseId, iat: grantedAt } = claims;
	const record = begin(fileOf(claims), grantedAt, { state: 'returned' });
	const row = { customerId: ledger.customerId, act, licenseId, ...record };
	addActivation(ledger, row);
	keepFound(ledger, { claims, kid, text });
	// Its request is spent, should it be submitted once more. [SE3]
	rememberFound(ledger, claims, { act, kid, token: text });
	return row;
}

function keepFound(ledger: Ledger, { claims, kid, text: token }: FoundFile): void {
	const { jti, act, gen, req: request, iat: signedAt } = claims;
	keepFile(ledger, { jti, act, gen, request, kid, token, signedAt });
}
