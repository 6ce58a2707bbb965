/**
 * One seat, one machine: a key holder asks with whatever fingerprints a script can make up, at the
 * hub and at desks, returns, retires and renews, and runs every file that was ever signed. The real
 * decisions are kept in a ledger in memory; after each step the machines that run are counted.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideActivation } from './activation.ts';
import {
	begin,
	countedChanges,
	join,
	laterEnd,
	leave,
	noteChange,
	renew,
	takeBack,
	type ActivationRecord,
	type SignedFile
} from './activation-record.ts';
import { actOfDraw, decideDraw, decideRecording, freesAt, type BoundSlot } from './allotment.ts';
import {
	decideRetirement,
	decideReturn,
	QUOTA_SPAN_SECONDS,
	replacementsAllowed,
	type Quotas
} from './giving-back.ts';
import { fileExpiry, type License, type Policy } from '../licenses/license.ts';
import {
	compareMachines,
	components,
	isSameFingerprint,
	shareComponent,
	type Fingerprint
} from '../machines/machine.ts';
import { isRefusal } from '../refusal.ts';
import { freeSeats, usedSeats, type SeatCounts } from '../seat.ts';
import { DAY_SECONDS } from '../time.ts';

const MACHINES = 5;
const policy: Policy = { k: 2, vm: true, given: false, graceMinutes: 15 };

/** Machines that have no component in common. */
const machines: Required<Omit<Fingerprint, 'given'>>[] = Array.from(
	{ length: MACHINES },
	(_, n) => ({
		os: `o${n}`,
		fs: `f${n}`,
		board: `b${n}`,
		disk: `d${n}`,
		mac: [`m${n}`, `w${n}`]
	})
);

type Row = ActivationRecord & { act: string };
type Block = {
	id: string;
	max: number;
	filesUntil: number;
	issueUntil: number;
	bound: BoundSlot[];
	recorded: { slot: number; act: string; gen: number; fp: Fingerprint }[];
	reserved: number;
};
type Draw = { block: Block; slot: number; file: SignedFile & { act: string } };

/** What the hub keeps, as far as seats, fingerprints and quotas depend on it. */
class Ledger {
	now = 1_000_000_000;
	readonly rows: Row[] = [];
	readonly blocks: Block[] = [];
	readonly untold: Draw[] = [];
	/** Draws that count as the activation that their machine held. */
	joined: { by: string; file: Draw['file'] }[] = [];
	/** Every file that was ever signed. */
	readonly signed: { fp: Fingerprint; exp: number }[] = [];
	/** `early`: while a file of it had not ended. */
	readonly freed: { way: 'return' | 'retire'; at: number; early: boolean }[] = [];
	readonly license: License;
	readonly quotas: Quotas;
	private n = 0;

	constructor(seats: number, fileDays: number, quotas: Quotas) {
		this.quotas = quotas;
		const versions = { from: 1, to: 1 };
		const texts = { title: 'Atlas', ed: 'standard', contact: 'licenses@example.com' };
		const terms = { sub: 'l', num: 'KF-1', prd: 'atlas', ent: [], ver: versions, pol: policy };
		this.license = { terms: { ...terms, ...texts }, seats, fileDays };
	}

	get counts(): SeatCounts {
		const count = (state: string) => this.rows.filter((row) => row.state === state).length;
		const reserved = this.blocks.reduce((sum, block) => sum + block.reserved, 0);
		return { active: count('active'), cooling: count('cooling'), reserved };
	}

	freedInSpan(way: 'return' | 'retire'): number {
		return this.inSpan(way).length;
	}

	freedEarly(way: 'return' | 'retire'): number {
		return this.inSpan(way).filter(({ early }) => early).length;
	}

	/** Retired machines and changed fingerprints, as the quota counts them. [SE6, MA5] */
	get replaced(): number {
		return this.freedInSpan('retire') + this.changed;
	}

	get changed(): number {
		return this.rows.flatMap((row) => countedChanges(row, this.now)).length;
	}

	get replacements(): number {
		return replacementsAllowed({ seats: this.license.seats, quotas: this.quotas });
	}

