/**
 * Recording draws: activations that a desk made from its allotment become the ledger's. A fact is
 * never refused; what it means to seats is decided in the domain. [AL4, AL5, SY10]
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { decideRecording, freesAt, type DrawState, type Recorded } from '#lib/domain/allotment.ts';
import { recognizeMachine } from '#lib/domain/machine.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { freeSeats } from '#lib/domain/seat.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import type { LicenseRecord } from '#server/db/writing.ts';
import { adoptAllotment } from './adopt-allotment.ts';
import { signRefusal, type Answer } from './answer.ts';
import type { PlacedDraw } from './ask.ts';
import { claimsOfToken, freeze, isSetAside, releaseSlots } from './allotment-blocks.ts';
import {
	type AllotmentRecord,
	type DrawRecord,
	isGranted,
	type HeldActivation,
	type Ledger
} from './ledger.ts';
import { isSignable, signNextOf } from './drawn-files.ts';
import type { Hub } from '#server/hub/hub.ts';

/** What the machine is told, and what its draw was recorded as. */
export type DrawAnswer = Answer & { state: DrawState; act: string };

/** The license must be loaded, with its draws and what is known of machines alike. [SE2] */
export async function recordDraw(
	hub: Hub,
	ledger: Ledger,
	placed: PlacedDraw
): Promise<DrawAnswer> {
	const { blocks, licenses } = ledger;
	const { claims, licenseId } = placed;
	const license = licenses.get(licenseId);
	if (!license) throw new Error(`license ${licenseId} is in the directory only`);
	// Two signatures under one id are two draws: by its bytes each is known again.
	const known = blocks.draws.find(
		({ slot, token }) => slot === claims.slot && token === placed.text
	);
	if (known) return tell(hub, ledger, { placed, draw: known, isNew: false });

	const block =
		blocks.allotments.get(placed.allotment.claims.jti) ?? adoptAllotment(ledger, placed);
	const recorded = decide(ledger, { license, block, placed });
	const act = recorded.act ?? (recorded.state === 'contested' ? uuidv7() : claims.act);
	const draw = drawRow(ledger, { placed, recorded, act });
	const isNewest = blocks.draws.every((row) => row.act !== act || row.gen < claims.gen);
	blocks.draws.push(draw);
	blocks.added.push(draw);
	blocks.changed.add(block.allotment);
	const wasSetAside = recorded.seat === 'reserved' || recorded.seat === 'released';
	releaseSlots(ledger, block, wasSetAside ? 1 : 0);
	if (recorded.act === undefined) begin(ledger, { placed, draw, recorded });
	else if (isNewest) goOn(ledger, { placed, act });
	else proveFirst(ledger, { placed, act });
	keepFile(ledger, { placed, draw });
	note(ledger, { placed, draw, recorded });
	if (recorded.state === 'contested') freeze(ledger, block, { by: 'hub', reason: 'copied' });
	if (block.drawn && !block.drawn.includes(draw.slot))
		freeze(ledger, block, { by: 'hub', reason: 'copied' });
	return tell(hub, ledger, { placed, draw, isNew: true });
}

async function tell(
	hub: Hub,
	ledger: Ledger,
	said: { placed: PlacedDraw; draw: DrawRecord; isNew: boolean }
): Promise<DrawAnswer> {
	const { state, act } = said.draw;
	return { ...(await answerOf(hub, ledger, said)), isNew: said.isNew, state, act };
}

function decide(
	ledger: Ledger,
	{ license, block, placed }: { license: LicenseRecord; block: AllotmentRecord; placed: PlacedDraw }
): Recorded {
	const { claims, licenseId } = placed;
	const { act, fp, k, slot } = claims;
	const before = ledger.blocks.draws
		.filter((row) => row.allotment === block.allotment && row.slot === slot)
		.map((row) => ({ ...claimsOfToken(row.token), act: row.act, state: row.state }));
	// What has its very `act` came by another way, after a restore for one.
	const holds = before.length === 0 && ledger.held.has(act) ? act : undefined;
	return decideRecording(
		{
			before,
			isReserved: isSetAside(ledger.blocks, block, slot!),
			holds: holds ?? findHolder(ledger, { licenseId, fp, k }),
			free: freeSeats(license.seats, license)
		},
		{ fp, k }
	);
}

