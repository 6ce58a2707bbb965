/**
 * The names that a site server answers to. A page of somebody else that has its own name lead here gets
 * nothing: the name that it asks by is none of these. [ST5]
 *
 * @module
 */
import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';

/** How long an answer is remembered: adapters and names change, and calls come by the thousand. */
const REMEMBERED_MS = 10_000;
const NAMES = 100;

/** The same of the `Host` of a request, asked again and again. */
export function openOwnNames(
	served: () => { origin?: string; cert?: string },
	monotonic: () => number
): (host: string) => boolean {
	const known = new Map<string, boolean>();
	let until = 0;
	return (host) => {
		const now = monotonic();
		if (now >= until || known.size > NAMES) {
			known.clear();
			until = now + REMEMBERED_MS;
		}
		const answer = known.get(host);
		if (answer !== undefined) return answer;
		const url = URL.parse(`http://${host}`);
		const isOwn = url !== null && isOwnName(url.hostname, served());
		known.set(host, isOwn);
		return isOwn;
	};
}

/**
 * @param origin - The public address, where there is one.
 * @param cert - The certificate that lines are encrypted by (PEM): what it names is ours.
 */
function isOwnName(name: string, { origin, cert }: { origin?: string; cert?: string }): boolean {
	const asked = name
		.toLowerCase()
		.replace(/^\[|\]$/g, '')
		.replace(/\.$/, '');
	if (origin !== undefined && asked === bare(new URL(origin).hostname)) return true;
	if (isIP(asked) > 0) return ownAddresses().has(asked);
	const host = hostname().toLowerCase();
	const [label = host] = host.split('.');
	if (['localhost', host, label, `${label}.local`].includes(asked)) return true;
	return cert !== undefined && namesIn(cert).some((each) => matches(each, asked));
}

/** Whether whoever listens there hears this machine alone. */
export function isLoopback(host: string): boolean {
	return host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host);
}

/** What other machines may know this one by: its name first, then its addresses. */
export function namesForOthers(): string[] {
	const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
	const known = all.filter(({ internal, family }) => !internal && family === 'IPv4');
	return [hostname().toLowerCase(), ...new Set(known.map(({ address }) => address))];
}

function bare(host: string): string {
	return host.replace(/^\[|\]$/g, '');
}

/** Asked anew each time: adapters come and go. An address cannot be led elsewhere by a name. */
function ownAddresses(): Set<string> {
	const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
	return new Set(['127.0.0.1', '::1', ...all.map(({ address }) => address.replace(/%.*$/, ''))]);
}

const read = new Map<string, string[]>();

function namesIn(cert: string): string[] {
	const known = read.get(cert);
	if (known) return known;
	const names = (new X509Certificate(cert).subjectAltName ?? '')
		.split(/,\s*/)
		.flatMap((each) => /^(?:DNS|IP Address):(.+)$/.exec(each)?.[1]?.toLowerCase() ?? []);
	read.clear();
	read.set(cert, names);
	return names;
}

/** One label, and only the first. RFC 6125 section 6.4.3 */
function matches(pattern: string, name: string): boolean {
	if (!pattern.startsWith('*.')) return pattern === name;
	return name.slice(name.indexOf('.')) === pattern.slice(1);
}
