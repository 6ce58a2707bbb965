/**
 * What a hub promises of upgrades and trials, whatever it keeps its ledger in.
 *
 * @module
 */
import { describe, expect, test } from 'vitest';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { verifyActivation } from '#lib/sdk/verify.ts';
import { emptyTrustState } from '#lib/domain/machines/verification.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { setDeskPolicy } from '#server/operations/allotments/desk-policy.ts';
import { changeProduct } from '#server/operations/catalog/save-product.ts';
import { returnActivations } from '#server/operations/facts/return-activations.ts';
import { showLicense } from '#server/operations/licenses/list-licenses.ts';
import { renewLicense } from '#server/operations/licenses/renew-license.ts';
import { suspendLicense } from '#server/operations/licenses/suspend-license.ts';
import { upgradeLicense, type Upgrade } from '#server/operations/licenses/upgrade-license.ts';
import { moveLicense } from '#server/operations/licenses/move-license.ts';
import { pull } from '#server/operations/pull/pull.ts';
import { licenseRowOf, recount } from '../../fixtures/counts.ts';
import {
	askFor,
	claimsOf,
	customerCalled,
	makeLicense,
	makeMachine,
	returnOf,
	type TestLicense,
	type TestMachine
} from '../../fixtures/hub.ts';
import { fingerprint } from '../../fixtures/chain.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

const DAY = 86_400;
const newer = { versions: { from: 10, to: 11 } };

