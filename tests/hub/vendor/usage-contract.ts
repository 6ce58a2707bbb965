/**
 * What a hub promises to whoever brings the usage report of a site server, and to who reads it.
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import type { UsageHour } from '#lib/domain/site/usage.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { audit } from '#server/db/schema/hub.ts';
import { usageHours } from '#server/db/schema/usage.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { listUsage } from '#server/operations/usage/list-usage.ts';
import { recordUsage } from '#server/operations/usage/record-usage.ts';
import {
	askFor,
	makeLicense,
	makeMachine,
	makeTestHub,
	usageOf,
	type TestHub,
	type TestLicense,
	type TestMachine
} from '../../fixtures/hub.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

type Said = { site?: string; hours: UsageHour[]; from: number; to: number; by?: TestMachine };

export function usageContract(name: string, makeStore: MakeStore): void {
	describe(`usage reports of site servers, on ${name}`, () => {
		const { made, store } = openHub(makeStore);
		let license: TestLicense;
		let machine: TestMachine;
		let file: string;
		/** The hour that is over when the tests begin. */
		let last: number;
		beforeAll(async () => {
			license = await makeLicense(made, { clients: 10 });
			machine = await makeMachine('site');
			file = await activated(made, license, machine);
			last = Math.floor(made.clock.now / 3600) - 1;
		});

		async function activated(hub: TestHub, of: TestLicense, by: TestMachine): Promise<string> {
			const answer = await activate(hub.hub, await askFor(of, by));
			if (isRefusal(answer)) throw new Error(answer.refused);
			return answerFile(hub.hub, answer);
		}

		const report = (of: string, { site = 'Plant west', by = machine, ...said }: Said) =>
			usageOf(of, by, { site, now: made.clock.now, ...said });

		const used = (hour: number, peak: number, denied = 0, waiting = 0): UsageHour => ({
			hour,
			peak,
			denied,
			waiting
		});
		const listed = () => listUsage(made.hub, license.customerId, license.manager);
		const entries = async () => {
			const theirs = eq(audit.customerId, license.customerId);
			const reported = eq(audit.action, 'site-server.reported');
			return store.db.$count(audit, and(theirs, reported));
		};

		test('[US3] a report is recorded by site and hour; the same again changes nothing', async () => {
			const hours = [used(last - 800, 9), used(last - 5, 4, 2, 1), used(last, 3, 1)];
			const text = await report(file, { hours: hours.slice(1), from: last - 9, to: last });
			const { number } = license;
			const recorded = { number, site: 'Plant west', product: 'atlas' };
			expect(await recordUsage(made.hub, text)).toEqual({ ...recorded, isNew: true });
			const seen = await listed();
			expect(seen).toEqual([
				{
					site: 'Plant west',
					id: machine.key.signer.kid,
					product: 'atlas',
					title: 'Atlas',
					clients: 10,
					peak: 4,
					denied: 3,
					waiting: 1,
					until: (last + 1) * 3600
				}
			]);
			expect(await entries()).toBe(1);
			expect(await recordUsage(made.hub, text)).toEqual({ ...recorded, isNew: false });
			expect(await listed()).toEqual(seen);
			expect(await entries()).toBe(1);

			// An older one that comes late fills its own hours, which lie before the 30 days shown.
			const late = await report(file, {
				hours: hours.slice(0, 1),
				from: last - 800,
				to: last - 800
			});
			expect(await recordUsage(made.hub, late)).toMatchObject({ isNew: true });
			expect(await listed()).toEqual(seen);
		});

		test('[US3] of an hour that was reported before, the higher numbers stay', async () => {
			made.clock.now += 60;
			const site = 'Plant east';
			const hours = [used(last - 5, 3, 5), used(last, 7)];
			const text = await report(file, { site, hours, from: last - 5, to: last });
			expect(await recordUsage(made.hub, text)).toMatchObject({ site, isNew: true });
			expect(await listed()).toMatchObject([{ site, peak: 7, denied: 6, waiting: 1 }]);
			const rows = await store.db
				.select()
				.from(usageHours)
				.where(and(eq(usageHours.customerId, license.customerId), eq(usageHours.hour, last)));
			expect(rows).toMatchObject([{ peak: 7, denied: 1, waiting: 0 }]);
		});

		test('[US3] eight couriers with the same report enter it once', async () => {
			const before = await entries();
			made.clock.now += 60;
			const text = await report(file, { hours: [used(last, 8)], from: last, to: last });
			const all = await Promise.all(Array.from({ length: 8 }, () => recordUsage(made.hub, text)));
			expect(all.filter((each) => !isRefusal(each) && each.isNew)).toHaveLength(1);
			expect(await entries()).toBe(before + 1);
		});

		test('[US3] what proves nothing here is refused, and leaves nothing', async () => {
			const seen = await listed();
			const rows = await store.db.$count(usageHours);
			const span = { hours: [used(last, 99)], from: last, to: last };
			const codeOf = async (text: string) => {
				const recorded = await recordUsage(made.hub, text);
				return isRefusal(recorded) ? recorded.refused : 'recorded';
			};
			const text = await report(file, span);
			const otherMachine = await report(file, { ...span, by: await makeMachine() });
			expect(await codeOf(otherMachine)).toBe('MACHINE_KEY_MISMATCH');
			const [key, activation, token = ''] = text.split('~');
			const at = token.indexOf('.') + 20;
			const tampered = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
			expect(await codeOf([key, activation, tampered].join('~'))).not.toBe('recorded');
			expect(await codeOf([key, activation].join('~'))).toBe('TOKEN_TYPE_UNEXPECTED');
			expect(await codeOf(token), 'the report alone').toBe('TOKEN_TYPE_UNEXPECTED');

			// Two hours more than a day, whatever the minute.
			const ahead = await report(file, { ...span, hours: [], from: last, to: last + 27 });
			expect(await recordUsage(made.hub, ahead)).toEqual(
				refuse('CLAIMS_INVALID', { type: 'usage', path: 'hour', reason: 'future' })
			);

			const elsewhere = await makeStore();
			try {
				const other = await makeTestHub(elsewhere);
				const theirs = await activated(other, await makeLicense(other), machine);
				expect(await codeOf(await report(theirs, span)), 'a foreign root').toBe('KEY_UNKNOWN');
				// The same root, and a hub that does not know the license.
				const twin = await makeTestHub(elsewhere, { root: made.root, key: made.key });
				const { number } = license;
				expect(await recordUsage(twin.hub, text)).toEqual(refuse('LICENSE_NOT_FOUND', { number }));
			} finally {
				await elsewhere.close();
			}
			expect(await listed()).toEqual(seen);
			expect(await store.db.$count(usageHours)).toBe(rows);
		});

		test('[US3] a name that no database holds is no fault of the hub', async () => {
			const span = { hours: [used(last, 1)], from: last, to: last };
			const text = await report(file, { ...span, site: 'Plant\u0000west' });
			expect(isRefusal(await recordUsage(made.hub, text))).toBe(true);
		});

		test('[US3, RE2] members and staff see it, and nobody else', async () => {
			const { customerId } = license;
			const stranger = { userId: uuidv7(), roles: new Map() };
			expect(await listUsage(made.hub, customerId, stranger)).toMatchObject({
				refused: 'NOT_FOUND'
			});
			const viewer = { userId: uuidv7(), roles: new Map([[customerId, 'viewer' as const]]) };
			expect(await listUsage(made.hub, customerId, viewer)).toHaveLength(1);
			const staff = { userId: uuidv7(), vendor: 'staff' as const, roles: new Map() };
			expect(await listUsage(made.hub, customerId, staff)).toHaveLength(1);
		});
	});
}
