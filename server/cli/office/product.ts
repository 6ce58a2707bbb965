/** `keyferry product add|change|list`: the catalog that licenses are issued from. */
import { defineCommand } from 'citty';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { Entitlement, ListedProduct } from '#lib/protocol/catalog.ts';
import type { AskHub } from '#server/rpc/operator.ts';
import type { NewProduct, ProductChange } from '#server/operations/catalog/save-product.ts';
import { asking } from '#server/cli/base/asking.ts';
import { command, hubOrFolder } from '#server/cli/base/command.ts';
import { UsageError } from '#server/cli/base/outcome.ts';
import { readSince } from '#server/cli/base/since.ts';
import { isoDay, table } from '#server/cli/base/texts.ts';
import { majors, optional } from './license-terms.ts';

const details = {
	title: { type: 'string', description: 'Its name for people' },
	contact: { type: 'string', description: 'Where a person asks the vendor: an address or a page' },
	entitlements: {
		type: 'string',
		valueHint: 'A=TITLE,B',
		description: 'What a license can switch on: codes, with titles if wanted'
	},
	switch: {
		type: 'string',
		valueHint: 'A,B',
		description: 'Which of them customers switch by themselves; none takes all back'
	},
	included: {
		type: 'string',
		valueHint: 'A,B',
		description: 'Which of them new licenses have by default; none takes all back'
	},
	since: {
		type: 'string',
		valueHint: 'A=5.2,B=6',
		description: 'Versions of the product that they work from'
	},
	versions: { type: 'string', valueHint: '8 or 8-9', description: 'Majors that a license covers' },
	edition: { type: 'string', description: 'Edition of a new license' },
	seats: { type: 'string', description: 'Machines of a new license' },
	clients: { type: 'string', description: 'Clients of a new license, for a site server' },
	'maintenance-days': { type: 'string', description: 'Days of maintenance of a new license' },
	'expiry-days': { type: 'string', description: 'Days after which a new license expires' },
	store: { type: 'string', valueHint: 'URL', description: 'Where it is bought' },
	pricing: { type: 'string', valueHint: 'URL', description: 'Where its prices are' },
	server: { type: 'boolean', description: 'It is a site server' }
} as const;

const slug = {
	type: 'positional',
	required: true,
	valueHint: 'SLUG',
	description: 'Its name in files, for ever'
} as const;

const add = command({
	name: 'add',
	description: 'Add a product to the catalog',
	args: {
		slug,
		...details,
		title: { ...details.title, required: true },
		contact: { ...details.contact, required: true },
		...hubOrFolder
	},
	run: (args) =>
		asking(args, async (ask) => {
			const entitlements = markedOf(args, []);
			const input: NewProduct = {
				...changesOf(args),
				entitlements,
				slug: args.slug,
				...required(args)
			};
			const done = await ask<null>({ procedure: 'product.add', input });
			if (isRefusal(done)) return done;
			return { lines: [`${args.title} is in the catalog as ${args.slug}.`], json: input };
		})
});

const change = command({
	name: 'change',
	description: 'Change a product, for licenses issued or renewed from now on',
	args: {
		slug,
		...details,
		archive: { type: 'boolean', description: 'Issue no new licenses of it' },
		restore: { type: 'boolean', description: 'Take it out of the archive' },
		...hubOrFolder
	},
	run: (args) =>
		asking(args, async (ask) => {
			const archived = args.archive || args.restore ? args.archive === true : undefined;
			const known = await knownOf(ask, args);
			if (isRefusal(known)) return known;
			const entitlements = known && markedOf(args, known);
			const changes: ProductChange = { ...changesOf(args), entitlements, archived };
			if (Object.values<unknown>(changes).every((each) => each === undefined))
				throw new UsageError('Name what changes, for example --title TEXT.');
			const input = { slug: args.slug, ...changes };
			const done = await ask<null>({ procedure: 'product.change', input });
			if (isRefusal(done)) return done;
			return { lines: [`${args.slug} is changed.`], json: input };
		})
});

