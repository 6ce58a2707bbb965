/**
 * `keyferry serve`: runs a hub until it is told to stop.
 *
 * @module
 */
import { defineCommand } from 'citty';
import { Fault } from '#server/fault.ts';
import { serve as start, type ServeOptions } from '#server/main.ts';

export const serve = defineCommand({
	meta: { name: 'serve', description: 'Run a hub (or a site server) until it is told to stop' },
	args: {
		role: { type: 'string', valueHint: 'hub|site', default: 'hub', description: 'What it runs as' },
		port: {
			type: 'string',
			valueHint: 'N',
			default: '4870',
			description: 'Port; 0 takes a free one'
		},
		host: {
			type: 'string',
			valueHint: 'ADDRESS',
			default: '127.0.0.1',
			description: 'Where it listens; 0.0.0.0 for the network'
		},
		data: { type: 'string', valueHint: 'DIR', default: 'data', description: 'Data folder' },
		'database-url': {
			type: 'string',
			valueHint: 'URL',
			description: 'A PostgreSQL instead of the embedded one, else DATABASE_URL'
		},
		demo: { type: 'boolean', description: 'Fictional demo data on the first start' },
		'tls-cert': { type: 'string', valueHint: 'FILE', description: 'Certificate chain (PEM)' },
		'tls-key': { type: 'string', valueHint: 'FILE', description: 'Its key (PEM)' },
		log: { type: 'boolean', description: 'Log requests as JSON lines on stdout' }
	},
	async run({ args }) {
		const options: ServeOptions = {
			role: args.role === 'site' ? 'site' : 'hub',
			port: portOf(args.port),
			host: args.host,
			data: args.data,
			databaseUrl: args['database-url'] ?? process.env.DATABASE_URL,
			demo: args.demo,
			tlsCert: args['tls-cert'],
			tlsKey: args['tls-key'],
			logLevel: args.log ? 'info' : 'warn'
		};
		try {
			if (args.role !== 'hub' && args.role !== 'site')
				throw new Fault('ROLE_NOT_AVAILABLE', `There is no role ${args.role}.`, 'Use hub or site.');
			const running = await start(options);
			process.stdout.write(`Hub ready: ${running.url}\n`);
			for (const signal of ['SIGTERM', 'SIGINT'] as const)
				process.once(signal, () => void running.close());
		} catch (error) {
			if (!(error instanceof Fault)) throw error;
			tell(error);
		}
	}
});

/** One sentence, the way out, and exit code 1. */
export function tell(fault: Fault): void {
	process.stderr.write(`keyferry: ${fault.message} ${fault.next}\n`.replace(/ \n$/, '\n'));
	process.exitCode = 1;
}

function portOf(text: string): number {
	const port = Number(text);
	if (/^\d{1,5}$/.test(text) && port < 65_536) return port;
	return Number.NaN;
}
