/**
 * What a hub promises, whatever it keeps its ledger in. Each store's test file calls this.
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import {
	activationComponents,
	activationFiles,
	activations,
	licenses
} from '#server/db/schema/ledger.ts';
import { requests } from '#server/db/schema/requests.ts';
import { activate, type ActivationAnswer } from '#server/operations/activations/activate.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { listSeats } from '#server/operations/activations/list-seats.ts';
import { listLicenses } from '#server/operations/licenses/list-licenses.ts';
import { resumeLicense, suspendLicense } from '#server/operations/licenses/suspend-license.ts';
import { fingerprint } from '../fixtures/chain.ts';
import {
	askFor,
	claimsOf,
	makeLicense,
	makeMachine,
	type TestHub,
	type TestLicense
} from '../fixtures/hub.ts';
import { openHub, type MakeStore } from '../fixtures/open-hub.ts';

export function hubContract(name: string, makeStore: MakeStore): void {
	describe(`a hub on ${name}`, () => {
		const { made, store } = openHub(makeStore);

		const ask = async (request: string, asker?: TestLicense['manager']) => {
			const answer = await activate(made.hub, request, { asker });
			if (isRefusal(answer)) throw new Error(`unreadable: ${answer.refused}`);
			return answer;
		};
		const file = (answer: ActivationAnswer) => answerFile(made.hub, answer);
		const countsOf = async ({ customerId, licenseId }: TestLicense) => {
			const [row] = await store.db
				.select()
				.from(licenses)
				.where(and(eq(licenses.customerId, customerId), eq(licenses.licenseId, licenseId)));
			return row!;
		};

		describe('granting', () => {
			test('[SE1] a free seat is granted, and the file leads to the root', async () => {
				const license = await makeLicense(made);
				const machine = await makeMachine('rack-07');
				const answer = await ask(await askFor(license, machine));
				expect(answer).toMatchObject({ isNew: true });
				expect(answer.refusal).toBeUndefined();

				const read = readFile(file(answer));
				const verified = isRefusal(read) ? read : await verifyFile(read, { roots: made.roots });
				if (isRefusal(verified)) throw new Error(verified.refused);
				expect(verified.body.claims).toMatchObject({
					sub: license.licenseId,
					num: license.number,
					gen: 1,
					k: 2,
					fp: fingerprint('rack-07'),
					cnf: { jkt: machine.key.signer.kid },
					ent: ['dataflow']
				});
				expect(await countsOf(license)).toMatchObject({ active: 1, ceiling: 2 });
			});

			test('[SE1] the third machine of two seats is refused, and the refusal is a file', async () => {
				const license = await makeLicense(made, { seats: 2 });
				for (const name of ['a', 'b']) await ask(await askFor(license, await makeMachine(name)));
				const { number } = license;
				const request = await askFor(license, await makeMachine('c'));
				const answer = await ask(request);
				const contact = 'licensing@example.com';
				expect(answer.refusal).toEqual(
					refuse('SEAT_LIMIT_REACHED', { number, seats: 2, used: 2, contact })
				);
				expect(claimsOf<'refusal'>(file(answer))).toMatchObject({
					code: 'SEAT_LIMIT_REACHED',
					req: answer.request,
					facts: { number, seats: 2, used: 2, contact }
				});
				const read = readFile(file(answer));
				const verified = isRefusal(read) ? read : await verifyFile(read, { roots: made.roots });
				expect(isRefusal(verified)).toBe(false);
				expect(await ask(request), 'the same no is the same file').toMatchObject({
					token: answer.token,
					isNew: false
				});
			});

			test('[SE2] 32 callers at once never get more than 5 seats', async () => {
				const license = await makeLicense(made, { seats: 5 });
				const requestTexts = await Promise.all(
					Array.from({ length: 32 }, async () => askFor(license, await makeMachine()))
				);
				const answers = await Promise.all(requestTexts.map((text) => ask(text)));
				expect(answers.filter(({ refusal }) => !refusal)).toHaveLength(5);
				const refused = answers.flatMap(({ refusal }) => refusal?.refused ?? []);
				expect(new Set(refused)).toEqual(new Set(['SEAT_LIMIT_REACHED']));
				expect(await countsOf(license)).toMatchObject({ active: 5 });
				expect(await listSeats(made.hub, license)).toHaveLength(5);
			});

			test('[SE2] what another hub has granted meanwhile is not granted again on what was seen', async () => {
				const license = await makeLicense(made, { seats: 3 });
				const other = { ...made.hub };
				const grant = async (hub: TestHub['hub']) => {
					const answer = await activate(hub, await askFor(license, await makeMachine()));
					return isRefusal(answer) ? answer.refused : answer.refusal?.refused;
				};
				expect(await grant(made.hub)).toBeUndefined();
				expect(await grant(other)).toBeUndefined();
				expect(await grant(made.hub)).toBeUndefined();
				expect(await countsOf(license)).toMatchObject({ active: 3 });
				expect(await grant(other)).toBe('SEAT_LIMIT_REACHED');
				expect(await listSeats(made.hub, license)).toHaveLength(3);
			});

			test('[SE2] the database itself refuses a count above the ceiling', async () => {
				const license = await makeLicense(made, { seats: 2 });
				const oversell = store.db
					.update(licenses)
					.set({ active: 3 })
					.where(eq(licenses.licenseId, license.licenseId));
				await expect(oversell).rejects.toThrow();
			});

			test('[SE3] the same request gets the same bytes, and takes no second seat', async () => {
				const license = await makeLicense(made, { seats: 1 });
				const request = await askFor(license, await makeMachine());
				const first = await ask(request);
				made.clock.now += 5;
				const second = await ask(request);
				expect(file(second)).toBe(file(first));
				expect(second.isNew).toBe(false);
				expect(await countsOf(license)).toMatchObject({ active: 1 });
			});

			test('[SE3] 16 callers with one request get one file', async () => {
				const license = await makeLicense(made, { seats: 5 });
				const request = await askFor(license, await makeMachine());
				const answers = await Promise.all(Array.from({ length: 16 }, () => ask(request)));
				expect(new Set(answers.map(({ token }) => token)).size).toBe(1);
				expect(await countsOf(license)).toMatchObject({ active: 1 });
			});

			test('[SE3] a reinstalled machine gets the next generation of its activation', async () => {
				const license = await makeLicense(made, { seats: 1 });
				const first = await ask(await askFor(license, await makeMachine('same')));
				// Another machine key, one component changed.
				const fp = { ...fingerprint('same'), os: fingerprint('new').os };
				const again = await ask(await askFor(license, await makeMachine('same'), { fp }));
				const before = claimsOf<'activation'>(file(first));
				expect(claimsOf<'activation'>(file(again))).toMatchObject({ act: before.act, gen: 2, fp });
				expect(await countsOf(license)).toMatchObject({ active: 1 });
				const kept = await store.db
					.select()
					.from(activationFiles)
					.where(eq(activationFiles.act, before.act));
				expect(kept.map(({ gen }) => gen).sort(), '[FI1] both files are kept').toEqual([1, 2]);
				const components = await store.db
					.select()
					.from(activationComponents)
					.where(eq(activationComponents.act, before.act));
				expect(components).toHaveLength(6);
			});

			test('a later key does not become the one that proves a return', async () => {
				const license = await makeLicense(made);
				const own = await makeMachine('box');
				await ask(await askFor(license, own));
				await ask(await askFor(license, await makeMachine('box')));
				const [row] = await store.db
					.select()
					.from(activations)
					.where(eq(activations.licenseId, license.licenseId));
				expect(row).toMatchObject({ gen: 2, firstKey: own.key.signer.kid });
			});
		});

		describe('requests', () => {
			test('[RE1] a refused request is decided anew when it is submitted again', async () => {
				const license = await makeLicense(made);
				const request = await askFor(license, await makeMachine());
				await suspendLicense(made.hub, license);
				const refused = await ask(request);
				expect(refused.refusal?.refused).toBe('LICENSE_SUSPENDED');
				await resumeLicense(made.hub, license);
				const yes = await ask(request);
				expect(yes.refusal).toBeUndefined();
				const rows = await store.db
					.select()
					.from(requests)
					.where(eq(requests.request, yes.request));
				expect(rows).toMatchObject([{ state: 'granted', refusal: null }]);
			});

			test('[RE1] another key under the same id is refused, and the first answer stays', async () => {
				const license = await makeLicense(made);
				const jti = uuidv7();
				const first = await ask(await askFor(license, await makeMachine(), { jti }));
				const other = await ask(await askFor(license, await makeMachine(), { jti }));
				expect(other.refusal).toEqual(refuse('REQUEST_ID_TAKEN', { request: jti }));
				expect(await countsOf(license)).toMatchObject({ active: 1 });
				const [row] = await store.db.select().from(requests).where(eq(requests.request, jti));
				expect(row?.token).toBe(first.token);
			});

			test('[RE2] by number alone a stranger gets the answer of an unknown number', async () => {
				const license = await makeLicense(made);
				const { number } = license;
				const request = await askFor({ number }, await makeMachine());
				const unknown = refuse('LICENSE_NOT_FOUND', { number });
				expect((await ask(request)).refusal).toEqual(unknown);
				const elsewhere = await makeLicense(made);
				expect((await ask(request, elsewhere.manager)).refusal).toEqual(unknown);
				expect((await ask(request, license.manager)).refusal).toBeUndefined();
			});

			test('[RE2] a proof made with another key, or for another request, is none', async () => {
				const license = await makeLicense(made);
				const { number } = license;
				const other = await makeLicense(made);
				const wrong = await askFor({ number, sec: other.sec }, await makeMachine());
				expect((await ask(wrong)).refusal?.refused).toBe('LICENSE_NOT_FOUND');
				const machine = await makeMachine();
				const good = await askFor(license, machine);
				const { proof } = claims(good);
				const stolen = await askFor({ number }, machine, { proof, jti: uuidv7() });
				expect((await ask(stolen)).refusal?.refused).toBe('LICENSE_NOT_FOUND');
			});

			test('a clock in the future is noticed and stops nothing', async () => {
				const license = await makeLicense(made);
				const iat = made.clock.now + 86_400 * 400;
				const answer = await ask(await askFor(license, await makeMachine(), { iat }));
				expect(answer.refusal).toBeUndefined();
				expect(answer.notices).toEqual([
					refuse('CLOCK_AHEAD', { clock: iat, trusted: made.clock.now })
				]);
			});
		});

		describe('what a license says no to', () => {
			test.for([
				['LICENSE_EXPIRED', { expiresAt: 1000 }, {}],
				['VERSION_NOT_COVERED', {}, { pv: '7.2' }],
				['VIRTUAL_MACHINE_REFUSED', { virtualMachines: false }, { vm: true }],
				['FINGERPRINT_TOO_WEAK', {}, { fp: { os: 'o'.repeat(22) } }],
				['FINGERPRINT_NOT_ALLOWED', {}, { fp: { given: 'g'.repeat(22) } }]
			] as const)('%s', async ([code, order, request]) => {
				const license = await makeLicense(made, order);
				const answer = await ask(await askFor(license, await makeMachine(), request));
				expect(answer.refusal?.refused).toBe(code);
				expect(claimsOf<'refusal'>(file(answer))).toMatchObject({ code, req: answer.request });
				expect(await countsOf(license)).toMatchObject({ active: 0 });
			});

			test('LICENSE_NOT_FOUND', async () => {
				const answer = await ask(
					await askFor({ number: 'KF-0000-0000-0000' }, await makeMachine())
				);
				expect(answer.refusal).toEqual(
					refuse('LICENSE_NOT_FOUND', { number: 'KF-0000-0000-0000' })
				);
				expect(claimsOf<'refusal'>(file(answer)).code).toBe('LICENSE_NOT_FOUND');
			});
		});

		describe('who sees what', () => {
			test('members see their licenses, managers the keys, strangers nothing', async () => {
				const license = await makeLicense(made);
				const roles = new Map([[license.customerId, 'technician' as const]]);
				const technician = { userId: 'tech', roles };
				const { licenses } = await listLicenses(made.hub, {}, license.manager);
				const [managed] = licenses;
				expect(managed).toMatchObject({ number: license.number, seats: 2 });
				expect(claimsOf<'license'>(managed!.key!)).toMatchObject({ sec: license.sec });
				const seen = await listLicenses(made.hub, {}, technician);
				expect(seen.licenses[0]).toMatchObject({ key: undefined });
				const stranger = { userId: 'nobody', roles: new Map() };
				expect(await listLicenses(made.hub, {}, stranger)).toEqual({ licenses: [] });
			});

			test('a license key is nowhere in the tables', async () => {
				const license = await makeLicense(made);
				const row = JSON.stringify(await countsOf(license));
				expect(row).not.toContain(license.sec);
				const segment = Buffer.from(`"sec":"${license.sec}"`).toString('base64url').slice(4, 24);
				expect(row).not.toContain(segment);
			});
		});
	});
}

function claims(token: string): { proof: string } {
	return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { proof: string };
}
