/**
 * Recording draws: activations that a desk made from its allotment become the ledger's. A fact is
 * never refused; what it means to seats is decided in the domain. [AL4, AL5, SY10]
 *
 * @module
 */
import {
	begin,
	join,
	joinEarlier,
	learnFirstKey,
	leave
} from '#lib/domain/seats/activation-record.ts';
import { decideRecording, freesAt, type Recorded } from '#lib/domain/seats/allotment.ts';
import {
	isSameFingerprint,
	recognizeMachine,
	type Fingerprint
} from '#lib/domain/machines/machine.ts';
import { saidSince } from '#lib/domain/machines/machine-said.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { freeSeats } from '#lib/domain/seat.ts';
import { storedClaims } from '#lib/formats/stored-token.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { fileOf } from '#lib/signing/activation.ts';
import { sha256 } from '#server/db/sha256.ts';
import { adoptAllotment } from './adopt-allotment.ts';
import { adoptSeat } from '#server/ledger/held/adopt-seat.ts';
import { freeze, isSetAside } from './allotment-blocks.ts';
import { answerDraw, chainOf, type DrawAnswer } from './answer-draw.ts';
import type { PlacedDraw } from '#server/ledger/held/ask.ts';
import { isOfDesks } from '#server/ledger/held/found-files.ts';
import { judgeReturnAgain } from '#server/ledger/held/given-back.ts';
import type { AllotmentRecord, DrawRecord, Ledger } from '#server/ledger/held/ledger.ts';
import { placeDraws } from './place-draws.ts';
import {
	addActivation,
	changeActivation,
	lockedLicense,
	releaseSlots
} from '#server/ledger/held/seats.ts';
import { keepFile } from '#server/ledger/held/sign-activation.ts';

/** The license must be loaded, with its draws and what is known of machines alike. [SE2] */
export async function recordDraw(
	ledger: Ledger,
	placed: PlacedDraw
): Promise<DrawAnswer | Refusal<'HUB_KEY_ENDED'>> {
	const { blocks } = ledger;
	const { claims } = placed;
	// Two signatures under one id are two draws: by its bytes each is known again.
	const known = blocks.draws.find(
		({ slot, token }) => slot === claims.slot && token === placed.text
	);
	if (known) return answerDraw(ledger, { placed, draw: known, isNew: false });

	const block =
		blocks.allotments.get(placed.allotment.claims.jti) ?? adoptAllotment(ledger, placed);
	const recorded = decide(ledger, block, placed);
	const act = recorded.act ?? (recorded.state === 'contested' ? uuidv7() : claims.act);
	const draw = drawRecord(ledger, { placed, recorded, act });
	const isNewest = blocks.draws.every((row) => row.act !== act || row.gen < claims.gen);
	blocks.draws.push(draw);
	blocks.added.push(draw);
	blocks.changed.add(block.allotment);
	const wasSetAside = recorded.seat === 'reserved' || recorded.seat === 'released';
	releaseSlots(ledger, block, wasSetAside ? 1 : 0);
	if (recorded.act === undefined) beginDrawn(ledger, { placed, draw, recorded });
	else if (isNewest && !isSurpassed(ledger, placed)) joinKnown(ledger, { placed, act });
	else learnFrom(ledger, { placed, act });
	keepDrawn(ledger, { placed, draw });
	note(ledger, { placed, draw, recorded });
	giveBackKnown(ledger, { act, actor: placed.actor });
	judgeReturnAgain(ledger, claims.act, placed.actor);
	placeDraws(ledger, [claims.act, act], placed.actor);
	const isMissingInClose = block.drawn !== null && !block.drawn.includes(draw.slot);
	if (recorded.state === 'contested' || isMissingInClose)
		freeze(ledger, block, { by: 'hub', reason: 'copied' });
	return answerDraw(ledger, { placed, draw, isNew: true });
}

function decide(
	ledger: Ledger,
	block: AllotmentRecord,
	{ claims, licenseId }: PlacedDraw
): Recorded {
	const { act, fp, slot } = claims;
	const license = lockedLicense(ledger, licenseId);
	const before = ledger.blocks.draws
		.filter((row) => row.allotment === block.allotment && row.slot === slot)
		.map(({ token, act: counted, state }) => {
			const { fp: drawnFor } = storedClaims('activation', token);
			return { act: counted, state, fp: drawnFor };
		});
	// What has its very `act` came by another way, after a restore for one.
	const isOwn = before.length === 0 && ledger.held.has(act);
	const alike = alikeIn(ledger, { licenseId, fp }).find((row) => isSameFingerprint(row.fp, fp));
	return decideRecording(
		{
			before,
			isReserved: isSetAside(ledger, block, slot!),
			holds: isOwn ? act : alike?.act,
			isOwn,
			free: freeSeats(license.seats, license)
		},
		fp
	);
}

/** Active machines of this license that share a component. */
function alikeIn(
	{ held }: Ledger,
	{ licenseId, fp }: { licenseId: string; fp: Fingerprint }
): { act: string; fp: Fingerprint; label?: string }[] {
	return held
		.sharing(fp)
		.filter((row) => row.licenseId === licenseId && row.state === 'active')
		.map(({ act, fp: enrolled, label }) => ({ act, fp: enrolled, label: label ?? undefined }));
}

