/**
 * Activations that a ledger has lost, in a restore for one: their files are facts that this very hub
 * has signed, so they are recorded as they say. [SY6, SE4, SE8]
 *
 * @module
 */
import { leave } from '#lib/domain/seats/activation-record.ts';
import { recordByFile, type Adoption } from '#lib/domain/seats/adoption.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import { fileOf } from '#lib/signing/activation.ts';
import { judgeReturnAgain } from '#server/ledger/held/given-back.ts';
import { isOfDesks, leftFor, noteFound, sightingsOf } from '#server/ledger/held/found-files.ts';
import type { HeldActivation, Ledger } from '#server/ledger/held/ledger.ts';
import { rememberFound } from '#server/ledger/held/remember-answer.ts';
import { adoptSeat } from '#server/ledger/held/adopt-seat.ts';
import { placeDraws, releaseDrawn } from '#server/ledger/allotments/place-draws.ts';
import { keepFile } from '#server/ledger/held/sign-activation.ts';
import { noteTrialEnd } from './trials.ts';

/** An activation file that this hub has signed. */
export type FoundFile = { claims: Claims['activation']; kid: string; text: string };

/** The license must be loaded, with what is known of the activation, of machines alike and of files. */
export function adoptActivation(ledger: Ledger, found: FoundFile, actor: string): Adoption {
	const { hub, customerId, held, givenBack } = ledger;
	const { act, gen, sub: licenseId, iat: signedAt } = found.claims;
	const before = held.get(act);
	const left = givenBack.has(act) ? 'given-back' : 'same-machine';
	if (isStored(ledger, found.claims)) return before?.state === 'active' ? 'known' : left;
	const file = { ...fileOf(found.claims), act, licenseId, signedAt };
	const leaving = leftFor(ledger, file);
	for (const row of leaving)
		adoptSeat(ledger, { before: row, next: leave(row, 'return') }, { actor, newer: act });
	const record = recordByFile(
		file,
		{ record: before, leaving: givenBack.get(act), sightings: sightingsOf(ledger, file) },
		hub.freeingTime()
	);
	const isFirst = !ledger.found.stored.get(act)?.has(gen);
	const machine = noteFound(ledger, file);
	if (isFirst) keepFound(ledger, found, machine);
	rememberFound(ledger, found.claims, { act, kid: found.kid, token: found.text });
	const next: HeldActivation = { ...before, ...record, customerId, act, licenseId };
	noteTrialEnd(ledger, next);
	if (!before) releaseDrawn(ledger, next, actor);
	const isBeyond = adoptSeat(ledger, { before, next }, { actor });
	judgeReturnAgain(ledger, act, actor);
	placeDraws(ledger, [act, ...leaving.map((row) => row.act)], actor);
	if (next.state !== 'active') return left;
	if (before?.state === 'active') return gen > before.gen ? 'newer' : 'known';
	return isBeyond ? 'overage' : 'seat';
}

/** Files are stored once; one that the ledger has of this generation says nothing new. [FI1] */
function isStored(ledger: Ledger, { act, gen }: FoundFile['claims']): boolean {
	const { found, held } = ledger;
	const known = held.get(act);
	if (known?.gen === gen && isOfDesks(ledger, known)) return false;
	return found.stored.get(act)?.has(gen) === true || held.get(act)?.gen === gen;
}

function keepFound(ledger: Ledger, { claims, kid, text: token }: FoundFile, machine: string): void {
	const { jti, act, gen, req: request, iat: signedAt } = claims;
	keepFile(ledger, { jti, act, gen, request, kid, token, signedAt, machine });
}
