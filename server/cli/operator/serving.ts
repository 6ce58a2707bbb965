/**
 * What every process that serves is told on the command line, and what it says once it runs.
 *
 * @module
 */
import { Fault } from '#server/fault.ts';
import type { Running } from '#server/listening.ts';
import { complain, faultText, type Outcome } from '#server/cli/base/outcome.ts';
import { portOf, reachOf } from './serve-options.ts';

export const servingArgs = {
	port: {
		type: 'string',
		valueHint: 'N',
		description: 'Port; 0 takes a free one (default: that of the set-up, else 4870)'
	},
	host: {
		type: 'string',
		valueHint: 'ADDRESS',
		description:
			'Address to listen on; 0.0.0.0 for the whole network (default: that of the set-up, else 127.0.0.1)'
	},
	data: { type: 'string', valueHint: 'DIR', default: 'data', description: 'Data folder' },
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
	roots: {
		type: 'string',
		valueHint: 'FILE',
		description: 'Root keys of the vendor, for the first start of a site server'
	},
	'tls-cert': { type: 'string', valueHint: 'FILE', description: 'Certificate chain (PEM)' },
	'tls-key': {
		type: 'string',
		valueHint: 'FILE',
		description: 'Private key of the certificate (PEM)'
	},
	log: { type: 'boolean', description: 'Log requests as JSON lines on stdout' }
} as const;

type ServingArgs = {
	port?: string;
	host?: string;
	data: string;
	url?: string;
	proxy?: string;
	'tls-cert'?: string;
	'tls-key'?: string;
	log?: boolean;
};

export function servingOptions(args: ServingArgs) {
	return {
		port: args.port === undefined ? undefined : portOf(args.port),
		host: args.host,
		data: args.data,
		reach: reachOf(args.url ?? process.env.KEYFERRY_URL, args.proxy ?? process.env.KEYFERRY_PROXY),
		metricsToken: process.env.KEYFERRY_METRICS_TOKEN,
		tlsCert: args['tls-cert'],
		tlsKey: args['tls-key'],
		logLevel: args.log ? ('info' as const) : ('warn' as const)
	};
}

/** Starts it, and has it end and take up keys as its process is told. */
export async function attend(
	role: 'hub' | 'site',
	data: string,
	start: () => Promise<Running>
): Promise<Outcome> {
	// They may lead to a full disk, or to somebody who has gone: nobody is to lose the server by it.
	for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
	const running = await start().catch(withWayOut);
	for (const signal of ['SIGTERM', 'SIGINT'] as const)
		process.once(signal, () => void running.close().then(() => process.exit()));
	// Keys that were rotated, or voided, while the hub runs.
	process.on('SIGHUP', () => void running.reload().catch(printFault));
	const { url, address, setup } = running;
	if (setup !== undefined) return { lines: setupLines(role, setup, data), json: { setup } };
	const lines = [`${role === 'hub' ? 'Hub' : 'Site server'} ready: ${address}`];
	if (address !== url) lines.push(`Listening on ${url}`);
	return { lines, json: { url: address, listening: url } };
}

/** The one who reads the console is the one who may. [SU2] */
function setupLines(role: 'hub' | 'site', address: string, data: string): string[] {
	const { port } = new URL(address);
	const first =
		role === 'hub'
			? `There is no hub in ${data} yet. Set one up in the browser:`
			: `Site server ready in ${data}, and nobody looks after it yet. Set it up in the browser:`;
	return [
		first,
		address,
		`The link opens once. From another machine forward the port first: ssh -L ${port}:localhost:${port} HOST`
	];
}

/** The hub goes on with the keys that it has. */
function printFault(error: unknown): void {
	complain(`keyferry: ${faultText(error)}`);
}

/** One sentence for what stands in the way, one for the way out. */
export function withWayOut(error: unknown): never {
	if (error instanceof Fault)
		throw new Error(`${error.message} ${error.next}`.trim(), { cause: error });
	throw error;
}
