/** `keyferry license issue|trial`: a new license, and its key. */
import { writeFileSync } from 'node:fs';
import type { ArgsDef } from 'citty';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { IssuedLicense } from '#server/operations/licenses/issue-license.ts';
import type { AskHub } from '#server/rpc/operator.ts';
import { asking } from '#server/cli/base/asking.ts';
import { command, hubOrFolder, shared } from '#server/cli/base/command.ts';
import type { Outcome } from '#server/cli/base/outcome.ts';
import { mustBeNew } from '#server/cli/base/texts.ts';
import { findCustomer } from './customer.ts';
import { endOptions, readEnds, tellEnds } from './license-ends.ts';
import { majors, optional, whole } from './license-terms.ts';

const terms = {
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
	maintenance: endOptions.maintenance,
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
	grace: {
		type: 'string',
		valueHint: 'DAYS',
		description: 'Days after its end in which files still open, with a warning'
	},
	out: { type: 'string', valueHint: 'FILE', description: 'Write the license key here (.kflic)' }
} as const satisfies ArgsDef;

type TermsArgs = {
	product: string;
	customer: string;
	edition: string;
	seats: string;
	clients?: string;
	entitlements?: string;
	versions: string;
	'virtual-machines': boolean;
	given: boolean;
	matches: string;
	'grace-minutes': string;
	grace?: string;
	out?: string;
};

export const issueCommand = command({
	name: 'issue',
	description: 'Issue a license and print its number and key',
	args: {
		...terms,
		...endOptions,
		'file-days': { type: 'string', description: 'Days after signing at which files end' },
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
		...hubOrFolder
	},
	run: (args) =>
		asking(args, (ask) => {
			const ends = readEnds(args);
			if (isRefusal(ends)) return Promise.resolve(ends);
			return issue(ask, args, {
				maintainedUntil: ends.maintainedUntil ?? undefined,
				expiresAt: ends.expiresAt ?? undefined,
				fileDays: optional('file-days', args['file-days'], 1),
				returnsPerYear: optional('returns-per-year', args['returns-per-year'], 0),
				replacementsPerYear: optional('replacements-per-year', args['replacements-per-year'], 0),
				coolDays: optional('cool-days', args['cool-days'], 0),
				said: tellEnds(ends)
			});
		})
});

export const trialCommand = command({
	name: 'trial',
	description: 'Issue a license that ends some days after its first activation',
	args: {
		...terms,
		days: { type: 'string', default: '14', description: 'Days from its first activation on' },
		...hubOrFolder
	},
	run: (args) =>
		asking(args, (ask) => {
			const ends = readEnds({ maintenance: args.maintenance });
			if (isRefusal(ends)) return Promise.resolve(ends);
			const trialDays = whole('days', args.days, 1);
			return issue(ask, args, {
				maintainedUntil: ends.maintainedUntil ?? undefined,
				trialDays,
				said: [`Trial: ${trialDays} days from its first activation on.`]
			});
		})
});

/** @param more - Of the order, and what was understood of it, to be said back. */
async function issue(
	ask: AskHub,
	args: TermsArgs,
	{ said, ...more }: { said: string[]; [name: string]: unknown }
): Promise<Outcome | Refusal> {
	mustBeNew(args.out);
	const customerId = await findCustomer(ask, args.customer);
	if (isRefusal(customerId)) return customerId;
	const order = {
		customerId,
		product: args.product,
		edition: args.edition,
		entitlements: (args.entitlements ?? '').split(/[\s,]+/).filter(Boolean),
		seats: whole('seats', args.seats, 1),
		clients: optional('clients', args.clients, 1),
		versions: majors(args.versions),
		virtualMachines: args['virtual-machines'],
		givenFingerprints: args.given,
		matches: whole('matches', args.matches, 1),
		graceMinutes: whole('grace-minutes', args['grace-minutes'], 0),
		graceDays: optional('grace', args.grace, 1),
		...more
	};
	const issued = await ask<IssuedLicense>({ procedure: 'license.issue', input: order });
	if (isRefusal(issued)) return issued;
	const { out } = args;
	if (out !== undefined) writeFileSync(out, issued.key, { flag: 'wx' });
	const key = out === undefined ? issued.key.trimEnd() : `License key in ${out}.`;
	return { lines: [issued.number, ...said, '', key], json: issued };
}
