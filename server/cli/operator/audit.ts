/** `keyferry audit verify`: the chain, every prefix of the ledger, its counts and its rows. [AU1] */
import { VENDOR_ID } from '#lib/domain/access.ts';
import { createHash } from 'node:crypto';
import { defineCommand } from 'citty';
import {
	checkEnd,
	checkPage,
	checkRows,
	checkRowsEnd,
	startAuditCheck,
	type AuditCheck,
	type AuditFinding
} from '#lib/domain/audit/audit-check.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { AuditPage, AuditSource, KeptPage } from '#server/roles/offline.ts';
import { command, hubOrFolder } from '#server/cli/base/command.ts';
import { callHub, findHub, type HubAddress } from '#server/cli/base/hub-client.ts';
import { exitCodes, type Outcome } from '#server/cli/base/outcome.ts';
import { allCustomers } from '#server/cli/office/customer.ts';
import { auditListCommand } from '#server/cli/office/audit-list.ts';
import { withWayOut } from './serving.ts';

type Checked = { customer: string; id: string; entries: number; broken?: AuditFinding };

const verify = command({
	name: 'verify',
	description:
		'Verify the audit log: its chain, the seats of every license at every entry, and the rows of the ledger',
	args: hubOrFolder,
	async run(args) {
		if (args.data === undefined) {
			const source = await askedHub(findHub(args));
			return isRefusal(source) ? source : outcomeOf(await checkAll(source));
		}
		const { withAudit } = await import('#server/roles/offline.ts');
		const databaseUrl = args['database-url'] ?? process.env.DATABASE_URL;
		const place = { data: args.data, databaseUrl };
		return outcomeOf(await withAudit(place, checkAll).catch(withWayOut));
	}
});

export const auditCommand = defineCommand({
	meta: { name: 'audit', description: 'The audit log of a hub' },
	subCommands: { list: auditListCommand, verify }
});

/** A "no" in the middle of the pages. */
class Refused extends Error {
	readonly refusal: Refusal;

	constructor(refusal: Refusal) {
		super(refusal.refused);
		this.refusal = refusal;
	}
}

async function askedHub(hub: HubAddress): Promise<AuditSource | Refusal> {
	const customers = await allCustomers((asked) => callHub(hub, asked), { archived: true });
	if (isRefusal(customers)) return customers;
	return {
		customers: [...customers, { id: VENDOR_ID, name: 'the vendor' }],
		async page(customerId, after) {
			const page = await callHub<AuditPage>(hub, {
				procedure: 'audit.page',
				input: { customerId, after },
				query: true
			});
			if (isRefusal(page)) throw new Refused(page);
			return page;
		},
		async rows(input) {
			const page = await callHub<KeptPage>(hub, { procedure: 'audit.rows', input, query: true });
			if (isRefusal(page)) throw new Refused(page);
			return page;
		}
	};
}

async function checkAll(source: AuditSource): Promise<Checked[] | Refusal> {
	const checked: Checked[] = [];
	try {
		for (const { id, name } of source.customers)
			checked.push({ customer: name, id, ...(await checkCustomer(source, id)) });
	} catch (error) {
		if (error instanceof Refused) return error.refusal;
		throw error;
	}
	return checked;
}

async function checkCustomer(
	source: AuditSource,
	customerId: string
): Promise<{ entries: number; broken?: AuditFinding }> {
	const check = startAuditCheck();
	for (;;) {
		const { entries, end } = await source.page(customerId, check.head.n);
		const broken = checkPage(check, entries, sha256) ?? (end && checkEnd(check, end));
		if (broken) return { entries: check.head.n, broken };
		if (end)
			return { entries: check.head.n, broken: await checkKept(source, customerId, { check, end }) };
	}
}

/** Page by page: only what the audit tells of stays in memory, and less with each page. */
async function checkKept(
	source: AuditSource,
	customerId: string,
	{ check, end }: { check: AuditCheck; end: { revision: number } }
): Promise<AuditFinding | undefined> {
	for (const kind of ['activation', 'allotment'] as const)
		for (let after = ''; ;) {
			const { rows, revision: now, isLast } = await source.rows({ customerId, kind, after });
			const broken = checkRows(check, rows, { checked: end.revision, now });
			if (broken) return broken;
			if (isLast) break;
			after = rows.at(-1)!.id;
		}
	return checkRowsEnd(check);
}

function sha256(text: string): string {
	return createHash('sha256').update(text).digest('base64url');
}

function outcomeOf(checked: Checked[] | Refusal): Outcome | Refusal {
	if (isRefusal(checked)) return checked;
	const broken = checked.filter((each) => each.broken);
	const entries = checked.reduce((sum, each) => sum + each.entries, 0);
	const lines = broken.map(({ customer, broken: found }) => `${customer}: ${wordsOf(found!)}`);
	if (broken.length === 0)
		lines.push(
			`${entries} entries of ${checked.length} customers hold, and so do all counts and rows.`
		);
	return {
		lines,
		json: { holds: broken.length === 0, entries, customers: checked },
		exit: broken.length === 0 ? exitCodes.done : exitCodes.refused
	};
}

const reasons: Record<Exclude<AuditFinding['why'], 'counts' | 'row'>, string> = {
	gap: 'an entry is missing',
	'other-customer': 'the entry is another customer’s',
	prev: 'the entry does not follow the one before it',
	hash: 'the entry was changed after it was written',
	head: 'the audit does not end where the ledger says',
	oversold: 'more seats were in use than the license had',
	'unknown-license': 'it speaks of a license that was never issued',
	'unknown-seat': 'it speaks of a seat that nobody held',
	'seat-twice': 'a seat was taken twice',
	'unknown-slot': 'it speaks of a seat that no allotment had set aside'
};

function wordsOf(found: AuditFinding): string {
	if (found.why === 'row') {
		const { row, counted = 'nothing', kept = 'no such row' } = found;
		return `the ledger has of ${row}: ${kept}; its audit: ${found.kept ? counted : 'that it is there'}.`;
	}
	if (found.why !== 'counts') return `breaks at entry ${found.n}: ${reasons[found.why]}.`;
	const text = ({ active, reserved, cooling }: typeof found.kept) =>
		`${active} active, ${reserved} reserved, ${cooling} cooling`;
	return (
		`license ${found.license} keeps ${text(found.kept)}, ` +
		`its audit makes it ${text(found.counted)}.`
	);
}
