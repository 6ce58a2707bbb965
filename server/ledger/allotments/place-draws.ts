/**
 * What draws count as once more is known of their machines: in whatever order files, receipts, returns
 * and draws are brought, each machine holds one seat, and none that still has a valid file holds none.
 * [SE8, AL5]
 *
 * @module
 */
import {
	begin,
	join,
	joinEarlier,
	learnFirstKey,
	leave,
	type ActivationRecord
} from '#lib/domain/seats/activation-record.ts';
import { countedAs } from '#lib/domain/seats/adoption.ts';
import { freesAt, slotOfAct } from '#lib/domain/seats/allotment.ts';
import { fingerprintText, type Fingerprint } from '#lib/domain/machines/machine.ts';
import { freeSeats } from '#lib/domain/seat.ts';
import { storedClaims } from '#lib/formats/stored-token.ts';
import { fileOf } from '#lib/signing/activation.ts';
import { adoptSeat } from '#server/ledger/held/adopt-seat.ts';
import { isSetAside } from './allotment-blocks.ts';
import { isOfDesks, seatsOf } from '#server/ledger/held/found-files.ts';
import type { DrawRecord, HeldActivation, Ledger } from '#server/ledger/held/ledger.ts';
import { moveAnswer } from '#server/ledger/held/remember-answer.ts';
import { lockedLicense, releaseSlots } from '#server/ledger/held/seats.ts';

/** Draws of one slot for one machine, the earliest first, and what the last of them says. */
type Drawn = {
	draws: DrawRecord[];
	own: string;
	counted: string;
	licenseId: string;
	fp: Fingerprint;
	isSigned: boolean;
	back?: 'free' | 'cooling';
};

/**
 * @param brought - Activations that were brought, recorded or given back: their machines are meant, and
 * whatever counts as one of them.
 */
export function placeDraws(ledger: Ledger, brought: readonly string[], actor: string): void {
	if (ledger.blocks.draws.length === 0) return;
	const named = countingAs(ledger, brought);
	if (named.length === 0 && !brought.some((act) => ledger.held.has(act))) return;
	const machines = [
		...brought.flatMap((act) => ledger.held.get(act) ?? []),
		...named.map(({ token }) => {
			const { sub: licenseId, fp } = storedClaims('activation', token);
			return { licenseId, fp };
		})
	];
	const alike = machines.flatMap((machine) => seatsOf(ledger, machine));
	const meant = countingAs(ledger, [...brought, ...alike.map(({ act }) => act)]);
	const all = [...Map.groupBy(meant, ({ drawnAct }) => drawnAct)].flatMap(
		([own, draws]) => drawnOf(ledger, own, draws) ?? []
	);
	for (const some of Map.groupBy(all, ({ fp }) => fingerprintText(fp)).values())
		placeMachine(ledger, some, actor);
}

/** A contested slot has two machines under one name: each keeps what it was recorded as. [AL5] */
function countingAs({ blocks }: Ledger, acts: readonly string[]): DrawRecord[] {
	return blocks.draws.filter(
		({ act, drawnAct, state }) =>
			state !== 'contested' && (acts.includes(drawnAct) || acts.includes(act))
	);
}

/** @returns Nothing of what is over together with a machine that its manager has retired. [SE6] */
function drawnOf(ledger: Ledger, own: string, some: DrawRecord[]): Drawn | undefined {
	const { held, givenBack, hub } = ledger;
	const draws = some.toSorted((one, other) => one.gen - other.gen);
	const { act: counted, token } = draws.at(-1)!;
	if (counted !== own && givenBack.get(counted)?.way === 'retire') return undefined;
	const { sub: licenseId, fp } = storedClaims('activation', token);
	const row = held.get(own);
	const left = givenBack.get(own);
	const cools = (left?.coolsUntil ?? 0) > hub.freeingTime();
	return {
		draws,
		own,
		counted,
		licenseId,
		fp,
		isSigned: row !== undefined && row.gen > 0 && !isOfDesks(ledger, row),
		back: left && (cools ? 'cooling' : 'free')
	};
}

/** Those that leave their seats first: one that takes it then is no overage. */
function placeMachine(ledger: Ledger, some: readonly Drawn[], actor: string): void {
	const { licenseId, fp } = some[0]!;
	const granted = seatsOf(ledger, { licenseId, fp }).find(
		(row) => row.state === 'active' && !isOfDesks(ledger, row)
	)?.act;
	const live = some
		.filter((each) => !each.isSigned && !each.back && !isLeft(ledger, each))
		.map(({ own }) => own);
	const placed = some.map((drawn) => ({ drawn, act: countedAs({ ...drawn, granted, live }) }));
	const moved = placed.filter(({ drawn, act }) => act !== drawn.counted);
	for (const { drawn, act } of moved) count(ledger, drawn, act);
	for (const { drawn, act } of placed)
		if (act !== drawn.own) leaveSeat(ledger, drawn, { act, actor });
	for (const { drawn, act } of placed) if (act === drawn.own) takeOwn(ledger, drawn, actor);
	for (const { drawn, act } of moved)
		if (act !== drawn.own && !drawn.back) joinHolder(ledger, drawn, { act, actor });
}