/** Another activation that looks like the same machine: it is shown, and nothing is decided by it. [MA5] */
function findTwin(ledger: Ledger, { claims, licenseId }: PlacedDraw): string | null {
	const { fp, pol } = claims;
	const alike = alikeIn(ledger, { licenseId, fp });
	const found = recognizeMachine(fp, alike, pol);
	return (isRefusal(found) ? alike[0]?.act : found?.act) ?? null;
}

function drawRecord(
	{ customerId, hub, blocks }: Ledger,
	{ placed, recorded, act }: { placed: PlacedDraw; recorded: Recorded; act: string }
): DrawRecord {
	const { claims, text, kid } = placed;
	const isTaken = blocks.draws.some(({ jti }) => jti === claims.jti);
	return {
		customerId,
		jti: isTaken ? `${claims.jti}.${sha256(text)}` : claims.jti,
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
function beginDrawn(
	ledger: Ledger,
	{ placed, draw, recorded }: { placed: PlacedDraw; draw: DrawRecord; recorded: Recorded }
): void {
	const { hub, customerId, changed } = ledger;
	const { claims, licenseId } = placed;
	const overage = recorded.seat === 'beyond';
	const isOver =
		overage && claims.exp !== undefined && freesAt({ filesUntil: claims.exp }) <= hub.freeingTime();
	const state = isOver ? 'returned' : 'active';
	const twin = isOver ? null : findTwin(ledger, placed);
	const record = begin(fileOf(claims), hub.now(), { state, overage, drawn: true, twin });
	const { said } = placed;
	addActivation(ledger, { customerId, act: draw.act, licenseId, ...record, said });
	changed.licenses.add(licenseId);
}

/** The next file of an activation that is known: its machine asked the desk anew. */
function joinKnown(
	ledger: Ledger,
	{ placed: { claims, said }, act }: { placed: PlacedDraw; act: string }
): void {
	const known = ledger.held.get(act);
	const isAnswered = ledger.requests.get(claims.req)?.act === act;
	if (known?.state !== 'active' || isAnswered) return;
	const file = { ...fileOf(claims), isOwn: act === claims.act };
	const now = ledger.hub.now();
	changeActivation(ledger, known, {
		...join(known, file, now),
		said: saidSince(known.said, said),
		heardAt: now
	});
}

/** Of this very activation the hub has signed a later file, or one of the same generation, or a receipt came before all files. [SE8] */
function isSurpassed(ledger: Ledger, { claims: { act, gen } }: PlacedDraw): boolean {
	const known = ledger.held.get(act);
	if (!known) return false;
	return known.gen === 0 || (gen <= known.gen && !isOfDesks(ledger, known));
}

/** An earlier file that was told later, or the first that tells whose seat a receipt gave back. */
function learnFrom(
	ledger: Ledger,
	{ placed: { claims, said: earlier }, act }: { placed: PlacedDraw; act: string }
): void {
	const known = act === claims.act ? ledger.held.get(act) : undefined;
	if (!known) return;
	const file = fileOf(claims);
	const { state, coolsUntil } = known;
	const said = saidSince(earlier, known.said);
	changeActivation(ledger, known, {
		...(known.gen === 0
			? { ...known, ...begin(file, ledger.hub.now(), { drawn: true }), state, coolsUntil }
			: learnFirstKey(joinEarlier(known, file), file)),
		said
	});
}

/** Its receipt came first: as it was decided then, so it is. [SE8] */
function giveBackKnown(ledger: Ledger, { act, actor }: { act: string; actor: string }): void {
	const [left, known] = [ledger.givenBack.get(act), ledger.held.get(act)];
	if (!left || known?.state !== 'active') return;
	const { way, coolsUntil } = left;
	const cools = coolsUntil !== null && coolsUntil > ledger.hub.freeingTime();
	adoptSeat(
		ledger,
		{ before: known, next: leave(known, way, cools ? coolsUntil : null) },
		{ actor }
	);
}

function keepDrawn(
	ledger: Ledger,
	{ placed, draw }: { placed: PlacedDraw; draw: DrawRecord }
): void {
	const { act, gen, jti, request } = draw;
	const known = ledger.held.get(act);
	// Where the hub has signed this generation already, the draw itself keeps the signature. [FI1]
	if (known?.gen !== gen || known.request !== request) return;
	keepFile(ledger, { jti, act, gen, request, ...chainOf(placed), signedAt: placed.claims.iat });
}

function note(
	ledger: Ledger,
	{ placed, draw, recorded }: { placed: PlacedDraw; draw: DrawRecord; recorded: Recorded }
): void {
	const { act, gen, slot, allotment, request } = draw;
	const isOver = recorded.act === undefined && ledger.held.get(act)?.state !== 'active';
	ledger.notes.push({
		at: ledger.hub.now(),
		actor: placed.actor,
		action: 'activation.drawn',
		subject: act,
		facts: {
			license: placed.licenseId,
			allotment,
			slot,
			gen,
			request,
			seat: isOver ? 'none' : recorded.seat,
			state: recorded.state,
			overage: recorded.seat === 'beyond' || undefined,
			twin: (recorded.act === undefined && ledger.held.get(act)?.twin) || undefined
		}
	});
}