	request(fp: Fingerprint): void {
		const alike = this.rows.filter((row) => shareComponent(row.fp, fp));
		const known = (state: string) =>
			alike
				.filter((row) => row.state === state)
				.map(({ act, gen, fp: enrolled, overage, drawn }) => {
					return { act, gen, fp: enrolled, beyond: overage && drawn };
				});
		const id = `request-${++this.n}`;
		const grant = decideActivation({
			license: this.license,
			counts: this.counts,
			held: known('active'),
			cooling: known('cooling'),
			request: { id, fp, vm: false },
			replacementsLeft: Math.max(0, this.replacements - this.replaced),
			now: this.now
		});
		if (isRefusal(grant)) return;
		const { differs = [], isReplacement = false } = grant;
		const file = this.sign({ gen: grant.gen, fp: grant.fp, exp: grant.exp, request: id });
		const before = this.rows.find(({ act }) => act === grant.act);
		const left = this.rows.find(({ act }) => act === grant.fromCooling);
		if (left) this.set(leave(left, 'return'));
		const row = (before && renew(before, file, this.now)) ?? {
			act: id,
			...(left ? takeBack(left, file, this.now) : begin(file, this.now))
		};
		const change = { at: this.now, components: differs, counted: isReplacement };
		this.set(differs.length > 0 ? noteChange(row, change) : row);
	}

	reserve(seats: number, days: number): void {
		if (freeSeats(this.license.seats, this.counts) < seats) return;
		const filesUntil = this.now + days * DAY_SECONDS;
		const issueUntil = Math.min(filesUntil, this.now + 30 * DAY_SECONDS);
		const id = `block-${++this.n}`;
		const block = { id, max: seats, filesUntil, issueUntil, reserved: seats };
		this.blocks.push({ ...block, bound: [], recorded: [] });
	}

	draw(at: number, fp: Fingerprint): void {
		const block = pick(this.blocks, at);
		if (!block) return;
		const { id, max, issueUntil, bound } = block;
		const request = `request-${++this.n}`;
		const drawn = decideDraw({
			allotment: { id, max, state: 'open', issueUntil, terms: this.license.terms },
			bound,
			request: { id: request, fp },
			policy,
			now: this.now
		});
		if (isRefusal(drawn)) return;
		const { slot, gen } = drawn;
		block.bound = [
			...bound.filter((row) => row.slot !== slot),
			{ slot, gen, fp: drawn.fp, request }
		];
		const file = this.sign({ gen, fp: drawn.fp, exp: block.filesUntil, request });
		this.untold.push({ block, slot, file: { ...file, act: actOfDraw(id, slot) } });
	}

	/** A desk tells of one of its draws, in any order. */
	tell(at: number): void {
		const draw = pick(this.untold, at);
		if (!draw) return;
		this.untold.splice(this.untold.indexOf(draw), 1);
		const { block, slot, file } = draw;
		const before = block.recorded.filter((row) => row.slot === slot);
		const isReserved = before.length === 0 && block.reserved > 0;
		const holds = this.rows.find(
			(row) => row.state === 'active' && isSameFingerprint(row.fp, file.fp)
		)?.act;
		const free = freeSeats(this.license.seats, this.counts);
		const recorded = decideRecording(
			{
				before: before.map(({ act, fp }) => ({ act, fp, state: 'recorded' })),
				isReserved,
				holds,
				free
			},
			file.fp
		);
		const { seat } = recorded;
		if (seat === 'reserved' || seat === 'released') block.reserved -= 1;
		const act = recorded.act ?? file.act;
		const isNewest = before.every(({ gen }) => gen < file.gen);
		block.recorded.push({ slot, act, gen: file.gen, fp: file.fp });
		if (act !== file.act) this.joined.push({ by: act, file });
		const known = this.rows.find((row) => row.act === act);
		const isBeyond = seat === 'beyond';
		if (!recorded.act)
			this.set({ act, ...begin(file, this.now, { drawn: true, overage: isBeyond }) });
		else if (isNewest && known?.state === 'active')
			this.set(join(known, { ...file, isOwn: act === file.act }, this.now));
	}