/** What it counted as was given back, and its file has ended everywhere: it holds nothing any more. */
function isLeft(ledger: Ledger, drawn: Drawn): boolean {
	return ledger.held.get(drawn.own)?.state !== 'active' && hasEnded(ledger, recordOf(drawn.draws));
}

function hasEnded({ hub }: Ledger, { filesEndAt }: ActivationRecord): boolean {
	return filesEndAt !== null && freesAt({ filesUntil: filesEndAt }) <= hub.freeingTime();
}

function count(ledger: Ledger, { draws, own, counted }: Drawn, act: string): void {
	for (const draw of draws) {
		moveAnswer(ledger, draw, { from: counted, to: act });
		draw.act = act;
		draw.state = act === own ? 'recorded' : 'joined';
		ledger.blocks.moved.add(draw);
	}
}

/** Its machine holds a seat by another activation: one machine holds one. [AL5] */
function leaveSeat(
	ledger: Ledger,
	{ own }: Drawn,
	{ act, actor }: { act: string; actor: string }
): void {
	const left = ledger.held.get(own);
	if (left?.state !== 'active' && left?.state !== 'cooling') return;
	const next = { ...left, state: 'returned', coolsUntil: null } as const;
	adoptSeat(ledger, { before: left, next }, { actor, newer: act });
}

function joinHolder(
	ledger: Ledger,
	{ draws }: Drawn,
	{ act, actor }: { act: string; actor: string }
): void {
	const before = ledger.held.get(act)!;
	const next = draws.reduce(
		(row, { token, recordedAt }) =>
			join(row, { ...fileOf(storedClaims('activation', token)), isOwn: false }, recordedAt),
		before
	);
	adoptSeat(ledger, { before, next }, { actor });
}

/** It counts as itself: it holds its machine's seat, or that cools, or it was given back. */
function takeOwn(ledger: Ledger, drawn: Drawn, actor: string): void {
	const { customerId, held, givenBack, blocks } = ledger;
	const { draws, own, licenseId, isSigned, back } = drawn;
	const before = held.get(own);
	const isSeen = before !== undefined && before.gen > 0;
	if (isSigned) {
		learnFrom(ledger, before!, draws);
		return;
	}
	if (!back && before?.state === 'active') return;
	const record = recordOf(draws);
	const row = { customerId, act: own, licenseId };
	const left = givenBack.get(own);
	if (left) {
		const kept = isSeen ? learned(before, draws) : { ...record, ...row };
		const next = leave(kept, left.way, back === 'cooling' ? left.coolsUntil : null);
		if (!isSeen || before.state !== next.state) adoptSeat(ledger, { before, next }, { actor });
		return;
	}
	const license = lockedLicense(ledger, licenseId);
	const overage = freeSeats(license.seats, license) <= 0;
	const state = hasEnded(ledger, record) ? 'returned' : 'active';
	if (before?.state === state) return;
	adoptSeat(ledger, { before, next: { ...record, ...row, overage, state } }, { actor });
	if (state === 'active') blocks.unsigned.add(licenseId);
}

/** Its own files were told while it counted as another: whose key it was, and how long it lasts. */
function learned(known: HeldActivation, draws: readonly DrawRecord[]): HeldActivation {
	return draws.reduce((row, { token }) => {
		const file = fileOf(storedClaims('activation', token));
		return learnFirstKey(joinEarlier(row, file), file);
	}, known);
}

function learnFrom(ledger: Ledger, known: HeldActivation, draws: readonly DrawRecord[]): void {
	const next = learned(known, draws);
	if (next.firstKey !== known.firstKey || next.filesEndAt !== known.filesEndAt)
		adoptSeat(ledger, { before: known, next }, { actor: 'hub' });
}

/** As if they had been recorded one after another. */
export function recordOf(draws: readonly DrawRecord[]): ActivationRecord {
	const files = draws.map(({ token, recordedAt }) => ({
		...fileOf(storedClaims('activation', token)),
		recordedAt
	}));
	const [first, ...next] = files as [(typeof files)[number], ...typeof files];
	return next.reduce(
		(record, file) => join(record, { ...file, isOwn: true }, file.recordedAt),
		begin(first, first.recordedAt, { drawn: true })
	);
}

/** What the hub has signed of a slot says that it was drawn: its seat is set aside no more. [SE8] */
export function releaseDrawn(
	ledger: Ledger,
	{ act, gen, request, licenseId }: Pick<HeldActivation, 'act' | 'gen' | 'request' | 'licenseId'>,
	actor: string
): void {
	const named = slotOfAct(act);
	const block = named && ledger.blocks.allotments.get(named.allotment);
	if (!block || !isSetAside(ledger, block, named.slot)) return;
	releaseSlots(ledger, block, 1);
	ledger.notes.push({
		at: ledger.hub.now(),
		actor,
		action: 'activation.drawn',
		subject: act,
		facts: {
			license: licenseId,
			allotment: named.allotment,
			slot: named.slot,
			gen,
			request: request || undefined,
			seat: 'released',
			state: 'recorded'
		}
	});
}
