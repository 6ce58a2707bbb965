/** `keyferry license issue|renew|move|suspend|resume|list`: asked of a hub, with a token of vendor staff. */
import { writeFileSync } from 'node:fs';
import { defineCommand } from 'citty';
import { parseLicenseNumber } from '#lib/domain/license-number.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { LicenseRow } from '#lib/protocol/rows.ts';
import type { IssuedLicense } from '#server/operations/licenses/issue-license.ts';
import { command, hubOptions, shared } from '#server/cli/base/command.ts';
import { callHub, findHub, type HubAddress } from '#server/cli/base/hub-client.ts';
import { findCustomer, moveCommand } from './license-move.ts';
import { renewCommand } from './license-renew.ts';
import { endTime, majors, optional, whole } from './license-terms.ts';
import type { Outcome } from '#server/cli/base/outcome.ts';
import { unfreezeCommand } from './license-unfreeze.ts';
import { isoDay, table } from '#server/cli/base/texts.ts';

const issue = command({
	name: 'issue',
	description: 'Issue a license and print its number and key',
	args: {
		product: { ...shared.product, required: true, description: 'Product in the catalog' },
		customer: {
			type: 'string',
			required: true,
			valueHint: 'NAME|ID',
			description: 'Customer it is for'
		},
		edition: { type: 'string', default: 'Standard', description: 'Edition' },
		seats: { type: 'string', default: '1', description: 'Number of machines' },
		clients: { type: 'string', description: 'Number of clients of one site server' },
		entitlements: { type: 'string', valueHint: 'A,B', description: 'Feature codes' },
		versions: {
			type: 'string',
			required: true,
			valueHint: '8 or 8-9',
			description: 'Major versions covered'
		},
		maintenance: { type: 'string', valueHint: 'DATE', description: 'End of maintenance' },
		expires: { type: 'string', valueHint: 'DATE', description: 'Expiry (default: never)' },
		'file-days': { type: 'string', description: 'Days after signing at which files end' },
		'virtual-machines': {
			type: 'boolean',
			default: true,
			description: 'Allow virtual machines'
		},
		given: {
			type: 'boolean',
			default: false,
			description: 'Allow fingerprints given by hand'
		},
		matches: {
			type: 'string',
			default: '2',
			description: 'How many components of a machine must match'
		},
		'grace-minutes': {
			type: 'string',
			default: '15',
			description: 'Minutes that clients go on without their server'
		},
		'returns-per-year': {
			type: 'string',
			description: 'Returns a year that free a seat at once, per seat (default: 4)'
		},
		'replacements-per-year': {
			type: 'string',
			description: 'Machines a year whose seat is free at once (default: a tenth of the seats)'
		},
		'cool-days': {
			type: 'string',
			description: 'Days until a returned seat is free if its files have no end (default: 90)'
		},
		out: { type: 'string', valueHint: 'FILE', description: 'Write the license key here (.kflic)' },
		...hubOptions
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
			maintainedUntil: endTime('maintenance', args.maintenance),
			expiresAt: endTime('expires', args.expires),
			fileDays: optional('file-days', args['file-days'], 1),
			virtualMachines: args['virtual-machines'],
			givenFingerprints: args.given,
			matches: whole('matches', args.matches, 1),
			graceMinutes: whole('grace-minutes', args['grace-minutes'], 0),
			returnsPerYear: optional('returns-per-year', args['returns-per-year'], 0),
			replacementsPerYear: optional('replacements-per-year', args['replacements-per-year'], 0),
			coolDays: optional('cool-days', args['cool-days'], 0)
		};
		const issued = await callHub<IssuedLicense>(hub, {
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

const suspend = stateCommand('suspend', 'Refuse new activations and renewals until resumed');
const resume = stateCommand('resume', 'Lift a suspension');

const list = command({
	name: 'list',
	description: 'List the licenses that this token may see',
	args: hubOptions,
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
			isoDay(row.maintainedUntil, '-'),
			isoDay(row.expiresAt, 'never'),
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

export const licenseCommand = defineCommand({
	meta: {
		name: 'license',
		description: 'Licenses at a hub: issue, renew, move, suspend, resume, unfreeze, list'
	},
	subCommands: {
		issue,
		renew: renewCommand,
		move: moveCommand,
		suspend,
		resume,
		unfreeze: unfreezeCommand,
		list
	}
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
			...hubOptions
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
			const state = verb === 'suspend' ? 'is suspended' : 'is active again';
			return {
				lines: [`${number} ${state}.`],
				json: { number, state: verb === 'suspend' ? 'suspended' : 'active' }
			};
		}
	});
}

async function listLicenses(hub: HubAddress): Promise<LicenseRow[] | Refusal> {
	return callHub<LicenseRow[]>(hub, { procedure: 'license.list', query: true });
}
