/**
 * What people find in the audit, by what they know: a number, a machine, a name, a day; and the months
 * that it tells of.
 *
 * @module
 */
import { describe, expect, test } from 'vitest';
import { VENDOR_ID } from '#lib/domain/access.ts';
import { monthOf, monthStart } from '#lib/domain/calendar.ts';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { user } from '#server/db/schema/people.ts';
import { OPERATOR } from '#server/hub/hub.ts';
import { coolSeats } from '#server/jobs/cool-seats.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { retireMachine } from '#server/operations/activations/retire-machine.ts';
import { searchAudit, type AuditQuestion } from '#server/operations/audit/search-audit.ts';
import { changeCustomer } from '#server/operations/catalog/change-customer.ts';
import { seatHistory } from '#server/operations/licenses/seat-history.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { resumeLicense, suspendLicense } from '#server/operations/licenses/suspend-license.ts';
import { askFor, claimsOf, makeLicense, makeMachine } from '../../fixtures/hub.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

export function auditSearchContract(name: string, makeStore: MakeStore): void {
	describe(`searching the audit on ${name}`, () => {
		const { made, store } = openHub(makeStore);

		const search = async (question: AuditQuestion) => {
			const { entries } = await searchAudit(store.db, question);
			return entries.map(({ action }) => action);
		};

		test('[AU1] the newest first, found by number, machine, person, kind and day, in pages', async () => {
			const license = await makeLicense(made, { seats: 2 });
			const { customerId, number } = license;
			const other = await makeLicense(made, { customerId });
			const ada = uuidv7();
			const email = `${ada}@example.com`;
			await store.db.insert(user).values({ id: ada, name: 'Ada', email });
			const machine = await makeMachine('rack-audit');
			const request = await askFor(license, machine, { label: 'rack-audit_07' });
			expect(isRefusal(await activate(made.hub, request, {}))).toBe(false);
			const issuedAt = made.clock.now;
			made.clock.now += 86_400;
			await suspendLicense(made.hub, other, ada);
			await resumeLicense(made.hub, other, ada);

			expect(await search({ customerId })).toEqual([
				'license.resumed',
				'license.suspended',
				'activation.granted',
				'license.issued',
				'license.issued',
				'customer.added'
			]);
			expect(await search({ customerId, about: number.slice(3).toLowerCase() })).toEqual([
				'activation.granted',
				'license.issued'
			]);
			expect(await search({ customerId, about: 'AUDIT_07' })).toEqual(['activation.granted']);
			// `_` and `%` are no wildcards.
			expect(await search({ customerId, about: 'audit%07' })).toEqual([]);
			expect(await search({ customerId, about: email.slice(0, 13) })).toHaveLength(2);
			expect(await search({ customerId, noun: 'activation' })).toEqual(['activation.granted']);
			expect(await search({ customerId, since: issuedAt + 1 })).toHaveLength(2);
			expect(await search({ customerId, until: issuedAt + 1 })).toHaveLength(4);

			const { entries } = await searchAudit(store.db, { customerId, about: 'rack-audit_07' });
			expect(entries).toMatchObject([{ number, label: 'rack-audit_07', actor: 'carrier' }]);
			const [suspended] = (await searchAudit(store.db, { customerId, limit: 1 })).entries;
			expect(suspended).toMatchObject({ person: { name: 'Ada', email }, number: other.number });

			const seen: number[] = [];
			let before: number | undefined;
			do {
				const page = await searchAudit(store.db, { customerId, before, limit: 2 });
				seen.push(...page.entries.map(({ n }) => n));
				before = page.next;
			} while (before !== undefined);
			expect(seen).toEqual([6, 5, 4, 3, 2, 1]);
		});

		test('[AU1] a search never leaves its customer', async () => {
			const one = await makeLicense(made);
			const two = await makeLicense(made);
			await changeCustomer(made.hub, { customerId: two.customerId, note: 'late' }, 'ada');
			expect(await search({ customerId: one.customerId, about: two.number })).toEqual([]);
			expect(await search({ customerId: VENDOR_ID, about: two.number })).toEqual([]);
		});

		test('[DK5] seats in use are told by month, of all customers that are asked of together', async () => {
			const license = await makeLicense(made, { seats: 5, returnsPerYear: 0, coolDays: 45 });
			const { customerId, manager } = license;
			const since = made.clock.now;
			const take = async (label: string) => {
				const machine = await makeMachine(label);
				const answer = await activate(made.hub, await askFor(license, machine, { label }), {});
				if (isRefusal(answer) || answer.refusal) return expect.unreachable(label);
				return claimsOf<'activation'>(answerFile(made.hub, answer)).act;
			};
			const first = await take('one');
			await take('two');
			const history = async (...ids: string[]) => {
				const told = await seatHistory(made.hub, ids, { ...OPERATOR });
				if (isRefusal(told)) return expect.unreachable(told.refused);
				expect(told.since).toBe(since);
				return told.months.map(({ month, used }) => [month - monthOf(since), used]);
			};
			expect(await history(customerId)).toEqual([[0, 2]]);

			// A month later one leaves and cools, another comes; then it has cooled.
			made.clock.now = monthStart(monthOf(since) + 1);
			await retireMachine(made.hub, { act: first, reason: 'lost' }, manager);
			await take('three');
			made.clock.now = monthStart(monthOf(since) + 2) - 1;
			expect(await history(customerId)).toEqual([
				[0, 2],
				[1, 2]
			]);
			await coolSeats(made.hub);

			// Of more than a year the last twelve months are told.
			const other = await makeLicense(made, { seats: 1 });
			made.clock.now = monthStart(monthOf(since) + 13);
			const told = await history(customerId, other.customerId);
			expect(told).toHaveLength(12);
			expect([told[0], told.at(-1)]).toEqual([
				[2, 2],
				[13, 2]
			]);
			expect(await seatHistory(made.hub, [customerId, other.customerId], manager)).toEqual(
				refuse('NOT_FOUND', { what: `customer ${other.customerId}` })
			);
			const nobody = uuidv7();
			expect(await seatHistory(made.hub, [nobody], OPERATOR)).toEqual(
				refuse('NOT_FOUND', { what: `customer ${nobody}` })
			);
		});
	});
}