/** The activation of this license that the machine holds. */
function findHolder(
	{ held }: Ledger,
	{ licenseId, fp, k }: { licenseId: string } & Pick<PlacedDraw['claims'], 'fp' | 'k'>
): string | undefined {
	const alike = held
		.sharing(fp)
		.filter((row) => row.licenseId === licenseId && row.state === 'active')
		.map(({ act, fp: enrolled, label }) => ({ act, fp: enrolled, label: label ?? undefined }));
	const found = recognizeMachine(fp, alike, k);
	return isRefusal(found) ? undefined : found?.act;
}

function drawRow(
	{ customerId, hub, blocks }: Ledger,
	{ placed, recorded, act }: { placed: PlacedDraw; recorded: Recorded; act: string }
): DrawRecord {
	const { claims, text, kid } = placed;
	const isTaken = blocks.draws.some(({ jti }) => jti === claims.jti);
	const digest = createHash('sha256').update(text).digest('base64url');
	return {
		customerId,
		jti: isTaken ? `${claims.jti}.${digest}` : claims.jti,
		allotment: placed.allotment.claims.jti,
		slot: claims.slot!,
		drawnAct: claims.act,
		act,
		state: recorded.state,
		gen: claims.gen,
		request: claims.req,
		jkt: claims.cnf.jkt,
		kid,
		token: text,
		recordedAt: hub.now()
	};
}

/** A new activation. One whose files have ended, and that found no seat, is over at once. */
function begin(
	{ hub, customerId, licenses, held, changed }: Ledger,
	{ placed, draw, recorded }: { placed: PlacedDraw; draw: DrawRecord; recorded: Recorded }
): void {
	const { claims, licenseId } = placed;
	const license = licenses.get(licenseId)!;
	const end = claims.exp ?? null;
	const overage = recorded.seat === 'beyond';
	const isOver = overage && end !== null && freesAt({ filesUntil: end }) <= hub.freeingTime();
	held.set(draw.act, {
		...{ customerId, act: draw.act, licenseId, gen: claims.gen, fp: claims.fp },
		...{ state: isOver ? 'returned' : 'active', coolsUntil: null },
		// Of a later generation nobody can tell whose key made the first request. [SE5]
		jkt: claims.gen === 1 ? claims.cnf.jkt : '',
		held: claims.held ?? null,
		label: claims.label ?? null,
		name: claims.name,
		grantedAt: hub.now(),
		...{ expiresAt: end, filesEndAt: end, request: claims.req, overage, drawn: true }
	});
	if (!isOver) license.active += 1;
	changed.activations.add(draw.act);
	changed.licenses.add(licenseId);
}

/** The next file of an activation that is known: its machine asked the desk anew. */
function goOn(
	{ held, changed, hub, requests }: Ledger,
	{ placed: { claims }, act }: { placed: PlacedDraw; act: string }
): void {
	const known = held.get(act);
	const isAnswered = requests.get(claims.req)?.act === act;
	if (known?.state !== 'active' || isAnswered) return;
	const isOwn = act === claims.act;
	held.set(act, {
		...known,
		...{ fp: claims.fp, label: claims.label ?? null, name: claims.name, grantedAt: hub.now() },
		...(isOwn && claims.gen > known.gen && { gen: claims.gen, request: claims.req }),
		filesEndAt: known.filesEndAt === null ? null : Math.max(known.filesEndAt, claims.exp ?? 0),
		drawn: true
	});
	changed.activations.add(act);
}

