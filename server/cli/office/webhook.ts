/** `keyferry webhook add|list|change|remove|log|replay`: servers that the hub tells of events. [WH1] */
import { defineCommand } from 'citty';
import { isRefusal } from '#lib/domain/refusal.ts';
import { webhookKinds, type WebhookKind } from '#lib/domain/vendor/webhook.ts';
import type { DeliveryPage, ListedWebhook } from '#lib/protocol/webhooks.ts';
import { asking } from '#server/cli/base/asking.ts';
import { command, hubOrFolder } from '#server/cli/base/command.ts';
import { UsageError } from '#server/cli/base/outcome.ts';
import { isoMoment, table } from '#server/cli/base/texts.ts';

const idArg = {
	type: 'positional',
	required: true,
	valueHint: 'ID',
	description: 'Webhook ID'
} as const;

const eventsArg = {
	type: 'string',
	valueHint: 'KIND,…',
	description: `Which events, all unless said: ${webhookKinds.join(', ')}`
} as const;

const add = command({
	name: 'add',
	description: 'Tell a server of events, and print this once what they are signed with',
	args: {
		url: { type: 'positional', required: true, valueHint: 'URL', description: 'https address' },
		events: eventsArg,
		...hubOrFolder
	},
	run: ({ url, events, ...place }) =>
		asking(place, async (ask) => {
			const input = { url, kinds: kindsOf(events) };
			const added = await ask<{ id: string; secret: string }>({ procedure: 'webhook.add', input });
			return isRefusal(added) ? added : { lines: [added.id, added.secret], json: added };
		})
});

const list = command({
	name: 'list',
	description: 'List the servers that are told of events, and what waits for each',
	args: hubOrFolder,
	run: (place) =>
		asking(place, async (ask) => {
			const webhooks = await ask<ListedWebhook[]>({ procedure: 'webhook.list', query: true });
			if (isRefusal(webhooks)) return webhooks;
			const rows = webhooks.map(({ id, url, kinds, isOn, waiting, failed }) => [
				id,
				url,
				kinds.length === webhookKinds.length ? 'all' : kinds.join(' '),
				isOn ? 'on' : 'off',
				`${waiting}`,
				`${failed}`
			]);
			const head = ['webhook', 'address', 'events', 'state', 'waiting', 'failed'];
			const lines = rows.length > 0 ? table([head, ...rows]) : ['No webhooks.'];
			return { lines, json: webhooks };
		})
});

const change = command({
	name: 'change',
	description: 'Change where events go, which, whether, or what they are signed with',
	args: {
		id: idArg,
		url: { type: 'string', valueHint: 'URL', description: 'Another address' },
		events: eventsArg,
		on: { type: 'boolean', description: 'Send events again' },
		off: { type: 'boolean', description: 'Send none, and put none down' },
		'new-secret': { type: 'boolean', description: 'Print a new secret; the old one ends' },
		...hubOrFolder
	},
	run: ({ id, url, events, on, off, 'new-secret': newSecret, ...place }) =>
		asking(place, async (ask) => {
			if (on && off) throw new UsageError('Give --on or --off.');
			const isOn = on ? true : off ? false : undefined;
			const input = {
				id,
				url,
				kinds: kindsOf(events),
				isOn,
				newSecret: newSecret ? true : undefined
			};
			const changed = await ask<{ secret?: string }>({ procedure: 'webhook.change', input });
			if (isRefusal(changed)) return changed;
			return { lines: [changed.secret ?? 'Changed.'], json: { id, ...changed } };
		})
});

const remove = command({
	name: 'remove',
	description: 'Tell a server nothing any more, and forget what waits for it',
	args: { id: idArg, ...hubOrFolder },
	run: ({ id, ...place }) =>
		asking(place, async (ask) => {
			const removed = await ask<null>({ procedure: 'webhook.remove', input: { id } });
			return isRefusal(removed) ? removed : { lines: ['Removed.'], json: { id } };
		})
});

const log = command({
	name: 'log',
	description: 'List what was told, the newest first',
	args: {
		webhook: { type: 'string', valueHint: 'ID', description: 'To this one only' },
		failed: { type: 'boolean', description: 'Only what was given up' },
		...hubOrFolder
	},
	run: ({ webhook, failed, ...place }) =>
		asking(place, async (ask) => {
			const input = { webhook, state: failed ? 'failed' : undefined, limit: 200 };
			const page = await ask<DeliveryPage>({ procedure: 'webhook.log', input, query: true });
			if (isRefusal(page)) return page;
			const { deliveries } = page;
			const rows = deliveries.map(({ event, kind, number, at, url, state, tries, ...said }) => [
				event,
				isoMoment(at),
				kind,
				number ?? '',
				url,
				`${state}, tries: ${tries}`,
				said.fault ?? said.status?.toString() ?? ''
			]);
			const head = ['event', 'at', 'kind', 'license', 'address', 'state', 'answer'];
			const lines = rows.length > 0 ? table([head, ...rows]) : ['Nothing was told.'];
			return { lines, json: deliveries };
		})
});

const replay = command({
	name: 'replay',
	description: 'Tell a server again of an event, under the same id',
	args: {
		id: idArg,
		event: { type: 'positional', required: true, valueHint: 'EVENT', description: 'webhook-id' },
		...hubOrFolder
	},
	run: ({ id, event, ...place }) =>
		asking(place, async (ask) => {
			const input = { webhook: id, event };
			const replayed = await ask<null>({ procedure: 'webhook.replay', input });
			return isRefusal(replayed) ? replayed : { lines: ['It is sent again.'], json: input };
		})
});

function kindsOf(typed: string | undefined): WebhookKind[] | undefined {
	return typed?.split(/[\s,]+/).map((each) => {
		const kind = webhookKinds.find((known) => known === each);
		if (!kind) throw new UsageError(`There are no events ${each}: ${webhookKinds.join(', ')}.`);
		return kind;
	});
}

export const webhookCommand = defineCommand({
	meta: { name: 'webhook', description: 'Servers that are told of events: add, list, change, …' },
	subCommands: { add, list, change, remove, log, replay }
});
