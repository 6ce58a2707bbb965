/**
 * What a machine is told once its desk's draw is recorded: the hub's own file where it may sign one,
 * else the draw itself, or why there is no seat for it. [AL4, AL5, O11]
 *
 * @module
 */
import type { DrawState } from '#lib/domain/seats/allotment.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { signRefusal, type RequestAnswer, type SignedToken } from '#server/ledger/held/answer.ts';
import type { PlacedDraw } from '#server/ledger/held/ask.ts';
import { isSignable, signNextOf } from './drawn-files.ts';
import type { DrawRecord, HeldActivation, Ledger } from '#server/ledger/held/ledger.ts';
import { isGranted, rememberAnswer, storedAnswer } from '#server/ledger/held/remember-answer.ts';

/** What the machine is told, and what its draw was recorded as. */
export type DrawAnswer = RequestAnswer & { state: DrawState; act: string };

type Told = { placed: PlacedDraw; draw: DrawRecord; isNew: boolean };

/** @returns A refusal where a "no" could not be signed: the draw is recorded all the same. [KE1] */
export async function answerDraw(
	ledger: Ledger,
	told: Told
): Promise<DrawAnswer | Refusal<'HUB_KEY_ENDED'>> {
	const { state, act } = told.draw;
	const answer = await answerOf(ledger, told);
	return isRefusal(answer) ? answer : { ...answer, isNew: told.isNew, state, act };
}

async function answerOf(
	ledger: Ledger,
	{ placed, draw, isNew }: Told
): Promise<RequestAnswer | Refusal<'HUB_KEY_ENDED'>> {
	const { req: request, cnf } = placed.claims;
	const before = ledger.requests.get(request);
	const isOwn = !before || (before.jkt === cnf.jkt && before.licenseId === placed.licenseId);
	if (before && isOwn && (!isNew || (isGranted(before) && before.act === draw.act)))
		return storedAnswer(before);
	const activation = ledger.held.get(draw.act);
	const refusal = refusalOf(placed, { draw, activation });
	const ended = refusal && ledger.hub.signer.ended();
	if (ended) return ended;
	const signed = refusal
		? { kid: ledger.hub.signer.kid, token: await signRefusal(ledger.hub, request, refusal) }
		: await fileFor(ledger, { placed, draw, activation });
	if (isOwn && !(before && isGranted(before)))
		rememberAnswer(ledger, {
			request,
			licenseId: placed.licenseId,
			state: refusal ? 'refused' : 'granted',
			jkt: cnf.jkt,
			act: refusal ? null : draw.act,
			refusal: refusal ?? null,
			kid: signed.kid,
			token: signed.token,
			decidedAt: ledger.hub.now()
		});
	return { request, ...signed, refusal, isNew };
}

async function fileFor(
	ledger: Ledger,
	{
		placed,
		draw,
		activation
	}: { placed: PlacedDraw; draw: DrawRecord; activation: HeldActivation | undefined }
): Promise<SignedToken> {
	return activation && !activation.overage && isSignable(ledger, { activation, draw })
		? signNextOf(ledger, { activation, draw })
		: chainOf(placed);
}

function refusalOf(
	{ claims }: PlacedDraw,
	{ draw, activation }: { draw: DrawRecord; activation: HeldActivation | undefined }
): Refusal | undefined {
	const { req: request, num: number, contact, exp: until = 0 } = claims;
	if (draw.state === 'contested' && activation?.overage)
		return refuse('SLOT_CONTESTED', { number, slot: draw.slot, until, contact });
	// The machine gave its seat back, and the desk did not know.
	if (activation && activation.state !== 'active' && !activation.overage)
		return refuse('REQUEST_SPENT', { request });
	return undefined;
}

/** Draws are delivered with their allotment before them, under the hub key that signed that. */
export function chainOf({ allotment, text }: PlacedDraw): SignedToken {
	return { kid: allotment.kid, token: `${allotment.text}~${text}` };
}
