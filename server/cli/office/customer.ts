/** `keyferry customer add|change|list`: who licenses are issued to. */
import { defineCommand } from 'citty';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { ListedCustomer } from '#lib/protocol/catalog.ts';
import type { CustomerPage } from '#server/operations/catalog/list-customers.ts';
import type { AskHub } from '#server/rpc/operator.ts';
import { asking } from '#server/cli/base/asking.ts';
import { command, hubOrFolder } from '#server/cli/base/command.ts';
import { UsageError } from '#server/cli/base/outcome.ts';
import { isoDay, table } from '#server/cli/base/texts.ts';

const details = {
	contact: {
		type: 'string',
		valueHint: 'EMAIL,…',
		description: 'Addresses that the vendor writes to'
	},
	note: { type: 'string', description: 'For the vendor’s eyes alone' }
} as const;

const who = {
	type: 'positional',
	required: true,
	valueHint: 'NAME|ID',
	description: 'Customer'
} as const;

const add = command({
	name: 'add',
	description: 'Add a customer that licenses can be issued to',
	args: {
		name: { type: 'positional', required: true, valueHint: 'NAME', description: 'Its name' },
		...details,
		...hubOrFolder
	},
	run: ({ name, contact, note, ...place }) =>
		asking(place, async (ask) => {
			const input = { name, contacts: listOf(contact), note };
			const added = await ask<{ id: string; name: string }>({ procedure: 'customer.add', input });
			if (isRefusal(added)) return added;
			return { lines: [`${name} is a customer now (${added.id}).`], json: added };
		})
});

const change = command({
	name: 'change',
	description: 'Change a customer’s name, contacts or note, or archive it',
	args: {
		customer: who,
		name: { type: 'string', description: 'New name, in what is signed from now on' },
		...details,
		archive: { type: 'boolean', description: 'Issue nothing new to it' },
		restore: { type: 'boolean', description: 'Take it out of the archive' },
		...hubOrFolder
	},
	run: ({ customer, name, contact, note, archive, restore, ...place }) =>
		asking(place, async (ask) => {
			const archived = archive || restore ? archive === true : undefined;
			const changes = { name, contacts: listOf(contact), note, archived };
			if (Object.values(changes).every((each) => each === undefined))
				throw new UsageError('Name what changes, for example --note TEXT.');
			const customerId = await findCustomer(ask, customer);
			if (isRefusal(customerId)) return customerId;
			const input = { customerId, ...changes };
			const done = await ask<null>({ procedure: 'customer.change', input });
			if (isRefusal(done)) return done;
			return { lines: [`${name ?? customer} is changed.`], json: input };
		})
});

const list = command({
	name: 'list',
	description: 'List customers by name',
	args: {
		search: { type: 'string', valueHint: 'TEXT', description: 'Only names with this in them' },
		archived: { type: 'boolean', description: 'Archived ones as well' },
		...hubOrFolder
	},
	run: ({ search, archived, ...place }) =>
		asking(place, async (ask) => {
			const rows = await allCustomers(ask, { search, archived });
			if (isRefusal(rows)) return rows;
			const cells = rows.map((row) => [
				row.name,
				row.id,
				`${row.licenses}`,
				row.contacts.join(' '),
				isoDay(row.archivedAt, '')
			]);
			const head = ['customer', 'id', 'licenses', 'contacts', 'archived'];
			return { lines: table([head, ...cells]), json: rows };
		})
});

export const customerCommand = defineCommand({
	meta: { name: 'customer', description: 'Customers at a hub: add, change, list' },
	subCommands: { add, change, list }
});

/** The id of a customer by its name. */
export async function findCustomer(ask: AskHub, asked: string): Promise<string | Refusal> {
	if (/^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(asked)) return asked;
	const input = { name: asked, archived: true };
	const page = await ask<CustomerPage>({ procedure: 'customer.list', input, query: true });
	if (isRefusal(page)) return page;
	const found = page.customers;
	const exact = found.find(({ name }) => name === asked);
	if (!exact && found.length > 1)
		throw new UsageError(
			`Several customers are called ${asked}. Name one by its id: ${found.map(({ name, id }) => `${id} (${name})`).join(', ')}.`
		);
	return (exact ?? found[0])?.id ?? refuse('NOT_FOUND', { what: `customer ${asked}` });
}

/** All of them, page by page. */
export async function allCustomers(
	ask: AskHub,
	question: { search?: string; archived?: boolean }
): Promise<ListedCustomer[] | Refusal> {
	const all: ListedCustomer[] = [];
	let after: CustomerPage['next'];
	do {
		const input = { ...question, after };
		const page = await ask<CustomerPage>({ procedure: 'customer.list', input, query: true });
		if (isRefusal(page)) return page;
		all.push(...page.customers);
		after = page.next;
	} while (after);
	return all;
}

function listOf(text: string | undefined): string[] | undefined {
	return text?.split(/[\s,]+/).filter(Boolean);
}
