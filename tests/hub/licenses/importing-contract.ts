/**
 * What a hub promises of tables that a vendor brings along, whatever it keeps its ledger in.
 *
 * @module
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkEnd, checkPage, startAuditCheck } from '#lib/domain/audit/audit-check.ts';
import type { ImportKind } from '#lib/domain/licenses/imported-rows.ts';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { auditPage } from '#server/operations/audit/audit-pages.ts';
import { addCustomer } from '#server/operations/catalog/add-customer.ts';
import { listCustomers } from '#server/operations/catalog/list-customers.ts';
import { listLicenses } from '#server/operations/licenses/list-licenses.ts';
import { RunningImport } from '#server/cli/office/running-import.ts';
import { askAsOperator, type AskHub } from '#server/rpc/operator.ts';
import { OPERATOR } from '#server/hub/hub.ts';
import { sha256 } from '#server/db/sha256.ts';
import { askFor, claimsOf, makeMachine } from '../../fixtures/hub.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

const HEAD = 'reference,customer,product,versions,seats,entitlements,clients,maintenance,expires';

/** What is wrong with a row, and a part of what is said of it. */
const mistakes: [row: string, said: string][] = [
	[',C,atlas,8,1,,,,', 'reference is missing'],
	['R,,atlas,8,1,,,,', 'customer is missing'],
	['R,C,,8,1,,,,', 'product is missing'],
	['R,C,atlas,,1,,,,', 'versions is missing'],
	['R1,Nobody of that name,atlas,8,1,,,,', 'Nobody of that name'],
	['R2,C,no-such-product,8,1,,,,', 'no-such-product'],
	['R,C,at las,8,1,,,,', 'product has other signs'],
	['R,C,-atlas,8,1,,,,', 'product has other signs'],
	['R,C,atlas,eight,1,,,,', 'versions is no major version'],
	['R,C,atlas,8.2,1,,,,', 'versions is no major version'],
	['R,C,atlas,9-8,1,,,,', 'versions ends before it begins'],
	['R,C,atlas,8-,1,,,,', 'versions is no major version'],
	['R,C,atlas,8-9-10,1,,,,', 'versions is no major version'],
	['R,C,atlas,-8,1,,,,', 'versions is no major version'],
	['R,C,atlas,12345,1,,,,', 'versions is no major version'],
	['R,C,atlas,8,0,,,,', 'seats is below 1'],
	['R,C,atlas,8,-3,,,,', 'seats is below 1'],
	['R,C,atlas,8,2.5,,,,', 'seats is no whole number'],
	['R,C,atlas,8,"1,000",,,,', 'seats is no whole number'],
	['R,C,atlas,8,ten,,,,', 'seats is no whole number'],
	['R,C,atlas,8,1e3,,,,', 'seats is no whole number'],
	['R,C,atlas,8,1000001,,,,', 'seats is above 1,000,000'],
	['R,C,atlas,8,1,data flow!,,,', 'entitlements has other signs'],
	[`R,C,atlas,8,1,${Array.from({ length: 65 }, (_, n) => `f${n}`).join(';')},,,`, 'names too many'],
	[`R,C,atlas,8,1,${'f'.repeat(65)},,,`, 'entitlements has other signs'],
	['R,C,atlas,8,1,,0,,', 'clients is below 1'],
	['R,C,atlas,8,1,,many,,', 'clients is no whole number'],
	['R,C,atlas,8,1,,9999999,,', 'clients is above 1,000,000'],
	['R,C,atlas,8,1,,,31.12.2027,', 'maintenance is no date'],
	['R,C,atlas,8,1,,,12/31/2027,', 'maintenance is no date'],
	['R,C,atlas,8,1,,,2027-13-01,', 'maintenance is no date'],
	['R,C,atlas,8,1,,,2027-02-30,', 'maintenance is no date'],
	['R,C,atlas,8,1,,,1969-12-31,', 'maintenance is no date'],
	['R,C,atlas,8,1,,,,never', 'expires is no date'],
	['R,C,atlas,8,1,,,,2027-1-1', 'expires is no date'],
	['R,C,atlas,8,1,,,,2027-12-31 23:59', 'expires is no date'],
	['R,C,atlas,8,1,,,,46022', 'expires is no date'],
	[`${'r'.repeat(201)},C,atlas,8,1,,,,`, 'reference is too long'],
	[`R,${'c'.repeat(201)},atlas,8,1,,,,`, 'customer is too long'],
	['R,"C\nD",atlas,8,1,,,,', 'customer has a control character'],
	['R\u0007,C,atlas,8,1,,,,', 'reference has a control character'],
	['R\u0000S,C,atlas,8,1,,,,', 'reference has a control character'],
	['\u200B,C,atlas,8,1,,,,', 'reference has nothing in it'],
	['R,\u2060\u200B,atlas,8,1,,,,', 'customer has nothing in it'],
	['R\uFFFD,C,atlas,8,1,,,,', 'reference has signs that are no UTF-8'],
	['R,M\uFFFDller,atlas,8,1,,,,', 'customer has signs that are no UTF-8'],
	['good,C,atlas,8,1,,,,', 'reference was there in a line before'],
	['R,C,atlas,8,1,,,', '8 cells in 9 columns'],
	['R,C,atlas,8,1,,,,,', '10 cells in 9 columns'],
	['R', '1 cells in 9 columns'],
	['R,C,atlas,8,0,,0,soon,', 'clients is below 1']
];

