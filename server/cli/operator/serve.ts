/**
 * `keyferry serve`: runs a hub until it is told to stop.
 *
 * @module
 */
import { Fault } from '#server/fault.ts';
import type { ServeOptions } from '#server/serve.ts';
import { originOf, proxiesOf } from '#server/http/caller.ts';
import { command } from '#server/cli/base/command.ts';
import { UsageError } from '#server/cli/base/outcome.ts';

export const serveCommand = command({
	name: 'serve',
	description: 'Run a hub until it is told to stop',
	args: {
		role: {
			type: 'string',
			valueHint: 'hub|site',
			default: 'hub',
			description: 'Role of this process'
		},
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
			description: 'Address to listen on; 0.0.0.0 for the whole network'
		},
		data: { type: 'string', valueHint: 'DIR', default: 'data', description: 'Data folder' },
		'database-url': {
			type: 'string',
			valueHint: 'URL',
			description: 'PostgreSQL instead of the embedded database (default: DATABASE_URL)'
		},
		demo: { type: 'boolean', description: 'Fill in fictional data on the first start' },
		url: {
			type: 'string',
			valueHint: 'URL',
			description: 'Public address; no other is answered then (default: KEYFERRY_URL)'
		},
		proxy: {
			type: 'string',
			valueHint: 'CIDR,…',
			description: 'Proxies that say who called them and how (default: KEYFERRY_PROXY)'
		},
		'open-sign-up': { type: 'boolean', description: 'Let anybody make an account (--demo does)' },
		'tls-cert': { type: 'string', valueHint: 'FILE', description: 'Certificate chain (PEM)' },
		'tls-key': {
			type: 'string',
			valueHint: 'FILE',
			description: 'Private key of the certificate (PEM)'
		},
		log: { type: 'boolean', description: 'Log requests as JSON lines on stdout' }
	},
	async run(args) {
		const options: ServeOptions = {
			role: roleOf(args.role),
			port: portOf(args.port),
			host: args.host,
			data: args.data,
			databaseUrl: args['database-url'] ?? process.env.DATABASE_URL,
			demo: args.demo,
			openSignUp: args['open-sign-up'],
			reach: reachOf(
				args.url ?? process.env.KEYFERRY_URL,
				args.proxy ?? process.env.KEYFERRY_PROXY
			),
			tlsCert: args['tls-cert'],
			tlsKey: args['tls-key'],
			logLevel: args.log ? 'info' : 'warn'
		};
		// The hub is loaded only when it is needed: help and the other commands start without it.
		const { serve: start } = await import('#server/serve.ts');
		const running = await start(options).catch(withWayOut);
		for (const signal of ['SIGTERM', 'SIGINT'] as const)
			process.once(signal, () => void running.close().then(() => process.exit()));
		// Keys that were rotated, or voided, while the hub runs.
		process.on('SIGHUP', () => void running.reload().catch(printFault));
		const { url } = running;
		const address = options.reach?.origin ?? url;
		const lines = [`Hub ready: ${address}`];
		if (address !== url) lines.push(`Listening on ${url}`);
		return { lines, json: { url: address, listening: url } };
	}
});

/** The hub goes on with the keys that it has. */
function printFault(error: unknown): void {
	process.stderr.write(`keyferry: ${error instanceof Error ? error.message : String(error)}\n`);
}

/** One sentence for what stands in the way, one for the way out. */
export function withWayOut(error: unknown): never {
	if (error instanceof Fault)
		throw new Error(`${error.message} ${error.next}`.trim(), { cause: error });
	throw error;
}

function roleOf(text: string): 'hub' | 'site' {
	if (text === 'hub' || text === 'site') return text;
	throw new UsageError(`There is no role ${text}: use hub or site.`);
}

function reachOf(url = '', proxy = ''): NonNullable<ServeOptions['reach']> {
	const origin = url === '' ? undefined : originOf(url);
	if (url !== '' && origin === undefined)
		throw new UsageError(
			`${url} is no public address: give scheme and host, as in https://hub.example.com`
		);
	const proxies = proxiesOf(proxy.split(/[\s,]+/).filter((each) => each !== ''));
	if (!proxies)
		throw new UsageError(`${proxy} is no list of addresses and networks, such as 10.0.0.0/8,::1`);
	return { origin, proxies };
}

function portOf(text: string): number {
	const port = Number(text);
	if (/^\d{1,5}$/.test(text) && port < 65_536) return port;
	throw new UsageError(`${text} is no port.`);
}
