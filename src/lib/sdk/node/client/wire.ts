/**
 * One HTTP call to a site server, as it comes: whose answer it is, is judged by others.
 *
 * No proxy is asked, whatever the environment says: a site server stands in the client's own network.
 *
 * @module
 */
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import * as http from 'node:http';
import * as https from 'node:https';
import { rootCertificates } from 'node:tls';

/** Where a site server may be, and by which authority its certificate is known. */
export type SiteAddress = {
	/** Scheme, host and port. */
	origin: string;
	/** PEM of authorities besides those of the system. */
	ca?: string;
};

export type Sending = {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** With its query. */
	path: string;
	headers?: Record<string, string>;
	body?: string;
	/** How long it may take in all. */
	seconds?: number;
};

export type SiteReply = { status: number; headers: http.IncomingHttpHeaders; body: string };

export type NoReply = Refusal<'SITE_UNREACHABLE' | 'SITE_NOT_TRUSTED'>;

const SECONDS = 10;
/** The files of every license of a product, and more than any answer has. */
const ANSWER_LIMIT = 4 * 1024 * 1024;

export function send(site: SiteAddress, sending: Sending): Promise<SiteReply | NoReply> {
	return new Promise((done) => {
		const away = (fault: unknown) => done(noReply(site, fault));
		const limit = setTimeout(
			() => request.destroy(new Error('silent')),
			(sending.seconds ?? SECONDS) * 1000
		);
		const request = open(site, sending);
		request.on('close', () => clearTimeout(limit));
		request.on('error', away);
		request.on('response', (response) => {
			const chunks: Buffer[] = [];
			let total = 0;
			response.on('error', away);
			response.on('data', (chunk: Buffer) => {
				total += chunk.length;
				chunks.push(chunk);
				if (total > ANSWER_LIMIT) request.destroy(new Error('endless'));
			});
			response.on('end', () =>
				done({
					status: response.statusCode ?? 0,
					headers: response.headers,
					body: Buffer.concat(chunks).toString()
				})
			);
		});
		request.end(sending.body);
	});
}

/** A stream that stays open: {@link send} would wait for its end. */
export function open(site: SiteAddress, { method, path, headers, body }: Sending) {
	const options = {
		method,
		headers: {
			...headers,
			...(body === undefined
				? {}
				: { 'content-type': 'application/json', 'content-length': `${Buffer.byteLength(body)}` })
		}
	};
	const url = `${site.origin}${path}`;
	return site.origin.startsWith('https:')
		? https.request(url, { ...options, agent: secureAgent(site.ca) })
		: http.request(url, { ...options, agent: plainAgent });
}

const keptAlive = { keepAlive: true, maxFreeSockets: 4 };
const plainAgent = new http.Agent(keptAlive);
const secureAgents = new Map<string, https.Agent>();

function secureAgent(ca = ''): https.Agent {
	const trusted = ca === '' ? {} : { ca: [...rootCertificates, ca] };
	const agent = secureAgents.get(ca) ?? new https.Agent({ ...keptAlive, ...trusted });
	secureAgents.set(ca, agent);
	return agent;
}

export function noReply({ origin }: SiteAddress, fault: unknown): NoReply {
	const { code = '' } = fault as NodeJS.ErrnoException;
	return /CERT|SIGNED|UNABLE_TO/.test(code)
		? refuse('SITE_NOT_TRUSTED', { reason: 'certificate' })
		: refuse('SITE_UNREACHABLE', { addresses: [origin] });
}