	/** A machine gives its seat back, or is said to be gone, and runs on. */
	giveBack(at: number, way: 'return' | 'retire', isProven: boolean): void {
		const row = pick(
			this.rows.filter(({ state }) => state === 'active'),
			at
		);
		if (!row) return;
		const freedInSpan = way === 'return' ? this.freedInSpan(way) : this.replaced;
		const drawn = this.joined.filter(({ by }) => by === row.act).map(({ file }) => file);
		// A machine that is gone goes with all that counts as it; what gives itself back does not.
		const ends = way === 'retire' ? drawn.map(({ exp }) => exp ?? null) : [];
		const filesEndAt = ends.reduce(laterEnd, row.filesEndAt);
		const seat = {
			seats: this.license.seats,
			quotas: this.quotas,
			filesEndAt: filesEndAt ?? undefined,
			freedInSpan,
			now: this.now
		};
		const given = way === 'return' ? decideReturn(seat, isProven) : decideRetirement(seat);
		const early = filesEndAt === null || filesEndAt > this.now;
		if (given.freed) this.freed.push({ way, at: this.now, early });
		this.set(leave(row, way, given.freed ? null : given.coolsUntil));
		this.joined = this.joined.filter(({ by }) => by !== row.act);
		if (way === 'return') this.holdAgain(drawn.filter(({ exp }) => !exp || exp > this.now));
	}

	/** What it drew while it held that seat holds it now. [SE8] */
	private holdAgain([first, ...more]: readonly Draw['file'][]): void {
		if (!first) return;
		const overage = freeSeats(this.license.seats, this.counts) <= 0;
		this.set({ act: first.act, ...begin(first, this.now, { drawn: true, overage }) });
		this.joined.push(...more.map((file) => ({ by: first.act, file })));
	}

	/** The next file of each machine, with no request of it. [O7] */
	renewAll(): void {
		for (const row of this.rows.filter(({ state, drawn }) => state === 'active' && !drawn))
			this.set(renew(row, this.sign({ ...this.next(row), request: row.request })));
	}

	/** The hub signs for itself what desks have drawn. [AL4] */
	signDrawn(): void {
		for (const row of this.rows.filter(({ state, drawn }) => state === 'active' && drawn)) {
			if (row.overage && usedSeats(this.counts) > this.license.seats) continue;
			this.set(renew(row, this.sign({ ...this.next(row), request: row.request })));
		}
	}

	pass(days: number): void {
		this.now += days * DAY_SECONDS;
		for (const row of this.rows)
			if (row.state === 'cooling' && row.coolsUntil! <= this.now) this.set(leave(row, 'return'));
		for (const block of this.blocks) if (freesAt(block) <= this.now) block.reserved = 0;
	}

	/** Machines on which an unpatched product runs that has met no other file. */
	running(): number {
		const valid = this.signed.filter(({ exp }) => exp > this.now);
		return machines.filter((present) =>
			valid.some(({ fp }) => compareMachines(fp, present, policy).same)
		).length;
	}

	private inSpan(way: 'return' | 'retire') {
		return this.freed.filter((one) => one.way === way && one.at > this.now - QUOTA_SPAN_SECONDS);
	}

	private next({ gen, fp }: Row) {
		return { gen: gen + 1, fp, exp: fileExpiry(this.license, this.now) };
	}

	private sign(file: Pick<SignedFile, 'gen' | 'fp' | 'exp' | 'request'>): SignedFile {
		this.signed.push({ fp: file.fp, exp: file.exp ?? Infinity });
		return { ...file, key: 'k', name: 'Site Admin' };
	}

	private set(row: Row): void {
		const at = this.rows.findIndex(({ act }) => act === row.act);
		this.rows[at < 0 ? this.rows.length : at] = row;
	}
}

function pick<T>(some: readonly T[], at: number): T | undefined {
	return some[at % Math.max(1, some.length)];
}

