/**
 * random runs of a license whose seats desks hold: blocks are reserved, drawn from offline, copied,
 * recorded in any order, closed, ended, written off and forgotten by time. After every step the ledger
 * is counted anew, block by block; in the end everything that was issued is known once, and nothing is
 * counted beyond the license any more. [SE1, AL4, AL5]
 */
import { and, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { slotsSetAside } from '#lib/domain/seats/allotment.ts';
import { checkEnd, checkPage, startAuditCheck } from '#lib/domain/audit/audit-check.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { usedSeats } from '#lib/domain/seat.ts';
import { allotments, draws } from '#server/db/schema/allotments.ts';
import { activations } from '#server/db/schema/ledger.ts';
import type { Store } from '#server/db/store.ts';
import { sha256 } from '#server/db/sha256.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { auditPage } from '#server/operations/audit/audit-pages.ts';
import { expireAllotments } from '#server/jobs/expire-allotments.ts';
import { setDeskPolicy } from '#server/operations/allotments/desk-policy.ts';
import { endAllotment, writeOffAllotment } from '#server/operations/allotments/end-allotment.ts';
import { recordFacts } from '#server/operations/facts/record-facts.ts';
import { renewLicense } from '#server/operations/licenses/renew-license.ts';
import { resumeLicense, suspendLicense } from '#server/operations/licenses/suspend-license.ts';
import { licenseRowOf, recount } from '../fixtures/counts.ts';
import {
	makeDrawingDesk,
	ownBlock,
	type DrawingDesk,
	type OwnBlock
} from '../fixtures/drawing-desk.ts';
import {
	askFor,
	makeLicense,
	makeMachine,
	makeTestHub,
	type TestHub,
	type TestLicense,
	type TestMachine
} from '../fixtures/hub.ts';
import { makeEmbeddedStore } from '../fixtures/stores.ts';
import { returnOfFile } from '../fixtures/returned.ts';

const DAY = 86_400;
const MACHINES = 6;

let store: Store;
let made: TestHub;
let start: number;
beforeAll(async () => {
	store = await makeEmbeddedStore();
	made = await makeTestHub(store);
	start = made.clock.now;
});
afterAll(() => store.close());

type Run = {
	license: TestLicense;
	machines: TestMachine[];
	/** Blocks with their desks; a copy has the same key and knows nothing of what the first drew. */
	blocks: { desk: DrawingDesk; block: OwnBlock }[];
	/** Drawn files that nobody has told the hub of. */
	untold: string[];
	/** The newest file of each machine. */
	held: Map<number, string>;
};

const names = [
	...['request', 'request', 'return', 'reserve', 'draw', 'draw', 'draw', 'record', 'record'],
	...['record late', 'copy', 'close', 'end', 'write off', 'wait', 'sweep', 'suspend', 'resume'],
	'renew'
] as const;
const step = fc.record({ do: fc.constantFrom(...names), at: fc.nat({ max: 11 }) });

const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % (list.length || 1)];

const commands: Record<(typeof names)[number], (run: Run, at: number) => Promise<unknown>> = {
	async request({ license, machines, held }, at) {
		const machine = at % MACHINES;
		const text = await askFor({ number: license.number }, machines[machine]!);
		const answer = await activate(made.hub, text, { asker: license.manager });
		if (isRefusal(answer)) throw new Error(answer.refused);
		if (!answer.refusal) held.set(machine, answerFile(made.hub, answer));
	},
	async return({ machines, held }, at) {
		const file = held.get(at % MACHINES);
		if (file === undefined) return;
		await recorded(await returnOfFile(file, machines[at % MACHINES]!));
		held.delete(at % MACHINES);
	},
	async reserve({ license, blocks }, at) {
		const desk = await makeDrawingDesk(made, license.manager);
		const seats = (at % 3) + 1;
		const { file, refusal } = await desk.tell('allotment.reserve', {
			number: license.number,
			seats
		});
		expect(refusal === undefined).toBe(file !== undefined);
		if (file !== undefined) blocks.push({ desk, block: ownBlock(file) });
	},
	async draw({ license, machines, blocks, untold, held }, at) {
		const own = pick(blocks, at);
		if (!own) return;
		const machine = (at * 5) % MACHINES;
		const request = await askFor({ number: license.number }, machines[machine]!);
		const file = await own.desk.draw(own.block, request, made.clock.now);
		if (isRefusal(file)) return;
		untold.push(file);
		held.set(machine, file);
	},
	async record({ untold }) {
		const file = untold.shift();
		if (file !== undefined) await recorded(file);
	},
	async 'record late'({ untold }) {
		const file = untold.pop();
		if (file !== undefined) await recorded(file);
	},
	copy({ blocks }, at) {
		const own = pick(blocks, at);
		if (own) blocks.push({ desk: own.desk, block: ownBlock(own.block.file) });
		return Promise.resolve();
	},
	async close({ blocks }, at) {
		const own = pick(blocks, at);
		if (!own) return;
		await recorded(await own.desk.close(own.block));
		blocks.splice(blocks.indexOf(own), 1);
	},
	async end({ license, blocks }, at) {
		const own = pick(blocks, at);
		if (!own) return;
		const order = { allotment: own.block.claims.jti, reason: 'lost' };
		await endAllotment(made.hub, order, license.manager);
	},
	async 'write off'({ license, blocks }, at) {
		const own = pick(blocks, at);
		if (!own) return;
		const order = { allotment: own.block.claims.jti, reason: 'lost' };
		await writeOffAllotment(made.hub, order, license.manager);
	},
	wait(_, at) {
		made.clock.now += [1, 10, 31, 95][at % 4]! * DAY;
		return Promise.resolve();
	},
	sweep: () => expireAllotments(made.hub),
	suspend: ({ license }) => suspendLicense(made.hub, license),
	resume: ({ license }) => resumeLicense(made.hub, license),
	renew: ({ license }, at) => renewLicense(made.hub, license, { seats: (at % 6) + 2 })
};