const list = command({
	name: 'list',
	description: 'List the catalog',
	args: hubOrFolder,
	run: (args) =>
		asking(args, async (ask) => {
			const rows = await ask<ListedProduct[]>({ procedure: 'product.list', query: true });
			if (isRefusal(rows)) return rows;
			const head = ['slug', 'title', 'entitlements', 'contact', 'archived'];
			const cells = rows.map((row) => [
				row.slug,
				row.title,
				row.entitlements.map(entitlementText).join(' '),
				row.contact,
				isoDay(row.archivedAt, '')
			]);
			return { lines: table([head, ...cells]), json: rows };
		})
});

export const productCommand = defineCommand({
	meta: { name: 'product', description: 'The catalog of a hub: add, change, list' },
	subCommands: { add, change, list }
});

/** `remote-management?@5.2`: customers switch it, and it works from 5.2 on. */
function entitlementText({ code, switch: isSwitch, since }: Entitlement): string {
	return `${code}${isSwitch ? '?' : ''}${since === undefined ? '' : `@${since}`}`;
}

type Typed = { [name in keyof typeof details]?: string | boolean };

function required({ title, contact }: { title: string; contact: string }) {
	return { title, contact };
}

/** Options that were not given stay away. */
function changesOf(args: Typed): Omit<NewProduct, 'slug' | 'title' | 'contact'> & ProductChange {
	const given = (name: keyof typeof details) => {
		const value = args[name];
		return typeof value === 'string' ? value : undefined;
	};
	const versions = given('versions');
	const defaults = {
		edition: given('edition'),
		seats: optional('seats', given('seats'), 1),
		clients: optional('clients', given('clients'), 1),
		versions: versions === undefined ? undefined : majors(versions),
		maintenanceDays: optional('maintenance-days', given('maintenance-days'), 1),
		expiryDays: optional('expiry-days', given('expiry-days'), 1)
	};
	const hasDefaults = Object.values(defaults).some((each) => each !== undefined);
	return {
		title: given('title'),
		contact: given('contact'),
		isServer: args.server === true ? true : undefined,
		storeUrl: given('store'),
		pricingUrl: given('pricing'),
		defaults: hasDefaults ? defaults : undefined
	};
}

/** Entitlements as they are, where any option is about them. */
async function knownOf(
	ask: AskHub,
	args: Typed & { slug: string }
): Promise<Entitlement[] | undefined | Refusal> {
	const isMeant = [args.entitlements, args.switch, args.included, args.since].some(
		(each) => each !== undefined
	);
	if (!isMeant) return undefined;
	const rows = await ask<ListedProduct[]>({ procedure: 'product.list', query: true });
	if (isRefusal(rows)) return rows;
	return rows.find(({ slug }) => slug === args.slug)?.entitlements ?? [];
}

/** Their list, as it was or a new one, and what is said of those in it. What is not said stays. [P7] */
function markedOf(args: Typed, known: readonly Entitlement[]): Entitlement[] | undefined {
	const typed = typeof args.entitlements === 'string' ? args.entitlements : undefined;
	const listed = typed?.split(',').map(entitlementOf) ?? known;
	const before = new Map(known.map((each) => [each.code, each]));
	const switched = codesIn(args.switch);
	const included = codesIn(args.included);
	const since = args.since === undefined ? undefined : readSince(String(args.since));
	for (const code of [...(switched ?? []), ...(included ?? []), ...Object.keys(since ?? {})])
		if (!listed.some((each) => each.code === code))
			throw new UsageError(`${code} is no entitlement of this product: name it in --entitlements.`);
	if (typed === undefined && known.length === 0) return undefined;
	return listed.map(({ code, title }) => {
		const was = before.get(code);
		const isSwitched = switched ? switched.includes(code) : was?.switch;
		const from = since?.[code] ?? was?.since;
		const marked: Entitlement = { code, title };
		if (isSwitched) marked.switch = true;
		if (included ? included.includes(code) : was?.included) marked.included = true;
		if (from !== undefined) marked.since = from;
		return marked;
	});
}

function codesIn(typed: string | boolean | undefined): string[] | undefined {
	if (typeof typed !== 'string') return undefined;
	return typed === 'none' ? [] : typed.split(',').map((code) => code.trim());
}

function entitlementOf(text: string): { code: string; title: string } {
	const [code = '', title = code] = text.trim().split('=');
	return { code: code.trim(), title: title.trim() };
}