export function upgradingContract(name: string, makeStore: MakeStore): void {
	describe(`upgrades and trials on ${name}`, () => {
		const { made, store } = openHub(makeStore);

		const ask = async (
			license: { number: string; sec?: string },
			machine: TestMachine,
			changes: Parameters<typeof askFor>[2] = {}
		) => {
			const answer = await activate(made.hub, await askFor(license, machine, changes));
			if (isRefusal(answer)) throw new Error(answer.refused);
			return { ...answer, file: answerFile(made.hub, answer) };
		};
		const upgrade = async (license: TestLicense, wishes: Upgrade = newer) => {
			const upgraded = await upgradeLicense(made.hub, license, wishes, 'staff');
			if (isRefusal(upgraded)) throw new Error(upgraded.refused);
			return { ...upgraded, sec: claimsOf<'license'>(upgraded.key).sec };
		};

		describe('licenses upgraded', () => {
			test('[UP1] a new one for newer majors; the old one goes on and names it where a product refuses', async () => {
				const license = await makeLicense(made, { seats: 3, replacementsPerYear: 2 });
				const machine = await makeMachine();
				await ask(license, machine);
				const upgraded = await upgrade(license, { ...newer, edition: 'Enterprise' });
				const { number } = upgraded;
				expect(claimsOf<'license'>(upgraded.key)).toMatchObject({
					num: number,
					ver: newer.versions,
					ed: 'Enterprise',
					ent: ['dataflow'],
					seats: 3
				});
				const row = await licenseRowOf(store.db, { ...license, licenseId: upgraded.id });
				expect(row).toMatchObject({ replacementsPerYear: 2, upgradedFrom: license.number });

				// The next file of the machine, with no request: it runs as before, and knows the way on.
				expect(upgraded.before).toMatchObject({
					number: license.number,
					files: [{ generation: 2 }]
				});
				const [next] = upgraded.before.files;
				const { now } = made.clock;
				const asked = { roots: made.roots, state: emptyTrustState, now };
				const running = await verifyActivation(next!.file, { ...asked, version: '9.4' });
				expect(isRefusal(running)).toBe(false);
				const facts = { version: '10.0', from: 8, to: 9, contact: 'licensing@example.com' };
				expect(await verifyActivation(next!.file, { ...asked, version: '10.0' })).toEqual({
					refused: 'VERSION_NOT_COVERED',
					facts: { ...facts, upgrade: number }
				});
				expect(claimsOf<'license'>(upgraded.before.key)).toMatchObject({
					num: license.number,
					sec: license.sec,
					x: { upgrade: number }
				});

				// Whoever asks the hub with the newer product reads the same, carried back as a file.
				const refused = await ask(license, machine, { pv: '10.0' });
				expect(claimsOf<'refusal'>(refused.file).facts).toMatchObject({ upgrade: number });
				expect((await ask(license, await makeMachine(), { pv: '9.1' })).refusal).toBeUndefined();
				expect((await ask(upgraded, machine, { pv: '10.0' })).refusal).toBeUndefined();

				const shown = await pull(made.hub, undefined, license.manager);
				const links = shown.licenses.map((each) => [
					each.number,
					each.upgradedTo,
					each.upgradedFrom
				]);
				expect(links).toEqual(
					expect.arrayContaining([
						[license.number, number, undefined],
						[number, undefined, license.number]
					])
				);
				expect(await licenseRowOf(store.db, license)).toMatchObject(
					await recount(store.db, license)
				);
			});

			test('[UP1] it is done once, and not of what is not newer, suspended or moved', async () => {
				const license = await makeLicense(made);
				const refusalOf = async (wishes: Upgrade = newer) =>
					((await upgradeLicense(made.hub, license, wishes)) as Refusal).refused;
				expect(await refusalOf({ versions: { from: 8, to: 9 } })).toBe('BODY_INVALID');
				await suspendLicense(made.hub, license);
				expect(await refusalOf()).toBe('LICENSE_SUSPENDED');
				const other = await makeLicense(made);
				const { number } = await upgrade(other);
				expect(await upgradeLicense(made.hub, other, newer)).toEqual({
					refused: 'LICENSE_UPGRADED',
					facts: { number: other.number, upgrade: number, contact: 'licensing@example.com' }
				});
				// What goes to another customer says nothing of what this one has.
				const to = await customerCalled(made.hub, `Sample ${uuidv7()}`);
				const moved = await moveLicense(made.hub, other, to, 'staff');
				if (isRefusal(moved)) throw new Error(moved.refused);
				expect(claimsOf<'license'>(moved.key).x).toBeUndefined();
			});

			test('[UP1] an expired one may be upgraded; its machines get no new files', async () => {
				const license = await makeLicense(made, { expiresAt: made.clock.now + DAY });
				await ask(license, await makeMachine());
				made.clock.now += 2 * DAY;
				const upgraded = await upgrade(license, { ...newer, expiresAt: null });
				expect(upgraded.before.files).toEqual([]);
				expect(claimsOf<'license'>(upgraded.key).exp).toBeUndefined();
			});
		});

		describe('trials', () => {
			const trial = () => makeLicense(made, { trialDays: 14, seats: 2 });

			test('[TR1] it ends so many days after its first activation, for all of its machines', async () => {
				const license = await trial();
				made.clock.now += 30 * DAY;
				const begun = made.clock.now;
				const machine = await makeMachine();
				const first = claimsOf<'activation'>((await ask(license, machine)).file);
				expect(first).toMatchObject({ exp: begun + 14 * DAY, x: { trial: 14 } });
				made.clock.now += 3 * DAY;
				const second = await ask(license, await makeMachine());
				expect(claimsOf<'activation'>(second.file).exp).toBe(begun + 14 * DAY);
				const row = await showLicense(made.hub, license, license.manager);
				expect(row).toMatchObject({ trialDays: 14, expiresAt: begun + 14 * DAY, deskSeats: 0 });

				// Given back and asked for again: it is still the same trial.
				const held = await ask(license, machine);
				await returnActivations(made.hub, [await returnOf(held.file, machine)]);
				const again = claimsOf<'activation'>((await ask(license, machine)).file);
				expect(again.exp).toBe(begun + 14 * DAY);
				made.clock.now = begun + 14 * DAY;
				expect((await ask(license, machine)).refusal?.refused).toBe('LICENSE_EXPIRED');
			});

			test('[TR2] of one product a machine has one, whoever the license is of', async () => {
				const [one, other] = [await trial(), await trial()];
				const machine = await makeMachine();
				const startedAt = made.clock.now;
				await ask(one, machine);
				made.clock.now += DAY;
				const facts = { number: other.number, product: 'Atlas', startedAt };
				expect((await ask(other, machine)).refusal).toMatchObject({ refused: 'TRIAL_USED', facts });
				const fp = { ...fingerprint(machine.name), disk: fingerprint('another').disk };
				expect((await ask(other, machine, { fp })).refusal, 'a new disk').toMatchObject({
					refused: 'TRIAL_USED'
				});
				expect((await ask(other, await makeMachine())).refusal).toBeUndefined();
				// Bought, or another product: neither is a second trial.
				expect((await ask(await makeLicense(made), machine)).refusal).toBeUndefined();
			});

			test('[TR2] asked for one machine by two customers at once, one has it', async () => {
				const licenses = await Promise.all([trial(), trial(), trial()]);
				const machine = await makeMachine();
				const answers = await Promise.all(licenses.map((each) => ask(each, machine)));
				const codes = answers.map(({ refusal }) => refusal?.refused).sort();
				expect(codes).toEqual(['TRIAL_USED', 'TRIAL_USED', undefined]);
			});

			test('[TR2] it has no offline seats, whatever its manager says', async () => {
				const license = await trial();
				const policy = { deskSeats: 2 };
				const asker = license.manager;
				expect(await setDeskPolicy(made.hub, license, { policy, asker })).toMatchObject({
					refused: 'ALLOTMENT_LIMIT_REACHED',
					facts: { allowed: 0 }
				});
			});

			test('[TR1, UP1] it is extended like any license, and upgraded to a full one of the same versions', async () => {
				const license = await trial();
				const machine = await makeMachine();
				await ask(license, machine);
				const expiresAt = made.clock.now + 60 * DAY;
				const renewed = await renewLicense(made.hub, license, { expiresAt });
				if (isRefusal(renewed)) throw new Error(renewed.refused);
				expect(claimsOf<'activation'>(renewed.files[0]!.file)).toMatchObject({ exp: expiresAt });
				const full = await upgrade(license, { versions: { from: 8, to: 9 } });
				const key = claimsOf<'license'>(full.key);
				expect([key.exp, key.x]).toEqual([undefined, undefined]);
				expect((await ask(full, machine)).refusal).toBeUndefined();
				await changeProduct(made.hub, { slug: 'atlas', archived: true }, 'staff');
				expect(await upgradeLicense(made.hub, await trialBefore(), newer)).toMatchObject({
					refused: 'ARCHIVED'
				});
				await changeProduct(made.hub, { slug: 'atlas', archived: false }, 'staff');
			});

			/** One that was issued before the product was archived. */
			async function trialBefore() {
				await changeProduct(made.hub, { slug: 'atlas', archived: false }, 'staff');
				const license = await trial();
				await changeProduct(made.hub, { slug: 'atlas', archived: true }, 'staff');
				return license;
			}
		});
	});
}