/** Facts come in any order: the first request's key may be told last. [SE5] */
function proveFirst(
	{ held, changed }: Ledger,
	{ placed: { claims }, act }: { placed: PlacedDraw; act: string }
): void {
	const known = held.get(act);
	if (claims.gen > 1 || known?.jkt !== '' || act !== claims.act) return;
	held.set(act, { ...known, jkt: claims.cnf.jkt, held: claims.held ?? null });
	changed.activations.add(act);
}

/** Draws are delivered with their allotment before them, under the hub key that signed that. */
function chainOf({ allotment, text }: PlacedDraw): { kid: string; token: string } {
	return { kid: allotment.kid, token: `${allotment.text}~${text}` };
}

function keepFile(
	{ customerId, changed, held }: Ledger,
	{ placed, draw }: { placed: PlacedDraw; draw: DrawRecord }
): void {
	const { act, gen, jti, request } = draw;
	// Where the hub has signed this generation already, the draw itself keeps the signature. [FI1]
	const isNewest = held.get(act)?.gen === gen && placed.claims.req === held.get(act)?.request;
	if (!isNewest) return;
	const signedAt = placed.claims.iat;
	changed.files.push({ customerId, jti, act, gen, request, ...chainOf(placed), signedAt });
}

function note(
	ledger: Ledger,
	{ placed, draw, recorded }: { placed: PlacedDraw; draw: DrawRecord; recorded: Recorded }
): void {
	const { act, gen, slot, allotment, request } = draw;
	const isOver = recorded.act === undefined && ledger.held.get(act)?.state !== 'active';
	ledger.notes.push({
		...{ at: ledger.hub.now(), actor: placed.actor, action: 'activation.drawn', subject: act },
		facts: {
			...{ license: placed.licenseId, allotment, slot, gen, request },
			seat: isOver ? 'none' : recorded.seat,
			state: recorded.state,
			overage: recorded.seat === 'beyond' || undefined
		}
	});
}

/** What the machine is told: the hub's own file where it may sign one, else the draw itself. */
async function answerOf(
	hub: Hub,
	ledger: Ledger,
	{ placed, draw, isNew }: { placed: PlacedDraw; draw: DrawRecord; isNew: boolean }
): Promise<Answer> {
	const { req: request, cnf } = placed.claims;
	const before = ledger.requests.get(request);
	const isOwn = !before || (before.jkt === cnf.jkt && before.licenseId === placed.licenseId);
	if (before && isOwn && (!isNew || (isGranted(before) && before.act === draw.act))) {
		const { kid, token, refusal } = before;
		return { request, kid, token, refusal: refusal ?? undefined, isNew: false };
	}
	const activation = ledger.held.get(draw.act);
	const no = refusalOf(placed, { draw, activation });
	if (no) {
		const token = await signRefusal(hub, request, no);
		const said = { kid: hub.signer.kid, token };
		if (isOwn && !(before && isGranted(before)))
			remember(ledger, { placed, state: 'refused', act: null, refusal: no, ...said });
		return { request, ...said, refusal: no, isNew };
	}
	const license = ledger.licenses.get(placed.licenseId)!;
	const signed =
		activation && !activation.overage && isSignable(hub, { license, activation, draw, ledger })
			? await signNextOf(hub, ledger, { activation, draw })
			: chainOf(placed);
	if (isOwn && !(before && isGranted(before)))
		remember(ledger, { placed, state: 'granted', act: draw.act, refusal: null, ...signed });
	return { request, ...signed, isNew };
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

function remember(
	{ hub, customerId, requests, changed }: Ledger,
	{
		placed: { claims, licenseId },
		...said
	}: {
		placed: PlacedDraw;
		state: 'granted' | 'refused';
		act: string | null;
		refusal: Refusal | null;
		kid: string;
		token: string;
	}
): void {
	const { req: request, cnf } = claims;
	const decidedAt = hub.now();
	requests.set(request, { customerId, request, licenseId, jkt: cnf.jkt, decidedAt, ...said });
	changed.requests.add(request);
}
