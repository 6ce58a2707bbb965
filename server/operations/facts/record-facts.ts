/**
 * Facts of any kind, from whoever submits them: each proves itself. [SY10]
 *
 * @module
 */
import { isRefusal, refuse, withoutRefusals, type Refusal } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import type { SignedToken } from '#server/ledger/held/answer.ts';
import type {
	PlacedAllotment,
	PlacedClose,
	PlacedDraw,
	PlacedReturn
} from '#server/ledger/held/ask.ts';
import { decideEach, type Decided } from '#server/ledger/decide.ts';
import type { Hub } from '#server/hub/hub.ts';
import {
	learnOnce,
	openFactReader,
	placeAllotment,
	readFact,
	type FactReader
} from './read-fact.ts';
import { placeReturns, readReturn } from './read-return.ts';
import type { DrawAnswer } from '#server/ledger/allotments/answer-draw.ts';

/** What became of one fact. */
export type RecordedFact =
	| { kind: 'draw'; number: string; answer: DrawAnswer }
	| { kind: 'return'; number: string; answer: SignedToken & { isNew: boolean } }
	/** An allotment itself is what a restored hub may have forgotten. [SY6] */
	| { kind: 'close' | 'allotment'; number: string; allotment: string; isNew: boolean };

type PlacedFact = PlacedDraw | PlacedClose | PlacedReturn | PlacedAllotment;

/**
 * @param actor - Who submits them, for the audit. [AU1]
 * @param texts - Draws, closes, returns and allotments: files, or their tokens.
 * @returns What became of each, in their order.
 */
export async function recordFacts(
	hub: Hub,
	texts: readonly string[],
	actor = 'carrier'
): Promise<(RecordedFact | Refusal)[]> {
	const reader = openFactReader(hub, actor);
	const read = await Promise.all(texts.map((text) => readAny(reader, text)));
	const placed = withoutRefusals(read);
	if (placed.length === 0) return read.filter((each) => isRefusal(each));
	const decided = await decideEach(hub, placed);
	return read.map((each) => (isRefusal(each) ? each : recordedAs(each, decided)));
}

function recordedAs(
	placed: PlacedFact,
	{ draws, receipts, news }: Decided
): RecordedFact | Refusal {
	switch (placed.kind) {
		case 'draw': {
			const answer = draws.get(placed)!;
			return isRefusal(answer) ? answer : { kind: 'draw', number: placed.claims.num, answer };
		}
		case 'return': {
			const answer = receipts.get(placed)!;
			const number = placed.proof.activation.num;
			return isRefusal(answer) ? answer : { kind: 'return', number, answer };
		}
		default: {
			const { num: number, jti: allotment } = placed.allotment.claims;
			return { kind: placed.kind, number, allotment, isNew: news.has(placed) };
		}
	}
}

async function readAny(reader: FactReader, text: string): Promise<PlacedFact | Refusal> {
	const { hub, actor } = reader;
	const file = readFile(text);
	if (isRefusal(file)) return file;
	const { type } = file.body;
	if (type === 'return') {
		const read = await readReturn(hub, text);
		if (isRefusal(read)) return read;
		const [placed] = await placeReturns(hub, [read], actor);
		return placed!;
	}
	if (type === 'activation') return readFact(reader, text, 'draw');
	if (type === 'close') return readFact(reader, text, 'close');
	if (type !== 'allotment')
		return refuse('TOKEN_TYPE_UNEXPECTED', {
			expected: ['activation', 'close', 'return', 'allotment'],
			found: type
		});
	const verified = await verifyFile({ ...file, trust: undefined, revocation: undefined }, hub);
	if (isRefusal(verified)) return verified;
	const { body } = verified;
	if (body.type !== 'allotment') throw new Error('verifying changes no type');
	await learnOnce(reader, file, body.kid);
	const place = await placeAllotment(reader, body);
	return isRefusal(place) ? place : { kind: 'allotment', ...place };
}
