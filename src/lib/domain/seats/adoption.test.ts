import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ActivationRecord } from './activation-record.ts';
import {
	countedAs,
	isDesksAlone,
	recordByFile,
	recordByReceipt,
	isFirst,
	isOver,
	type BroughtFile,
	type Leaving,
	type Sighting
} from './adoption.ts';
import { fingerprintText, type Fingerprint } from '../machines/machine.ts';
import { leave } from './activation-record.ts';

const NOW = 1000;

type Receipt = { act: string; iat: number; jti: string; coolsUntil: number | null };
type Piece = { file: BroughtFile } | { receipt: Receipt };
type Row = ActivationRecord & { act: string };

/** A ledger in memory, as the hub's tables keep it. */
class Ledger {
	readonly rows = new Map<string, Row>();
	readonly receipts = new Map<string, Receipt>();
	readonly #seen = new Map<string, Sighting[]>();

	bring(piece: Piece): void {
		if ('file' in piece) this.#bringFile(piece.file);
		else this.#bringReceipt(piece.receipt);
	}

	#bringFile(file: BroughtFile): void {
		const { act, fp } = file;
		const machine = fingerprintText(fp);
		for (const row of this.#holding(machine))
			if (isOver(row, [...this.#sightings(fp), file])) this.rows.set(row.act, leave(row, 'return'));
		const record = this.rows.get(act);
		const leaving = leavingOf(this.receipts.get(act));
		const next = recordByFile(file, { record, leaving, sightings: this.#sightings(fp) }, NOW);
		this.#seen.set(machine, [...(this.#seen.get(machine) ?? []), file]);
		this.rows.set(act, { ...next, act });
	}

	#bringReceipt(receipt: Receipt): void {
		const { act } = receipt;
		const known = this.receipts.get(act);
		if (known && !isFirst(receipt, known)) return;
		this.receipts.set(act, receipt);
		const record = this.rows.get(act);
		const sightings = record ? this.#sightings(record.fp) : [];
		const next = recordByReceipt(leavingOf(receipt)!, { act, record, sightings }, NOW);
		this.rows.set(act, { ...next, act });
	}

	#sightings(fp: Fingerprint): Sighting[] {
		const machine = fingerprintText(fp);
		const holding = this.#holding(machine).map(({ act, grantedAt }) => {
			return { act, signedAt: grantedAt };
		});
		return [...(this.#seen.get(machine) ?? []), ...holding];
	}

	#holding(machine: string): Row[] {
		return [...this.rows.values()].filter(
			({ state, fp, gen }) =>
				(state === 'active' || state === 'cooling') &&
				// A receipt alone names no machine.
				gen > 0 &&
				fingerprintText(fp) === machine
		);
	}

	/** All that it says, in an order of its own. */
	get whole(): unknown {
		const byAct = (a: { act: string }, b: { act: string }) => (a.act < b.act ? -1 : 1);
		return [[...this.rows.values()].sort(byAct), [...this.receipts.values()].sort(byAct)];
	}

	standing(): Record<string, string> {
		return Object.fromEntries([...this.rows].map(([act, { state }]) => [act, state]));
	}
}

function leavingOf(receipt: Receipt | undefined): Leaving | undefined {
	return receipt && { way: 'return', coolsUntil: receipt.coolsUntil };
}

function bringing(pieces: readonly Piece[]): Ledger {
	const ledger = new Ledger();
	for (const piece of pieces) ledger.bring(piece);
	return ledger;
}

const fingerprintOf = (machine: string): Fingerprint => {
	return { os: `o-${machine}`, board: `b-${machine}`, disk: `d-${machine}` };
};

/** The file of a generation. `rack` is its machine, as it was then. */
function file(act: string, gen: number, signedAt: number, changes: Partial<BroughtFile> = {}) {
	const base = { act, gen, signedAt, fp: fingerprintOf('rack'), name: 'Ada', key: `key-${act}` };
	const request = `request-${act}-${gen}`;
	return { file: { ...base, request, exp: 2000 + gen, ...changes } } satisfies Piece;
}

function receipt(act: string, iat: number, coolsUntil: number | null = null): Piece {
	return { receipt: { act, iat, jti: `${act}-${iat}-${coolsUntil}`, coolsUntil } };
}

function* ordersOf<T>(some: readonly T[]): Generator<T[]> {
	if (some.length === 0) yield [];
	for (const [at, first] of some.entries())
		for (const rest of ordersOf(some.toSpliced(at, 1))) yield [first, ...rest];
}

/** What happened at the hub that was lost, what people bring of it, and how each seat stood at its end. */
const histories: Record<string, { brought: Piece[]; stood: Record<string, string> }> = {
	'one machine that was granted, renewed and asked twice': {
		brought: [file('a', 1, 10), file('a', 2, 20), file('a', 3, 30)],
		stood: { a: 'active' }
	},
	'a machine that gave its seat back and was granted another': {
		brought: [file('a', 1, 10), receipt('a', 20), file('b', 1, 30)],
		stood: { a: 'returned', b: 'active' }
	},
	'the same, and nobody brings the receipt': {
		brought: [file('a', 1, 10), file('a', 2, 15), file('b', 1, 30), file('b', 2, 40)],
		stood: { a: 'returned', b: 'active' }
	},
	'a machine that took its cooling seat back': {
		brought: [file('a', 1, 10), receipt('a', 20, 5000), file('b', 1, 30)],
		stood: { a: 'returned', b: 'active' }
	},
	'and one of its components was replaced since': {
		brought: [
			file('a', 1, 10),
			receipt('a', 20, 5000),
			file('b', 1, 30),
			file('b', 2, 40, { fp: { ...fingerprintOf('rack'), disk: 'another' } })
		],
		stood: { a: 'returned', b: 'active' }
	},
	'a seat that cools, and one that has cooled': {
		brought: [
			file('a', 1, 10),
			receipt('a', 20, 5000),
			file('b', 1, 30, { fp: fingerprintOf('other') }),
			receipt('b', 40, 900)
		],
		stood: { a: 'cooling', b: 'returned' }
	},
	'a seat that cools, of which nobody brings the activation': {
		brought: [receipt('a', 20, 5000), receipt('b', 30), file('c', 1, 30)],
		stood: { a: 'cooling', b: 'returned', c: 'active' }
	},
	'three activations of one machine, the newest given back': {
		brought: [file('a', 1, 10), file('b', 1, 20), file('c', 1, 30), receipt('c', 40)],
		stood: { a: 'returned', b: 'returned', c: 'returned' }
	},
	'a machine that became another by its components, step by step': {
		brought: [
			file('a', 1, 10, { fp: { os: '1', board: '1', disk: '1' } }),
			file('a', 2, 20, { fp: { os: '1', board: '2', disk: '1' } }),
			file('a', 3, 30, { fp: { os: '1', board: '2', disk: '2' } }),
			file('b', 1, 40, { fp: { os: '1', board: '1', disk: '1' } })
		],
		stood: { a: 'active', b: 'active' }
	},
	'files that have ended hold their seats, as they did': {
		brought: [file('a', 1, 10, { exp: 50 }), file('a', 2, 20, { exp: 60 })],
		stood: { a: 'active' }
	},
	'granted, and renewed by the hub itself for the same request': {
		brought: [1, 2, 3].map((gen) => file('a', gen, gen * 10, { request: 'one' })),
		stood: { a: 'active' }
	}
};

test.each(Object.entries(histories))(
	'[SE8, SY6] in every order the ledger is the one that was lost: %s',
	(_, { brought, stood }) => {
		const { whole } = bringing(brought);
		for (const order of ordersOf(brought)) {
			const ledger = bringing(order);
			expect(ledger.whole).toEqual(whole);
			expect(ledger.standing()).toEqual(stood);
		}
	}
);

const acts = ['a', 'block.1', 'block.2', 'block.10', 'other.2'];

test('[SE8, AL5] draws, grants and returns of one machine: it holds one seat while any file of it is out', () => {
	const back = fc.constantFrom(undefined, undefined, 'free' as const, 'cooling' as const);
	const one = fc.record({ isSigned: fc.boolean(), back });
	const machine = fc.record({
		known: fc.dictionary(fc.constantFrom(...acts), one),
		seed: fc.nat()
	});
	fc.assert(
		fc.property(machine, ({ known, seed }) => {
			const all = Object.entries(known).map(([own, each]) => {
				return { own, ...each, isSigned: each.isSigned || own === 'a' };
			});
			// The newest of what the hub has granted, which no return names.
			const granted = all.find((each) => each.isSigned && !each.back)?.own;
			const live = all.filter((each) => !each.isSigned && !each.back).map(({ own }) => own);
			const counted = all.map((each) => countedAs({ ...each, granted, live }));
			const holding = all.filter(({ own, back, isSigned }, at) => {
				return own === granted || (!back && !isSigned && counted[at] === own);
			});
			expect(holding).toHaveLength(Number(granted !== undefined || live.length > 0));
			for (const [at, { own, back, isSigned }] of all.entries()) {
				expect([own, holding[0]?.own]).toContain(counted[at]);
				// What the machine says that it gave back counts as nothing else.
				if (isSigned || back === 'free') expect(counted[at]).toBe(own);
			}
			const turned = [...live.slice(seed % 3), ...live.slice(0, seed % 3)].toReversed();
			for (const [at, each] of all.entries())
				expect(countedAs({ ...each, granted, live: turned })).toBe(counted[at]);
		})
	);
});

test('[SE8, AL5] of several draws of one machine the earliest block and slot holds', () => {
	const own = 'other.2';
	const live = ['other.2', 'block.10', 'block.2'];
	expect(countedAs({ own, isSigned: false, live })).toBe('block.2');
	expect(countedAs({ own, isSigned: false, live, granted: 'a' })).toBe('a');
	expect(countedAs({ own, isSigned: true, live, granted: 'a' })).toBe(own);
});

test('[SE8, AL3] a draw’s time proves nothing of another activation', () => {
	const row = { act: 'block.1', gen: 2, request: 'two', drawn: true };
	const draws = [
		{ gen: 1, request: 'one' },
		{ gen: 2, request: 'two' }
	];
	expect(isDesksAlone(row, draws)).toBe(true);
	expect(isDesksAlone({ ...row, drawn: false }, draws)).toBe(false);
	expect(isDesksAlone({ ...row, act: 'a' }, draws)).toBe(false);
	// The hub has signed its newest file, and a draw of another slot has joined it.
	expect(isDesksAlone(row, draws.slice(0, 1))).toBe(false);
	expect(isDesksAlone({ ...row, request: 'one' }, draws)).toBe(false);
});

const GENERATIONS = 3;

/** The files of one activation: signed one after another, each for the request before or a new one. */
function filesOf(act: string): fc.Arbitrary<Piece[]> {
	const one = fc.record({
		after: fc.integer({ min: 1, max: 4 }),
		machine: fc.constantFrom('rack', 'other'),
		isAsked: fc.boolean(),
		exp: fc.constantFrom(undefined, 500, 3000)
	});
	return fc.array(one, { maxLength: GENERATIONS }).map((files) => {
		let signedAt = 10;
		let request = '';
		return files.map(({ after, machine, isAsked, exp }, at) => {
			signedAt += after;
			if (isAsked || at === 0) request = `request-${act}-${at}`;
			return file(act, at + 1, signedAt, { fp: fingerprintOf(machine), request, exp });
		});
	});
}

const anyReceipt: fc.Arbitrary<Piece> = fc
	.record({
		act: fc.constantFrom('a', 'b', 'c'),
		iat: fc.integer({ min: 12, max: 20 }),
		coolsUntil: fc.constantFrom(null, 900, 5000)
	})
	.map(({ act, iat, coolsUntil }) => receipt(act, iat, coolsUntil));

test('[SE8] up to six files of one machine or of two: every order, every repetition, one ledger', () => {
	// Whether or not one hub could have signed them together.
	const all = fc.tuple(filesOf('a'), filesOf('b'), filesOf('c'), fc.array(anyReceipt));
	const some = all
		.chain((pieces) => fc.shuffledSubarray(pieces.flat()))
		.map((pieces) => pieces.slice(0, 6));
	fc.assert(
		fc.property(some, fc.array(fc.nat(), { maxLength: 4 }), (brought, again) => {
			const { whole } = bringing(brought);
			for (const order of ordersOf(brought)) {
				const repeated = [...order, ...again.flatMap((n) => brought[n % brought.length] ?? [])];
				expect(bringing(repeated).whole).toEqual(whole);
			}
		})
	);
});

test('[SE8] of two receipts of one return the first that was signed stays', () => {
	const late = receipt('a', 50, 5000);
	const orders = [...ordersOf([file('a', 1, 10), receipt('a', 20), late])];
	for (const order of orders) expect(bringing(order).standing()).toEqual({ a: 'returned' });
	const one = { iat: 5, jti: 'a' };
	expect([isFirst(one, { iat: 5, jti: 'b' }), isFirst(one, one)]).toEqual([true, false]);
});
