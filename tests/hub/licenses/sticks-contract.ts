/**
 * What a hub gives to be carried to a site, whatever it keeps its ledger in.
 *
 * @module
 */
import { describe, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import { readFile } from '#lib/formats/file.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { retireMachine } from '#server/operations/activations/retire-machine.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { returnActivations } from '#server/operations/facts/return-activations.ts';
import { renewLicense } from '#server/operations/licenses/renew-license.ts';
import { listSites } from '#server/operations/pull/list-sites.ts';
import { stickFiles } from '#server/operations/pull/stick-files.ts';
import { hashOf } from '#server/operations/push/judge-commands.ts';
import { push } from '#server/operations/push/push.ts';
import {
	askFor,
	claimsOf,
	makeLicense,
	makeMachine,
	returnOf,
	type TestLicense,
	type TestMachine
} from '../../fixtures/hub.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

const DAY = 86_400;

export function sticksContract(name: string, makeStore: MakeStore): void {
	describe(`sticks of a hub on ${name}`, () => {
		const { made } = openHub(makeStore);

		const ask = async (
			license: TestLicense,
			machine: TestMachine,
			said: Partial<Claims['activation-request']> = {}
		) => {
			const answer = await activate(made.hub, await askFor(license, machine, said));
			if (isRefusal(answer)) throw new Error(answer.refused);
			return { ...answer, file: answerFile(made.hub, answer) };
		};
		const carriedTo = async ({ customerId, manager }: TestLicense, site: string) => {
			const found = await stickFiles(made.hub, { customerId, site }, manager);
			if (isRefusal(found)) throw new Error(found.refused);
			for (const { text } of found.files) {
				const read = readFile(text);
				const verified = isRefusal(read) ? read : await verifyFile(read, { roots: made.roots });
				expect(isRefusal(verified) && verified.refused).toBe(false);
			}
			return found.files.map(({ kind, machine, text }) => ({ kind, machine, text }));
		};

		test('[SK1] a site has the newest file of each of its machines, and nothing of another site', async () => {
			const license = await makeLicense(made, { seats: 5 });
			const [first, second, far, bare] = await Promise.all(
				['s-first', 's-second', 's-far', 's-bare'].map((each) => makeMachine(each))
			);
			await ask(license, first!, { site: 'Hall 7' });
			await ask(license, second!, { site: 'Hall 7' });
			await ask(license, far!, { site: 'Hall 8' });
			await ask(license, bare!);
			const { customerId, manager } = license;
			expect(await listSites(made.hub, customerId, manager)).toEqual([
				{ site: '', machines: 1 },
				{ site: 'Hall 7', machines: 2 },
				{ site: 'Hall 8', machines: 1 }
			]);
			await renewLicense(made.hub, license, { maintainedUntil: made.clock.now + 400 * DAY });
			const files = await carriedTo(license, 'Hall 7');
			expect(
				files.map(({ kind, machine, text }) => [kind, machine, claimsOf<'activation'>(text).gen])
			).toEqual([
				['activation', 's-first', 2],
				['activation', 's-second', 2]
			]);
			expect((await carriedTo(license, '')).map(({ machine }) => machine)).toEqual(['s-bare']);
		});

		test('[SK1] receipts, refusals and retirements go along; what was granted since, and what is old, does not', async () => {
			const license = await makeLicense(made, { seats: 2 });
			const [stays, leaves, gone] = await Promise.all(
				['k-stays', 'k-leaves', 'k-gone'].map((each) => makeMachine(each))
			);
			await ask(license, stays!, { site: 'Pier' });
			const given = await ask(license, leaves!, { site: 'Pier' });
			await returnActivations(made.hub, [await returnOf(given.file, leaves!)]);
			const lost = await ask(license, gone!, { site: 'Pier' });
			// No seat is left for the one that left.
			const denied = await ask(license, leaves!, { site: 'Pier' });
			expect(denied.refusal?.refused).toBe('SEAT_LIMIT_REACHED');
			expect(
				(await carriedTo(license, 'Pier')).map(({ kind, machine }) => `${kind} ${machine}`).sort()
			).toEqual([
				'activation k-gone',
				'activation k-stays',
				'receipt k-leaves',
				'refusal k-leaves'
			]);

			const { act } = claimsOf<'activation'>(lost.file);
			await retireMachine(made.hub, { act, reason: 'burnt' }, license.manager);
			made.clock.now += 1;
			await ask(license, leaves!, { site: 'Pier' });
			expect(
				(await carriedTo(license, 'Pier')).map(({ kind, machine }) => `${kind} ${machine}`).sort()
			).toEqual([
				'activation k-leaves',
				'activation k-stays',
				'receipt k-leaves',
				'revocation undefined'
			]);
			made.clock.now += 91 * DAY;
			expect((await carriedTo(license, 'Pier')).map(({ kind }) => kind).sort()).toEqual([
				'activation',
				'activation',
				'revocation'
			]);
		});

		test('[SK1, CH1] a machine stands where people say it does, and its files keep the name of its request', async () => {
			const license = await makeLicense(made);
			const { customerId, manager } = license;
			const answer = await ask(license, await makeMachine('m-moved'), { site: 'Old hall' });
			const { act } = claimsOf<'activation'>(answer.file);
			const outbox = uuidv7();
			const asked = (
				n: number,
				type: 'machine.site' | 'machine.label',
				value: string,
				was: string
			) => {
				const body = { type, version: 1, args: { act, value, was } };
				return { id: uuidv7(), outbox, n, ...body, hash: hashOf(body), createdAt: 1 };
			};
			const commands = [
				asked(1, 'machine.site', 'New hall', ''),
				asked(2, 'machine.label', 'Press', '')
			];
			await push(made.hub, { outbox, commands }, manager);
			expect(await listSites(made.hub, customerId, manager)).toEqual([
				{ site: 'New hall', machines: 1 }
			]);
			const found = await stickFiles(made.hub, { customerId, site: 'New hall' }, manager);
			if (isRefusal(found)) throw new Error(found.refused);
			expect(found.files).toMatchObject([{ machine: 'Press', label: 'm-moved' }]);
			expect(await stickFiles(made.hub, { customerId, site: 'Old hall' }, manager)).toMatchObject({
				refused: 'NOT_FOUND'
			});
			expect(
				await stickFiles(
					made.hub,
					{ customerId, site: 'New hall' },
					{ userId: uuidv7(), roles: new Map() }
				)
			).toMatchObject({ refused: 'NOT_FOUND' });
		});
	});
}
