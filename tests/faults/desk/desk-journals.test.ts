/** The test of the test, for what desks hold: a planted loss and a planted double are found. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setDeskPolicy } from '#server/operations/allotments/desk-policy.ts';
import { randomOf } from '../../fuzz/inputs.ts';
import type { DeskJournal } from '../../fixtures/field-work.ts';
import { makeLicense } from '../../fixtures/hub.ts';
import { embeddedHome, serveHub } from '../../fixtures/served-hub.ts';
import { findDeskDifferences, readDeskLedger, type DeskLedger } from './desk-journals.ts';
import { makeDeskTraffic } from './desk-traffic.ts';

describe('the checker of desks', () => {
	let journals: DeskJournal[];
	let ledger: DeskLedger;
	let end: () => Promise<void>;
	beforeAll(async () => {
		const hub = await serveHub(embeddedHome);
		const license = await makeLicense(hub, { seats: 100 });
		const { manager: asker } = license;
		await setDeskPolicy(hub.hub, license, { policy: { deskSeats: 50, offlineShare: 50 }, asker });
		const person = await hub.addPerson('manager');
		await hub.setRole(person, license.customerId, 'manager');
		const made = { lineOf: () => hub.line, people: [person], license, random: randomOf(5) };
		const traffic = await makeDeskTraffic(made);
		const drawn = async () => {
			await traffic.drain();
			return (await readDeskLedger(hub.store)).draws.length;
		};
		do await traffic.work(traffic.desks[0]!);
		while ((await drawn()) < 2);
		journals = await traffic.journals();
		ledger = await readDeskLedger(hub.store);
		end = async () => {
			for (const { life } of traffic.desks) life.end();
			await hub.remove();
		};
	});
	afterAll(() => end());

	const find = (planted: Partial<DeskLedger>) =>
		findDeskDifferences(journals, { ...ledger, ...planted });

	test('finds nothing where all is well', () => {
		expect(find({})).toEqual([]);
	});

	test('[AL4] finds a draw that was lost', () => {
		const [lost, ...draws] = ledger.draws;
		const files = ledger.files.filter(({ token }) => token !== lost!.token.split('~').at(-1));
		const kinds = find({ draws, files }).map(({ kind }) => kind);
		expect(kinds).toContain('lost');
		expect(kinds).toContain('unknown');
	});

	test('[AL5] finds a slot that two machines hold', () => {
		const [first] = ledger.draws;
		const second = { ...first!, jti: 'planted', act: 'another' };
		const about = `${first!.allotment}.${first!.slot}`;
		expect(find({ draws: [...ledger.draws, second] })).toEqual([{ kind: 'double', about }]);
	});

	test('[AL1] finds a slot beyond its block', () => {
		const [first] = ledger.draws;
		const beyond = { ...first!, jti: 'planted', slot: 51 };
		expect(find({ draws: [...ledger.draws, beyond] })).toEqual([
			{ kind: 'oversold', about: `block ${first!.allotment}` }
		]);
	});

	test('[SY2] finds a result that the hub no longer has, and one that it has otherwise', () => {
		const settled = ledger.commands.find(({ refusal }) => refusal === null)!;
		const commands = ledger.commands.filter(({ id }) => id !== settled.id);
		const refused = { refused: 'NOT_FOUND', facts: { what: 'planted' } } as const;
		const changed = [...commands, { ...settled, refusal: refused }];
		expect(find({ commands: changed }).map(({ kind }) => kind)).toEqual(['changed']);
		const reserve = journals[0]!.outbox.find(({ type }) => type === 'allotment.reserve')!;
		const rest = ledger.commands.filter(({ id }) => id !== reserve.id);
		expect(find({ commands: rest })).toEqual([
			{ kind: 'lost', about: `allotment.reserve ${reserve.id}` }
		]);
	});

	test('[SY3] finds a command that waits for ever, unless the desk says why', () => {
		const [journal] = journals;
		const outbox = journal!.outbox.map((row) => ({ ...row, state: 'waiting' as const }));
		const stuck = { ...journal!, outbox };
		expect(findDeskDifferences([stuck], ledger).map(({ kind }) => kind)).toContain('stuck');
		const held = { ...stuck, held: 'signed-out' as const };
		expect(findDeskDifferences([held], ledger)).toEqual([]);
	});
});
