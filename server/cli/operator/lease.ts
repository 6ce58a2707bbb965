/** `keyferry lease list|end`: who works with a site server, asked on its own machine. [LE4, LE6] */
import { defineCommand } from 'citty';
import { isRefusal } from '#lib/domain/refusal.ts';
import { command } from '#server/cli/base/command.ts';
import { table } from '#server/cli/base/texts.ts';

export const siteFolder = {
	data: {
		type: 'string',
		valueHint: 'DIR',
		default: 'data',
		description: 'Data folder of the running site server'
	}
} as const;

const list = command({
	name: 'list',
	description: 'List the clients that work and wait',
	args: siteFolder,
	async run({ data }) {
		const { askRunningSite } = await import('#server/site/operator/ask-site.ts');
		const answer = await askRunningSite(data, (site) => site.clients.list.query());
		if (isRefusal(answer)) return answer;
		const { pools, clients } = answer;
		const cells = clients.map((client) => [
			client.id,
			client.user,
			client.machine ?? '',
			[client.product, client.version].filter(Boolean).join(' '),
			client.restart ? `restart within ${client.restart.within} s` : client.state,
			client.since === undefined ? '' : new Date(client.since * 1000).toISOString()
		]);
		const head = ['lease', 'user', 'machine', 'product', 'state', 'since'];
		return {
			lines: [
				...pools.map(
					({ title, inUse, clients: allowed, waiting }) =>
						`${title}: ${inUse} of ${allowed} in use, ${waiting} waiting.`
				),
				...(clients.length > 0 ? table([head, ...cells]) : ['No clients.'])
			],
			json: { pools, clients }
		};
	}
});

const end = command({
	name: 'end',
	description: 'End a lease, or a place in line: its client is told why',
	args: {
		lease: { type: 'positional', required: true, valueHint: 'ID', description: 'As list shows it' },
		reason: {
			type: 'string',
			valueHint: 'TEXT',
			required: true,
			description: 'What its person reads'
		},
		...siteFolder
	},
	async run({ lease, reason, data }) {
		const { askRunningSite } = await import('#server/site/operator/ask-site.ts');
		const answer = await askRunningSite(data, (site) =>
			site.clients.end.mutate({ id: lease, reason })
		);
		if (isRefusal(answer)) return answer;
		return { lines: [`${lease} was ended.`], json: { lease, reason } };
	}
});

export const leaseCommand = defineCommand({
	meta: { name: 'lease', description: 'Clients of a site server, on its own machine' },
	subCommands: { list, end }
});
