/**
 * Ten desks work offline on one license of 25 seats: each issues all that it was given, and what
 * comes of it is counted once at the hub and by products that have never seen it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkEnd, checkPage, startAuditCheck } from '#lib/domain/audit/audit-check.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { openLicensing, type Licensing } from '#lib/sdk/node/licensing.ts';
import { recordedProbe } from '#lib/sdk/node/sources/recorded.ts';
import { draws } from '#server/db/schema/allotments.ts';
import type { Store } from '#server/db/store.ts';
import { sha256 } from '#server/db/sha256.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { auditPage } from '#server/operations/audit/audit-pages.ts';
import { setDeskPolicy } from '#server/operations/allotments/desk-policy.ts';
import { listSeats } from '#server/operations/activations/list-seats.ts';
import { recordFacts } from '#server/operations/facts/record-facts.ts';
import { licenseRowOf, recount } from '../fixtures/counts.ts';
import { makeDrawingDesk } from '../fixtures/drawing-desk.ts';
import { claimsOf, makeLicense, makeTestHub, type TestHub } from '../fixtures/hub.ts';
import { makeEmbeddedStore } from '../fixtures/stores.ts';
import { recording } from './field-machine.ts';

const SEATS = 25;
const SIZES = [1, 2, 3, 2, 4, 1, 3, 2, 3, 4];

let home: string;
let store: Store;
let made: TestHub;
beforeAll(async () => {
	home = mkdtempSync(join(tmpdir(), 'keyferry-ten-desks-'));
	store = await makeEmbeddedStore();
	made = await makeTestHub(store);
});
afterAll(async () => {
	await store.close();
	rmSync(home, { recursive: true, force: true });
});

/** A product on a machine that has never seen a hub. */
async function install(name: string): Promise<Licensing> {
	const probe = recordedProbe(recording(name));
	const opened = await openLicensing({
		roots: made.roots,
		product: 'atlas',
		version: '8.2',
		probe,
		state: join(home, name),
		now: () => made.clock.now
	});
	if (isRefusal(opened)) throw new Error(opened.refused);
	return opened;
}

async function ask(machine: Licensing, key: string, label: string): Promise<string> {
	const request = await machine.createRequest({ key, name: 'Site Admin', label });
	if (isRefusal(request)) throw new Error(request.refused);
	return request.file;
}

test('[AL1, AL2, AL3, AL6, SE1] ten desks offline on 25 seats: every file holds, none beyond a block, each counted once', async () => {
	const license = await makeLicense(made, { seats: SEATS });
	const { number, manager } = license;
	const policy = { deskSeats: SEATS, offlineShare: SEATS };
	await setDeskPolicy(made.hub, license, { policy, asker: manager });
	const desks = await Promise.all(
		SIZES.map(async (size, at) => {
			const desk = await makeDrawingDesk(made, manager);
			return { at, size, desk, block: await desk.reserve(number, size) };
		})
	);
	expect(await recount(store.db, license)).toEqual({ active: 0, reserved: SEATS, cooling: 0 });

	// Offline: every desk issues what it can, and is asked once more than that.
	const issued: { file: string; machine: Licensing; act: string }[] = [];
	for (const { at, size, desk, block } of desks) {
		for (let n = 1; n <= size; n++) {
			const name = `site${at}-rack${n}`;
			const machine = await install(name);
			const file = await desk.draw(block, await ask(machine, number, name), made.clock.now);
			if (isRefusal(file)) throw new Error(file.refused);
			const { act, slot } = claimsOf<'activation'>(file);
			expect(slot).toBe(n);
			issued.push({ file, machine, act });
		}
		const late = await ask(await install(`site${at}-late`), number, 'late');
		expect(await desk.draw(block, late, made.clock.now)).toMatchObject({
			refused: 'ALLOTMENT_SPENT'
		});
	}
	expect(issued).toHaveLength(SEATS);
	expect(new Set(issued.map(({ act }) => act)).size).toBe(SEATS);
	for (const { file, machine } of issued) {
		expect(await machine.load(file)).toMatchObject([{ outcome: 'loaded' }]);
		expect(await machine.has('dataflow')).toBe(true);
	}

	// Nobody can make a file of a slot that its block does not have.
	const { desk, block, size } = desks[4]!;
	const own = claimsOf<'activation'>([...block.files.values()][0]!);
	const slot = size + 1;
	const beyond = await desk.sign(block, { ...own, slot, act: `${own.allot}.${slot}` });
	const [refused] = await issued.find(({ act }) => act === own.act)!.machine.load(beyond);
	expect(refused).toMatchObject({ outcome: 'refused', reason: { refused: 'DRAW_INVALID' } });
	expect((await recordFacts(made.hub, [beyond]))[0]).toMatchObject({ refused: 'DRAW_INVALID' });

	// A courier brings some before any desk has a network; then all desks sync, twice, and close.
	await recordFacts(
		made.hub,
		issued.filter((_, at) => at % 3 === 0).map(({ file }) => file)
	);
	for (const each of desks) {
		const files = [...each.block.files.values()];
		const commands = files.map((file) => each.desk.command('activation.draw', { file }));
		const close = await each.desk.close(each.block);
		commands.push(each.desk.command('allotment.close', { file: close }));
		const results = await each.desk.send(commands);
		expect(results.every(({ refusal }) => !refusal)).toBe(true);
		expect(await each.desk.send(commands)).toEqual(results);
	}
	const seats = await listSeats(made.hub, license);
	expect(seats.map(({ id }) => id).sort()).toEqual(issued.map(({ act }) => act).sort());
	const recorded = await store.db
		.select()
		.from(draws)
		.where(eq(draws.customerId, license.customerId));
	expect(recorded.map(({ state }) => state)).toEqual(issued.map(() => 'recorded'));
	const row = await licenseRowOf(store.db, license);
	expect(row).toMatchObject({ active: SEATS, reserved: 0, cooling: 0, ceiling: SEATS });

	// The 26th machine is refused by the hub and by every desk, and no desk gets another seat.
	const last = await ask(await install('machine-26'), number, 'machine-26');
	const answer = await activate(made.hub, last, { asker: manager });
	expect(isRefusal(answer) ? answer : answer.refusal).toMatchObject({
		refused: 'SEAT_LIMIT_REACHED'
	});
	for (const each of desks) {
		expect(await each.desk.draw(each.block, last, made.clock.now)).toMatchObject({
			refused: 'ALLOTMENT_SPENT'
		});
		const { refusal } = await each.desk.tell('allotment.reserve', { number, seats: 1 });
		expect(refusal?.refused).toBe('SEAT_LIMIT_REACHED');
	}

	const { entries, end } = await auditPage(store.db, { ...license, after: 0 });
	const check = startAuditCheck();
	expect(checkPage(check, entries, sha256)).toBeUndefined();
	expect(checkEnd(check, end!)).toBeUndefined();
});
