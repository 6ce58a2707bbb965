/** `keyferry order list|replay|address|secret`: what stores have told of, and what they sign with. [OR1] */
import { defineCommand } from 'citty';
import type { OrderResult } from '#lib/domain/vendor/order.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import type { ListedStoreSecret, OrderPage } from '#lib/protocol/orders.ts';
import { asking } from '#server/cli/base/asking.ts';
import { command, hubOrFolder } from '#server/cli/base/command.ts';
import { isoMoment, table } from '#server/cli/base/texts.ts';
import { emailArg } from './people.ts';

const list = command({
	name: 'list',
	description: 'List events of stores: those that failed first, then the newest',
	args: {
		search: {
			type: 'string',
			valueHint: 'TEXT',
			description: 'A purchase ID, an address, or the number of a license'
		},
		failed: { type: 'boolean', description: 'Only those that failed' },
		...hubOrFolder
	},
	run: ({ search, failed, ...place }) =>
		asking(place, async (ask) => {
			const input = { search, state: failed ? 'failed' : undefined, limit: 200 };
			const page = await ask<OrderPage>({ procedure: 'order.list', input, query: true });
			if (isRefusal(page)) return page;
			const { orders } = page;
			const rows = orders.map(({ id, type, state, purchase, address, receivedAt, ...order }) => [
				id,
				isoMoment(receivedAt),
				type,
				purchase ?? '',
				address ?? '',
				order.licenses.map(({ number }) => number).join(' '),
				order.refusal ? `${state}: ${order.refusal.refused}` : state
			]);
			const head = ['event', 'received', 'type', 'purchase', 'address', 'licenses', 'state'];
			return { lines: rows.length > 0 ? table([head, ...rows]) : ['No orders.'], json: orders };
		})
});

const replay = command({
	name: 'replay',
	description: 'Try an event again that has failed',
	args: {
		event: { type: 'positional', required: true, valueHint: 'EVENT', description: 'webhook-id' },
		...hubOrFolder
	},
	run: ({ event, ...place }) =>
		asking(place, async (ask) => {
			const input = { id: event };
			const result = await ask<OrderResult>({ procedure: 'order.replay', input });
			if (isRefusal(result)) return result;
			const { purchase, licenses } = result;
			const lines = licenses.map(({ line, number, outcome, refundedAt }) =>
				[purchase, line, number, refundedAt === undefined ? outcome : 'refunded'].join('  ')
			);
			return { lines, json: result };
		})
});

const address = command({
	name: 'address',
	description: 'Give a purchase another address, because its buyer has left',
	args: {
		purchase: { type: 'positional', required: true, valueHint: 'ID', description: 'Purchase ID' },
		email: emailArg,
		...hubOrFolder
	},
	run: ({ purchase, email, ...place }) =>
		asking(place, async (ask) => {
			const input = { purchase, address: email };
			const changed = await ask<null>({ procedure: 'order.changeAddress', input });
			if (isRefusal(changed)) return changed;
			return {
				lines: [`${purchase} has the address ${email} now; the old one is told.`],
				json: input
			};
		})
});

const addSecret = command({
	name: 'add',
	description: 'Make a secret for a store, and print it this once',
	args: {
		name: { type: 'positional', required: true, valueHint: 'NAME', description: 'Of the store' },
		...hubOrFolder
	},
	run: ({ name, ...place }) =>
		asking(place, async (ask) => {
			const input = { name };
			const added = await ask<{ id: string; secret: string }>({
				procedure: 'order.addSecret',
				input
			});
			if (isRefusal(added)) return added;
			return { lines: [added.secret], json: added };
		})
});

const listSecrets = command({
	name: 'list',
	description: 'List the secrets of stores, and when each was used last',
	args: hubOrFolder,
	run: (place) =>
		asking(place, async (ask) => {
			const secrets = await ask<ListedStoreSecret[]>({ procedure: 'order.secrets', query: true });
			if (isRefusal(secrets)) return secrets;
			const rows = secrets.map(({ id, name, createdAt, usedAt }) => [
				id,
				name,
				isoMoment(createdAt),
				usedAt === undefined ? 'never' : isoMoment(usedAt)
			]);
			const head = ['secret', 'name', 'made', 'last used'];
			return { lines: rows.length > 0 ? table([head, ...rows]) : ['No secrets.'], json: secrets };
		})
});

const removeSecret = command({
	name: 'remove',
	description: 'End a secret: nothing that it signs counts any more',
	args: {
		id: { type: 'positional', required: true, valueHint: 'ID', description: 'Secret ID' },
		...hubOrFolder
	},
	run: ({ id, ...place }) =>
		asking(place, async (ask) => {
			const ended = await ask<null>({ procedure: 'order.endSecret', input: { id } });
			return isRefusal(ended) ? ended : { lines: ['The secret is ended.'], json: { id } };
		})
});

export const orderCommand = defineCommand({
	meta: { name: 'order', description: 'Orders of stores: list, replay, address, secret' },
	subCommands: {
		list,
		replay,
		address,
		secret: defineCommand({
			meta: { name: 'secret', description: 'What stores sign with: add, list, remove' },
			subCommands: { add: addSecret, list: listSecrets, remove: removeSecret }
		})
	}
});
