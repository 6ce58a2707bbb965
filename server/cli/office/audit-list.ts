/** `keyferry audit list`: what was done at one customer or at the vendor, by whom. [AU1] */
import { VENDOR_ID } from '#lib/domain/access.ts';
import { auditNouns } from '#lib/domain/audit/audit.ts';
import { parseDate } from '#lib/domain/calendar.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { consoleTexts } from '#lib/messages/console.ts';
import type { ListedAudit, ListedEntry } from '#lib/protocol/audit.ts';
import { asking } from '#server/cli/base/asking.ts';
import { command, hubOrFolder } from '#server/cli/base/command.ts';
import { UsageError } from '#server/cli/base/outcome.ts';
import { isoMoment, table } from '#server/cli/base/texts.ts';
import { findCustomer } from './customer.ts';

const PAGE = 500;

export const auditListCommand = command({
	name: 'list',
	description: 'List what was done, the newest first',
	args: {
		customer: {
			type: 'string',
			valueHint: 'NAME|ID',
			description: 'Of this customer; without it, of the vendor'
		},
		about: {
			type: 'string',
			valueHint: 'TEXT',
			description: 'Only about this license number, machine, person or id'
		},
		kind: { type: 'string', valueHint: auditNouns.join('|'), description: 'Only about these' },
		since: { type: 'string', valueHint: 'YYYY-MM-DD', description: 'From this day (UTC)' },
		until: {
			type: 'string',
			valueHint: 'YYYY-MM-DD',
			description: 'Up to and with this day (UTC)'
		},
		limit: { type: 'string', valueHint: 'N', description: 'So many at most (100)' },
		...hubOrFolder
	},
	run: ({ customer, about, kind, since, until, limit = '100', ...place }) =>
		asking(place, async (ask) => {
			const most = Number(limit);
			if (!Number.isInteger(most) || most < 1)
				throw new UsageError('--limit takes a whole number from 1.');
			const noun = auditNouns.find((each) => each === kind);
			if (kind !== undefined && !noun)
				throw new UsageError(`--kind takes one of ${auditNouns.join(', ')}.`);
			const first = since === undefined ? undefined : parseDate(since, 'start');
			if (isRefusal(first)) return first;
			const last = until === undefined ? undefined : parseDate(until, 'end');
			if (isRefusal(last)) return last;
			const customerId = customer === undefined ? VENDOR_ID : await findCustomer(ask, customer);
			if (isRefusal(customerId)) return customerId;
			const question = {
				customerId,
				about,
				noun,
				since: first,
				until: last === undefined ? undefined : last + 1
			};
			const entries: ListedEntry[] = [];
			for (let before: number | undefined; ;) {
				const input = { ...question, before, limit: Math.min(PAGE, most - entries.length) };
				const page: ListedAudit | Refusal = await ask<ListedAudit>({
					procedure: 'audit.search',
					input,
					query: true
				});
				if (isRefusal(page)) return page;
				entries.push(...page.entries);
				before = page.next;
				if (before === undefined || entries.length >= most) break;
			}
			const head = ['n', 'when', 'what', 'about', 'by', 'details'];
			return { lines: table([head, ...entries.map(cellsOf)]), json: entries };
		})
});

function cellsOf({ n, at, action, number, label, subject, person, actor, facts }: ListedEntry) {
	const texts = consoleTexts.en.audit;
	const details = Object.entries(facts).filter(([name]) => name !== 'license');
	return [
		`${n}`,
		isoMoment(at),
		texts.actions[action],
		[number, label].filter(Boolean).join(' ') || subject,
		person?.email ?? texts.actors[actor]?.toLowerCase() ?? actor,
		details.map(([name, value]) => `${name} ${String(value)}`).join(', ')
	];
}