async function recorded(text: string): Promise<void> {
	const [fact] = await recordFacts(made.hub, [text]);
	if (!fact || isRefusal(fact)) throw new Error(`a fact was refused: ${fact?.refused}`);
}

async function check({ customerId, licenseId, ...license }: TestLicense, what: string) {
	const which = { ...license, customerId, licenseId };
	const row = await licenseRowOf(store.db, which);
	const counts = { active: row.active, reserved: row.reserved, cooling: row.cooling };
	expect(counts, what).toEqual(await recount(store.db, which));
	expect(row.ceiling, what).toBe(Math.max(row.seats, usedSeats(counts)));
	const blocks = await store.db
		.select()
		.from(allotments)
		.where(and(eq(allotments.customerId, customerId), eq(allotments.licenseId, licenseId)));
	const known = await store.db.select().from(draws).where(eq(draws.customerId, customerId));
	for (const block of blocks) {
		const slots = known.filter(({ allotment }) => allotment === block.allotment);
		const open = slotsSetAside(
			{ ...block, drawn: block.drawn ?? undefined },
			new Set(slots.map(({ slot }) => slot))
		);
		expect(block.reserved, `${what}: slots set aside`).toBe(open.length);
		for (const [slot, each] of Map.groupBy(slots, (draw) => draw.slot)) {
			const seats = new Set(each.filter(({ state }) => state === 'recorded').map(({ act }) => act));
			expect(seats.size, `${what}: one seat of slot ${slot}`).toBeLessThanOrEqual(1);
		}
	}
	return { row, counts };
}

test('[SE1, SE4, AL4, AL5, AL6] random runs of blocks keep every seat accounted for', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 40 }), async (steps) => {
			made.clock.now = start;
			const license = await makeLicense(made, { seats: 5, coolDays: 30 });
			const policy = { deskSeats: 5, offlineShare: 5 };
			await setDeskPolicy(made.hub, license, { policy, asker: license.manager });
			const machines = await Promise.all(Array.from({ length: MACHINES }, () => makeMachine()));
			const run: Run = { license, machines, blocks: [], untold: [], held: new Map() };
			let used = 0;
			for (const { do: command, at } of steps) {
				await commands[command](run, at);
				const { row, counts } = await check(license, command);
				// Only a fact goes beyond, and is marked.
				const isFact = command.startsWith('record') || command === 'return';
				if (!isFact)
					expect(usedSeats(counts), command).toBeLessThanOrEqual(Math.max(row.seats, used));
				used = usedSeats(counts);
			}
			// Everything is told, and all files of desks have ended.
			for (const file of run.untold) await recorded(file);
			await resumeLicense(made.hub, license);
			made.clock.now += 200 * DAY;
			await expireAllotments(made.hub);
			const { counts } = await check(license, 'in the end');
			expect(counts.reserved).toBe(0);
			const held = await store.db
				.select()
				.from(activations)
				.where(
					and(eq(activations.customerId, license.customerId), eq(activations.state, 'active'))
				);
			expect(held.filter(({ overage, drawn }) => overage && drawn)).toEqual([]);

			const { entries, end } = await auditPage(store.db, { ...license, after: 0 });
			const audit = startAuditCheck();
			expect(checkPage(audit, entries, sha256), '[AU1] every prefix').toBeUndefined();
			expect(checkEnd(audit, end!)).toBeUndefined();
		}),
		{ numRuns: Number(process.env.BLOCK_RUNS ?? 10), seed: Number(process.env.SEED ?? 11) }
	);
});
