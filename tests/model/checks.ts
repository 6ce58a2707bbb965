/**
 * What must be so after every command, and what must be so once everything is well again.
 *
 * @module
 */
import { expect } from 'vitest';
import {
	checkEnd,
	checkPage,
	startAuditCheck,
	type AuditCheck
} from '#lib/domain/audit/audit-check.ts';
import type { AuditEntry } from '#lib/domain/audit/audit.ts';
import { usedSeats } from '#lib/domain/seat.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { OPERATOR } from '#server/hub/hub.ts';
import { sha256 } from '#server/db/sha256.ts';
import { auditPage } from '#server/operations/audit/audit-pages.ts';
import { seatHistory } from '#server/operations/licenses/seat-history.ts';
import { resumeLicense } from '#server/operations/licenses/suspend-license.ts';
import { unfreezeLicense } from '#server/operations/restore/unfreeze-license.ts';
import { differencesOfCounts, readLedger } from '../faults/checker.ts';
import { findDeskDifferences, readDeskLedger } from '../faults/desk/desk-journals.ts';
import type { Desk } from '../fixtures/desk.ts';
import { journalOf, signIn, type DeskJournal } from '../fixtures/field-work.ts';
import { openDesk } from '../fixtures/desk.ts';
import { Profile } from '../fixtures/profile.ts';
import { ORIGIN, type Person } from '../fixtures/served-hub.ts';
import { checkFingerprints } from './fingerprints.ts';
import type { World } from './world.ts';

/** A fork is found in one round and what it held goes in the next, for each of several people. */
const ROUNDS = 8;

/**
 * The counts are those of the rows, and of the audit after each of its entries; each activation keeps
 * its fingerprint. [SE1, AU1, MA5]
 */
export async function checkLedger(world: World): Promise<void> {
	if (world.hub.isDown) return;
	const { store } = world.hub;
	const counted = differencesOfCounts(await readLedger(store));
	// Lowering seats cancels nothing: whether too many were granted, the audit tells. [SE4]
	expect(counted.filter(({ kind }) => kind === 'count')).toEqual([]);
	const { customerId } = world.licenses[0]!;
	const check: AuditCheck = startAuditCheck();
	const all: AuditEntry[] = [];
	for (;;) {
		const { entries, end } = await auditPage(store.db, { customerId, after: check.head.n });
		expect(checkPage(check, entries, sha256), 'every prefix of the audit').toBeUndefined();
		all.push(...entries);
		if (!end) continue;
		expect(checkEnd(check, end), 'the end of the audit').toBeUndefined();
		const history = await seatHistory(world.hub.hub, [customerId], OPERATOR);
		const used = end.licenses.reduce((sum, { counts }) => sum + usedSeats(counts), 0);
		expect(isRefusal(history) || history.months.at(-1)?.used, 'seats by month').toBe(used);
		break;
	}
	await checkFingerprints(world, all);
}

/** Everything that was broken is mended, and everybody syncs until nothing changes. */
export async function heal(world: World): Promise<void> {
	const { hub, licenses, people, places } = world;
	if (hub.isDown) await hub.start();
	for (const { line } of places) line.expect(undefined, 0);
	const { customerId } = licenses[0]!;
	await hub.setRole(people[0]!, customerId, 'manager');
	await hub.setRole(people[1]!, customerId, 'technician');
	for (const place of places) {
		await place.line.deliverLate();
		place.desk?.life.end();
		await (await world.open(place)).do((calls) => calls.finishDraws());
	}
	for (const place of places) await eachOwner(world, await world.open(place), drain);
	for (const license of licenses) {
		await unfreezeLicense(hub.hub, license, 'staff');
		await resumeLicense(hub.hub, license);
	}
	for (const place of places) await eachOwner(world, await world.open(place), drain);
	// What came of the last one's work reaches the first one too.
	for (const place of places) await (await world.open(place)).do((calls) => calls.round());
}

/** Everybody who has a desk in this profile signs in once more, the manager last. */
async function eachOwner(
	{ people }: World,
	desk: Desk,
	work: (desk: Desk) => Promise<void>
): Promise<void> {
	const databases = await desk.profile.databases.databases();
	const isHere = ({ id }: Person) => databases.some(({ name = '' }) => name.endsWith(id));
	const [manager, ...others] = people;
	for (const person of [...others.filter(isHere), manager!]) {
		await signIn(desk, person);
		await work(desk);
	}
}

/** Sends all that waits, or knows why it does not go. */
async function drain(desk: Desk): Promise<void> {
	await desk.do((calls) => calls.finishDraws());
	for (let round = 0; round < ROUNDS; round++) {
		await desk.do((calls) => calls.round());
		// Whoever is told that this desk was copied lets it begin anew.
		const sync = await desk.do((calls) => calls.readState('sync'));
		if (sync?.held === 'forked') await desk.do((calls) => calls.renewOutbox());
		if ((await desk.do((calls) => calls.countWaiting()))?.count === 0) return;
	}
}

/** Empty queues, equal mirrors, nothing twice, and no file out that the hub does not know. */
export async function checkAll(world: World): Promise<void> {
	await checkLedger(world);
	const desks = await Promise.all(world.places.map((place) => world.open(place)));
	const journals: DeskJournal[] = [];
	for (const desk of desks)
		await eachOwner(world, desk, async () => void journals.push(await journalOf(desk)));
	const ledger = await readDeskLedger(world.hub.store);
	expect(findDeskDifferences(journals, ledger, world)).toEqual([]);
	world.counted.commands = journals.reduce((sum, { outbox }) => sum + outbox.length, 0);
	world.counted.activations = journals.reduce((sum, { files }) => sum + files.length, 0);

	const profile = new Profile();
	profile.line = world.hub.line;
	profile.now = () => world.hub.clock.now * 1000;
	const fresh = await openDesk(profile, ORIGIN);
	await signIn(fresh, world.people[0]!);
	await fresh.do((calls) => calls.round());
	const truth = await mirrorOf(fresh);
	for (const desk of desks) {
		const mirror = await mirrorOf(desk);
		const other = [...new Set([...mirror, ...truth])].filter(
			(row) => mirror.includes(row) !== truth.includes(row)
		);
		expect(other, 'rows of one mirror only').toEqual([]);
	}
	fresh.life.end();
}

/** What the desk has of the hub, wherever it keeps it. */
async function mirrorOf({ calls }: Desk): Promise<string[]> {
	const { answers, receipts, allotments } = calls.strict;
	const licenses = await Promise.all(
		(await calls.mirroredLicenses.first(ALL)).map(async (row) => {
			const { keysIn: _, key: __, ...rest } = row;
			return { ...rest, key: await calls.readMirroredKey(row) };
		})
	);
	const rows = {
		licenses,
		activations: await calls.mirroredActivations.first(ALL),
		answers: await answers.toArray(),
		receipts: await receipts.toArray(),
		allotments: await allotments.toArray()
	};
	return Object.entries(rows).flatMap(([name, some]) =>
		some.map((row) => `${name} ${textOf(withoutRiding(row))}`)
	);
}

/** Whichever order its names came in. */
function textOf(row: object): string {
	return JSON.stringify(Object.fromEntries(Object.entries(row).sort()));
}

const ALL = 1e6;

/** What rides in a file, such as the newest revocations, is put before it at each delivery. [FI5] */
function withoutRiding<T extends object>(row: T): T {
	const file = 'file' in row ? readFile(String(row.file)) : undefined;
	return file && !isRefusal(file) ? { ...row, file: file.body.text } : row;
}