const machine = fc.nat(MACHINES - 1);
const honest = machine.map((n): Fingerprint => machines[n]!);
/** Of one machine mostly, with parts of another, or of any, or left out. */
const mixed = fc
	.tuple(machine, machine, fc.array(fc.constantFrom('a', 'a', 'b', '-'), { minLength: 6 }))
	.map(([a, b, from]) => {
		const of = { a: machines[a], b: machines[b], '-': undefined };
		const fp: Fingerprint = {};
		for (const [n, c] of components.entries()) {
			const source = of[from[n] as 'a' | 'b' | '-'];
			if (c === 'given' || !source) continue;
			if (c === 'mac') fp.mac = from[5] === 'b' ? [source.mac[0]!, `m${b}`] : source.mac;
			else fp[c] = source[c];
		}
		return fp;
	});
const asked = fc.oneof({ weight: 2, arbitrary: honest }, { weight: 3, arbitrary: mixed });
const nth = fc.nat(9);

type Step = (ledger: Ledger) => void;
const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 6,
		arbitrary: asked.map((fp): Step => (ledger) => {
			ledger.request(fp);
		})
	},
	{
		weight: 1,
		arbitrary: fc
			.tuple(fc.integer({ min: 1, max: 2 }), fc.constantFrom(20, 90))
			.map(([seats, days]): Step => (ledger) => {
				ledger.reserve(seats, days);
			})
	},
	{
		weight: 3,
		arbitrary: fc.tuple(nth, asked).map(([at, fp]): Step => (ledger) => {
			ledger.draw(at, fp);
		})
	},
	{
		weight: 3,
		arbitrary: nth.map((at): Step => (ledger) => {
			ledger.tell(at);
		})
	},
	{
		weight: 3,
		arbitrary: fc
			.tuple(nth, fc.constantFrom('return', 'retire'), fc.boolean())
			.map(([at, way, isProven]): Step => (ledger) => {
				ledger.giveBack(at, way, isProven);
			})
	},
	{
		weight: 1,
		arbitrary: fc.constantFrom<Step>(
			(ledger) => {
				ledger.renewAll();
			},
			(ledger) => {
				ledger.signDrawn();
			}
		)
	},
	{
		weight: 2,
		arbitrary: fc.constantFrom(1, 25, 60, 200).map((days): Step => (ledger) => {
			ledger.pass(days);
		})
	}
);

test('[MA5, SE1, SE5, SE6] no more machines run than seats, replacements and freeing returns of a span', () => {
	fc.assert(
		fc.property(
			fc.record({
				seats: fc.integer({ min: 1, max: 2 }),
				fileDays: fc.constantFrom(30, 120, 365),
				returnsPerYear: fc.nat(1),
				replacementsPerYear: fc.option(fc.nat(1), { nil: undefined }),
				steps: fc.array(step, { maxLength: 40 })
			}),
			({ seats, fileDays, steps, ...quotas }) => {
				const ledger = new Ledger(seats, fileDays, { ...quotas, coolDays: 90 });
				for (const run of steps) {
					run(ledger);
					const replaced = ledger.changed + ledger.freedEarly('retire');
					const returned = ledger.freedEarly('return');
					expect(ledger.running()).toBeLessThanOrEqual(seats + replaced + returned);
					expect(replaced).toBeLessThanOrEqual(ledger.replacements);
					expect(returned).toBeLessThanOrEqual(seats * ledger.quotas.returnsPerYear);
				}
			}
		),
		{ numRuns: Number(process.env.FC_RUNS ?? 2_000) }
	);
});

test('[SE5] a seat that its machine took back cools until the files of both activations have ended', () => {
	const ledger = new Ledger(1, 30, { returnsPerYear: 0, coolDays: 90 });
	const [one, other] = machines;
	ledger.reserve(1, 90);
	ledger.draw(0, one!);
	ledger.tell(0);
	ledger.giveBack(0, 'return', false);
	ledger.request(one!);
	ledger.giveBack(0, 'return', false);
	ledger.pass(60);
	ledger.request(other!);
	expect(ledger.running(), 'the file that its desk has drawn').toBe(1);
	ledger.pass(31);
	ledger.request(other!);
	expect(ledger.running(), 'the other machine').toBe(1);
	expect(ledger.counts).toEqual({ active: 1, cooling: 0, reserved: 0 });
});