export function importingContract(name: string, makeStore: MakeStore): void {
	describe(`tables imported by a hub on ${name}`, () => {
		const { made, store } = openHub(makeStore);
		let folder: string;
		beforeAll(() => {
			folder = mkdtempSync(join(tmpdir(), 'keyferry-import-'));
		});
		afterAll(async () => {
			rmSync(folder, { recursive: true });
		});

		const run = async (
			text: string | Buffer,
			{
				kind = 'licenses',
				dryRun = false,
				ask = askAsOperator(made.hub)
			}: { kind?: ImportKind; dryRun?: boolean; ask?: AskHub } = {}
		) => {
			const path = join(folder, `${uuidv7()}.csv`);
			writeFileSync(path, text);
			const running = new RunningImport(ask, { kind, dryRun });
			const refusal = await running.take(path);
			const { rows, imported, known, wrong, problems } = running;
			return { rows, imported, known, wrong, problems, refusal };
		};
		const licensesOf = async (customer: string) => {
			const page = await listLicenses(made.hub, { search: customer }, OPERATOR);
			return page.licenses;
		};
		const newCustomer = async () => {
			const customer = `Customer ${uuidv7()}`;
			await addCustomer(made.hub, { name: customer }, 'ada');
			return customer;
		};

		test('[IM1] fifty kinds of mistakes are named by their lines, and hold up no other row', async () => {
			const customer = await newCustomer();
			const good = `good-${uuidv7()}`;
			const body = mistakes.map(([row]) =>
				row.replace(/^good,/, `${good},`).replace(',C,', `,${customer},`)
			);
			const text = [HEAD, `${good},${customer},atlas,8-9,3,dataflow,,2027-12-31,`, ...body].join(
				'\n'
			);
			const expected = mistakes.map(([, said]) => said);
			for (const dryRun of [true, false]) {
				const done = await run(text, { dryRun });
				expect(done).toMatchObject({ imported: 1, known: 0, wrong: mistakes.length });
				let line = 2;
				for (const [at, said] of expected.entries()) {
					// A line break inside quotes is a line of the file too.
					line += 1 + (body[at]!.match(/\n/g)?.length ?? 0);
					const found = done.problems.filter((each) => each.line === line);
					const all = found.map(({ column, problem }) => `${column ?? ''} ${problem}`.trim());
					expect(all.join(' · '), `line ${line}: ${body[at]}`).toContain(said);
				}
				expect(await licensesOf(customer)).toHaveLength(dryRun ? 0 : 1);
			}
			const [license] = await licensesOf(customer);
			expect(license).toMatchObject({ seats: 3, entitlements: ['dataflow'], edition: 'Standard' });
			const { sec } = claimsOf<'license'>(license!.key!);
			const request = await askFor({ number: license!.number, sec }, await makeMachine());
			const answer = await activate(made.hub, request);
			if (isRefusal(answer)) throw new Error(answer.refused);
			expect([answer.isNew, answer.refusal]).toEqual([true, undefined]);
		});

		test('[IM1] however it is written: a mark, semicolons, tabs, quotes, UTF-16, other line ends', async () => {
			const customer = await newCustomer();
			const row = (sign: string, n: number) =>
				[`w${n}-${customer}`, `"${customer}"`, 'atlas', '8'].join(sign);
			const head = (sign: string) => ['Reference', 'CUSTOMER', 'product', 'versions'].join(sign);
			const written = [
				`\uFEFF${head(',')}\r\n${row(',', 1)}\r\n`,
				`${head(';')}\n${row(';', 2)}`,
				`${head('\t')}\r${row('\t', 3)}\r\r`,
				Buffer.from(`\uFEFF${head(';')}\n${row(';', 4)}\n`, 'utf16le')
			];
			for (const text of written)
				expect(await run(text)).toMatchObject({ rows: 1, imported: 1, problems: [] });
			expect(await licensesOf(customer)).toHaveLength(4);
			await expect(run('reference,customer\n')).rejects.toThrow(
				'columns are missing: product, versions'
			);
			await expect(run(`${HEAD},price\n`)).rejects.toThrow('unknown columns: price');
			await expect(run('')).rejects.toThrow('empty');
			const open = await run(`${head(',')}\n${row(',', 5)}\n"w6,${customer},atlas,8\n`);
			expect(open.problems).toMatchObject([{ problem: expect.stringContaining('quotation mark') }]);
		});

		test('[IM1] interrupted and run again, nothing is there twice, and nothing is missing', async () => {
			const customers = Array.from({ length: 7 }, (_, n) => `Sold ${n} ${uuidv7()}`);
			const names = await run(['name', ...customers].join('\n'), { kind: 'customers' });
			expect(names).toMatchObject({ imported: 7 });
			const count = 1_000;
			const own = uuidv7();
			const rows = Array.from(
				{ length: count },
				(_, n) => `${own}-${n},${customers[n % 7]},atlas,8-9,2,,,,`
			);
			const text = [HEAD, ...rows].join('\n');
			// The line is cut after the hub has done what it was asked, and before it said so.
			let left = 3;
			const ask: AskHub = async (asked) => {
				const answer = await askAsOperator(made.hub)(asked);
				if (left-- > 0) return answer as never;
				return refuse('HUB_UNREACHABLE', { hub: 'http://localhost' });
			};
			const cut = await run(text, { ask });
			expect(cut.refusal).toMatchObject({ refused: 'HUB_UNREACHABLE' });
			expect(cut.imported).toBe(600);
			expect(await run(text, { dryRun: true })).toMatchObject({ imported: 200, known: 800 });
			expect(await run(text)).toMatchObject({ imported: 200, known: 800, wrong: 0 });
			expect(await run(text)).toMatchObject({ imported: 0, known: count });
			let found = 0;
			for (const search of customers) {
				const { customers: listed } = await listCustomers(made.hub, { search });
				found += listed[0]!.licenses;
				const check = startAuditCheck();
				const { entries, end } = await auditPage(store.db, { customerId: listed[0]!.id, after: 0 });
				expect(checkPage(check, entries, sha256) ?? checkEnd(check, end!)).toBeUndefined();
			}
			expect(found).toBe(count);
			const again = await run(['name', ...customers].join('\n'), { kind: 'customers' });
			expect(again).toMatchObject({ imported: 0, known: 7 });
		});
	});
}
