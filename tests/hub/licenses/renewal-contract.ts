/**
 * What a hub promises of renewed licenses, whatever it keeps its ledger in.
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import { activationFiles, activations } from '#server/db/schema/ledger.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { pull } from '#server/operations/pull/pull.ts';
import { renewLicense, type Renewal } from '#server/operations/licenses/renew-license.ts';
import { returnActivations } from '#server/operations/facts/return-activations.ts';
import { suspendLicense } from '#server/operations/licenses/suspend-license.ts';
import { licenseRowOf, recount } from '../../fixtures/counts.ts';
import {
	askFor,
	claimsOf,
	makeLicense,
	makeMachine,
	returnOf,
	type TestLicense
} from '../../fixtures/hub.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

const DAY = 86_400;

export function renewalContract(name: string, makeStore: MakeStore): void {
	describe(`licenses renewed by a hub on ${name}`, () => {
		const { made, store } = openHub(makeStore);

		const submit = async (request: string) => {
			const answer = await activate(made.hub, request);
			if (isRefusal(answer)) throw new Error(answer.refused);
			return { ...answer, file: answerFile(made.hub, answer) };
		};
		const renew = async (license: TestLicense, renewal: Renewal) => {
			const renewed = await renewLicense(made.hub, license, renewal);
			if (isRefusal(renewed)) throw new Error(renewed.refused);
			return renewed;
		};

		test('[GR1] grace is in the files that end with their license, and in no other; until it is over they count as out', async () => {
			const expiresAt = made.clock.now + 30 * DAY;
			const license = await makeLicense(made, { seats: 4, expiresAt, graceDays: 14 });
			const machine = await makeMachine();
			const { file } = await submit(await askFor(license, machine));
			expect(claimsOf<'activation'>(file)).toMatchObject({ exp: expiresAt, x: { grace: 14 } });
			expect((await licenseRowOf(store.db, license)).terms.x).toEqual({ grace: 14 });

			// Given back by whoever cannot prove it: its file opens until the grace is over.
			const other = await makeMachine();
			const gone = await submit(await askFor(license, other));
			const { act } = claimsOf<'activation'>(gone.file);
			const activation = (
				await store.db.select().from(activations).where(eq(activations.act, act))
			)[0]!;
			expect(activation).toMatchObject({
				expiresAt,
				filesEndAt: expiresAt + 14 * DAY
			});

			// Renewed without another word it stays, and 0 takes it away from the next files.
			const later = expiresAt + 365 * DAY;
			const kept = await renew(license, { expiresAt: later });
			expect(kept.files.map(({ file: next }) => claimsOf<'activation'>(next).x)).toEqual([
				{ grace: 14 },
				{ grace: 14 }
			]);
			const without = await renew(license, { graceDays: 0 });
			for (const { file: next } of without.files)
				expect(claimsOf<'activation'>(next)).not.toHaveProperty('x');
			expect(claimsOf<'license'>(without.key)).not.toHaveProperty('x');
			// The file from before is still out.
			const [still] = await store.db.select().from(activations).where(eq(activations.act, act));
			expect(still!.filesEndAt).toBe(later + 14 * DAY);

			const short = await makeLicense(made, { expiresAt, graceDays: 14, fileDays: 10 });
			const early = claimsOf<'activation'>(
				(await submit(await askFor(short, await makeMachine()))).file
			);
			expect(early.exp).toBeLessThan(expiresAt);
			expect(early).not.toHaveProperty('x');
			made.clock.now += 25 * DAY;
			const last = claimsOf<'activation'>(
				(await submit(await askFor(short, await makeMachine()))).file
			);
			expect(last).toMatchObject({ exp: expiresAt, x: { grace: 14 } });
		});

		test('[FI1] every machine gets its next generation, with no new request', async () => {
			const expiresAt = made.clock.now + 30 * DAY;
			const license = await makeLicense(made, { seats: 3, expiresAt });
			const machine = await makeMachine('kept');
			const request = await askFor(license, machine);
			const first = await submit(request);
			const before = claimsOf<'activation'>(first.file);
			const left = await makeMachine('left');
			const leaving = await submit(await askFor(license, left));
			await returnActivations(made.hub, [await returnOf(leaving.file, left)]);

			made.clock.now += DAY;
			const later = expiresAt + 365 * DAY;
			const renewed = await renew(license, {
				expiresAt: later,
				maintainedUntil: later,
				entitlements: ['dataflow', 'workflow'],
				versions: { from: 8, to: 10 }
			});
			expect(renewed.files.map(({ act, generation }) => ({ act, generation }))).toEqual([
				{ act: before.act, generation: 2 }
			]);
			const read = readFile(renewed.files[0]!.file);
			const verified = isRefusal(read) ? read : await verifyFile(read, { roots: made.roots });
			if (isRefusal(verified)) throw new Error(verified.refused);
			expect(verified.body.claims).toEqual({
				...before,
				jti: expect.any(String),
				iat: made.clock.now,
				nbf: made.clock.now,
				gen: 2,
				exp: later,
				mnt: later,
				ent: ['dataflow', 'workflow'],
				ver: { from: 8, to: 10 }
			});
			expect(claimsOf<'license'>(renewed.key)).toMatchObject({
				sec: license.sec,
				exp: later,
				mnt: later,
				seats: 3
			});
			expect((await submit(request)).file, '[SE3] the same request, the same bytes').toBe(
				first.file
			);
			const page = await pull(made.hub, undefined, license.manager);
			const [row] = page.answers.filter((answer) => answer.request === before.req);
			expect(claimsOf<'activation'>(row!.file), 'desks get the newest').toMatchObject({ gen: 2 });
			expect(page.licenses).toMatchObject([{ expiresAt: later, maintainedUntil: later }]);
		});

		test('[FI6] terms are written in the order of their names in QR codes, renewed ones too', async () => {
			const expiresAt = made.clock.now + 30 * DAY;
			const license = await makeLicense(made, {
				expiresAt,
				maintainedUntil: expiresAt,
				clients: 5
			});
			const { file } = await submit(await askFor(license, await makeMachine()));
			const names = [
				'v',
				'jti',
				'iat',
				'iss',
				'sub',
				'num',
				'prd',
				'title',
				'ed',
				'ent',
				'clients'
			];
			const all = [...names, 'ver', 'mnt', 'org', 'contact', 'pol'];
			const { files } = await renew(license, { seats: 5 });
			for (const text of [file, files[0]!.file]) {
				const claims = claimsOf<'activation'>(text);
				expect(Object.keys(claims).slice(0, all.length)).toEqual(all);
				expect(Object.keys(claims.pol)).toEqual(['k', 'vm', 'given', 'graceMinutes']);
				expect(Object.keys(claims.ver)).toEqual(['from', 'to']);
			}
		});

		test('a renewal is pulled by a desk that had everything', async () => {
			const license = await makeLicense(made);
			const { request } = await submit(await askFor(license, await makeMachine()));
			const { cursor } = await pull(made.hub, undefined, license.manager);
			await renew(license, { maintainedUntil: made.clock.now + DAY });
			const page = await pull(made.hub, cursor, license.manager);
			expect(page.answers).toMatchObject([{ request }]);
			expect(claimsOf<'activation'>(page.answers[0]!.file).gen).toBe(2);
			expect(page.activations).toMatchObject([{ generation: 2, state: 'active' }]);
		});

		test('many at once, each once, and again', async () => {
			const license = await makeLicense(made, { seats: 120 });
			const requests = await Promise.all(
				Array.from({ length: 120 }, async (_, n) => askFor(license, await makeMachine(`many-${n}`)))
			);
			await Promise.all(requests.map((request) => submit(request)));
			for (const generation of [2, 3]) {
				const { files } = await renew(license, { expiresAt: made.clock.now + generation * DAY });
				expect(new Set(files.map(({ act }) => act)).size).toBe(120);
				expect(files.every((file) => file.generation === generation)).toBe(true);
			}
			const [one] = (await renew(license, {})).files;
			const kept = await store.db
				.select({ gen: activationFiles.gen })
				.from(activationFiles)
				.where(eq(activationFiles.act, one!.act));
			expect(kept.map(({ gen }) => gen).sort()).toEqual([1, 2, 3, 4]);
		});

		test('[SE4] fewer seats than are in use cancel nothing, and sink as seats come back', async () => {
			const license = await makeLicense(made, { seats: 3 });
			const machines = [];
			for (const each of ['a', 'b', 'c']) {
				const machine = await makeMachine(each);
				machines.push({ machine, ...(await submit(await askFor(license, machine))) });
			}
			const { files } = await renew(license, { seats: 1 });
			expect(files).toHaveLength(3);
			expect(await licenseRowOf(store.db, license)).toMatchObject({ seats: 1, ceiling: 3 });
			const { machine, file } = machines[0]!;
			await returnActivations(made.hub, [await returnOf(file, machine)]);
			expect(await licenseRowOf(store.db, license)).toMatchObject({ active: 2, ceiling: 2 });
			const refused = await submit(await askFor(license, await makeMachine()));
			expect(refused.refusal).toMatchObject({
				refused: 'SEAT_LIMIT_REACHED',
				facts: { seats: 1, used: 2 }
			});
			expect(await recount(store.db, license)).toEqual({ active: 2, reserved: 0, cooling: 0 });
		});

		test('[SE5] an end brought forward does not end what was signed with a later one', async () => {
			const expiresAt = made.clock.now + 300 * DAY;
			const license = await makeLicense(made, { expiresAt });
			const machine = await makeMachine();
			const { file } = await submit(await askFor(license, machine, { held: 'desk' }));
			await renew(license, { expiresAt: made.clock.now + DAY });
			const [receipt] = await returnActivations(made.hub, [await returnOf(file, machine)]);
			if (!receipt || isRefusal(receipt)) throw new Error(receipt?.refused);
			expect(claimsOf<'receipt'>(answerFile(made.hub, receipt)).freed).toBe(expiresAt);
		});

		test('an end that is taken away, and terms that end the license', async () => {
			const license = await makeLicense(made, { expiresAt: made.clock.now + DAY });
			await submit(await askFor(license, await makeMachine()));
			const { files } = await renew(license, { expiresAt: null });
			expect(claimsOf<'activation'>(files[0]!.file)).not.toHaveProperty('exp');
			const ended = await renewLicense(made.hub, license, { expiresAt: made.clock.now });
			expect(ended).toMatchObject({ refused: 'LICENSE_EXPIRED' });
			await suspendLicense(made.hub, license);
			const suspended = await renewLicense(made.hub, license, { seats: 9 });
			expect(suspended).toMatchObject({ refused: 'LICENSE_SUSPENDED' });
			expect(await licenseRowOf(store.db, license)).toMatchObject({ seats: 2, expiresAt: null });
		});
	});
}
