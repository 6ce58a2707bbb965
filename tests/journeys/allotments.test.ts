/** Files that a desk made on the spot, and what the office does about desks, on real parts. */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { parseClaims } from '#lib/formats/tokens.ts';
import { makeDistantDesk } from '../fixtures/drawing-desk.ts';
import { carry, codes, LicenseOffice, readTokens, said } from './license-office.ts';

let office: LicenseOffice;
beforeAll(async () => {
	office = await LicenseOffice.open();
});
afterAll(() => office.close());

type Row = { outcome: string; answer?: string };
type Block = { id: string; number: string; state: string; reserved: number; max: number };
const now = () => Math.floor(Date.now() / 1000);

const blocksOf = async (number: string) =>
	office.asks<Block[]>('allotment', 'list', '--license', number);

async function deskWith(number: string, seats: number) {
	const { address: url, demo } = office.hub;
	const desk = await makeDistantDesk({ url, token: demo.token });
	return { desk, block: await desk.reserve(number, seats) };
}

test('[AL2, AL3, AL4] a file made on the spot opens a machine, is ferried later, and is followed by the hub’s', async () => {
	const license = await office.issue('--seats', '4');
	const { desk, block } = await deskWith(license.number, 2);
	const machine = office.field.machine('spot-1');
	const request = await office.request(machine, license);
	const drawn = await desk.draw(block, readFileSync(machine.path(request), 'utf8'), now());
	if (isRefusal(drawn)) throw new Error(drawn.refused);
	const file = request.replace('.kfreq', '.kfact');
	writeFileSync(machine.path(file), drawn);
	said(await office.load(machine, file));
	expect(await office.states(machine)).toEqual(['active']);
	expect(await blocksOf(license.number)).toMatchObject([{ state: 'open', reserved: 2, max: 2 }]);

	// A courier takes the draw to the hub, with no account, and brings the hub's own file back.
	const courier = office.field.machine('spot-courier');
	carry(machine, courier, file);
	const close = 'closing.kfallot';
	writeFileSync(courier.path(close), await desk.close(block));
	const [row] = said<Row[]>(await office.submit(courier, file));
	expect(row).toMatchObject({ outcome: 'granted' });
	expect(await blocksOf(license.number)).toMatchObject([{ reserved: 1 }]);
	carry(courier, machine, row!.answer!);
	expect(said(await office.load(machine, row!.answer!))).toMatchObject([{ outcome: 'loaded' }]);
	expect(parseClaims('activation', readTokens(machine, row!.answer!).body.payload)).toMatchObject({
		gen: 2
	});
	expect(said<Row[]>(await office.submit(courier, close))).toMatchObject([{ outcome: 'taken' }]);
	expect(await blocksOf(license.number)).toMatchObject([{ state: 'closed', reserved: 0 }]);
	expect(await office.used(license.number)).toBe(1);

	// The machine gives its seat back by the file that the desk made.
	const back = await office.giveBack(machine);
	expect(said<Row[]>(await office.submit(machine, back))).toMatchObject([{ outcome: 'returned' }]);
	expect(await office.used(license.number)).toBe(0);
});

test('[AL5, O11] a copied desk: its second machine is told, in a file', async () => {
	const license = await office.issue('--seats', '3');
	const { desk, block } = await deskWith(license.number, 1);
	const copy = { ...block, bound: [], files: new Map<string, string>() };
	const answers: (Row | undefined)[] = [];
	for (const [name, own] of [
		['copied-1', block],
		['copied-2', copy]
	] as const) {
		const machine = office.field.machine(name);
		const request = await office.request(machine, license);
		const drawn = await desk.draw(own, readFileSync(machine.path(request), 'utf8'), now());
		if (isRefusal(drawn)) throw new Error(drawn.refused);
		const file = request.replace('.kfreq', '.kfact');
		writeFileSync(machine.path(file), drawn);
		const ran = await office.submit(machine, file);
		answers.push((JSON.parse(ran.stdout) as Row[])[0]);
		if (name === 'copied-2') {
			expect(codes(ran)).toEqual(['SLOT_CONTESTED']);
			expect(readTokens(machine, answers[1]!.answer!).body.type).toBe('refusal');
		}
	}
	expect(answers.map((row) => row!.outcome)).toEqual(['granted', 'refused']);
	const [listed] = await blocksOf(license.number);
	expect(listed).toMatchObject({ state: 'frozen', contested: [{ slot: 1 }] });
});

test('[AL1, AL4] the office sets what desks may hold, ends one and cannot write it off too early', async () => {
	const license = await office.issue('--seats', '9');
	await office.asks(
		'allotment',
		'policy',
		license.number,
		'--seats',
		'5',
		'--share',
		'5',
		'--days',
		'7'
	);
	const { block } = await deskWith(license.number, 5);
	expect(block.claims.exp - block.claims.iat).toBe(7 * 86_400);
	const { jti: id } = block.claims;
	const ended = await office.asks('allotment', 'end', id, '--reason', 'lost on a train');
	expect(ended).toMatchObject({ id, state: 'frozen', blocked: 5 });
	const machine = office.field.machine('office-2');
	const early = ['allotment', 'write-off', id, '--reason', 'lost', '--json'];
	expect(codes(await machine.keyferry(early, office.asStaff))).toEqual(['ALLOTMENT_STILL_ISSUING']);
	const audit = await office.asks<{ holds: boolean }>('audit', 'verify');
	expect(audit).toMatchObject({ holds: true });
});

test('[DV1] the office ends a lost desk, once it was told which seats stay blocked', async () => {
	const license = await office.issue('--seats', '4');
	const { desk } = await deskWith(license.number, 2);
	const blocked = [{ number: license.number, seats: 2 }];
	const listed = await office.asks<{ id: string }[]>('device', 'list');
	expect(listed.find(({ id }) => id === desk.outbox)).toMatchObject({ blocked });
	const machine = office.field.machine('office-3');
	const asked = await machine.keyferry(['device', 'end', desk.outbox], office.asStaff);
	expect(asked.code).not.toBe(0);
	expect(asked.stdout + asked.stderr).toContain(`2 seats of ${license.number} (Atlas Server)`);
	expect(await blocksOf(license.number)).toMatchObject([{ state: 'open' }]);
	const ended = await office.asks('device', 'end', desk.outbox, '--yes');
	expect(ended).toMatchObject({ id: desk.outbox, blocked });
	expect(await blocksOf(license.number)).toMatchObject([{ state: 'frozen', reserved: 2 }]);
	const refused = await desk.tell('allotment.reserve', { number: license.number, seats: 1 });
	expect(refused.refusal).toMatchObject({ refused: 'DESK_ENDED' });
	expect(await office.asks('audit', 'verify')).toMatchObject({ holds: true });
});
