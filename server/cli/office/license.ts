/** `keyferry license issue|renew|move|suspend|resume|list`: asked of a hub, with a token of vendor staff. */
import { writeFileSync } from 'node:fs';
import { defineCommand } from 'citty';
import { parseLicenseNumber } from '#lib/domain/license-number.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { LicenseRow } from '#lib/protocol/rows.ts';
import { command, shared } from '#server/cli/base/command.ts';
import { callHub, findHub, type Hub } from '#server/cli/base/hub-client.ts';
import { findCustomer, move } from './license-move.ts';
import { renew } from './license-renew.ts';
import { majors, optional, time, whole } from './license-terms.ts';
import type { Outcome } from '#server/cli/base/outcome.ts';
import { unfreeze } from './license-unfreeze.ts';
import { day, table } from '#server/cli/base/texts.ts';

const asking = { hub: shared.hub, token: shared.token, ca: shared.ca } as const;

const issue = command({
	name: 'issue',
	description: 'Issue a license and print its number and key',
	args: {
		product: { ...shared.product, required: true, description: 'Product of the catalog' },
		customer: { type: 'string', required: true, valueHint: 'NAME|ID', description: 'For whom' },
		edition: { type: 'string', default: 'Standard', description: 'Edition' },
		seats: { type: 'string', default: '1', description: 'How many machines' },
		clients: { type: 'string', description: 'How many clients of one site server' },
		entitlements: { type: 'string', valueHint: 'A,B', description: 'Feature codes' },
		versions: {
			type: 'string',
			required: true,
			valueHint: '8 or 8-9',
			description: 'Majors covered'
		},
		maintenance: { type: 'string', valueHint: 'DATE', description: 'Maintenance till' },
		expires: { type: 'string', valueHint: 'DATE', description: 'Expiry (default: never)' },
		'file-days': { type: 'string', description: 'Files end this many days after signing' },
		'virtual-machines': {
			type: 'boolean',
			default: true,
			description: 'Virtual machines are allowed'
		},
		given: {
			type: 'boolean',
			default: false,
			description: 'Fingerprints given by hand are allowed'
		},
		matches: {
			type: 'string',
			default: '2',
			description: 'Components of a machine that must match'
		},
		'grace-minutes': {
			type: 'string',
			default: '15',
			description: 'Grace of clients without server'
		},
		'returns-per-year': {
			type: 'string',
			description: 'Returns per seat that free it at once (default: 4)'
		},
		'replacements-per-year': {
			type: 'string',
			description: 'Machines replaced at once (default: a tenth of the seats)'
		},
		'cool-days': {
			type: 'string',
			description: 'How long a seat cools whose files have no end (default: 90)'
		},
		out: { type: 'string', valueHint: 'FILE', description: 'Write the license key here (.kflic)' },
		...asking
	},
	async run({ out, ...args }) {
		const hub = findHub(args);
		const customerId = await findCustomer(hub, args.customer);
		if (isRefusal(customerId)) return customerId;
		const order = {
			customerId,
			product: args.product,
			edition: args.edition,
			entitlements: (args.entitlements ?? '').split(/[\s,]+/).filter(Boolean),
			seats: whole('seats', args.seats, 1),
			clients: optional('clients', args.clients, 1),
			versions: majors(args.versions),
			maintainedUntil: time('maintenance', args.maintenance),
			expiresAt: time('expires', args.expires),
			fileDays: optional('file-days', args['file-days'], 1),
			virtualMachines: args['virtual-machines'],
			givenFingerprints: args.given,
			matches: whole('matches', args.matches, 1),
			graceMinutes: whole('grace-minutes', args['grace-minutes'], 0),
			returnsPerYear: optional('returns-per-year', args['returns-per-year'], 0),
			replacementsPerYear: optional('replacements-per-year', args['replacements-per-year'], 0),
			coolDays: optional('cool-days', args['cool-days'], 0)
		};
		const issued = await callHub<{ id: string; number: string; key: string }>(hub, {
			procedure: 'license.issue',
			input: order
		});
		if (isRefusal(issued)) return issued;
		if (out !== undefined) writeFileSync(out, issued.key, { flag: 'wx' });
		return {
			lines: [
				issued.number,
				'',
				out === undefined ? issued.key.trimEnd() : `License key in ${out}.`
			],
			json: issued
		};
	}
});

const suspend = stateCommand('suspend', 'Refuse new activations and renewals until it is resumed');
const resume = stateCommand('resume', 'Take a suspension back');

const list = command({
	name: 'list',
	description: 'List the licenses that this token may see',
	args: asking,
	async run(args) {
		const rows = await listLicenses(findHub(args));
		if (isRefusal(rows)) return rows;
		const head = [
			'number',
			'product',
			'customer',
			'seats',
			'used',
			'maintenance',
			'expires',
			'state'
		];
		const cells = rows.map((row) => [
			row.number,
			row.title,
			row.customer,
			`${row.seats}`,
			`${row.counts.active + row.counts.reserved + row.counts.cooling}`,
			day(row.maintainedUntil, '-'),
			day(row.expiresAt, 'never'),
			stateOf(row)
		]);
		return { lines: table([head, ...cells]), json: rows };
	}
});

function stateOf({ successor, suspendedAt, frozenAt }: LicenseRow): string {
	if (successor !== undefined) return `moved to ${successor}`;
	if (suspendedAt !== undefined) return 'suspended';
	return frozenAt === undefined ? 'active' : 'frozen';
}

export const license = defineCommand({
	meta: {
		name: 'license',
		description: 'Licenses at a hub: issue, renew, move, suspend, resume, unfreeze, list'
	},
	subCommands: { issue, renew, move, suspend, resume, unfreeze, list }
});

function stateCommand(verb: 'suspend' | 'resume', description: string) {
	return command({
		name: verb,
		description,
		args: {
			number: {
				type: 'positional',
				required: true,
				valueHint: 'NUMBER',
				description: 'License number'
			},
			...asking
		},
		async run({ number: typed, ...named }): Promise<Outcome | Refusal> {
			const number = parseLicenseNumber(typed);
			if (isRefusal(number)) return number;
			const hub = findHub(named);
			const rows = await listLicenses(hub);
			if (isRefusal(rows)) return rows;
			const row = rows.find((each) => each.number === number);
			if (!row) return refuse('LICENSE_NOT_FOUND', { number });
			const done = await callHub<unknown>(hub, {
				procedure: `license.${verb}`,
				input: { licenseId: row.id }
			});
			if (isRefusal(done)) return done;
			const said = verb === 'suspend' ? 'is suspended' : 'is active again';
			return {
				lines: [`${number} ${said}.`],
				json: { number, state: verb === 'suspend' ? 'suspended' : 'active' }
			};
		}
	});
}

async function listLicenses(hub: Hub): Promise<LicenseRow[] | Refusal> {
	return callHub<LicenseRow[]>(hub, { procedure: 'license.list', query: true });
}
